"""What a guide says, section by section: checked when it is written, typed when it is read.

A section is a list of rows, a row a flat object of text; which texts, the classes here say. What is
kept is what ``rows_checked`` returned, so ``rows_read`` need not doubt it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, time
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from countermark.domain.errors import InvalidInput
from countermark.domain.hours import WeeklyHours
from countermark.domain.money import Money
from countermark.domain.quantity import UNITS
from countermark.domain.vocabulary import Direction
from countermark.lawbook.guides import guide_views, guide_words

MOST_ROWS: Final = 40
LONGEST: Final = 1000
LONGEST_SHORT: Final = 200
LANGUAGES: Final = ("en", "zh-hant", "zh-hans", "yue", "cmn", "pt")
"""Languages that people write or speak to customs here: BCP 47, spoken Chinese by its own codes."""
SHOWS: Final = ("genuine", "counterfeit")
CERTAINTIES: Final = ("certain", "strong", "hint")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()./-]{3,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a section; every field is text, empty where nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Row):
    """A picture of a standard view: ``document`` is the key of its file, ``shows`` of ``SHOWS``."""

    document: str
    view: str
    shows: str
    caption: str = ""
    look_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell(Row):
    """A feature by which the genuine and the fake differ, how surely, and who says so."""

    feature: str
    genuine: str
    counterfeit: str = ""
    certainty: str = "strong"
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packaging(Row):
    """A part of the packaging, how it is when genuine and how fakes have it."""

    part: str
    genuine: str
    counterfeit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Row):
    """A code or mark of security: of which kind, where, in what form, and how it is checked."""

    kind: str
    place: str
    form: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Row):
    """What genuine goods cost: from ``least`` to ``most`` for one ``unit``, as of ``on``."""

    goods: str
    unit: str
    currency: str
    least: str
    most: str
    on: str
    market: str = ""

    @property
    def span(self) -> tuple[Money, Money]:
        """The lowest and the highest price."""
        return Money.parse(self.least, self.currency), Money.parse(self.most, self.currency)

    @property
    def day(self) -> date:
        """The day as of which the prices hold."""
        return date.fromisoformat(self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Port(Row):
    """A place that genuine goods usually pass, which way, and by which route."""

    place: str
    direction: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentContact(Row):
    """Somebody who answers at once: days as ISO weekdays (``12345``), hours as ``09:00``."""

    name: str
    phone: str
    email: str = ""
    languages: str = ""
    days: str = "1234567"
    opens: str = ""
    closes: str = ""
    time_zone: str = "Asia/Hong_Kong"

    @property
    def spoken(self) -> tuple[str, ...]:
        """Codes of the languages spoken."""
        return tuple(self.languages.split())

    @property
    def hours(self) -> WeeklyHours:
        """When the contact answers, on the clock of ``time_zone``."""
        return hours_of(self.days, self.opens, self.closes)


SECTIONS: Final[dict[str, type[Row]]] = {
    "pictures": Picture,
    "tells": Tell,
    "packaging": Packaging,
    "codes": Code,
    "prices": Price,
    "ports": Port,
    "contacts": UrgentContact,
}
"""Sections in the order in which forms and pages show them."""
_LONG: Final = frozenset({"genuine", "counterfeit", "look_at", "check", "form", "route", "source"})


def rows_checked(
    section: str, rows: Iterable[Mapping[str, str]], *, right_type: str
) -> list[dict[str, str]]:
    """Return the rows of a section as they may be kept.

    Args:
        section: A key of ``SECTIONS``.
        rows: Rows with the fields of the section's class; missing ones take their default.
        right_type: The kind of right, which decides the standard views.

    Raises:
        InvalidInput: A section, field or value is not as its class asks; ``field`` names the field
            and ``row`` its row, counted from 1.
    """
    kind = SECTIONS.get(section)
    given = list(rows)
    if kind is None:
        raise InvalidInput("section-unknown", field="section", section=section[:40])
    if len(given) > MOST_ROWS:
        raise InvalidInput("too-many-rows", field=section, limit=MOST_ROWS)
    checked = []
    for number, row in enumerate(given, start=1):
        for field, reason in _problems(kind, row, right_type):
            raise InvalidInput(reason, field=field, row=number)
        checked.append(asdict(kind(**{name: text.strip() for name, text in row.items()})))
    return checked


def rows_read(content: Mapping[str, list[dict[str, str]]], section: str) -> list[Row]:
    """Return the rows of a section of a kept guide."""
    return [SECTIONS[section](**row) for row in content.get(section, [])]


def hours_of(days: str, opens: str, closes: str) -> WeeklyHours:
    """Return hours from their kept texts; without an hour the whole day."""
    return WeeklyHours(
        frozenset(map(int, days)),
        time.fromisoformat(opens) if opens else None,
        time.fromisoformat(closes) if closes else None,
    )


def hours_problems(days: str, opens: str, closes: str) -> Iterator[tuple[str, str]]:
    """Yield field and reason of everything wrong with hours as texts."""
    if not days or not set(days) <= set("1234567"):
        yield "days", "days-malformed"
    if bool(opens) != bool(closes):
        yield ("closes" if opens else "opens"), "missing"
    for name, text in (("opens", opens), ("closes", closes)):
        if text and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
            yield name, "time-malformed"


def _problems(
    kind: type[Row], row: Mapping[str, str], right_type: str
) -> Iterator[tuple[str, str]]:
    known = {each.name: each.default for each in fields(kind)}
    for name, text in row.items():
        if name not in known:
            yield name[:40], "field-unknown"
        elif not isinstance(text, str) or "\x00" in text:
            yield name, "text-malformed"
        elif len(text) > (LONGEST if name in _LONG else LONGEST_SHORT):
            yield name, "too-long"
    for name, default in known.items():
        if not isinstance(default, str) and not row.get(name, "").strip():
            yield name, "missing"
    said = kind(**{name: text.strip() for name, text in row.items()})
    yield from _code_problems(said, right_type)
    if isinstance(said, Price):
        yield from _price_problems(said)
    if isinstance(said, UrgentContact):
        yield from _contact_problems(said)


def _code_problems(said: Row, right_type: str) -> Iterator[tuple[str, str]]:
    """Yield the fields that hold none of the codes they may hold."""
    allowed: dict[str, Iterable[str]] = {}
    if isinstance(said, Picture):
        allowed = {"view": guide_views(right_type), "shows": SHOWS}
        if not said.document.isdecimal():
            yield "document", "code-unknown"
    elif isinstance(said, Tell):
        allowed = {"certainty": CERTAINTIES}
    elif isinstance(said, Code):
        allowed = {"kind": guide_words().codes}
    elif isinstance(said, Port):
        allowed = {"direction": ("", *Direction)}
    for name, codes in allowed.items():
        if getattr(said, name) not in codes:
            yield name, "code-unknown"


def _price_problems(said: Price) -> Iterator[tuple[str, str]]:
    if said.unit not in UNITS:
        yield "unit", "code-unknown"
    try:
        date.fromisoformat(said.on)
    except ValueError:
        yield "on", "date-malformed"
    amounts = []
    for name, text in (("least", said.least), ("most", said.most)):
        try:
            amounts.append(Money.parse(text, said.currency))
        except InvalidInput as refusal:
            yield ("currency" if refusal.code == "currency-unknown" else name), refusal.code
    if len(amounts) == 2 and not 0 <= amounts[0].minor <= amounts[1].minor:
        yield "most", "prices-not-in-order"


def _contact_problems(said: UrgentContact) -> Iterator[tuple[str, str]]:
    if not _PHONE.fullmatch(said.phone):
        yield "phone", "phone-malformed"
    if not set(said.spoken) <= set(LANGUAGES):
        yield "languages", "code-unknown"
    if said.time_zone not in _zones():
        yield "time_zone", "time-zone-unknown"
    yield from hours_problems(said.days, said.opens, said.closes)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
