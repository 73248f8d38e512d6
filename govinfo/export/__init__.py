"""A corpus for other programs: a workbook in the form's own layout, CSV, Parquet, a DuckDB file, a panel for Stata,
SPSS and R.

Every file is written beside and then moved into place, so that nothing on disk is ever half-written.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from govinfo.corpus import Corpus
from govinfo.errors import UsageError, near
from govinfo.export.database import to_duckdb
from govinfo.export.folder import cells_to_csv, cells_to_parquet, to_csv, to_parquet
from govinfo.export.panel import to_panel
from govinfo.export.workbook import to_excel
from govinfo.files.sheet_text import plain_text

__all__ = ["FORMATS", "SUFFIXES", "export", "plain_text", "to_csv", "to_duckdb", "to_excel", "to_panel", "to_parquet"]

Writer = Callable[[Corpus, Path], Path]

FORMATS: dict[str, Writer] = {"csv": to_csv, "parquet": to_parquet}
"""The formats of a folder with all frames."""

PANELS = {"dta": ".dta", "sav": ".sav", "panel": ".parquet"}
"""The formats of the panel, with the suffix of a path that has none."""

SUFFIXES: dict[str, Writer] = {
    ".xlsx": to_excel,
    ".duckdb": to_duckdb,
    ".dta": to_panel,
    ".sav": to_panel,
    ".csv": cells_to_csv,
    ".parquet": cells_to_parquet,
}
"""What a file's suffix stands for; a file of CSV or Parquet holds one frame, the cells."""


def export(corpus: Corpus, path: str | Path, format: str | None = None, *, lang: str = "en") -> Path:
    """Writes a corpus to ``path`` and returns it.

    By suffix: .xlsx (workbook), .duckdb (database), .dta and .sav (the panel), .csv and .parquet (the cells alone). A
    path without a suffix, or one given with ``format`` ("csv" or "parquet"), is a folder with all frames; without
    ``format`` as CSV. ``format`` "dta", "sav" or "panel" is the panel: its suffix is added where ``path`` has none;
    "panel" takes that of ``path`` (.dta, .sav, .parquet, .csv). A workbook speaks ``lang``, "en" or "zh". Raises
    UsageError for another suffix or format, MissingSoftware where the extra ``export`` is not installed, FileUnreadable
    when ``path`` cannot be written; what was there before then stays.
    """
    path = Path(path)
    if format is not None:
        if format in PANELS:
            return to_panel(corpus, path if path.suffix else path.with_suffix(PANELS[format]))
        if format not in FORMATS:
            known = [*FORMATS, *PANELS]
            raise UsageError(f"no format {format!r}.", where=str(path), hint=near(format, known))
        return FORMATS[format](corpus, path)
    if path.is_dir() or not path.suffix:
        return to_csv(corpus, path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"no file of the kind {path.suffix!r} can be written.",
            where=str(path),
            hint=f"{near(suffix, SUFFIXES)} Or a folder, as {' or '.join(FORMATS)}.",
        )
    return to_excel(corpus, path, lang) if suffix == ".xlsx" else SUFFIXES[suffix](corpus, path)
