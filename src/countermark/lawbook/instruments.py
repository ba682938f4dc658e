"""Instruments of law, their editions in time, and citations of their articles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from countermark.domain.errors import TermNotInForce
from countermark.domain.vocabulary import Names, Verification

if TYPE_CHECKING:
    from countermark.lawbook.files import Section


class CitationStyle(StrEnum):
    """How the parts of an instrument are called."""

    ARTICLE = "article"
    SECTION = "section"
    PAGE = "page"


class SubStyle(StrEnum):
    """What the number after the point is in a mainland article: an item or a paragraph."""

    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Article:
    """One article that the program cites; ``provision`` names what survives a renumbering."""

    number: str
    gist: str
    provision: str
    verification: Verification


@dataclass(frozen=True, slots=True)
class Edition:
    """An instrument as it read from ``in_force_from`` to ``in_force_to``."""

    edition: str
    number: str
    in_force_from: date
    in_force_to: date
    url: str
    verification: Verification
    note: str
    articles: tuple[Article, ...]

    def in_force(self, on: date) -> bool:
        """Return whether this edition was law on that day."""
        return self.in_force_from <= on <= self.in_force_to


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or ordinance, with its editions in time."""

    code: str
    names: Names
    style: CitationStyle
    sub: SubStyle
    editions: tuple[Edition, ...]

    def edition(self, on: date) -> Edition:
        """Return the edition in force on that day.

        Raises:
            TermNotInForce: No edition of the instrument in the law files was law on that day.
        """
        for edition in self.editions:
            if edition.in_force(on):
                return edition
        raise TermNotInForce("instrument-not-in-force", instrument=self.code, on=on.isoformat())


@dataclass(frozen=True, slots=True)
class Citation:
    """One article of one edition, ready to be printed in three languages."""

    instrument: Instrument
    edition: Edition
    article: Article

    @property
    def code(self) -> str:
        """The citation as law files write it: ``cn/ipr-customs-regulations#24.2``."""
        return f"{self.instrument.code}#{self.article.number}"

    @property
    def verification(self) -> Verification:
        """How far the article was checked in the edition that is cited."""
        return self.article.verification

    def text(self, language: str) -> str:
        """Return the citation as lawyers write it, in the language of a tag such as ``zh-hans``."""
        title = self.instrument.names.in_language(language)
        if self.instrument.style is CitationStyle.PAGE:
            return title
        chinese = language.lower() in ("zh-hans", "zh-hant")
        if self.instrument.style is CitationStyle.SECTION:
            return f"{title}{self._section(language)}" if chinese else f"{title}, {self._section()}"
        if chinese:
            return f"《{title}》{self._article_zh(language)}"
        return f"{title}, art. {_with_brackets(self.article.number)}"

    def _section(self, language: str = "en") -> str:
        number = _with_brackets(self.article.number)
        if not self.article.number[0].isdigit():
            words = {"zh-hans": "附表", "zh-hant": "附表"}
            return words.get(language.lower(), f"{self.article.number.capitalize()}")
        words = {"zh-hans": f"第{number}条", "zh-hant": f"第{number}條"}
        return words.get(language.lower(), f"s. {number}")

    def _article_zh(self, language: str) -> str:
        number, _, sub = self.article.number.partition(".")
        hant = language.lower() == "zh-hant"
        text = f"第{_in_chinese(int(number))}{'條' if hant else '条'}"
        if not sub:
            return text
        if self.instrument.sub is SubStyle.PARAGRAPH:
            return f"{text}第{_in_chinese(int(sub))}款"
        return f"{text}第（{_in_chinese(int(sub))}）{'項' if hant else '项'}"


_ARTICLE = re.compile(r"[1-9][0-9A-Z]*(\.[0-9A-Z]+)?|schedule")
_DIGITS = "零一二三四五六七八九"


def instruments_parse(file: Section, law: str) -> dict[str, Instrument]:
    """Return the instruments of ``law/<law>/instruments.toml`` by their code.

    Raises:
        LawFileError: A key is missing or unknown, or two editions overlap in time.
    """
    found: dict[str, Instrument] = {}
    for section in file.sections("instruments"):
        instrument = _instrument(section)
        if instrument.code in found or not instrument.code.startswith(f"{law}/"):
            raise section.fail("code", f"stands twice, or does not begin with {law}/")
        found[instrument.code] = instrument
    file.done()
    return found


def _instrument(section: Section) -> Instrument:
    instrument = Instrument(
        code=section.take("code", str),
        names=section.names(),
        style=section.code_of("style", CitationStyle),
        sub=section.code_of("sub", SubStyle) if section.has("sub") else SubStyle.ITEM,
        editions=tuple(_edition(each) for each in section.sections("versions")),
    )
    by_start = sorted(instrument.editions, key=lambda edition: edition.in_force_from)
    for earlier, later in pairwise(by_start):
        if later.in_force_from <= earlier.in_force_to:
            raise section.fail("versions", f"{earlier.edition} and {later.edition} overlap")
    section.done()
    return instrument


def _edition(section: Section) -> Edition:
    first, last = section.in_force()
    verification = section.verification()
    edition = Edition(
        edition=section.take("edition", str),
        number=section.take("number", str),
        in_force_from=first,
        in_force_to=last,
        url=section.take("url", str),
        verification=verification,
        note=section.take("note", str),
        articles=tuple(_article(each, verification) for each in section.sections("articles")),
    )
    section.done()
    return edition


def _article(section: Section, verification: Verification) -> Article:
    number = section.take("number", str)
    if not _ARTICLE.fullmatch(number):
        raise section.fail("number", f"{number!r} is not an article such as 24, 24.2 or 27.3A")
    own = section.verification() if section.has("verification") else verification
    article = Article(number, section.take("gist", str), section.take("provision", str, ""), own)
    section.done()
    return article


def _with_brackets(article: str) -> str:
    number, _, sub = article.partition(".")
    return f"{number}({sub})" if sub else number


def _in_chinese(number: int) -> str:
    """Return 1 to 199 in Chinese numerals, as articles are numbered."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and rest and not tens:
        text += "零"
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    return text + (_DIGITS[units] if units else "")
