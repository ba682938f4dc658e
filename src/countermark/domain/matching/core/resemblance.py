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
"""The same letters after folding, in the same words: the mark as recorded.

For Chinese names Traditional and Simplified writing are the same letters.
"""
JOINED: Final = 1
"""The same letters with a blank lost: LOUISVUITTON."""
SPLIT: Final = 2
"""The same letters with a blank gained: ADI-DAS."""
SPACED: Final = 3
"""The same letters, every one apart: N I K E."""
SKELETON: Final = 4
"""The same letters once digits and signs are read as letters: N1KE, ADID@S, 5AM5UNG."""
TYPO: Final = 5
"""One edit away, two for nine letters and more: inserted, deleted, swapped or replaced letters.

Words under five letters have too many neighbours; they count only where a brand is named.
"""
AFFIXED: Final = 6
"""The mark with something glued to it: NIKEPRO, XADIDAS, PUMA88."""
TRUNCATED: Final = 7
"""The beginning of the mark, one to three letters short: ADID, SAMSU."""
PHONETIC: Final = 8
"""Read alike in English: FILIPS, NYKE, KWIKSILVER."""
PINYIN: Final = 9
"""A Chinese name written in pinyin: NAIKE for 耐克, LAOLISHI for 劳力士."""
JYUTPING: Final = 10
"""A Chinese name written in Cantonese jyutping, read from its Traditional spelling."""
HAN_HOMOPHONE: Final = 11
"""Other characters, read alike in Mandarin: 耐客 for 耐克. Two-character names need a cue."""
HAN_VARIANT: Final = 12
"""One other character in a Chinese name of three or more."""

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
MOST_GLUED: Final = 5
SOUND_DETAIL: Final = 29
"""Plus edits, at most 4; plus 5 where the first letter differs."""
SYLLABLES_DETAIL: Final = 37
"""Plus characters of the name, 2 to 4."""
CHANGED_DETAIL: Final = 42
"""Plus changed characters, at most 9; plus 10 for each character of the name beyond 2, at most 4."""
VARIANT_DETAIL: Final = 72
"""One changed character in a name of five and more; 3 and 4 are CHANGED_DETAIL + 11 and + 21."""
