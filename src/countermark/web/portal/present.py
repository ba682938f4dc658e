"""A file as its holder reads it: in plain words, whatever the law files call its states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.urls import reverse

from countermark.apps.register.selectors import recordation_acts
from countermark.domain.vocabulary import Verification
from countermark.lawbook import recordation_rules
from countermark.lawbook.recordations import Effect
from countermark.web.cases.legal import cited, named
from countermark.web.labels import label
from countermark.web.portal.topic_forms import facts_at, needs_of, topics_of
from countermark.web.refusals import sentence
from countermark.web.rights.present import Asked, asked_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.apps.accounts.models import Officer
    from countermark.apps.register.completeness import Completeness
    from countermark.apps.register.models import Recordation, RecordationEvent
    from countermark.domain.procedures import Act
    from countermark.lawbook import RecordationRules

HAND_IN = "complete"
"""The guard by which the law files mark the acts that hand a file in."""
REASON = "reason-given"


class Stage(StrEnum):
    """Where a file stands for its holder; told from what the law file says of its state."""

    DRAFT = "draft"
    ASKED = "asked"
    WITH_CUSTOMS = "with-customs"
    IN_FORCE = "in-force"
    CHANGING = "changing"
    RESTING = "resting"
    ENDED = "ended"


class Kind(StrEnum):
    """By which page an act is done."""

    HAND_IN = "hand-in"
    CHANGE = "change"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class HolderAct:
    """One act of the holder on a file; ``refusal`` says why it is not open now."""

    code: str
    name: str
    kind: Kind
    address: str
    leads_to: str
    cited: str
    verified: bool
    reason_needed: bool
    refusal: str
    ends: bool


@dataclass(frozen=True, slots=True)
class Task:
    """One topic of a file in its list of tasks."""

    code: str
    name: str
    address: str
    done: bool
    needed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Raise:
    """Something that would raise the score, by how much, and where it is written."""

    name: str
    points: int
    needed: bool
    address: str


@dataclass(frozen=True, slots=True)
class Step:
    """Where a topic stands among the others; ``before`` is the page that leads here."""

    name: str
    number: int
    of: int
    before: str


@dataclass(frozen=True, slots=True)
class Answers:
    """One topic on the page of all answers."""

    code: str
    name: str
    address: str
    asked: tuple[Asked, ...]
    facts: tuple[tuple[str, str], ...]


def stage_of(recordation: Recordation) -> Stage:
    """Return where a file stands for its holder."""
    rules = recordation_rules(recordation.administration.law)
    state = recordation.state
    if recordation.closed:
        return Stage.ENDED
    if state in rules.editable:
        return Stage.DRAFT if recordation.filed_on is None else Stage.ASKED
    if recordation.in_force:
        return Stage.CHANGING if state in rules.waiting else Stage.IN_FORCE
    return Stage.WITH_CUSTOMS if state in rules.waiting else Stage.RESTING


def said_last(recordation: Recordation) -> RecordationEvent | None:
    """Return the event that brought the file where it stands, if something was said with it."""
    events = [each for each in recordation.events.all() if each.to_state == recordation.state]
    return events[-1] if events and events[-1].note else None


def tasks_of(recordation: Recordation, found: Completeness) -> list[Task]:
    """Return the topics of a file with what each still needs."""
    lacking = {need.code for need in found.lacking}
    tasks = []
    for code in topics_of(recordation):
        needed = [
            named(each.names)
            for each in needs_of(recordation)
            if each.topic == code and each.code in lacking
        ]
        needed += [named(f.names) for f in facts_at(recordation, code) if f in found.facts]
        address = topic_address(recordation, code)
        name = label("recordation-topic", code)
        tasks.append(Task(code, name, address, not needed, tuple(needed)))
    return tasks


def raises_of(recordation: Recordation, found: Completeness) -> list[Raise]:
    """Return what would raise the score of a file, what is needed first."""
    return [
        Raise(
            name=named(need.names),
            points=found.gain(need),
            needed=need.required,
            address=topic_address(recordation, need.topic),
        )
        for need in (*found.lacking, *found.would_help)
    ]


def step_of(recordation: Recordation, code: str) -> Step:
    """Return where a topic stands among the others."""
    topics = topics_of(recordation)
    place = topics.index(code)
    before = (
        topic_address(recordation, topics[place - 1])
        if place
        else reverse("portal:file", args=[recordation.pk])
    )
    return Step(label("recordation-topic", code), place + 1, len(topics), before)


def sources_of(recordation: Recordation, code: str) -> list[tuple[str, bool]]:
    """Return the articles that ask for a topic, each once, and whether each was checked."""
    found = [
        (cited(need.source, date.max), need.verification is Verification.VERIFIED)
        for need in needs_of(recordation)
        if need.topic == code
    ]
    return list(dict.fromkeys(found))


def answers_of(recordation: Recordation) -> list[Answers]:
    """Return all that a file says, topic by topic, in the order of the law."""
    _, topics = asked_of(recordation)
    return [
        Answers(
            code=topic.code,
            name=label("recordation-topic", topic.code),
            address=topic_address(recordation, topic.code),
            asked=topic.asked,
            facts=tuple(_facts(recordation, topic.code)),
        )
        for topic in topics
    ]


def topic_address(recordation: Recordation, code: str) -> str:
    """Return the address of one topic of a file."""
    return reverse("portal:topic", args=[recordation.pk, code])


def acts_of(recordation: Recordation, *, of: Officer, today: date) -> list[HolderAct]:
    """Return the acts of an account on a file, in the order of the law file."""
    rules = recordation_rules(recordation.administration.law)
    return [
        HolderAct(
            code=each.act.code,
            name=named(each.act.names),
            kind=kind_of(rules, each.act),
            address=act_address(recordation, rules, each.act),
            leads_to=named(rules.procedure.state(each.act.to_state).names),
            cited=cited(each.act.source, today),
            verified=each.act.verification is Verification.VERIFIED,
            reason_needed=REASON in each.act.needs,
            refusal=sentence(each.refusal) if each.refusal else "",
            ends=rules.final(each.act.to_state),
        )
        for each in recordation_acts(recordation, of=of, on=today)
    ]


def kind_of(rules: RecordationRules, act: Act) -> Kind:
    """Return by which page an act is done.

    An act that hands the file in goes by the page of all answers; one that leads to where an
    officer accepts a change goes by the form of what has changed; the others need a word at most.
    """
    if HAND_IN in act.needs:
        return Kind.HAND_IN
    amends = [each for each in rules.procedure.acts if rules.effects.get(each.code) is Effect.AMEND]
    changes = any(act.to_state in each.from_states for each in amends)
    return Kind.CHANGE if changes else Kind.PLAIN


def act_address(recordation: Recordation, rules: RecordationRules, act: Act) -> str:
    """Return the page by which an act is done."""
    kind = kind_of(rules, act)
    if kind is Kind.HAND_IN:
        return reverse("portal:check", args=[recordation.pk])
    if kind is Kind.CHANGE:
        return reverse("portal:amend", args=[recordation.pk])
    return reverse("portal:act", args=[recordation.pk, act.code])


def field_address(recordation: Recordation, field: str) -> str:
    """Return the address of the topic in which a field of the content is written."""
    needs = needs_of(recordation)
    at = next((need.topic for need in needs if need.code == field), needs[0].topic)
    return topic_address(recordation, at)


def _facts(recordation: Recordation, code: str) -> Iterator[tuple[str, str]]:
    said = recordation.content.get("facts", {})
    for fact in facts_at(recordation, code):
        if fact.required or said.get(fact.code):
            yield named(fact.names), said.get(fact.code, "")
