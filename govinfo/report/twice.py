"""A reading held against a second one of the same file, as in double data entry: where the two differ, a doubt."""

from __future__ import annotations

from dataclasses import replace

from govinfo.checks import PROSE_RULE
from govinfo.report.reading import Reading, Record, with_doubts
from govinfo.report.suggestions import place_of

SEEN = ("table", "row", "column", "value", "kind", "raw")
"""What is kept of a cell that a second reader has otherwise."""


def is_in_doubt(reading: Reading) -> bool:
    """True for a report from the text of a PDF with a cell that is open, or a sum that fails. To recognise a picture
    again takes too long to do unasked."""
    if reading.reader != "pdf":
        return False
    is_open = any(record["kind"] == "unreadable" for record in reading.cells)
    return is_open or any(
        finding["status"] == "fail" and finding["rule"] != PROSE_RULE for finding in reading.findings()
    )


def held_against(reading: Reading, again: Reading | None, reader: str) -> Reading:
    """A reading with the doubt readers-differ on every figure that a second one has otherwise or not at all.

    ``again`` is None where the second reader found no report in the file: the doubt is then one on the report.
    """
    if again is None:
        return replace(reading, second_reader=reader, doubts=(*reading.doubts, "readers-differ"))
    other = {place_of(record): record for record in again.cells}
    differing = {
        place
        for place, record in ((place_of(record), record) for record in reading.cells)
        if record.get("value") != other.get(place, {}).get("value")
    }
    return replace(
        reading,
        cells=tuple(marked(record) if place_of(record) in differing else record for record in reading.cells),
        again=tuple(
            seen(record, other.get(place_of(record), {})) for record in reading.cells if place_of(record) in differing
        ),
        second_reader=reader,
    )


def marked(record: Record) -> Record:
    """A record of a cell with the doubt that readers differ."""
    return with_doubts(record, ("readers-differ",))


def seen(record: Record, again: Record) -> Record:
    """What a second reader has in the place of a record."""
    place = {name: record[name] for name in SEEN[:3]}
    return {**place, **{name: again.get(name) for name in SEEN[3:]}}
