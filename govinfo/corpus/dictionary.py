"""The six frames of a corpus: their columns and types, and the data dictionary that describes them (frames.csv)."""

from __future__ import annotations

from collections.abc import Mapping

from govinfo.checks import FINDINGS
from govinfo.files.data import read_table
from govinfo.prose import SECTIONS, STATEMENTS
from govinfo.tables import CELLS

REPORTS = {
    "report_id": "string",
    "agency": "string",
    "agency_en": "string",
    "agency_id": "string",
    "region_code": "string",
    "province": "string",
    "city": "string",
    "county": "string",
    "level": "string",
    "year": "Int64",
    "form": "string",
    "title": "string",
    "published": "string",
    "url": "string",
    "source": "string",
    "sha256": "string",
    "cells": "Int64",
    "blanks": "Int64",
    "doubtful": "Int64",
    "findings": "Int64",
    "readers": "string",
    "version": "string",
    "doubts": "string",
    "duplicate_of": "string",
    "synthetic": "boolean",
}
"""Columns of the reports frame in their order, with their types."""

PROBLEMS = {"source": "string", "stage": "string", "error": "string", "hint": "string"}
"""Columns of the problems frame in their order, with their types."""

FRAMES = {
    "cells": CELLS,
    "reports": REPORTS,
    "findings": FINDINGS,
    "sections": SECTIONS,
    "statements": STATEMENTS,
    "problems": PROBLEMS,
}


def dictionary(frame: str) -> tuple[Mapping[str, str], ...]:
    """The lines of the data dictionary for a frame: column, nullable, unit, allowed, meaning."""
    return tuple(line for line in read_table("corpus", "frames") if line["frame"] == frame)
