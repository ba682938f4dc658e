"""What is asked about one line: the words whose usage can matter. For evidence, not for speed."""

from __future__ import annotations

import numpy as np

from countermark.domain.matching.core import buffers as b
from countermark.domain.matching.core.buffers import TextBuffer, new_text
from countermark.domain.matching.core.chars import char_tables
from countermark.domain.matching.core.collect import longest_texts, read_brand
from countermark.domain.matching.core.columns import DESCRIPTION, columns_of, text_of
from countermark.domain.matching.core.findings import NAMES
from countermark.domain.matching.core.registered import Index
from countermark.domain.matching.core.text import read_text
from countermark.domain.matching.core.windows import find_windows, more
from countermark.domain.matching.types import Line


def words_asked(line: Line, index: Index) -> set[str]:
    """Return every word of a line and of the marks of an index whose usage may be asked for.

    One of them is the text of the line itself, see ``counting.own_key``.
    """
    chars, needs = char_tables(), index.needs()
    columns = columns_of((line,))
    room, _ = longest_texts(columns, chars)
    texts = [new_text(room, needs), new_text(room, needs)]
    start, end = columns.starts[0, DESCRIPTION], columns.ends[0, DESCRIPTION]
    read_text(columns.points, start, end, False, chars, texts[0])
    if read_brand(columns, 0, chars, texts[1]) != NAMES:
        texts.pop()
    forms = index.arrays.forms
    bounds = zip(forms.starts.tolist(), forms.starts[1:].tolist(), strict=False)
    found = {text_of(forms.points, start, end) for start, end in bounds}
    found.add(f"{line.goods_description}\n{line.declared_brand}")
    for text in texts:
        while more(text):
            for window in range(find_windows(text, needs)):
                found |= _words_of(text, text.rows[window])
    return found


def _words_of(text: TextBuffer, row: b.Ints) -> set[str]:
    """Return the key of a window and its words."""
    key = text_of(text.points, row[b.KEY], row[b.KEY_END])
    ends = np.cumsum(text.pieces[row[b.SIZES] : row[b.SIZES_END]]).tolist()
    return {key, *(key[start:end] for start, end in zip([0, *ends], ends, strict=False))}
