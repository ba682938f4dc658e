"""What comes into the app as one thing: terms, agreements, results, closings; checked when made."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from countermark.domain.errors import InvalidInput
from countermark.domain.measures import Amount, Part, Tally
from countermark.domain.vocabulary import Channel, GoodsCategory, Names

if TYPE_CHECKING:
    from uuid import UUID

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
LONGEST_TITLE, LONGEST_THEME, LONGEST_NAME = 200, 2_000, 120


@dataclass(frozen=True, slots=True)
class Terms:
    """What the parties agree to. ``parties`` are codes of administrations, each once.

    Empty ``channels`` or ``categories`` mean all of them.
    """

    code: str
    title: Names
    starts_on: date
    ends_on: date
    parties: tuple[str, ...]
    theme: str = ""
    channels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    reconstructed: bool = False

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise InvalidInput("operation-code-malformed", field="code", value=self.code[:40])
        titles = (self.title.en, self.title.zh_hans, self.title.zh_hant)
        if not all(title.strip() and len(title) <= LONGEST_TITLE for title in titles):
            raise InvalidInput("title-missing-or-too-long", field="title")
        if len(self.theme) > LONGEST_THEME:
            raise InvalidInput("text-too-long", field="theme", longest=LONGEST_THEME)
        if self.ends_on < self.starts_on:
            raise InvalidInput("window-reversed", field="ends_on")
        if len(set(self.parties)) < max(2, len(self.parties)):
            raise InvalidInput("operation-needs-two-parties", field="parties")
        _require_known("channels", self.channels, frozenset(Channel))
        _require_known("categories", self.categories, frozenset(GoodsCategory))

    def tidy(self) -> Terms:
        """Return the terms without line breaks, control characters and doubled blanks.

        Every party hashes the terms: a blank that a form or a message drops must not be there.
        """
        names = Names(
            en=_tidy(self.title.en),
            zh_hans=_tidy(self.title.zh_hans),
            zh_hant=_tidy(self.title.zh_hant),
        )
        return replace(self, title=names, theme=_tidy(self.theme))


@dataclass(frozen=True, slots=True)
class Agreement:
    """One party's yes to the terms with this hash, by the officer as that party names him."""

    terms_sha256: str
    agreed_on: date
    agreed_by: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Terms as the proposing administration sent them, with its own agreement."""

    key: UUID
    proposed_by: str
    terms: Terms
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class ResultStatement:
    """What a party states it found. ``categories`` may fall short of ``tally``, never exceed it."""

    key: UUID
    revision: int
    as_of: datetime
    tally: Tally
    categories: tuple[Part, ...]
    arrests: int | None
    stated_by: str

    @property
    def amount(self) -> Amount | None:
        """The one amount of the result, None where nothing was valued.

        Raises:
            InvalidInput: ``result-values-differ``; there are several currencies or bases, which
                one result sheet cannot state.
        """
        if len(self.tally.amounts) > 1:
            found = [" ".join(amount.key) for amount in self.tally.amounts]
            raise InvalidInput("result-values-differ", field="value", found=found)
        return self.tally.amounts[0] if self.tally.amounts else None


@dataclass(frozen=True, slots=True)
class Closing:
    """One party closes its sheet with the result of this revision."""

    key: UUID
    closed_on: date
    revision: int


def _tidy(text: str) -> str:
    words = " ".join(text.split())
    return "".join(letter for letter in words if unicodedata.category(letter) not in ("Cc", "Cs"))


def _require_known(field: str, values: tuple[str, ...], known: frozenset[str]) -> None:
    if len(set(values) & known) < len(values):
        raise InvalidInput("code-unknown", field=field, values=list(values))
