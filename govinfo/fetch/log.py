"""What became of each line of a manifest: the log in the folder, and every try that led there."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from govinfo.errors import FileUnreadable
from govinfo.files.opened import opened_to_add, whole_bytes
from govinfo.files.sheet_text import plain_text, write_csv
from govinfo.files.writing import written_into

FETCHED = {
    "agency": "string",
    "year": "Int64",
    "url": "string",
    "file": "string",
    "status": "string",
    "sha256": "string",
    "bytes": "Int64",
    "message": "string",
    "hint": "string",
    "tried": "string",
}
"""Columns of the log in their order, with their types. ``tried`` is when that was (UTC, ISO 8601)."""

LOG = "fetched.csv"
"""The name of the log in the folder: the last that is known of each report."""

TRIES = "tried.csv"
"""The name of the list of all tries in the folder, in the order of time; its columns are those of the log."""

NOTES = ".fetched.jsonl"
"""What the log will say, while a run goes on."""

REPORT = ["agency", "year", "url"]
"""What a line of a manifest is known by."""

Record = dict[str, object]


def now() -> str:
    """The time, as the log has it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def log_records(path: Path) -> list[Record]:
    """The records of a log, or of a list of tries; none where there is no such file. Raises FileUnreadable for another
    file."""
    if not path.exists():
        return []
    try:
        log = pd.read_csv(io.BytesIO(whole_bytes(path)), dtype="string", encoding="utf-8-sig", keep_default_na=False)
        log = log.assign(tried=log.get("tried", ""))[list(FETCHED)]  # logs of before have no time
        numbers = {name: pd.to_numeric(log[name].replace("", pd.NA)) for name in ("year", "bytes")}
        log = plain_text(log.assign(**numbers).astype(FETCHED))
    except (ValueError, KeyError, OSError) as error:
        raise FileUnreadable("is no log of govinfo fetch.", where=str(path), hint="Move it away.") from error
    return [{str(name): value for name, value in record.items()} for record in log.to_dict("records")]


def keep_note(folder: Path, record: Record) -> None:
    """Notes a record until the log is written."""
    with opened_to_add(folder / NOTES) as file:
        file.write((json.dumps(record, ensure_ascii=False) + "\n").encode(errors="backslashreplace"))


def noted(folder: Path) -> list[Record]:
    """The records that a killed run noted; a line that was not written to its end is none."""
    path = folder / NOTES
    return list(records_in(whole_bytes(path).decode(errors="replace").splitlines())) if path.exists() else []


def records_in(lines: Sequence[str]) -> Iterator[Record]:
    """The records that notes hold."""
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and "url" in record and "status" in record:
            yield record


def write_logs(folder: Path, before: list[Record], tries_before: list[Record], done: list[Record]) -> None:
    """Writes the log, what it had with these records in place of earlier ones of the same report, and the list of
    tries, what it had and those of them that it has not yet."""
    log = pd.concat([log_frame(before), log_frame(done)], ignore_index=True)
    tries = pd.concat([log_frame(tries_before), log_frame(done)], ignore_index=True)
    tries = tries[tries["tried"].fillna("") != ""].drop_duplicates([*REPORT, "tried"])
    with written_into(folder) as beside:
        write_csv(log.drop_duplicates(REPORT, keep="last"), beside / LOG)
        write_csv(tries.sort_values("tried", kind="stable"), beside / TRIES)
    (folder / NOTES).unlink(missing_ok=True)


def log_frame(records: list[Record]) -> pd.DataFrame:
    """Records as a frame with the columns of ``FETCHED``."""
    return pd.DataFrame(records, columns=list(FETCHED)).astype(FETCHED)
