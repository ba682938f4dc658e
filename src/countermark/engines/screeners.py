"""Screeners in files: register, index and word usage in one file that many processes share."""

from __future__ import annotations

from pathlib import Path

from countermark.domain.matching import Context, Screener
from countermark.domain.matching.core.marks import MarkFacts
from countermark.engines.index_file import open_index, open_parts, save_index


def save_screener(screener: Screener, path: Path, *, source: str = "") -> None:
    """Write the register of a screener to a file; its context is not part of it.

    Args:
        screener: What to write of.
        path: The file; one that is there is replaced.
        source: A word on where the register came from, for ``index_file.read_meta``.
    """
    save_index(screener.index, path, source=source, facts=screener.facts)


def open_screener(path: Path, context: Context | None = None, *, check: bool = True) -> Screener:
    """Return a screener of the register in a file, which stays on disk and is read as needed.

    Args:
        path: What ``save_screener`` wrote.
        context: Word usage and scorecard.
        check: Read the whole file once and compare its digest.

    Raises:
        InvalidInput: ``unreadable-file``: it is no index, is damaged or of another version.
    """
    index = open_index(path, check=check)
    facts = MarkFacts(**open_parts(path, check=False)["facts"])
    return Screener(index, context, facts)
