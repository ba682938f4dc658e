"""Words that stand where a value should be."""

from __future__ import annotations

from typing import Final

from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import joined

_WORDS: Final = """
unknown, not known, n/a, na, nil, none, no, tba, tbc, to be advised, not applicable, not stated,
not provided, same as consignee, same as consignor, same as shipper, same as above, as above, ditto,
to order, private, individual, walk-in, cash, test, various, xxx
不详, 未知, 无, 没有, 不明, 暂无, 待定, 不适用, 未提供, 同上, 同收货人, 同发货人, 收货人同上
个人, 私人, 散客
00000000, 11111111, 12345678, 99999999, 13800000000, 13800138000
"""
_PLACEHOLDERS: Final = frozenset(
    joined(folded_text(word)) for line in _WORDS.strip().splitlines() for word in line.split(", ")
)


def is_placeholder(text: str) -> bool:
    """Tell whether a text says nothing about anybody: ``unknown``, ``同收貨人``, ``00000000``.

    Case, width, script and punctuation do not matter.
    """
    return joined(folded_text(text)) in _PLACEHOLDERS
