"""Sound key: words that are read alike in English get the same key.

The rules are ordinary English spelling (ph is f, ck is k, x is ks, doubled letters are one), not
a phonetic algorithm for personal names: vowels stay, in six classes, because brand names that
share only their consonants are usually different brands.
"""

from __future__ import annotations

import re

RULES: tuple[tuple[str, str], ...] = (
    (r"ght", "t"),
    (r"^(?:kn|gn|pn)", "n"),
    (r"^wr", "r"),
    (r"^ps", "s"),
    (r"ph", "f"),
    (r"t?ch|sch|sh", "S"),  # one class: a reader of a foreign name cannot tell them apart
    (r"qu?", "kw"),
    (r"x", "ks"),
    (r"c(?=[eiy])", "s"),
    (r"ck|c", "k"),
    (r"dg(?=[eiy])|j", "g"),
    (r"z", "s"),
    (r"w", "v"),
    (r"(?<=[bcdfgklmnprstvSz])h", ""),
    (r"[ae]i|[ae]y", "e"),
    (r"ee|ea|ie|y", "i"),
    (r"oo|ou|ue|ew", "u"),
    (r"au|ao|oa", "o"),
    (r"(.)\1+", r"\1"),
    (r"(?<=[^aeiou])e$", ""),
)

_RULES = tuple((re.compile(pattern), reading) for pattern, reading in RULES)


def sound_key(word: str) -> str:
    """Return the sound key of a folded word; an empty string if it has a digit or is not ASCII."""
    if not (word.isascii() and word.isalpha()):
        return ""
    for pattern, reading in _RULES:
        word = pattern.sub(reading, word)
    return word
