"""Names of resemblances and of their details, and the small numbers that stand for them.

The core counts in numbers; what it found is named with these tables. The order of the families
matters: a place below ``SAME_END`` is the same word, below ``NEAR_END`` a near one, else a reading.
"""

from __future__ import annotations

from typing import Final

RESEMBLANCES: Final = (
    "exact",
    "joined",
    "split",
    "spaced",
    "skeleton",
    "typo",
    "affixed",
    "truncated",
    "phonetic",
    "pinyin",
    "jyutping",
    "han-homophone",
    "han-variant",
)
EXACT: Final = 0
JOINED: Final = 1
SPLIT: Final = 2
SPACED: Final = 3
SKELETON: Final = 4
TYPO: Final = 5
AFFIXED: Final = 6
TRUNCATED: Final = 7
PHONETIC: Final = 8
PINYIN: Final = 9
JYUTPING: Final = 10
HAN_HOMOPHONE: Final = 11
HAN_VARIANT: Final = 12

SAME_END: Final = 4
NEAR_END: Final = 9
FAMILY_NAMES: Final = ("same", "near", "reading")
SAME: Final = 0
NEAR: Final = 1
READING: Final = 2

_EDITS = ("inserted", "deleted", "swapped", "replaced", "two")
MOST_CHANGED: Final = 9
"""Characters of a Chinese name that are counted as changed; more are as good as these."""

DETAILS: Final = (
    "",
    *(f"{signs}-signs" for signs in range(5)),
    *(f"{edit}{first}" for first in ("", "-first") for edit in _EDITS),
    *(f"{missing}-short" for missing in range(1, 4)),
    *(f"{extra}-{side}" for side in ("after", "before") for extra in range(1, 6)),
    *(f"{edits}{first}" for first in ("", "-first") for edits in range(5)),
    *(f"{size}-syllables" for size in range(2, 5)),
    *(f"{changed}-of-{size}" for size in range(2, 5) for changed in range(MOST_CHANGED + 1)),
    "1-of-5",
)
"""What a layer says beyond the resemblance; a detail is its place in this list."""

SIGNS_DETAIL: Final = 1
"""Plus signs that differ, at most 4."""
EDIT_DETAIL: Final = 6
"""Plus 0 inserted, 1 deleted, 2 swapped, 3 replaced, 4 two; plus 5 where the first letter differs."""
SHORT_DETAIL: Final = 15
"""Plus letters that are missing, 1 to 3."""
AFTER_DETAIL: Final = 18
"""Plus letters that are glued on behind, 1 to 5; plus 5 where they stand in front."""
SOUND_DETAIL: Final = 29
"""Plus edits, at most 4; plus 5 where the first letter differs."""
SYLLABLES_DETAIL: Final = 37
"""Plus characters of the name, 2 to 4."""
CHANGED_DETAIL: Final = 42
"""Plus changed characters, at most 9; plus 10 for each character of the name beyond 2, at most 4."""
VARIANT_DETAIL: Final = 72
"""One changed character in a name of five and more; 3 and 4 are CHANGED_DETAIL + 11 and + 21."""
