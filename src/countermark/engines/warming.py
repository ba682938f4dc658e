"""Compiling the screener's core before the first line waits for it.

``python -m countermark.engines.warming`` does it once for this version of the program.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any, cast

from countermark.domain.matching import Background, Context, RecordedMark, Screener
from countermark.domain.matching.core import screen
from countermark.engines.batches import read_batches
from countermark.engines.tables import TableFormat, read_table

_LAST = "screen.judge_lines-*.nbi"
"""What numba keeps of the function that is compiled last, beside that of its neighbours."""

_TABLE = (
    "line_id,goods_description,declared_brand,hs_code,consignor,consignee\n"
    "1,SHOES BRAND: N1KE 耐客,NIKE,6403,A,B\n"
)
_MARK = RecordedMark(
    right_id="1",
    kind="trade-mark",
    word="Nike",
    word_zh_hans="耐克",
    word_zh_hant="",
    nice_classes=(25,),
    holder="A",
    authorised_parties=(),
)


def is_compiled() -> bool:
    """Tell whether this version of the core has been compiled here before."""
    folder = cast(Any, screen.judge_lines).stats.cache_path  # None: no folder may be written to
    if not folder:
        return False
    source_ns = Path(screen.__file__).stat().st_mtime_ns
    return any(kept.stat().st_mtime_ns >= source_ns for kept in Path(folder).glob(_LAST))


def warm() -> None:
    """Screen a line, so that all that is needed for it is compiled or loaded.

    It takes a minute or two where ``is_compiled`` says no, else less than a second.
    """
    stream = io.BytesIO(_TABLE.encode())
    with read_table(stream, format=TableFormat.CSV) as table:
        columns = [batch.columns for batch in read_batches(table)]
    screener = Screener([_MARK], Context(Background.of_columns(columns)))
    for each in columns:
        screener.screen_columns(each)


if __name__ == "__main__":
    if not is_compiled():
        sys.stderr.write("Compiling the screener (once for this version, some minutes) ...\n")
    warm()
