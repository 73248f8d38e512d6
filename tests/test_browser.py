"""A notebook in a real browser: opened in JupyterLab, run from top to bottom, its charts shown with Chinese text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from browser import TOKEN, browser_page, chromium, jupyter_lab, keep_screenshot, server, workspace

NOTEBOOK = "notebooks/02_request_volumes.ipynb"
LEAST_WIDTH = 300
"""Pixels of a chart that is more than an empty frame."""

MILLISECONDS = 1000
CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")

PANEL = "window.jupyterapp?.shell.currentWidget"
IDLE = f"() => {PANEL}?.sessionContext?.session?.kernel?.status === 'idle'"
ALL_RAN = f"""() => {{
  const cells = {PANEL}.content.widgets.filter((cell) => cell.model.type === "code");
  return cells.length > 0 && cells.every((cell) => cell.model.executionCount > 0);
}}"""
OUTPUTS = f"() => {PANEL}.content.model.toJSON().cells.flatMap((cell) => cell.outputs ?? [])"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the notebooks and data, the notebook without its outputs."""
    chromium()
    pytest.importorskip("jupyterlab", reason="the extra lab is not installed")
    copy = workspace(tmp_path / "work")
    write(copy / NOTEBOOK, without_outputs(read(copy / NOTEBOOK)))
    return copy


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def write(path: Path, notebook: dict[str, Any]) -> None:
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def without_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    empty = {"execution_count": None, "outputs": []}
    cells = [{**cell, **(empty if cell["cell_type"] == "code" else {})} for cell in notebook["cells"]]
    return {**notebook, "cells": cells}


def pictures(outputs: list[dict[str, Any]]) -> list[str]:
    return [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]


def run_all_cells(page: Any) -> None:
    """As a reader does it: by the menu, when the kernel is there."""
    page.wait_for_function(IDLE, timeout=60 * MILLISECONDS)
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()
    page.wait_for_function(ALL_RAN, timeout=60 * MILLISECONDS)
    page.wait_for_function(IDLE, timeout=60 * MILLISECONDS)


def test_notebook_runs_in_jupyterlab_and_shows_its_charts(folder: Path, tmp_path: Path) -> None:
    stored = [
        output for cell in read(Path(__file__).parents[1] / NOTEBOOK)["cells"] for output in cell.get("outputs", [])
    ]
    with (
        server(jupyter_lab(folder), tmp_path / "home", tmp_path / "jupyter.log") as address,
        browser_page() as page,
    ):
        page.goto(f"{address}/lab/tree/{NOTEBOOK}?token={TOKEN}")
        run_all_cells(page)
        outputs = page.evaluate(OUTPUTS)
        images = page.locator(".jp-OutputArea-output img")
        widths = images.evaluate_all("all => all.map((one) => one.complete ? one.naturalWidth : 0)")
        for number in range(images.count()):
            images.nth(number).scroll_into_view_if_needed()
            keep_screenshot(page, tmp_path, f"chart-{number + 1}")
        shown = page.locator(".jp-NotebookPanel:visible").inner_text()
    assert not [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"]
    assert len(widths) == len(pictures(outputs)) == len(pictures(stored)) > 0
    assert min(widths) > LEAST_WIDTH
    assert CHINESE.search(shown)
