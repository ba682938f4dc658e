"""A recordation's file as its page shows it: what is asked for, what is there, what may be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from countermark.apps.register.completeness import Completeness, completeness
from countermark.apps.register.selectors import recordation_acts, recordation_clock
from countermark.domain.vocabulary import Verification
from countermark.lawbook import calendar, recordation_needs, recordation_rules, right_type
from countermark.lawbook.recordations import Effect
from countermark.lawbook.rights import NeedKind
from countermark.web.cases.legal import cited, named
from countermark.web.refusals import sentence

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer
    from countermark.apps.register.models import Document, Recordation
    from countermark.lawbook import Need


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the law asks of a file, and what the file has of it."""

    code: str
    name: str
    cited: str
    verified: bool
    required: bool
    there: bool
    said: tuple[str, ...]
    files: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One part of a file: what is asked for, and the articles that ask, each with its check."""

    code: str
    asked: tuple[Asked, ...]

    @property
    def sources(self) -> list[tuple[str, bool]]:
        """Every article once, in the order of what it asks for, and whether it was checked."""
        return list(dict.fromkeys((each.cited, each.verified) for each in self.asked))


@dataclass(frozen=True, slots=True)
class Doable:
    """One act as a button; ``refusal`` says why it is not open."""

    code: str
    name: str
    leads_to: str
    cited: str
    verified: bool
    reason_needed: bool
    number_asked: bool
    refusal: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The term that runs on a file, with the days that were left out of the count."""

    name: str
    due_on: date
    days_left: int
    length: int
    cited: str
    calendar: str
    started_on: date
    provisional: bool
    verified: bool
    skipped: tuple[tuple[date, str], ...]


def asked_of(recordation: Recordation) -> tuple[Completeness, list[Topic]]:
    """Return how complete a file is, and by topic what the law asks for and what is there."""
    found = completeness(recordation)
    topics: dict[str, list[Asked]] = {}
    for need in recordation_needs(recordation.administration.law, recordation.right_type):
        topics.setdefault(need.topic, []).append(_asked(need, recordation, met=need in found.met))
    return found, [Topic(code, tuple(asked)) for code, asked in topics.items()]


def facts_of(recordation: Recordation) -> list[tuple[str, str]]:
    """Return what the kind of right asks for beyond the common fields, with what was said."""
    said = recordation.right.facts if recordation.right else recordation.content.get("facts", {})
    facts = right_type(recordation.right_type).facts
    return [(named(fact.names), said[fact.code]) for fact in facts if said.get(fact.code)]


def doable(recordation: Recordation, *, of: Officer, today: date) -> list[Doable]:
    """Return the acts of an officer on a file, in the order of the law file."""
    rules = recordation_rules(recordation.administration.law)
    return [
        Doable(
            code=each.act.code,
            name=named(each.act.names),
            leads_to=named(rules.procedure.state(each.act.to_state).names),
            cited=cited(each.act.source, today),
            verified=each.act.verification is Verification.VERIFIED,
            reason_needed="reason-given" in each.act.needs,
            number_asked=rules.effects.get(each.act.code) is Effect.GRANT,
            refusal=sentence(each.refusal) if each.refusal else "",
        )
        for each in recordation_acts(recordation, of=of, on=today)
    ]


def clock_of(recordation: Recordation, today: date) -> Clock | None:
    """Return the term that runs on a file and why it ends that day, or None."""
    found = recordation_clock(recordation)
    if found is None:
        return None
    deadline, days = found
    term, counted = deadline.term, calendar(deadline.term.calendar)
    holidays = {day: name for year in counted.years for day, name in year.holidays.items()}
    return Clock(
        name=named(term.names),
        due_on=deadline.due_on,
        days_left=(deadline.due_on - today).days,
        length=term.length,
        cited=cited(term.source, deadline.started_on),
        calendar=named(counted.names),
        started_on=deadline.started_on,
        provisional=deadline.provisional,
        verified=term.verification is Verification.VERIFIED,
        skipped=tuple((day.day, holidays.get(day.day, "")) for day in days if not day.number),
    )


def _asked(need: Need, recordation: Recordation, *, met: bool) -> Asked:
    return Asked(
        code=need.code,
        name=named(need.names),
        cited=cited(need.source, recordation.filed_on or date.max),
        verified=need.verification is Verification.VERIFIED,
        required=need.required,
        there=met,
        said=tuple(_said(need, recordation)),
        files=tuple(
            each
            for each in recordation.documents.all()
            if each.role == need.code and each.removed_at is None
        ),
    )


def _said(need: Need, recordation: Recordation) -> Iterator[str]:
    """Yield what the file says to a need, one text for each line."""
    content = recordation.content
    if need.kind is NeedKind.STATEMENT:
        yield content.get("statements", {}).get(need.code, "")
    elif need.kind is NeedKind.PARTY:
        yield from (_row(row, ("name", "identifier")) for row in content.get("parties", []))
    elif need.kind is NeedKind.CONTACT:
        yield from (_row(row, ("name", "email", "phone")) for row in content.get("contacts", []))
    elif need.code == "word":
        words = (content.get(key, "") for key in ("word", "word_zh_hant", "word_zh_hans"))
        yield from dict.fromkeys(filter(None, words))
    elif need.code.startswith("holder_"):
        yield getattr(recordation.applicant, need.code.removeprefix("holder_"), "")
    elif need.kind is NeedKind.FIELD:
        yield _plain(content.get(need.code, ""))


def _row(row: dict[str, str], keys: Iterable[str]) -> str:
    return " · ".join(filter(None, (row.get(key, "") for key in keys)))


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
