"""What a guide that tells genuine goods from fake is made of, as ``law/guide.toml`` lists it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from countermark.lawbook import law_folder, right_type
from countermark.lawbook.files import section_read

if TYPE_CHECKING:
    from pathlib import Path

    from countermark.domain.vocabulary import Names
    from countermark.lawbook.files import Section


@dataclass(frozen=True, slots=True)
class GuideWords:
    """Codes with their names, in the order in which forms and pages show them.

    ``views`` are the standard pictures that every kind of right has; ``codes`` are the marks of
    security that goods may carry.
    """

    views: dict[str, Names]
    codes: dict[str, Names]


def guide_parse(file: Section) -> GuideWords:
    """Return what ``guide.toml`` says.

    Raises:
        LawFileError: The grammar is broken, or a code is listed twice.
    """
    words = GuideWords(views=_coded(file, "views"), codes=_coded(file, "codes"))
    file.done()
    return words


def guide_words() -> GuideWords:
    """Return the words of guides, read once in the life of the process."""
    return _guide_words(law_folder())


def guide_views(right_type_code: str) -> dict[str, Names]:
    """Return the standard views of a kind of right: those of every kind, then its own.

    Raises:
        NotFound: No file of ``law/rights/`` describes that kind.
    """
    return guide_words().views | right_type(right_type_code).views


@cache
def _guide_words(folder: Path) -> GuideWords:
    return guide_parse(section_read(folder / "guide.toml", folder))


def _coded(file: Section, key: str) -> dict[str, Names]:
    found: dict[str, Names] = {}
    for section in file.sections(key):
        code = section.take("code", str)
        if code in found:
            raise section.fail("code", "is listed twice")
        found[code] = section.names()
        section.done()
    return found
