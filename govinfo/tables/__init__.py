"""Document to figures of the form: lines, columns, rows, one module a table, sums as judge, records.

Goes in: a ``Document``. Comes out: for each table of the form its rows as the page prints them, then records of the
cells frame (``CELLS``).
"""

from govinfo.tables.records import CELLS, frame, read_tables, records_of

__all__ = ["CELLS", "frame", "read_tables", "records_of"]
