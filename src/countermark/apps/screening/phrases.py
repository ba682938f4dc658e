"""Phrases: what a mute names, and what false alarms are counted by."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 200


def phrase_of(matched: str) -> str:
    """Return matched words without case, width and surplus blanks, cut off at ``LONGEST``.

    Look-alike letters, digits for letters and Chinese scripts stay as they are, unlike in the
    screener's own folding: a disguised spelling is another phrase, so that a mute of the plain one
    never holds it back.
    """
    plain = unicodedata.normalize("NFKC", matched).casefold()
    # NUL is no text for PostgreSQL, and a half of a surrogate pair is none for either database.
    kept = plain.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return " ".join(kept.split())[:LONGEST].rstrip()
