"""The panel for other programs: Stata (.dta), SPSS (.sav), Parquet and CSV, with labels and reasons.

Stata and SPSS files carry the reasons as missing values of their own (.a, .b, ... and -91 and so on), with labels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from govinfo.corpus import Corpus
from govinfo.errors import FileUnreadable, MissingSoftware, UsageError, near
from govinfo.files.sheet_text import write_csv
from govinfo.files.writing import written
from govinfo.metrics import panel, panel_codebook, panel_reasons
from govinfo.metrics.panel import WHY, variables

CODED: Mapping[str, Mapping[str, str]] = {
    "level": {
        "national": "national 国家级",
        "province": "province 省级",
        "city": "city 市级",
        "county": "county 县级",
        "town": "town 乡镇级",
        "department": "department 部门",
    },
}
"""Texts that become numbers with a label, in the order of the numbers from 1 on."""

LONGEST_LABEL = 80
"""Characters of a label that Stata holds."""

TITLE = "Annual reports on government information disclosure (govinfo)"
INVENTED = "Invented figures: no evidence about any government (govinfo)"


def to_panel(corpus: Corpus, path: str | Path, *, balanced: bool = False) -> Path:
    """Writes ``govinfo.panel(corpus)`` by the suffix of ``path`` and returns it: .dta, .sav, .parquet or .csv.

    In .dta and .sav variables are labelled in English and Chinese, ``level`` is a number with a label, agency_no has
    the agencies as labels, and why a figure is missing is told by its missing value; ``govinfo.panel_reasons`` lists
    them. Parquet and CSV hold the frame itself, with the columns why_NAME. Raises UsageError for another suffix,
    MissingSoftware without pyreadstat, FileUnreadable when the file cannot be written; what was there then stays.
    """
    path = Path(path)
    if path.suffix.lower() not in WRITERS:
        raise UsageError(
            f"a panel is not written as {path.suffix or 'a file without suffix'}.",
            where=str(path),
            hint=near(path.suffix.lower(), WRITERS),
        )
    frame = panel(corpus, balanced=balanced)
    with written(path) as beside:
        WRITERS[path.suffix.lower()](frame, beside)
    return path


def write_dta(frame: pd.DataFrame, path: Path) -> None:
    """Stata's format of version 14 and later, which holds Chinese."""
    readstat = pyreadstat_for(path)
    letters, said = reasons_by("stata"), reasons_by("label")
    names = [one.name for one in variables()]
    coded = with_codes(frame)
    labels: dict[str, dict[Any, str]] = value_labels(frame)
    for name in names:
        why = frame[f"{WHY}{name}"]
        used = [reason for reason in letters if (why == reason).any()]
        coded[name] = coded[name].astype("object").mask(why.notna(), why.map(letters))
        labels[name] = {letters[reason]: said[reason] for reason in used}
    missing = {name: list(labels[name]) for name in names if labels[name]}
    attempt(
        readstat.write_dta,
        coded,
        path,
        file_label=title_of(frame),
        column_labels=labels_of(coded),
        version=15,
        variable_value_labels={name: found for name, found in labels.items() if found},
        missing_user_values=missing,
    )


def write_sav(frame: pd.DataFrame, path: Path) -> None:
    """SPSS's format."""
    readstat = pyreadstat_for(path)
    codes, said = reasons_by("spss"), reasons_by("label")
    names = [one.name for one in variables()]
    coded = with_codes(frame)
    labels = value_labels(frame)
    for name in names:
        why = frame[f"{WHY}{name}"]
        coded[name] = coded[name].mask(why.notna(), why.map(codes).astype("float64"))
        labels[name] = {code: said[reason] for reason, code in codes.items()}
    lowest, highest = min(codes.values()), max(codes.values())
    attempt(
        readstat.write_sav,
        coded,
        path,
        file_label=title_of(frame),
        column_labels=labels_of(coded),
        variable_value_labels=labels,
        missing_ranges={name: [{"lo": lowest, "hi": highest}] for name in names},
    )


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Plain types, which R (arrow, nanoparquet), Julia and DuckDB read."""
    frame.to_parquet(path, index=False)


WRITERS: Mapping[str, Callable[[pd.DataFrame, Path], None]] = {
    ".dta": write_dta,
    ".sav": write_sav,
    ".parquet": write_parquet,
    ".csv": write_csv,
}
"""How a panel is written, by suffix."""


def pyreadstat_for(path: Path) -> Any:
    """The module pyreadstat. Raises MissingSoftware without it."""
    try:
        import pyreadstat
    except ImportError as error:
        raise MissingSoftware(
            "pyreadstat is not installed.", where=str(path), hint="pip install 'govinfo[export]'"
        ) from error
    return pyreadstat


def attempt(write: Callable[..., None], frame: pd.DataFrame, path: Path, **options: object) -> None:
    """Writes, and says in plain words what stood against it."""
    try:
        write(frame, str(path), **options)
    except Exception as error:
        raise FileUnreadable(f"cannot be written: {error}", where=str(path), hint="Choose another place.") from error


def with_codes(frame: pd.DataFrame) -> pd.DataFrame:
    """The panel without its columns of reasons, texts as texts, coded texts and booleans as numbers."""
    kept = frame[[name for name in frame if not str(name).startswith(WHY)]].copy()
    for name, texts in CODED.items():
        kept[name] = kept[name].map({text: number for number, text in enumerate(texts, start=1)}).astype("float64")
    kept["synthetic"] = kept["synthetic"].astype("int64")
    for name in kept.select_dtypes("string"):
        kept[name] = kept[name].fillna("").astype("object")
    return kept


def value_labels(frame: pd.DataFrame) -> dict[str, dict[Any, str]]:
    """What numbers stand for: levels, agencies, and whether figures are invented."""
    agencies = frame.dropna(subset=["agency"]).groupby("agency_no")["agency"].last()
    return {
        **{name: dict(enumerate(texts.values(), start=1)) for name, texts in CODED.items()},
        "agency_no": dict(zip(agencies.index.tolist(), agencies.tolist(), strict=True)),
        "synthetic": {0: "reported 报告所印", 1: "invented 虚构"},
    }


def labels_of(frame: pd.DataFrame) -> list[str]:
    """The labels of the columns in both languages, with their unit."""
    book = panel_codebook().fillna("")
    unit = (" (" + book["unit"] + ")").where(book["unit"] != "", "")
    labels = dict(zip(book["name"], book["label_en"] + " " + book["label_zh"] + unit, strict=True))
    return [labels[str(name)][:LONGEST_LABEL] for name in frame]


def reasons_by(column: str) -> dict[str, Any]:
    """The reasons with their letter (stata), their code (spss) or their label in both languages (label)."""
    lines = panel_reasons().set_index("reason")
    values = lines.assign(label=lines["label_en"] + " " + lines["label_zh"])[column]
    return dict(zip(lines.index.tolist(), values.tolist(), strict=True))


def title_of(frame: pd.DataFrame) -> str:
    """The title of the file; invented figures are marked there."""
    return INVENTED if frame["synthetic"].any() else TITLE
