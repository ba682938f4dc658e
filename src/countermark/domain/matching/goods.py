"""Goods: which Nice classes the goods of an HS chapter usually fall in.

There is no official concordance between the Harmonized System and the Nice Classification. The
table below was drawn up from the headings of both (HS 2022 chapters 1-97; Nice 12th edition
classes 1-34) and is coarse on purpose: it serves to tell likely from unlikely, never to decide.
"""

from __future__ import annotations

from collections.abc import Sequence

_CHAPTERS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("01 06", (31,)),
    ("02 03", (29,)),
    ("04", (29, 30)),
    ("05", (18, 26, 31)),
    ("07 08", (29, 31)),
    ("09 10 11", (30, 31)),
    ("12", (5, 31)),
    ("13", (1, 5)),
    ("14", (20, 22, 31)),
    ("15", (4, 29)),
    ("16", (29,)),
    ("17 18", (30,)),
    ("19", (5, 29, 30)),
    ("20", (29, 32)),
    ("21", (5, 29, 30, 32)),
    ("22", (30, 32, 33)),
    ("23", (31,)),
    ("24", (34,)),
    ("25", (1, 19, 30)),
    ("26", (1, 6)),
    ("27", (4, 19)),
    ("28 29", (1, 5)),
    ("30", (5, 10)),
    ("31", (1,)),
    ("32", (2, 16)),
    ("33", (3, 30)),
    ("34", (3, 4)),
    ("35", (1, 16)),
    ("36", (13, 34)),
    ("37", (1, 9)),
    ("38", (1, 4, 5)),
    ("39", (9, 11, 16, 17, 18, 19, 20, 21, 28)),
    ("40", (5, 7, 10, 12, 17, 25)),
    ("41", (18,)),
    ("42", (9, 14, 18, 25, 28)),
    ("43", (18, 25)),
    ("44", (19, 20, 21)),
    ("45", (17, 20, 21)),
    ("46", (20, 21, 27)),
    ("47", (16,)),
    ("48 49", (16, 28)),
    ("50 51 52 53 54 55", (22, 23, 24)),
    ("56", (10, 16, 22, 24)),
    ("57", (27,)),
    ("58 59 60", (24, 26, 27)),
    ("61 62", (9, 18, 25)),
    ("63", (20, 22, 24, 25)),
    ("64", (25,)),
    ("65", (9, 25)),
    ("66", (18,)),
    ("67", (26, 28)),
    ("68 69", (11, 19, 21)),
    ("70", (11, 17, 19, 21)),
    ("71", (14, 26)),
    ("72 73", (6, 8, 11, 20, 21)),
    ("74 75 76 78 79 80 81", (6, 21)),
    ("82", (7, 8, 21)),
    ("83", (6, 14, 16, 18, 20, 26)),
    ("84", (2, 7, 8, 9, 11, 12, 16)),
    ("85", (7, 8, 9, 10, 11, 12, 28)),
    ("86", (12,)),
    ("87", (7, 12, 28)),
    ("88 89", (9, 12)),
    ("90", (5, 9, 10, 11, 12, 14)),
    ("91", (9, 14)),
    ("92", (15,)),
    ("93", (13,)),
    ("94", (10, 11, 12, 19, 20, 24)),
    ("95", (9, 28)),
    ("96", (3, 8, 10, 14, 16, 21, 26, 34)),
    ("97", (14, 16, 20)),
)

NICE_BY_CHAPTER: dict[str, frozenset[int]] = {
    chapter: frozenset(classes) for chapters, classes in _CHAPTERS for chapter in chapters.split()
}


def classes_of(hs_code: str) -> frozenset[int]:
    """Return the Nice classes usual for an HS code of any length; empty where it is unreadable."""
    digits = "".join(character for character in hs_code if character in "0123456789")
    return NICE_BY_CHAPTER.get(digits[:2], frozenset())


def agreement(nice_classes: Sequence[int], hs_code: str) -> str:
    """Return ``agrees``, ``differs``, ``services`` or ``unknown`` for a mark and a line's goods.

    Classes 35-45 are services: a mark recorded for nothing else agrees with no goods and differs
    from none. Unknown is a mark without classes or a line without a readable code.
    """
    goods = [number for number in nice_classes if 1 <= number <= 34]
    usual = classes_of(hs_code)
    if not nice_classes or not usual:
        return "unknown"
    if not goods:
        return "services"
    return "agrees" if usual.intersection(goods) else "differs"
