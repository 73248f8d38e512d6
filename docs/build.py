"""Writes what the documentation takes from elsewhere: `make docs`.

docs/codebook.md from the forms, the tables in docs/frames.md (data dictionary, doubts, rules), what the examples of the
README, the data card and docs/words.md print, and the README's picture from the stored output of the notebook. A test
says when one of them is out of date.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd

import govinfo
from govinfo import prose
from govinfo.corpus import FRAMES

ROOT = Path(__file__).resolve().parents[1]
WITH_EXAMPLES = ("README.md", "docs/data-card.md", "docs/words.md")
NOTEBOOK = ROOT / "notebooks" / "01_tour.ipynb"


def made() -> dict[str, bytes]:
    """The files that are made, by their path in the repository."""
    frames = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
    return {
        **{name: with_outputs((ROOT / name).read_text(encoding="utf-8")).encode() for name in WITH_EXAMPLES},
        "docs/codebook.md": codebook().encode(),
        "docs/frames.md": with_tables(frames).encode(),
        "docs/panel.md": panel().encode(),
        "docs/img/outcomes.png": picture(NOTEBOOK),
    }


def with_outputs(text: str) -> str:
    """A document with the output of each Python example below it."""
    return re.sub(r"```python\n(.*?)```\n\n```text\n.*?```", with_output, text, flags=re.S)


def with_output(example: re.Match[str]) -> str:
    """One example, run in the root of the repository, and what it prints."""
    command = [sys.executable, "-X", "utf8", "-c", example[1]]
    printed = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    return f"```python\n{example[1]}```\n\n```text\n{printed}```"


def codebook() -> str:
    """The codes of all forms as Markdown: one table of rows and one of columns for each table of a form."""
    cells = govinfo.codebook().fillna("")
    parts = [
        "# Codebook\n\n",
        "The codes of the forms, made by `make docs` from the tables in `govinfo/forms`. "
        "`govinfo.codebook()` gives the same as a frame, one row per cell of the forms.\n",
    ]
    for form in govinfo.forms().values():
        years = f"{form.first_year} and later" if form.last_year is None else f"{form.first_year} to {form.last_year}"
        parts.append(f"\n## Form {form.code}: {form.label_zh} ({form.label_en})\n\nMeant for reports on {years}.\n")
        for table in form.tables:
            mine = cells[(cells["form"] == form.code) & (cells["table"] == table)]
            rows = (
                mine.groupby("row", sort=False)
                .agg({"parent": "first", "row_label_zh": "first", "row_label_en": "first", "column": " ".join})
                .reset_index()
            )
            columns = mine.drop_duplicates("column")[["column", "column_label_zh", "column_label_en", "unit"]]
            parts.append(f"\n### {table}\n\n")
            parts.append(markdown(rows, ["row", "under", "printed", "meaning", "columns"]))
            parts.append("\n" + markdown(columns, ["column", "printed", "meaning", "unit"]))
    return "".join(parts)


def panel() -> str:
    """The variables of the panel and the reasons of missing values as Markdown."""
    book, reasons = govinfo.panel_codebook().fillna(""), govinfo.panel_reasons().astype("string")
    reasons = reasons.assign(stata="`." + reasons["stata"] + "`", spss="`" + reasons["spss"] + "`")
    return (
        "# The panel\n\n"
        "`govinfo.panel(corpus)` gives one row per agency and year, `govinfo export FOLDER -o panel.dta` writes it for "
        "Stata (.sav for SPSS, `--format panel -o panel.parquet` for R); [Stata and R](stata-and-r.md) shows both. "
        "This page is made by `make docs` from the tables in `govinfo/metrics`; `govinfo.panel_codebook()` and "
        "`govinfo.panel_reasons()` give the same as frames.\n\n"
        "Figures are as printed: a blank is no 0, and nothing is filled in. Each figure and rate NAME has a column "
        "`why_NAME`, which says why there is no value where there is none. With `balanced=True` every agency has every "
        "year from the first to the last of the corpus, and `no_report` where it published none that is here.\n\n"
        "## Variables\n\nA source is a place of the [codebook](codebook.md) (table.row.column), `|` parts places of "
        "different forms, `outcomes.GROUP` the sum of a group's rows, a rate is one of [the metrics](metrics.md).\n\n"
        + markdown(book, ["variable", "label", "标签", "unit", "source"])
        + "\n## Why a value is missing\n\nStata files carry the letter (`.a`), SPSS files the number.\n\n"
        + markdown(reasons, ["reason", "Stata", "SPSS", "meaning", "含义"])
    )


def with_tables(text: str) -> str:
    """docs/frames.md with its tables, each between its two marks."""
    rules = [(rule.code, rule.severity, rule.label_en, rule.label_zh) for rule in govinfo.rules().values()]
    subjects = [(one.code, one.unit, one.label_en, one.label_zh) for one in prose.subjects().values()]
    tables = {
        "doubts": pd.DataFrame(govinfo.doubts().items(), columns=["doubt", "meaning"]),
        "subjects": pd.DataFrame(subjects, columns=["subject", "unit", "meaning", "中文"]),
        "rules": pd.DataFrame(rules, columns=["rule", "severity", "what it asks", "勾稽关系"]),
        **{f"columns of {frame}": govinfo.datasets.describe(frame) for frame in (*FRAMES, "requests_wide")},
    }
    for name, table in tables.items():
        before, rest = text.split(f"<!-- {name}: made by docs/build.py -->\n")
        after = rest.split(f"<!-- end of {name} -->")[1]
        lines = markdown(table, list(table.columns))
        text = f"{before}<!-- {name}: made by docs/build.py -->\n\n{lines}\n<!-- end of {name} -->{after}"
    return text


def markdown(data: pd.DataFrame, names: list[str]) -> str:
    """A frame as a Markdown table; the first column is code."""
    lines = [names, ["---"] * len(names)]
    lines += [[f"`{first}`", *map(str, others)] for first, *others in data.itertuples(index=False)]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def picture(notebook: Path) -> bytes:
    """The one picture among the stored outputs of a notebook."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    found = [
        output["data"]["image/png"]
        for cell in cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    if len(found) != 1:
        raise SystemExit(f"{notebook.name} holds {len(found)} pictures; run it with: make notebooks")
    return base64.b64decode(found[0])


if __name__ == "__main__":
    for name, content in made().items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_bytes(content)
