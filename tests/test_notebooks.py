"""Notebooks hold their outputs, were run from top to bottom, and name nothing of the machine that ran them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.rglob("*.ipynb"))
PLACES = re.compile(
    r"(?<![\w.~])/(?:\w[\w.-]*/)+\w|[A-Z]:\\|file://|localhost|https?://(?!www\.w3\.org)|"
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|0x[0-9a-f]{6,}"
)
DATES = re.compile(r"\b20\d\d-\d\d-\d\d\b|\b\d\d:\d\d:\d\d\b")

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def text_of(output: dict[str, Any]) -> str:
    texts = [output.get("text", ""), *(data for kind, data in output.get("data", {}).items() if "image" not in kind)]
    return "".join("".join(text) for text in texts)


def test_counts_run_from_one(path: Path) -> None:
    counts = [cell["execution_count"] for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


def test_outputs_are_stored(path: Path) -> None:
    """A cell that draws holds its picture: a chart that did not show would not be missed otherwise."""
    cells = code_cells(path)
    for cell in cells:
        if re.search(r"^axes = |^plt\.show", "".join(cell["source"]), re.M):
            assert any("image/png" in output.get("data", {}) for output in cell["outputs"]), cell["source"]
    assert all(cell["outputs"] for cell in cells if re.search(r"^(?:print|plt\.show)\(", "".join(cell["source"]), re.M))
    assert any(output.get("name") == "stdout" for cell in cells for output in cell["outputs"])
    if path.parent == FOLDER:
        assert any("image/png" in output.get("data", {}) for cell in cells for output in cell["outputs"])


def test_nothing_went_to_stderr_and_nothing_failed(path: Path) -> None:
    outputs = [output for cell in code_cells(path) for output in cell["outputs"]]
    assert not [text_of(output) for output in outputs if output.get("name") == "stderr"]
    assert not [output["ename"] for output in outputs if output["output_type"] == "error"]


def test_outputs_name_no_place_and_no_day(path: Path) -> None:
    for cell in code_cells(path):
        for output in cell["outputs"]:
            assert not PLACES.search(text_of(output)), text_of(output)
            assert not DATES.search(text_of(output)), text_of(output)
        assert not PLACES.search("".join(cell["source"])), cell["source"]


def test_metadata_hold_the_kernel_only(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert set(notebook["metadata"]) == {"kernelspec"}
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert not any(cell["metadata"] for cell in notebook["cells"])


def test_opens_with_a_question_and_closes_with_what_the_data_cannot_say(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert cells[0]["cell_type"] == cells[-1]["cell_type"] == "markdown"
    assert "?" in "".join(cells[0]["source"])
    assert "cannot say" in "".join(cells[-1]["source"])


CLAIMS = re.compile(
    r"known\s+elsewhere|is\s+(?:well\s+)?known\s+that|(?:research|studies|experience)\s+shows?|generally|as\s+a\s+rule|"
    r"(?:most|all|many)\s+(?:Chinese\s+)?(?:offices|agencies|governments)\s+in\s+China|in\s+general",
    re.I,
)
SOURCE = re.compile(r"\]\(|\b(?:Regulations|Art\.|Order No\.)")


def test_nothing_is_claimed_about_the_world_without_a_source(path: Path) -> None:
    """What a notebook says stands on the data on the page; anything else names its source in the same paragraph."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n\n")]
    assert not [said for said in paragraphs if CLAIMS.search(said) and not SOURCE.search(said)]
