"""Goods of a case as people keep them in a spreadsheet: cells in, lines and faults out.

A bad cell costs its own row and nothing else, and every fault says where it stands. What can be
read in two ways is refused; what is missing is never filled in but by what the officer said for
all rows.
"""

from countermark.domain.goods_sheet.columns import FIELDS, TITLES
from countermark.domain.goods_sheet.reading import (
    LONGEST,
    Defaults,
    Fault,
    GoodsRow,
    Words,
    row_cells,
    row_read,
)
from countermark.domain.goods_sheet.sheet import MOST_ROWS, Sheet, SheetRow, paste_read, sheet_of

__all__ = [
    "FIELDS",
    "LONGEST",
    "MOST_ROWS",
    "TITLES",
    "Defaults",
    "Fault",
    "GoodsRow",
    "Sheet",
    "SheetRow",
    "Words",
    "paste_read",
    "row_cells",
    "row_read",
    "sheet_of",
]
