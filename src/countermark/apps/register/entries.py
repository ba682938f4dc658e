"""From the cells of a row to what it says about a right, or to every reason why it says none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from countermark.apps.accounts.models import Administration
from countermark.apps.register.columns import FACTS
from countermark.apps.register.inputs import (
    AuthorisedPartyInput,
    ContactInput,
    HolderInput,
    Problem,
    RecordationInput,
    RightInput,
)
from countermark.apps.register.rules import (
    contact_problems,
    holder_problems,
    party_problems,
    recordation_problems,
    right_problems,
)
from countermark.domain.errors import InvalidInput
from countermark.domain.readings import plain, read_code, read_date
from countermark.domain.titles import cell_of
from countermark.lawbook import right_types

T = TypeVar("T")
Key = tuple[str, str, str]

TRADE_MARK: Final = "trade-mark"
_TRADE_MARK_SPELLINGS: Final = ("tm", "trade mark", "trademark", "商标", "商標", "商标权", "word")
_CLASSES: Final = re.compile(r"[\s,;、，；/]+")
_CLASS: Final = re.compile(r"(?:class\s*|第)?(\d{1,3})(?:类|類)?", re.IGNORECASE)
ENDED: Final = frozenset(
    {
        *("application refused", "application withdrawn", "application deemed withdrawn"),
        *("registration cancelled", "registration surrendered", "expired"),
    }
)
"""Codes of WIPO's list of states in which there is no registration, in lower case."""
_SAFE: Final = re.compile(r"'[=+\-@＝＋－＠]")
_PARTIES: Final = re.compile(r"[;；\n]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says; ``recordation``, ``contact`` and ``parties`` are empty where it is silent.

    ``stated`` are the fields for which the file has a column, or in a record without columns the
    fields it fills: what is not stated is left as it is in the register.

    ``published`` entries come from an office's publication, whose addresses are those of the day
    of filing: they fill what the register does not know and change nothing that it does.
    """

    holder: HolderInput
    right: RightInput
    recordation: RecordationInput | None
    contact: ContactInput | None
    parties: tuple[AuthorisedPartyInput, ...]
    stated: frozenset[str]
    published: bool = False

    @property
    def key(self) -> Key:
        """What the right is known by."""
        return self.right.jurisdiction, self.right.right_type, self.right.registration_number


def type_spellings() -> dict[str, str]:
    """Return every spelling of a kind of right in small letters: code, symbol, three names."""
    spellings = dict.fromkeys(_TRADE_MARK_SPELLINGS, TRADE_MARK)
    for code, kind in right_types().items():
        names = kind.names
        spoken = (code, kind.symbol, names.en, names.zh_hans, names.zh_hant)
        spellings |= dict.fromkeys((word.casefold() for word in spoken), code)
    return spellings


@dataclass(slots=True)
class EntryReader:
    """Reads the rows of one file; every problem of a row is found, not only the first.

    Attributes:
        mapping: From each field to its column.
        administration: Whose recordations the file states.
        sparse: Whether an empty field says nothing, because the file has records, not columns;
            such a file also names the office of every right.
        types: Codes of the kinds of right by their spellings.
    """

    mapping: Mapping[str, str]
    administration: Administration
    sparse: bool = False
    types: Mapping[str, str] = field(default_factory=type_spellings)
    problems: list[Problem] = field(default_factory=list)

    def read(self, cells: Mapping[str, str]) -> tuple[Entry | None, tuple[Problem, ...]]:
        """Return what a row says, or None, and its problems."""
        self.problems = []
        entry = self._entry(cells)
        if entry is not None:
            self.problems += entry_problems(entry)
        return (None if self.problems else entry), tuple(self.problems)

    def _entry(self, cells: Mapping[str, str]) -> Entry | None:
        right = self._right(cells)
        recordation = self._recordation(cells)
        if right is None or self.problems:
            return None
        return Entry(
            holder=self._holder(cells),
            right=right,
            recordation=recordation,
            contact=self._contact(cells),
            parties=tuple(self._parties(cells)),
            stated=self._stated(cells),
            published=self.sparse,
        )

    def _stated(self, cells: Mapping[str, str]) -> frozenset[str]:
        named = frozenset(self.mapping)
        if not self.sparse:
            return named
        return frozenset(name for name in named if self._text(cells, name))

    def _right(self, cells: Mapping[str, str]) -> RightInput | None:
        said = self._text(cells, "right_type")
        right_type = self._tried(lambda: read_code(said or TRADE_MARK, "right_type", self.types))
        classes = self._tried(lambda: read_classes(self._text(cells, "nice_classes")))
        valid_from, valid_until = (self._day(cells, name) for name in ("valid_from", "valid_until"))
        jurisdiction = self._text(cells, "jurisdiction").lower()
        if self.sparse and not jurisdiction:
            self.problems.append(Problem("jurisdiction", "missing"))
        if right_type is None or classes is None or valid_from is None or valid_until is None:
            return None
        return RightInput(
            jurisdiction=jurisdiction or self.administration.law,
            registration_number=plain(self._text(cells, "registration_number")),
            valid_from=valid_from,
            valid_until=valid_until,
            nice_classes=classes,
            word=self._text(cells, "word"),
            word_zh_hans=self._text(cells, "word_zh_hans"),
            word_zh_hant=self._text(cells, "word_zh_hant"),
            goods=self._text(cells, "goods"),
            right_type=right_type,
            facts={name: text for name in FACTS if (text := self._text(cells, name))},
        )

    def _recordation(self, cells: Mapping[str, str]) -> RecordationInput | None:
        number = plain(self._text(cells, "recordation_number"))
        if not number:
            return None
        recorded_on = self._day(cells, "recorded_on")
        stated = self._text(cells, "expires_on")
        expires_on = self._day(cells, "expires_on") if stated else None
        if recorded_on is None:
            return None
        return RecordationInput(self.administration, number, recorded_on, expires_on)

    def _holder(self, cells: Mapping[str, str]) -> HolderInput:
        return HolderInput(
            name=self._text(cells, "holder_name"),
            name_zh_hant=self._text(cells, "holder_name_zh_hant"),
            name_zh_hans=self._text(cells, "holder_name_zh_hans"),
            country=self._text(cells, "holder_country").upper(),
            email=self._text(cells, "holder_email"),
            phone=self._text(cells, "holder_phone"),
            address=self._text(cells, "holder_address"),
        )

    def _contact(self, cells: Mapping[str, str]) -> ContactInput | None:
        name = self._text(cells, "representative_name")
        email, phone = (self._text(cells, f"representative_{part}") for part in ("email", "phone"))
        return ContactInput(name, email, phone) if name else None

    def _parties(self, cells: Mapping[str, str]) -> Iterator[AuthorisedPartyInput]:
        for name in _PARTIES.split(self._text(cells, "authorised_parties")):
            if name.strip():
                yield AuthorisedPartyInput(name.strip())

    def _day(self, cells: Mapping[str, str], name: str) -> date | None:
        said = self._text(cells, name)
        if not said:
            self.problems.append(Problem(name, "missing"))
            return None
        return self._tried(lambda: read_date(said, name))

    def _tried(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except InvalidInput as refusal:
            self.problems.append(Problem(str(refusal.params["field"]), refusal.code))
            return None

    def _text(self, cells: Mapping[str, str], name: str) -> str:
        """Return a cell; one that was made safe for spreadsheets is read as it was before."""
        text = cell_of(cells, self.mapping, name)
        return text[1:] if _SAFE.match(text) else text


def read_classes(text: str) -> tuple[int, ...]:
    """Read Nice classes: ``18 25``, ``18、25``, ``第18类；第25类``.

    Raises:
        InvalidInput: A part is not the number of a class.
    """
    numbers = []
    for part in filter(None, _CLASSES.split(plain(text))):
        match = _CLASS.fullmatch(part)
        if match is None:
            raise InvalidInput("class-malformed", field="nice_classes", value=part[:40])
        numbers.append(int(match[1]))
    return tuple(sorted(numbers))


def entry_problems(entry: Entry) -> Iterator[Problem]:
    """Yield every reason why what a row says cannot be recorded."""
    yield from right_problems(entry.right)
    if entry.right.facts.get("status", "").lower() in ENDED:
        yield Problem("status", "right-not-in-force")
    yield from holder_problems(entry.holder)
    if entry.recordation:
        yield from recordation_problems(entry.recordation, entry.right)
    if entry.contact:
        yield from contact_problems(entry.contact)
    for party in entry.parties:
        yield from party_problems(party)
