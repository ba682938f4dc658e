"""Cues: where in a line a brand stands, what says that there is none, and what only refers to one.

The words are those of customs forms and trade papers in the languages of both administrations
and of their main routes; none is taken from a particular declaration.
"""

from __future__ import annotations

import re
from enum import Enum

from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import joined


class Place(Enum):
    """Where a piece of text stands; the value is its name in features, weak places last."""

    WHOLE_FIELD = "declared-brand"
    IN_FIELD = "in-declared-brand"
    LABELLED = "labelled"
    FOLLOWED = "followed"
    BRACKETED = "bracketed"
    LEADING = "leading"
    DELIMITED = "delimited"
    LOOSE = "loose"


STRONG = frozenset({Place.WHOLE_FIELD, Place.IN_FIELD, Place.LABELLED, Place.FOLLOWED})
"""Places where a trader writes a brand and little else."""

BRAND_WORDS = ("brand", "brand name", "trade mark", "trademark", "marca", "marque", "marke", "merk")
BRAND_WORDS_HAN = ("品牌", "牌子", "商标", "牌号", "厂牌")
NO_BRAND = frozenset(
    {
        *(
            "nobrand",
            "nobrandname",
            "nonbrand",
            "unbranded",
            "withoutbrand",
            "nobranded",
            "generic",
        ),
        *("nm", "na", "nil", "none", "no", "null", "nb", "oem", "odm", "neutral", "plain"),
        *("无", "无牌", "无品牌", "没有品牌", "无商标", "白牌", "中性", "无牌子", "境内自主品牌"),
    }
)
"""Folded and joined values of the brand field that name no brand."""

_REFERENTIAL = re.compile(
    r"(?:\b(?:for(?: use (?:with|in|on))?|compatible (?:with|to|for)|compat(?:ible)?\.?"
    r"|suit(?:able|s)? (?:for|to)|suits|fits?(?: for)?|fitting|to fit|designed for|made to fit"
    r"|replac(?:es|ing)|replacement (?:of|for)|in place of|works? with|used (?:with|on|in)"
    r"|pour|para|fuer)"
    r"|适用(?:于)?|适合|适配(?:于)?|兼容(?:于)?|配套(?:于)?|可用于|用于|代用|替换)"
    r"[\s:,\-\"'(]*$"
)
_LABEL = re.compile(
    rf"(?:\b(?:{'|'.join(BRAND_WORDS)})|{'|'.join(BRAND_WORDS_HAN)})(?:\s*(?:name|名称?))?"
    r"\s*(?:[:=/\-\"'(\[#]|\bis\b|为|是)*\s*$"
)
_FOLLOWING = re.compile(r"[\s\"')\]]*(?:brand(?:ed)?\b|®|™|℠|\((?:r|tm|c)\)|(?:品)?牌(?!号|子))")
_LEADING = re.compile(r"^[\W_]*(?:\d+[\W_]*(?:[a-z]{1,8}|[件箱个只套包双条台盒瓶桶]+)?[\W_]+)?$")
_OPENING = re.compile(r"[(\[{\"'<«“【《「]\s*$")
_CLOSING = re.compile(r"^\s*[)\]}\"'>»”】》」]")
_BEFORE = re.compile(r"(?:^|[,;:/|()\[\]\"]|\s-)\s*$")
_AFTER = re.compile(r"^\s*(?:$|[,;:/|()\[\]\"]|-\s)")

CUE_REACH = 28
"""Characters before and after a window in which its cues are looked for."""


class Places:
    """Where the pieces of one folded text stand; each position is looked at once."""

    def __init__(self, text: str, *, brand_field: bool) -> None:
        self.text = text
        self.brand_field = brand_field
        self._labelled: dict[int, bool] = {}
        self._followed: dict[int, bool] = {}

    def strong(self, start: int, end: int) -> bool:
        """Tell whether ``text[start:end]`` stands where a trader writes a brand and little else."""
        return self.brand_field or self.labelled(start) or self.followed(end)

    def labelled(self, start: int) -> bool:
        """Tell whether a word for "brand" introduces ``text[start:]``."""
        known = self._labelled.get(start)
        if known is None:
            known = self._labelled[start] = bool(_LABEL.search(self._before(start)))
        return known

    def followed(self, end: int) -> bool:
        """Tell whether a word or sign for "brand" follows ``text[:end]``."""
        known = self._followed.get(end)
        if known is None:
            known = self._followed[end] = bool(_FOLLOWING.match(self._after(end)))
        return known

    def place(self, start: int, end: int) -> Place:
        """Return where ``text[start:end]`` stands."""
        if self.brand_field:
            around = joined(self.text[:start]) + joined(self.text[end:])
            return Place.IN_FIELD if around else Place.WHOLE_FIELD
        if self.labelled(start):
            return Place.LABELLED
        if self.followed(end):
            return Place.FOLLOWED
        return self._weak_place(start, self._before(start), self._after(end))

    def referential(self, start: int) -> bool:
        """Tell whether the words before ``text[start:]`` only refer to it: "for X", "适用于X"."""
        return bool(_REFERENTIAL.search(self._before(start)))

    def _weak_place(self, start: int, before: str, after: str) -> Place:
        if _OPENING.search(before) and _CLOSING.match(after):
            return Place.BRACKETED
        if start < CUE_REACH and _LEADING.match(before):
            return Place.LEADING
        if _BEFORE.search(before) and _AFTER.match(after):
            return Place.DELIMITED
        return Place.LOOSE

    def _before(self, start: int) -> str:
        return self.text[max(0, start - CUE_REACH) : start]

    def _after(self, end: int) -> str:
        return self.text[end : end + CUE_REACH]


def names_no_brand(declared_brand: str) -> bool:
    """Tell whether the brand field is empty or says that the goods bear no brand."""
    value = joined(folded_text(declared_brand))
    return not value or value in NO_BRAND
