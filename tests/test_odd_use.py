"""Commands used in ways that nobody means: each ends with a message and a status, none with an error inside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import govinfo
from govinfo.cli import main
from govinfo.cli.faults import UNREAD, WRONG

DATA = Path(__file__).resolve().parents[1] / "data"
REPORT = DATA / "raw" / "fenyang-2021.txt"
SET = DATA / "processed"
HEAD = "report,table,row,column,expected,corrected,reason,evidence,who\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of odd files, in which commands run."""
    book = openpyxl.Workbook()
    book.create_chartsheet("a")
    del book["Sheet"]
    book.save(tmp_path / "charts.xlsx")
    files = {
        "empty": b"",
        "bytes": bytes(range(256)) * 9,
        "broken.xlsx": b"PK\3\4" + bytes(range(256)),
        "deep.toml": b"a=" + b"[" * 100_000,
        "utf16.csv": (HEAD + "a,b,c,d,1,2,r,e,w\n").encode("utf-16"),
        "endless.csv": b'name,agency_id,student,url,year,agency\n"' + b"a" * 200_000,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """The status of a command."""
    monkeypatch.setattr(sys, "argv", ["govinfo", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


USES: list[tuple[str | Path, ...]] = [
    use
    for name in (
        "empty",
        "bytes",
        "broken.xlsx",
        "charts.xlsx",
        "deep.toml",
        "utf16.csv",
        "endless.csv",
        "folder",
        "no",
    )
    for use in (
        ("corrections", name, SET),
        ("check", SET, "--corrections", name),
        ("agencies", SET, "--aliases", name),
        ("fetch", name, "-o", "fetched"),
        ("links", name, "-o", "links.csv"),
        ("agreement", name, "no"),
        ("audit", SET, "-o", name),
        ("compare", name, REPORT),
        ("evidence", REPORT, "requests", "new", "total", "-o", name),
    )
] + [
    ("exercises", "--students", "bytes"),
    ("exercises", "--students", "utf16.csv"),
    ("exercises", "--students", "folder"),
    ("synth", "--years", "²"),
    ("synth", "--seed", "99999999999999999999", "-n", "1", "-o", "made"),
    ("audit", SET, "--who", "A", "--seed", "99999999999999999999", "--no-browser"),
    ("chart", "outcomes", SET, "--reference", "nan"),
    ("chart", "outcomes", SET, "--reference", "inf"),
    ("build", REPORT, "--size", "99999999999999999999"),
    ("build", REPORT, "--memory", "99999999999999999999"),
    ("build", REPORT, "--seconds", "nan"),
    ("build", REPORT, "-o", "/dev/null"),
    ("build", "http://[::1", "-o", "out"),
    ("show", REPORT, "--table", "[red]"),
    ("chart", "[red]", SET),
    ("doubts", SET, "-o", "broken.xlsx"),
    ("doubts", SET, "-o", "charts.xlsx"),
    ("doubts", SET, "-o", "utf16.csv"),
    ("doubts", SET, "-o", "folder"),
]


@pytest.mark.parametrize("use", USES, ids=lambda use: " ".join(str(one).rpartition("/")[2] for one in use))
def test_an_odd_use_ends_with_a_message(
    use: tuple[str | Path, ...], place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    status = ended(monkeypatch, *use)
    said = capfd.readouterr().err
    assert status in {UNREAD, WRONG}, said
    assert said.strip()
    assert "Traceback" not in said


def test_a_command_over_files_that_are_not_read_says_so(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "folder" / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    (place / "folder" / "worse.pdf").write_bytes(b"%PDF-1.4")
    ended(monkeypatch, "agencies", "folder")
    assert "Not read: bad.pdf and 1 more:" in capfd.readouterr().err


def test_brackets_in_the_name_of_a_page_are_no_colour(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, "compare", REPORT, DATA / "raw" / "sanquan-2021.txt", "-o", "[red].html") == 0
    assert "Written to [red].html." in capfd.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="names of files have no line breaks on Windows")
def test_a_line_break_in_a_name_breaks_no_line(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "folder" / "a\nb.pdf").write_bytes(b"%PDF-1.4 nothing")
    ended(monkeypatch, "build", "folder", "-o", "out")
    assert "\n  a b.pdf: " in capfd.readouterr().out


def test_a_backend_that_matplotlib_does_not_know_is_not_asked_for(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = [sys.executable, "-c", "from govinfo.cli import main; main()"]
    chart = [*program, "chart", "outcomes", str(SET), "-o", "a.png"]
    assert subprocess.run(chart, env={**os.environ, "MPLBACKEND": "nonsense"}, check=False).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux alone")
def test_a_name_that_is_no_text_in_any_encoding_is_read(place: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(place) + b"/\xff\xfe.txt"))
    path.write_bytes(REPORT.read_bytes())
    os.utime(path, (1, 1))
    assert govinfo.read_report(path).source == "\\xff\\xfe.txt"
    built = govinfo.build(path, place / "out")
    assert built.read == 1
    assert govinfo.build(path, place / "out").remembered == 1


TERMINALS = {
    "one column": ({"COLUMNS": "1"}, ""),
    "no columns": ({"COLUMNS": "0"}, ""),
    "ASCII": ({"PYTHONIOENCODING": "ascii:strict"}, ""),
    "Windows": ({"PYTHONIOENCODING": "cp1252"}, ""),
    "no terminal": ({"TERM": "dumb", "NO_COLOR": "1"}, ""),
    "nobody reads": ({}, "| true"),
    "one reads one line": ({}, "| head -1"),
    "output closed": ({}, ">&-"),
    "errors closed": ({}, "2>&-"),
    "all closed": ({}, "<&- >&- 2>&-"),
    "disk full": ({}, ">/dev/full"),
    "no home": ({"HOME": "/nowhere"}, ""),
}


@pytest.mark.skipif(sys.platform != "linux", reason="a shell and /dev/full are there on Linux")
@pytest.mark.parametrize("name", TERMINALS)
def test_an_odd_terminal_brings_no_trace(name: str, tmp_path: Path) -> None:
    variables, behind = TERMINALS[name]
    line = f"{sys.executable} -c 'from govinfo.cli import main; main()' describe {SET} {behind}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, env={**os.environ, **variables}, capture_output=True, check=False
    )
    for said in (done.stdout, done.stderr):
        assert b"Traceback" not in said
        assert b"Exception ignored" not in said
        assert b"inside govinfo" not in said


STOPPED_WHILE_LOADING = """
import sys
from importlib.metadata import entry_points

class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == "govinfo":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stop())
(command,) = entry_points(group="console_scripts", name="govinfo")
command.load()()
"""


def test_a_command_stopped_while_its_modules_load_shows_no_trace() -> None:
    done = subprocess.run([sys.executable, "-c", STOPPED_WHILE_LOADING], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")
