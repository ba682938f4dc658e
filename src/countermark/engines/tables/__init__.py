"""One reader for every table that comes from outside: CSV, XLSX, JSONL and Parquet.

``read_table`` yields a ``Row`` for each good row and a ``Reject`` for each bad one, in order, and
never stops at a bad row. Whatever the format, the values of a row are text without NUL and without
broken Unicode, and no formula is ever evaluated.
"""

from countermark.engines.tables.formats import TableFormat, sniff_format
from countermark.engines.tables.reader import Table, estimate_rows, read_table
from countermark.engines.tables.rejects import RejectWriter, safe_cell
from countermark.engines.tables.rows import REASONS, Reject, Row

__all__ = [
    "REASONS",
    "Reject",
    "RejectWriter",
    "Row",
    "Table",
    "TableFormat",
    "estimate_rows",
    "read_table",
    "safe_cell",
    "sniff_format",
]
