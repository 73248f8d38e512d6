from __future__ import annotations

import gzip
import hashlib
import json
import socket
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which

import pandas as pd
import pytest
from urllib3.util import Url

from govinfo.errors import FileUnreadable, UsageError
from govinfo.fetch import FETCHED, fetch, session, transfer
from govinfo.fetch.addresses import address_of, addresses_of, is_public
from govinfo.fetch.errors import Refused
from govinfo.fetch.log import LOG, NOTES, TRIES
from govinfo.fetch.manifest import Line, stem_of, suffix_of
from govinfo.fetch.robots import read_robots

PAGE = "<html><body>政府信息公开工作年度报告</body></html>".encode()

Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(status: int = 200, body: bytes = PAGE, *, drop_after: int | None = None, **headers: str) -> Answer:
    """An answer with a status, a body and headers; ``drop_after`` ends the connection within the body."""

    def write(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        stated = {"Content-Type": "text/html", "Content-Length": str(len(body))}
        for name, value in {**stated, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body[:drop_after])

    return write


@dataclass
class Host:
    """A web server on this machine: answers by path, the last of a list for good; what it was asked."""

    port: int
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, *answers: Answer) -> str:
        if answers:
            self.answers[path] = list(answers)
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def host() -> Iterator[Host]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found.asked.append((self.path, dict(self.headers)))
            answers = found.answers.get(self.path, [answer(404, b"")])
            (answers.pop(0) if len(answers) > 1 else answers[0])(self)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Host(server.server_port)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits that were asked for; none of them is waited, but the clock goes on by it."""
    slept: list[float] = []
    monkeypatch.setattr(session, "sleep", slept.append)
    monkeypatch.setattr(session, "monotonic", lambda: sum(slept))
    monkeypatch.setattr(transfer, "sleep", slept.append)
    monkeypatch.setattr(transfer, "monotonic", lambda: sum(slept))
    return slept


def manifest(*urls: str, agency: str = "某市", year: object = 2021) -> pd.DataFrame:
    return pd.DataFrame({"agency": agency, "year": year, "url": list(urls)})


def fetch_here(lines: pd.DataFrame, folder: Path, **settings: object) -> pd.DataFrame:
    return fetch(lines, folder, **{"delay": 0.0, "allow_private": True, **settings})  # type: ignore[arg-type]


def only(log: pd.DataFrame) -> dict[str, object]:
    (record,) = log.to_dict("records")
    return {str(name): value for name, value in record.items()}


def parts(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


# One file


def test_a_report_is_saved_and_logged(host: Host, tmp_path: Path) -> None:
    url = host.url("/a.htm", answer())
    log = fetch_here(manifest(url), tmp_path / "raw")
    sha256 = hashlib.sha256(PAGE).hexdigest()
    assert log.dtypes.astype(str).to_dict() == FETCHED
    tried = datetime.fromisoformat(str(only(log).pop("tried")))
    assert timedelta(0) <= datetime.now(UTC) - tried < timedelta(minutes=5)
    assert only(log.drop(columns="tried")) == {
        "agency": "某市", "year": 2021, "url": url, "file": "某市-2021.html", "status": "saved",
        "sha256": sha256, "bytes": len(PAGE), "message": "", "hint": "",
    }  # fmt: skip
    assert (tmp_path / "raw" / "某市-2021.html").read_bytes() == PAGE
    assert (tmp_path / "raw" / LOG).read_bytes().startswith(b'\xef\xbb\xbf"agency","year","url",')
    assert parts(tmp_path / "raw") == []
    assert [headers["User-Agent"].split("/")[0] for _, headers in host.asked] == ["govinfo", "govinfo"]


def test_a_file_that_the_log_has_is_not_asked_for_again(host: Host, tmp_path: Path) -> None:
    url = host.url("/a.htm", answer())
    fetch_here(manifest(url), tmp_path)
    asked = len(host.asked)
    for _ in range(3):
        record = only(fetch_here(manifest(url), tmp_path))
        assert (record["status"], record["file"]) == ("present", "某市-2021.html"), "also where it was present before"
        assert record["sha256"] == hashlib.sha256(PAGE).hexdigest()
    assert len(host.asked) == asked
    (tmp_path / LOG).unlink()
    again = only(fetch_here(manifest(url), tmp_path))
    assert (again["status"], again["file"]) == ("present", "某市-2021.html")
    assert len(host.asked) > asked


def test_nothing_is_overwritten(host: Host, tmp_path: Path) -> None:
    (tmp_path / "某市-2021.html").write_bytes(b"by hand")
    record = only(fetch_here(manifest(host.url("/a.htm", answer())), tmp_path))
    assert record["file"] == f"某市-2021-{hashlib.sha256(PAGE).hexdigest()[:8]}.html"
    assert "was there with other content" in str(record["message"])
    assert (tmp_path / "某市-2021.html").read_bytes() == b"by hand"
    assert (tmp_path / str(record["file"])).read_bytes() == PAGE


def test_a_link_in_the_folder_is_not_followed(host: Host, tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "某市-2021.html").symlink_to(tmp_path / "elsewhere.html")
    assert only(fetch_here(manifest(host.url("/a.htm", answer())), folder))["status"] == "saved"
    assert not (tmp_path / "elsewhere.html").exists()


def test_the_log_keeps_the_lines_of_earlier_runs(host: Host, tmp_path: Path) -> None:
    good, bad = host.url("/a.htm", answer()), host.url("/gone", answer(404, b""))
    fetch_here(manifest(good), tmp_path)
    fetch_here(manifest(bad), tmp_path)
    fetch_here(manifest(bad, year="x"), tmp_path)
    fetch_here(manifest(bad, year="x"), tmp_path)
    log = pd.read_csv(tmp_path / LOG, encoding="utf-8-sig", keep_default_na=False)
    assert log["status"].tolist() == ["saved", "failed", "refused"]


def test_every_try_is_kept(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = host.url("/a.htm", answer()), host.url("/b.htm", answer(404, b""), answer(body=PAGE + b" "))
    for at in range(3):
        monkeypatch.setattr("govinfo.fetch.now", lambda at=at: f"2026-01-0{at + 1}T00:00:00Z")
        fetch_here(manifest(good, bad), tmp_path)
    tries = pd.read_csv(tmp_path / TRIES, encoding="utf-8-sig")
    assert list(zip(tries["url"], tries["status"], tries["tried"].str[:10], strict=True)) == [
        (good, "saved", "2026-01-01"),
        (bad, "failed", "2026-01-01"),
        (bad, "saved", "2026-01-02"),
    ]
    log = pd.read_csv(tmp_path / LOG, encoding="utf-8-sig")
    assert log["status"].tolist() == ["present", "present"]
    assert log["tried"].str[:10].tolist() == ["2026-01-01", "2026-01-02"], "when it was fetched, not looked at"


def test_a_list_of_tries_that_is_none_is_told_before_any_host_is_asked(host: Host, tmp_path: Path) -> None:
    (tmp_path / TRIES).write_text("of something else", encoding="utf-8")
    with pytest.raises(FileUnreadable, match="no log of govinfo fetch"):
        fetch_here(manifest(host.url("/a.htm", answer())), tmp_path)
    assert not host.asked


def test_a_log_of_before_that_has_no_times_is_read(host: Host, tmp_path: Path) -> None:
    url = host.url("/a.htm", answer())
    fetch_here(manifest(url), tmp_path)
    pd.read_csv(tmp_path / LOG, encoding="utf-8-sig").drop(columns="tried").to_csv(tmp_path / LOG, index=False)
    asked = len(host.asked)
    assert only(fetch_here(manifest(url), tmp_path))["status"] == "present"
    assert len(host.asked) == asked


def test_text_in_the_log_is_no_formula(host: Host, tmp_path: Path) -> None:
    url = host.url("/a.htm", answer())
    fetch_here(manifest(url, agency="=HYPERLINK(1)"), tmp_path)
    assert '\n"\'=HYPERLINK(1)",2021,' in (tmp_path / LOG).read_text(encoding="utf-8-sig")
    assert only(fetch_here(manifest(url, agency="=HYPERLINK(1)"), tmp_path))["status"] == "present"
    assert len(pd.read_csv(tmp_path / LOG)) == 1


def test_one_bad_line_does_not_stop_the_others(host: Host, tmp_path: Path) -> None:
    lines = manifest("ftp://a/b", host.url("/gone", answer(404, b"")), "", host.url("/a.htm", answer()))
    done: list[tuple[int, int]] = []
    log = fetch_here(lines, tmp_path, progress=lambda *counts: done.append(counts))
    assert log["status"].tolist() == ["refused", "failed", "refused", "saved"]
    assert log["message"].tolist()[:2] == ["Only http and https are fetched, not ftp.", "The host answers 404."]
    assert all(log["hint"].tolist()[:3])
    assert done == [(1, 4), (2, 4), (3, 4), (4, 4)]


# Trying again


def test_a_busy_host_is_asked_again_later(host: Host, tmp_path: Path, naps: list[float]) -> None:
    url = host.url("/a", answer(500, b""), answer(503, b""), answer())
    assert only(fetch_here(manifest(url), tmp_path))["status"] == "saved"
    assert host.paths() == ["/a"] * 3
    assert len(naps) == 2
    assert 1 <= naps[0] <= 3
    assert 2 <= naps[1] <= 6


def test_tries_come_to_an_end(host: Host, tmp_path: Path, naps: list[float]) -> None:
    record = only(fetch_here(manifest(host.url("/a", answer(500, b""))), tmp_path, retries=2))
    assert (record["status"], record["message"]) == ("failed", "The host answers 500.")
    assert len(host.paths()) == 3
    assert len(naps) == 2


def test_the_wait_that_a_host_asks_for_is_kept(host: Host, tmp_path: Path, naps: list[float]) -> None:
    url = host.url("/a", answer(429, b"", Retry_After="17"), answer())
    assert only(fetch_here(manifest(url), tmp_path))["status"] == "saved"
    assert naps == [17.0]


def test_a_host_that_asks_for_too_long_a_wait_is_left(host: Host, tmp_path: Path, naps: list[float]) -> None:
    record = only(fetch_here(manifest(host.url("/a", answer(503, b"", Retry_After="86400"))), tmp_path))
    assert record["status"] == "failed"
    assert (naps, host.paths()) == ([], ["/a"])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_plain_no_is_not_asked_again(host: Host, tmp_path: Path, status: int) -> None:
    record = only(fetch_here(manifest(host.url("/a", answer(status, b"no"))), tmp_path))
    assert (record["status"], record["message"]) == ("failed", f"The host answers {status}.")
    assert host.paths() == ["/a"]


def test_a_silent_host_is_given_up(
    host: Host, tmp_path: Path, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "SILENT_SECONDS", 0.2)
    url = host.url("/a", lambda request: time.sleep(0.6))
    record = only(fetch_here(manifest(url), tmp_path, retries=1))
    assert (record["status"], record["message"]) == ("failed", "The host did not answer in time.")
    assert len(host.paths()) == 2


def drip(lines: bytes, stop: float = 2.0) -> Answer:
    """An answer that comes byte by byte, faster than any silence would be noticed."""

    def write(request: BaseHTTPRequestHandler) -> None:
        end = time.monotonic() + stop
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" + lines)
        while time.monotonic() < end:
            try:
                request.wfile.write(b"x")
            except OSError:
                return
            time.sleep(0.05)

    return write


@pytest.mark.parametrize("lines", [b"Content-Type: text/html\r\n\r\n", b"X-Slow: "], ids=["body", "headers"])
def test_a_host_that_drips_is_cut_off(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: bytes
) -> None:
    monkeypatch.setattr(session, "REQUEST_SECONDS", 0.4)
    start = time.monotonic()
    record = only(fetch_here(manifest(host.url("/a", drip(lines))), tmp_path, retries=0))
    assert record["status"] == "failed"
    assert time.monotonic() - start < 1.8
    assert parts(tmp_path) == []


# Taking up


def rest(body: bytes, tag: str = '"1"') -> Answer:
    """Answers with the rest of a body where that is asked for by its tag, else with all of it."""

    def write(request: BaseHTTPRequestHandler) -> None:
        start = int(request.headers["Range"].removeprefix("bytes=").rstrip("-")) if "Range" in request.headers else 0
        if start and request.headers["If-Range"] == tag:
            stated = f"bytes {start}-{len(body) - 1}/{len(body)}"
            answer(206, body[start:], ETag=tag, Content_Range=stated)(request)
        else:
            answer(200, body, ETag=tag)(request)

    return write


BIG = bytes(range(256)) * 2000


def test_a_broken_download_is_taken_up(host: Host, tmp_path: Path, naps: list[float]) -> None:
    url = host.url("/a", answer(body=BIG, drop_after=300_000, ETag='"1"'), rest(BIG))
    record = only(fetch_here(manifest(url), tmp_path))
    assert (record["status"], record["bytes"]) == ("saved", len(BIG))
    assert (tmp_path / str(record["file"])).read_bytes() == BIG
    assert host.asked[-1][1]["Range"] == "bytes=300000-"
    assert host.asked[-1][1]["If-Range"] == '"1"'
    assert parts(tmp_path) == []


def test_a_broken_download_is_taken_up_in_the_next_run(host: Host, tmp_path: Path) -> None:
    url = host.url("/a", answer(body=BIG, drop_after=300_000, ETag='"1"'), rest(BIG))
    assert only(fetch_here(manifest(url), tmp_path, retries=0))["status"] == "failed"
    assert len(parts(tmp_path)) == 2
    record = only(fetch_here(manifest(url), tmp_path))
    assert (tmp_path / str(record["file"])).read_bytes() == BIG
    assert "Range" in host.asked[-1][1]


@pytest.mark.parametrize(
    "then",
    [
        rest(BIG[::-1], '"2"'),
        answer(416, b""),
        answer(206, BIG[9:], ETag='"1"', Content_Range="bytes 9-511999/512000"),
        answer(206, BIG[9:]),
    ],
    ids=["changed", "no such rest", "another rest", "no range"],
)
def test_a_download_starts_anew_where_it_cannot_be_taken_up(
    host: Host, tmp_path: Path, naps: list[float], then: Answer
) -> None:
    url = host.url("/a", answer(body=BIG, drop_after=300_000, ETag='"1"'), then, rest(BIG[::-1], '"2"'))
    record = only(fetch_here(manifest(url), tmp_path))
    assert record["status"] == "saved"
    assert (tmp_path / str(record["file"])).read_bytes() == BIG[::-1]


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"1"'}], ids=["no version", "weak version"])
def test_without_a_version_a_download_starts_anew(
    host: Host, tmp_path: Path, naps: list[float], headers: dict[str, str]
) -> None:
    url = host.url("/a", answer(body=BIG, drop_after=300_000, **headers), answer(body=BIG))
    assert only(fetch_here(manifest(url), tmp_path))["bytes"] == len(BIG)
    assert "Range" not in host.asked[-1][1]


# Limits


def test_a_large_file_is_not_fetched(host: Host, tmp_path: Path) -> None:
    for lengths in ({}, {"Content-Length": "x"}):
        record = only(fetch_here(manifest(host.url("/a", answer(body=BIG, **lengths))), tmp_path, max_bytes=1000))
        assert (record["status"], record["message"]) == ("failed", "The file is larger than 1000 bytes.")
    assert sorted(path.name for path in tmp_path.iterdir()) == [LOG, TRIES]


def test_a_small_body_that_unpacks_to_a_large_one_is_stopped(host: Host, tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(200_000_000))
    assert len(bomb) < 1_000_000
    url = host.url("/a", answer(body=bomb, Content_Encoding="gzip"))
    record = only(fetch_here(manifest(url), tmp_path, max_bytes=1_000_000))
    assert (record["status"], record["message"]) == ("failed", "The file is larger than 1000000 bytes.")
    assert parts(tmp_path) == []


def test_a_packed_body_is_unpacked(host: Host, tmp_path: Path) -> None:
    url = host.url("/a", answer(body=gzip.compress(PAGE), Content_Encoding="gzip"))
    assert (tmp_path / str(only(fetch_here(manifest(url), tmp_path))["file"])).read_bytes() == PAGE


@pytest.mark.parametrize(("coding", "body"), [("br", b"x"), ("gzip", b"not packed")])
def test_a_body_in_another_coding_fails(host: Host, tmp_path: Path, coding: str, body: bytes) -> None:
    record = only(fetch_here(manifest(host.url("/a", answer(body=body, Content_Encoding=coding))), tmp_path))
    assert record["status"] == "failed"
    assert host.paths() == ["/a"]


def test_an_empty_file_fails(host: Host, tmp_path: Path) -> None:
    assert only(fetch_here(manifest(host.url("/a", answer(body=b""))), tmp_path))["message"] == "The file is empty."


# Where requests go


def test_a_private_address_is_refused(host: Host, tmp_path: Path) -> None:
    record = only(fetch(manifest(host.url("/a", answer())), tmp_path, delay=0))
    assert record["status"] == "refused"
    assert "127.0.0.1, which is not an address of the public internet" in str(record["message"])
    assert host.asked == []


def test_a_redirect_to_a_private_address_is_refused(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here_by_name(url: Url, *, allow_private: bool) -> list[str]:
        return ["127.0.0.1"] if url.host == "office.test" else addresses_of(url, allow_private=allow_private)

    monkeypatch.setattr(session, "addresses_of", here_by_name)
    host.url("/a", answer(302, b"", Location=host.url("/secret", answer())))
    record = only(fetch(manifest(f"http://office.test:{host.port}/a"), tmp_path, delay=0))
    assert record["status"] == "refused"
    assert "127.0.0.1" in str(record["message"])
    assert host.paths() == ["/a"]


@pytest.mark.parametrize("target", ["file:///etc/hosts", "ftp://a/b", "gopher://a", "http://user:word@127.0.0.1/"])
def test_a_redirect_to_anything_else_is_refused(host: Host, tmp_path: Path, target: str) -> None:
    record = only(fetch_here(manifest(host.url("/a", answer(302, b"", Location=target))), tmp_path))
    assert record["status"] == "refused"


def test_a_redirect_is_followed_and_a_circle_is_not(host: Host, tmp_path: Path) -> None:
    moved = host.url("/a", answer(301, b"", Location="b.pdf"))
    host.url("/b.pdf", answer(body=b"%PDF-1.4", Content_Type="application/octet-stream"))
    circle = host.url("/c", answer(302, b"", Location="/c"))
    log = fetch_here(manifest(moved, circle), tmp_path)
    assert log["file"].tolist() == ["某市-2021.pdf", ""]
    assert log["message"].tolist()[1] == "The address leads on and on to others."


def test_the_request_goes_to_the_address_that_was_checked(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is looked up again could lead elsewhere: it is looked up once for each request."""
    names: list[object] = []
    look_up = socket.getaddrinfo

    def once(name: object, *more: object, **options: object) -> object:
        names.append(name)
        return look_up("127.0.0.1" if name == "office.test" else name, *more, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    host.url("/a", answer())
    assert only(fetch_here(manifest(f"http://office.test:{host.port}/a"), tmp_path))["status"] == "saved"
    assert names.count("office.test") == 2
    assert {headers["Host"] for _, headers in host.asked} == {f"office.test:{host.port}"}


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
     "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "::127.0.0.1",
     "192.0.0.8", "192.0.0.170", "192.88.99.1", "192.0.2.1", "fec0::1", "2001::1", "2001:db8::1",
     "64:ff9b:1::1", "5f00::1"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "202.96.0.1", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "192.0.0.9", "2001:20::1"],
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "text", ["", "a.gov.cn/x", "file:///a", "http://", "http:///x", "http://a b/", "http://u:p@a.cn/", "http://a\r\nb/"]
)
def test_addresses_that_make_no_sense(text: str) -> None:
    with pytest.raises(Refused):
        address_of(text)


def test_numbers_for_this_machine_are_refused(tmp_path: Path) -> None:
    log = fetch(manifest("http://2130706433/", "http://0x7f.1/", "http://localhost/", "http://[::1]/"), tmp_path)
    assert log["status"].tolist() == ["refused"] * 4


@pytest.mark.skipif(which("openssl") is None, reason="openssl makes the certificate")
def test_a_certificate_is_checked_by_the_name_of_the_host(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=office.test -addext subjectAltName=DNS:office.test"
    )
    subprocess.run([*command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(404 if self.path == "/robots.txt" else 200)(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate, key)
    server.socket = own.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    monkeypatch.setattr(session, "addresses_of", lambda url, allow_private: ["127.0.0.1"])
    url = f"https://office.test:{server.server_port}/a"
    refused = fetch_here(manifest(url), tmp_path / "raw")
    trusting = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(session, "trusted", lambda: trusting)
    trusted = fetch_here(manifest(url, url.replace("office", "other")), tmp_path / "raw")
    server.shutdown()
    server.server_close()
    assert refused["status"].tolist() == ["refused"]
    assert trusted["status"].tolist() == ["saved", "refused"]


# Robots and politeness


def test_what_a_host_does_not_allow_is_not_fetched(host: Host, tmp_path: Path) -> None:
    host.url("/robots.txt", answer(body=b"User-agent: *\nDisallow: /no/\nDisallow: /*.pdf$"))
    urls = [host.url(path, answer()) for path in ("/no/a.htm", "/x/a.pdf", "/yes/a.htm")]
    log = fetch_here(manifest(*urls), tmp_path)
    assert log["status"].tolist() == ["refused", "refused", "saved"]
    assert host.paths() == ["/yes/a.htm"]


def test_a_redirect_to_what_a_host_does_not_allow_is_refused(host: Host, tmp_path: Path) -> None:
    host.url("/robots.txt", answer(body=b"User-agent: govinfo\nDisallow: /no/"))
    host.url("/no/b", answer())
    assert (
        only(fetch_here(manifest(host.url("/a", answer(302, b"", Location="/no/b"))), tmp_path))["status"] == "refused"
    )
    assert host.paths() == ["/a"]


@pytest.mark.parametrize(("status", "expected"), [(404, "saved"), (403, "saved"), (500, "refused"), (503, "refused")])
def test_a_missing_robots_txt_allows_and_a_broken_one_does_not(
    host: Host, tmp_path: Path, status: int, expected: str
) -> None:
    host.url("/robots.txt", answer(status, b"User-agent: *\nDisallow: /"))
    assert only(fetch_here(manifest(host.url("/a", answer())), tmp_path))["status"] == expected


def test_two_requests_to_a_host_are_apart(host: Host, tmp_path: Path, naps: list[float]) -> None:
    fetch_here(manifest(host.url("/a", answer()), host.url("/b", answer())), tmp_path, delay=2.0)
    assert naps == [2.0, 2.0]  # robots.txt, then /a, then /b


def test_the_wait_that_robots_txt_asks_for_is_kept(host: Host, tmp_path: Path, naps: list[float]) -> None:
    host.url("/robots.txt", answer(body=b"User-agent: *\nCrawl-delay: 11"))
    fetch_here(manifest(host.url("/a", answer()), host.url("/b", answer())), tmp_path, delay=2.0)
    assert naps == [11.0, 11.0]


def test_a_host_that_wants_hours_between_requests_is_left(host: Host, tmp_path: Path, naps: list[float]) -> None:
    host.url("/robots.txt", answer(body=b"User-agent: *\nCrawl-delay: 86400"))
    assert only(fetch_here(manifest(host.url("/a", answer())), tmp_path))["status"] == "refused"
    assert naps == []


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /a/*.htm$", "/a/x.htm", False),
        ("User-agent: *\nDisallow: /a/*.htm$", "/a/x.html", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: GovInfo/2.0\nAllow: /", "/a", True),
        ("User-agent: other\nUser-agent: govinfo\nDisallow: /", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("Disallow: /", "/a", True),
        ("User-agent: * # all\ndisallow : /政务", "/%e6%94%bf%E5%8A%A1/a", False),
        ("User-agent: *\nDisallow: /a?id=", "/a?id=3", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a", "/a", False),
        ("User-agent: govinfo\nDisallow: /a\nUser-agent: govinfo\nDisallow: /b", "/a", False),
        ("<html>not found</html>", "/a", True),
    ],
)
def test_rules_of_robots_txt(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(rules).allows(path) is allowed


# Manifest and names


@pytest.mark.parametrize(
    ("agency", "stem"),
    [
        ("../../etc/passwd", "etc-passwd-2021"),
        ("..\\..\\a", "a-2021"),
        ("/root", "root-2021"),
        ("C:\\a", "C-a-2021"),
        (".hidden", "hidden-2021"),
        ("~$lock_", "lock-2021"),
        ("CON", "CON-2021"),
        ("-rf", "rf-2021"),
        ("a\x00b\nc", "a-b-c-2021"),
        ("市\u202etxt.exe", "市-txt-exe-2021"),
        ("＝某市 人民政府（办公室）", "某市-人民政府-办公室-2021"),
        ("长" * 300, "长" * 60 + "-2021"),
    ],
)
def test_names_cannot_leave_the_folder(agency: str, stem: str) -> None:
    assert stem_of(Line(agency, "2021", "")) == stem
    assert len(stem.encode()) < 240


@pytest.mark.parametrize(
    "line", [Line("", "2021", ""), Line("///", "2021", ""), Line("a", "21", ""), Line("a", "", "")]
)
def test_lines_without_a_name_are_refused(line: Line) -> None:
    with pytest.raises(Refused):
        stem_of(line)


@pytest.mark.parametrize(
    ("content_type", "path", "suffix"),
    [
        ("text/html; charset=utf-8", "/a.pdf", ".html"),
        ("application/octet-stream", "/a%2Epdf", ".pdf"),
        ("application/octet-stream", "/a.exe", ".bin"),
        ("", "/a.csv", ".bin"),
        ("application/x; a", "/../a.docx", ".docx"),
    ],
)
def test_suffixes(content_type: str, path: str, suffix: str) -> None:
    assert suffix_of(content_type, path) == suffix


def test_a_manifest_in_a_file(host: Host, tmp_path: Path) -> None:
    url = host.url("/a", answer())
    text = f"note,url,year,agency\n一,{url},2021,某市\n,,,\n二,{url}x,2022.0,某县"
    for encoding in ("utf-8-sig", "gb18030"):
        path = tmp_path / f"{encoding}.csv"
        path.write_text(text, encoding=encoding)
        log = fetch_here(path, tmp_path / encoding)  # type: ignore[arg-type]
        assert log["agency"].tolist() == ["某市", "某县"]
        assert log["year"].tolist() == [2021, 2022]
        assert log["status"].tolist() == ["saved", "failed"]


def test_a_year_that_is_none_is_said(tmp_path: Path) -> None:
    record = only(fetch(manifest("http://a.test/", year="二一"), tmp_path))
    assert (record["status"], record["message"]) == ("refused", "'二一' is no year.")
    assert pd.isna(record["year"])


def test_a_manifest_without_its_columns(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"missing from the manifest: year, url\. It needs .* it has agency, link\."):
        fetch(pd.DataFrame({"agency": ["a"], "link": ["b"]}), tmp_path)
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(UsageError, match="it has none"):
        fetch(tmp_path / "empty.csv", tmp_path)
    with pytest.raises(FileUnreadable):
        fetch(tmp_path / "missing.csv", tmp_path)


@pytest.mark.parametrize("settings", [{"delay": -1}, {"delay": float("nan")}, {"retries": -1}, {"max_bytes": 0}])
def test_numbers_that_make_no_sense(tmp_path: Path, settings: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        fetch(manifest(), tmp_path, **settings)  # type: ignore[arg-type]


def test_a_folder_that_cannot_be_written_is_said_first(host: Host, tmp_path: Path) -> None:
    (tmp_path / "raw").write_bytes(b"a file")
    with pytest.raises(FileUnreadable):
        fetch_here(manifest(host.url("/a", answer())), tmp_path / "raw")
    assert host.asked == []


def test_another_file_in_place_of_the_log_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / LOG).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FileUnreadable, match="no log of govinfo fetch"):
        fetch(manifest(), tmp_path)
    assert (tmp_path / LOG).read_text(encoding="utf-8") == "a,b\n1,2\n"


# Many hosts


def test_hosts_are_asked_side_by_side_and_each_for_one_file_at_a_time(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, busy, most = threading.Barrier(5, timeout=20), Counter[str](), Counter[str]()
    counting = threading.Lock()

    def slow(request: BaseHTTPRequestHandler) -> None:
        name = request.headers["Host"]
        with counting:
            busy[name] += 1
            most[name] = max(most[name], busy[name])
        together.wait()
        answer()(request)
        with counting:
            busy[name] -= 1

    monkeypatch.setattr(session, "addresses_of", lambda url, allow_private: ["127.0.0.1"])
    for number in (1, 2):
        host.answers[f"/{number}.html"] = [slow]
    lines = [
        {"agency": f"某{at}县", "year": 2020 + number, "url": f"http://h{at}.example:{host.port}/{number}.html"}
        for at in range(5)
        for number in (1, 2)
    ]
    log = fetch(pd.DataFrame(lines), tmp_path, delay=0, allow_private=True)
    assert log["status"].tolist() == ["saved"] * 10
    assert log["url"].tolist() == [line["url"] for line in lines], "the log keeps the order of the list"
    assert set(most.values()) == {1}


def test_a_run_that_was_killed_goes_on_where_it_stopped(host: Host, tmp_path: Path) -> None:
    url = host.url("/a.html", answer())
    fetch_here(manifest(url), tmp_path)
    kept = pd.read_csv(tmp_path / LOG, encoding="utf-8-sig").iloc[0]
    (tmp_path / LOG).unlink()
    note = json.dumps({name: value if isinstance(value, str) else int(value) for name, value in kept.dropna().items()})
    (tmp_path / NOTES).write_text(f"{note}\n{{broken", encoding="utf-8")
    asked = len(host.paths())
    assert only(fetch_here(manifest(url), tmp_path))["status"] == "present"
    assert len(host.paths()) == asked
    assert not (tmp_path / NOTES).exists()


def test_a_report_on_another_year_than_the_list_says_so(host: Host, tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "data" / "raw" / "pingtan-2022.docx").read_bytes()
    lines = pd.DataFrame(
        {
            "agency": "平潭",
            "year": [2023, 2022],
            "url": [host.url("/a", answer(body=page)), host.url("/b", answer(body=page + b"\0"))],
        }
    )
    log = fetch_here(lines, tmp_path)
    assert log["status"].tolist() == ["saved", "saved"]
    assert log["message"].tolist() == ["The list says 2023, the report says 2022.", ""]
