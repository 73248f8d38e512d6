"""The project as a whole: who imports whom, what the repository holds, what the documents say."""

import ast
import csv
import importlib
import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.metadata import distributions
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from packaging.specifiers import SpecifierSet

import govinfo
from govinfo.corpus import FRAMES

ROOT = Path(__file__).resolve().parents[1]

# Which room of the house may use which: one line a room, in the order of the flow.
ROOMS = {
    line["room"]: frozenset(line["uses"].split())
    for line in csv.DictReader((ROOT / "tests" / "rooms.csv").read_text(encoding="utf-8").splitlines())
}
MODULES = {
    ".".join(path.relative_to(ROOT / "govinfo").with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "govinfo").rglob("*.py"))
    if path != ROOT / "govinfo" / "__init__.py"
}

NOT_OURS = {
    ".git",
    ".venv",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "__pycache__",
    "build",
    "dist",
}
TEXT = {".py", ".md", ".toml", ".txt", ".csv", ".ipynb", ".html", ".yml", ".yaml", ".cfg", ".json", ""}
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not NOT_OURS & set(parts) and ".ipynb_checkpoints" not in parts:
            yield path


def texts() -> Iterator[tuple[Path, str]]:
    for path in files():
        if path.suffix.lower() in TEXT:
            yield path.relative_to(ROOT), path.read_bytes().decode("utf-8", errors="replace")


# Modules


def imported(name: str, path: Path) -> Iterator[str]:
    """The modules of govinfo that a module imports anywhere in it, "" for govinfo itself."""
    package = ["govinfo", *name.split(".")]
    if path.name != "__init__.py":
        package.pop()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            full = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            full = [f"{base}.{alias.name}" for alias in node.names]
            full = [one if one.removeprefix("govinfo.") in MODULES else base for one in full]
        else:
            continue
        for one in full:
            if one.split(".")[0] == "govinfo":
                yield one.removeprefix("govinfo").removeprefix(".")


def test_every_room_has_its_line() -> None:
    assert {name.split(".")[0] for name in MODULES} == set(ROOMS)


def test_rooms_use_only_rooms_before_them() -> None:
    order = list(ROOMS)
    assert not [room for room, used in ROOMS.items() if not used <= set(order[: order.index(room)])]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_only_the_rooms_that_its_line_names(room: str) -> None:
    mine = {name for name in MODULES if name.split(".")[0] == room}
    used = {other.split(".")[0] for name in mine for other in imported(name, MODULES[name])} - {room, ""}
    assert used <= ROOMS[room]


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_in_a_room_imports_upwards(room: str) -> None:
    """The modules of a room can be put in an order; none but the last, its ``__init__``, gathers the others."""
    mine = {
        name: {other for other in imported(name, path) if other.split(".")[0] == room}
        for name, path in MODULES.items()
        if name.split(".")[0] == room
    }
    assert not [name for name, others in mine.items() if room in others], "a module imports its own room"
    list(TopologicalSorter(mine).static_order())


def test_every_table_lies_in_the_room_of_the_code_that_reads_it() -> None:
    read = {
        found
        for path in MODULES.values()
        for found in re.findall(r'read_table\("(\w+)", "(\w+)"\)', path.read_text(encoding="utf-8"))
        if path.relative_to(ROOT / "govinfo").parts[0] == found[0]
    }
    assert read == {(path.parent.name, path.stem) for path in (ROOT / "govinfo").rglob("*.csv")}


def test_no_module_passes_four_hundred_lines() -> None:
    assert not [name for name, path in MODULES.items() if len(path.read_text(encoding="utf-8").splitlines()) > 400]


def test_imports_are_found_wherever_they_stand(tmp_path: Path) -> None:
    source = (
        "import govinfo.cli\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from govinfo import corpus\n"
        "def late():\n    from govinfo.report import Report\n    from ..checks import check\n    from . import pdf\n"
    )
    path = tmp_path / "text.py"
    path.write_text(source, encoding="utf-8")
    assert sorted(imported("readers.text", path)) == ["checks", "cli", "corpus", "readers.pdf", "report"]


# Repository


def test_what_few_files_need_is_loaded_by_the_first_of_them() -> None:
    """Every build starts with the loading of the package, once more in each process that reads."""
    heavy = ("PIL", "cv2", "duckdb", "matplotlib", "openpyxl", "pdfplumber", "pypdfium2", "pypinyin", "rich", "xlrd")
    asked = f"import sys, govinfo; print(*[name for name in {heavy} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []


def test_files_name_no_place_on_a_machine() -> None:
    place = re.compile(r"(?<![\w.:/-])/(?:" + "|".join(["work", "tmp", "root", "home", "Users"]) + r")\b/")
    found = [
        (path, match[0])
        for path, text in texts()
        if not (path.parts[0] == "data" and path.suffix == ".html") and path != Path("tests/test_project.py")
        for match in [place.search(text)]
        if match
    ]
    assert not found


def test_files_name_no_package_registry() -> None:
    hosts = [
        "py" + "pi.org",
        "python" + "hosted.org",
        "ana" + "conda.org",
        "npm" + "js.",
        "index" + "-url",
        "find" + "-links",
    ]
    found = [(path, host) for path, text in texts() for host in hosts if host in text]
    assert not found


def test_constraints_are_plain_names_and_versions() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line) for line in lines)
    names = [re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines]
    assert len(names) == len(set(names))


def test_every_pinned_version_can_be_installed_on_the_oldest_python_allowed() -> None:
    allowed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    oldest = f"{allowed.removeprefix('>=')}.0"
    pinned = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    here = {one.metadata["Name"]: one for one in distributions() if one.metadata["Name"] in pinned}
    asked = {name: here[name].metadata["Requires-Python"] for name in here if here[name].version == pinned[name]}
    assert not {name: versions for name, versions in asked.items() if versions and oldest not in SpecifierSet(versions)}


def test_sources_list_exactly_the_raw_files() -> None:
    raw = ROOT / "data" / "raw"
    with (raw / "sources.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = [line["file"] for line in csv.DictReader(file)]
    there = [
        path.relative_to(raw).as_posix() for path in raw.rglob("*") if path.is_file() and path.name != "sources.csv"
    ]
    assert sorted(listed) == sorted(there)


def test_processed_data_is_what_the_builder_makes(tmp_path: Path) -> None:
    stored = ROOT / "data" / "processed"
    govinfo.build(ROOT / "data" / "raw", tmp_path)
    for name in FRAMES:
        made = (tmp_path / f"{name}.csv").read_bytes()
        assert (stored / f"{name}.csv").read_bytes() == made, f"{name}.csv: run make data"
        pd.testing.assert_frame_equal(getattr(govinfo.load(stored), name), getattr(govinfo.load(tmp_path), name))


def test_wheel_holds_the_forms_and_the_typing_mark(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "govinfo").rglob("*") if path.suffix in {".py", ".csv"}
    }
    assert wanted | {"govinfo/py.typed", "govinfo_command.py"} <= held
    assert any(name.endswith("LICENSE") for name in held)
    parts = (ROOT / "data" / "processed").rglob("part-*.parquet")
    parts = [path.relative_to(ROOT / "data" / "processed").as_posix() for path in parts if "memory" not in path.parts]
    assert {f"govinfo/data/{part}" for part in ["manifest.json", *parts]} <= held
    assert not [name for name in held if name.split("/")[0] in {"tests", "data", "docs", "notebooks"}]


# Documents


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_made_documents_are_current() -> None:
    for name, content in builder().made().items():
        assert (ROOT / name).read_bytes() == content, f"{name}: run make docs"


def test_documented_columns_are_those_of_the_frames() -> None:
    text = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
    for name, types in FRAMES.items():
        part = text.split(f"<!-- columns of {name}: ")[1].split("<!-- end of columns")[0]
        listed = re.findall(r"^\| `(\w+)` \| (\w+) \|", part, re.M)
        assert listed == list(types.items())


def test_doubts_of_the_data_are_documented() -> None:
    corpus = govinfo.load(ROOT / "data" / "processed")
    text = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
    for frame in (corpus.cells, corpus.reports):
        used = set(frame["doubts"].str.split(";").explode()) - {""}
        assert not [doubt for doubt in used if f"`{doubt}`" not in text]


def test_named_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for path in [*DOCUMENTS, ROOT / ".ci" / "run"]:
        code = re.findall(r"(?:^|`| {4})make ([a-z]+)", path.read_text(encoding="utf-8"), re.M)
        assert not set(code) - targets, path.name
    readme = DOCUMENTS[0].read_text(encoding="utf-8")
    assert "make run\n" in readme
    assert "make test\n" in readme


def test_named_files_exist() -> None:
    for path in DOCUMENTS:
        links = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8"))
        assert not [link for link in links if not (path.parent / link).exists()], path.name


def test_the_architecture_shows_every_room_once() -> None:
    listed = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("## One cell")[0]
    rooms = re.findall(r"`(\w+)(?:/|\.py)`", "".join(line for line in listed.splitlines(True) if line[0] == "|"))
    assert rooms == list(dict.fromkeys(rooms))
    assert set(rooms) == set(ROOMS)


@pytest.mark.parametrize("name", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_what_the_guides_name_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:govinfo|tests|docs|data|benchmarks|notebooks)/[\w./*]+|\.ci/run)`", text):
        assert list(ROOT.glob(path.rstrip("/"))), path
    for dotted in re.findall(r"`(govinfo(?:\.\w+)+)`", text):
        module, _, attribute = dotted.rpartition(".")
        while module not in sys.modules and importlib.util.find_spec(module) is None:
            module, _, more = module.rpartition(".")
            attribute = f"{more}.{attribute}"
        found = importlib.import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)


def test_commands_of_the_readme_run(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\.venv/bin/govinfo (.+)$", readme, re.M)
    assert commands
    for command in commands:
        arguments = command.replace("-o data/processed", f"-o {tmp_path}").split()
        run = subprocess.run(
            [sys.executable, "-m", "govinfo.cli", *arguments], cwd=ROOT, capture_output=True, check=False
        )
        assert run.returncode == 0, command


CODE_OR_MADE = re.compile(r"```.*?```|`[^`\n]*`|made by docs/build.py -->.*?<!-- end of", re.S)
COMMAND = re.compile(r"```(?:sh|python)|`make [a-z]+`|\bgovinfo [a-z]+\b|`python docs/")
FREE = re.compile(
    r"20[012]\d|Python \d\.\d+|R\d|〔\d+〕\d+号|GB/T \d+|SHA-256|UTF-8|(?:Int|Float)64|"
    r"\b0\.1\.0\b|^ *\d\. |x[01]\b|\b0\b|\]\([^)]*\)|\b\d{6}\b|[Nn]otebook \d\d|\b\d\b|95 %|"
    r"\b\d\d_\w+|(?:[Pp]er|exceed) 100",
    re.M,
)


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.stem != "codebook"], ids=lambda path: path.name)
def test_numbers_stand_beside_the_command_that_gives_them(path: Path) -> None:
    for section in re.split(r"^#+ ", path.read_text(encoding="utf-8"), flags=re.M):
        prose = FREE.sub(
            "",
            re.sub(r"```.*?```|`[^`\n]*`|!\[[^\]]*\]|made by docs/build.py -->.*?<!-- end of", "", section, flags=re.S),
        )
        numbers = re.findall(r"\d+(?:[.,]\d+)*", prose)
        assert not numbers or re.search(r"```(?:sh|python)|`make [a-z]+`|\bgovinfo [a-z]+\b|`python docs/", section), (
            numbers
        )
