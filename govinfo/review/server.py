"""The review screen: a page in the browser, served to this machine alone, over one ``Session``.

The address holds a secret that only who started it knows, and names of other hosts are refused, so that no page from
elsewhere can read or decide.
"""

from __future__ import annotations

import io
import json
import secrets
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files as files_of_package
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd

from govinfo.corpus import Corpus
from govinfo.errors import GovinfoError
from govinfo.evidence import MOST_ROWS_HTML, Evidence, labels_of
from govinfo.evidence.html import html_sums, html_table
from govinfo.evidence.table import excerpt
from govinfo.review.files import Places, places_in, tried
from govinfo.review.queue import column_label, line_of, queue
from govinfo.review.session import Session, session

HOST = "127.0.0.1"

PAGE_ROWS = 14
"""Rows of a printed table that the screen shows close by."""

MOST_BYTES = 100_000
"""Bytes of a decision, more than any has."""


@dataclass
class Screen:
    """What the page asks for and does: a session, and the places of its cells. One question at a time: what draws pages
    is made for one thread."""

    session: Session
    places: Places
    lock: threading.Lock = field(default_factory=threading.Lock)

    def state(self) -> dict[str, Any]:
        """How far the review has come."""
        session = self.session
        return {"lines": len(session.lines), "done": session.done, "next": session.next, "who": session.who}

    def line(self, number: int, close: bool) -> dict[str, Any]:
        """A line of the queue with all that is shown of it; HTML is escaped."""
        line = self.session.line(number)
        found = tried(self.places, line, close=close)
        labels = labels_of(*self.form_and_place(line))
        shown = {name: line[name] for name in ("what", "agency", "year", "table", "row", "column", "label", "expected")}
        said = {name: line[name] for name in ("why", "why_zh", "suggested", "proof", "proof_zh", "unit", "page")}
        decided = {name: line[name] for name in ("corrected", "reason", "step", "report")}
        return {
            **{name: plain(value) for name, value in (shown | said | decided).items()},
            "number": number,
            "value": plain(line["value"]),
            "labels": list(labels),
            "picture": picture_of(found, close),
            "printed": self.printed_row(line),
            "sums": f"<p>{escape(str(found))}</p>" if isinstance(found, GovinfoError) else html_sums(found.sums()),
            "others": self.others(line),
        }

    def decide(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Writes a decision."""
        number = int(told["number"])
        self.session.decide(number, str(told["decision"]), str(told.get("value", "")), str(told.get("reason", "")))
        return self.state()

    def undo(self) -> dict[str, Any]:
        """Takes the last decision back."""
        return {"undone": self.session.undo(), **self.state()}

    def add(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Puts another cell of the same report into the queue, behind a line: where the fault lies there."""
        number = int(told["number"])
        line = self.session.line(number)
        cells = self.cells_of(line)
        wanted = (cells["row"] == told["row"]) & (cells["column"] == told["column"])
        cell = {str(name): value for name, value in cells[wanted].iloc[0].items()}
        extra = {name: line[name] for name in ("stratum", "population", "seed", "version") if name in line}
        added = line_of(cell, "another cell", line["why"] or "", line["why_zh"] or "") | extra
        added.pop("weight")
        return {"at": self.session.add({name: added.get(name) for name in line if name in added}, number)}

    def cells_of(self, line: Mapping[str, Any]) -> pd.DataFrame:
        """The cells of the table that a line is about."""
        cells = self.places.corpus.cells
        mine: pd.DataFrame = cells[(cells["report_id"] == line["report_id"]) & (cells["table"] == line["table"])]
        return mine

    def form_and_place(self, line: Mapping[str, Any]) -> tuple[str, str, str, str]:
        """The form that the report of a line follows, and the codes of its cell."""
        return str(self.cells_of(line)["form"].iloc[0]), line["table"], line["row"], line["column"]

    def printed_row(self, line: Mapping[str, Any]) -> str:
        """The row as it is printed, column by column."""
        cells = self.cells_of(line)
        mine = cells[cells["row"] == line["row"]]
        mark = [' class="cell"' if column == line["column"] else "" for column in mine["column"]]
        names = (column_label(line["table"], column) for column in mine["column"])
        heads = "".join(f"<th{m}>{escape(name)}</th>" for m, name in zip(mark, names, strict=True))
        texts = "".join(f"<td{m}>{escape(raw) or '&nbsp;'}</td>" for m, raw in zip(mark, mine["raw"], strict=True))
        return f"<table><tr>{heads}</tr><tr>{texts}</tr></table>"

    def others(self, line: Mapping[str, Any]) -> list[list[str]]:
        """The other cells of the table: row, column and what is read there."""
        cells = self.cells_of(line)
        columns = (cells[name] for name in ("row", "column", "label", "raw"))
        return [list(map(str, cell)) for cell in zip(*columns, strict=True)]


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or pd.isna(value):
        return None
    return value if isinstance(value, str) else float(value)


def picture_of(found: Evidence | GovinfoError, close: bool) -> str:
    """The place of a cell as HTML: a picture of the page, or the printed table."""
    if isinstance(found, GovinfoError):
        return f'<p class="lost">{escape(str(found))}</p>'
    if isinstance(found.shown, tuple):
        return html_table(excerpt(found.shown, PAGE_ROWS if close else MOST_ROWS_HTML))
    buffer = io.BytesIO()
    found.shown.save(buffer, "PNG")
    return f'<img alt="the place on the page" src="data:image/png;base64,{b64encode(buffer.getvalue()).decode()}">'


# The server


class Handler(BaseHTTPRequestHandler):
    """Answers the page."""

    server: Server

    def do_GET(self) -> None:
        """The page, the state, or a line."""
        asked = urlsplit(self.path)
        if not self.is_ours(asked.path):
            return
        query = parse_qs(asked.query)
        what = asked.path.rpartition("/")[2]
        screen = self.server.screen
        if what == "":
            page = files_of_package("govinfo.review").joinpath("page.html").read_bytes()
            self.answer(200, page, "text/html; charset=utf-8")
        elif what == "state":
            self.answer_json(screen.state)
        elif what == "line":
            close = query.get("close", ["1"]) == ["1"]
            self.answer_json(lambda: screen.line(int(query["number"][0]), close))
        else:
            self.answer(404, b"", "text/plain")

    def do_POST(self) -> None:
        """A decision, an undo, or another cell."""
        path = urlsplit(self.path).path
        if not self.is_ours(path):
            return
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST_BYTES))
        screen = self.server.screen
        work = {
            "decide": lambda: screen.decide(json.loads(body)),
            "undo": screen.undo,
            "add": lambda: screen.add(json.loads(body)),
        }
        what = path.rpartition("/")[2]
        if what in work:
            self.answer_json(work[what])
        else:
            self.answer(404, b"", "text/plain")

    def is_ours(self, path: str) -> bool:
        """True for a question of our own page; others are refused."""
        ours = self.headers.get("Host") == f"{HOST}:{self.server.server_port}" and path.startswith(
            f"/{self.server.key}/"
        )
        if not ours:
            self.answer(403, b"", "text/plain")
        return ours

    def answer_json(self, work: Any) -> None:
        """What some work gives, or what stands against it in plain words."""
        try:
            with self.server.screen.lock:
                status, told = 200, work()
        except GovinfoError as error:
            status, told = 409, {"error": str(error)}
        except (KeyError, TypeError, ValueError, IndexError) as error:
            status, told = 400, {"error": f"The question was not understood: {error}."}
        self.answer(status, json.dumps(told, ensure_ascii=False).encode(), "application/json")

    def answer(self, status: int, body: bytes, kind: str) -> None:
        """An answer that nobody keeps."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is logged."""


class Server(ThreadingHTTPServer):
    """Serves one screen on this machine; ``address`` is where the browser finds it."""

    daemon_threads = True

    def __init__(self, screen: Screen, port: int = 0) -> None:
        self.screen, self.key = screen, secrets.token_urlsafe(16)
        super().__init__((HOST, port), Handler)

    @property
    def address(self) -> str:
        """Where the browser finds the screen."""
        return f"http://{HOST}:{self.server_port}/{self.key}/"


@contextmanager
def serving(screen: Screen, port: int = 0) -> Iterator[Server]:
    """A server that works beside while the block runs."""
    server = Server(screen, port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Shown:
    """A review screen in a notebook, or under Voila: a frame that shows it. ``end`` ends it; so does the kernel."""

    def __init__(self, screen: Screen, height: int = 900) -> None:
        self.session, self.height = screen.session, height
        self.server = Server(screen)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self) -> None:
        """Ends the screen; what was decided is in the file."""
        self.server.shutdown()
        self.server.server_close()

    def _repr_html_(self) -> str:
        style = f"width:100%;height:{self.height}px;border:1px solid #ccc"
        return f'<iframe title="review" src="{self.server.address}" style="{style}"></iframe>'


def review(
    corpus: Corpus,
    folder: str | Path,
    path: str | Path,
    who: str,
    *,
    files: str | Path | None = None,
    lines: pd.DataFrame | None = None,
) -> Shown:
    """The review screen for a notebook on this machine: the queue of a corpus one by one, every decision at once in the
    CSV file ``path``, a list of corrections; opened again, it goes on where it was.

    ``folder`` is where the corpus was read or loaded from, ``files`` where its report files are, if not there. ``who``
    decides. ``lines`` are other lines than ``queue(corpus)``, as those of ``sample``. Raises as ``session`` does.
    """
    kept = session(queue(corpus) if lines is None else lines, path, who)
    return Shown(Screen(kept, places_in(corpus, folder, files)))
