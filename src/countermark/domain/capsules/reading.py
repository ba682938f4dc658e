"""Reads the content of a capsule as hostile input: every field checked before it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import cast, get_args

from countermark.domain.capsules.content import FORMAT, Capsule, Reference, Rules
from countermark.domain.envelopes.canonical import Json
from countermark.domain.envelopes.statement import NODE
from countermark.domain.errors import EnvelopeRefused, InvalidInput
from countermark.domain.matching import Contribution, Hit, Line, RecordedMark
from countermark.domain.matching.evidence import Evidence, Usage
from countermark.domain.matching.types import Excuse, Field
from countermark.domain.payload import MAX_INTEGER, Payload

MOST_MARKS, MOST_PARTIES, MOST_CLASSES, MOST_WORDS = 400, 2_000, 45, 6_000
MOST_REASONS, MOST_TOP = 60, 1_000
LONGEST, LONGEST_NAME = 60_000, 120
"""Characters of a text; a whole capsule is not larger than 64 KiB."""

_MARK_TEXTS = ("right_id", "kind", "word", "word_zh_hans", "word_zh_hant", "holder")


def capsule_read(content: Mapping[str, Json]) -> Capsule:
    """Return a capsule from JSON that may say anything.

    Raises:
        EnvelopeRefused: ``capsule-format-unknown``: it is none, or of a later version.
        InvalidInput: ``payload-malformed``: a field is missing or malformed; ``field`` names it.
    """
    payload = Payload.read(content)
    if content.get("format") != FORMAT:
        raise EnvelopeRefused("capsule-format-unknown", format=str(content.get("format"))[:80])
    evidence = evidence_read(payload)
    hit = _hit(payload.part("hit"), evidence.line)
    if [mark.right_id for mark in evidence.marks].count(hit.right_id) != 1:
        raise InvalidInput("payload-malformed", field="marks")
    return Capsule(
        node=payload.matching("node", NODE.pattern),
        made_at=_instant(payload, "made_at"),
        reference=_reference(payload.part("reference")),
        hit=hit,
        evidence=evidence,
        rules=rules_read(payload.part("rules")),
        root=payload.slug("root", 43),
        statement=_raw(payload, "statement"),
    )


def _reference(payload: Payload) -> Reference:
    return Reference(
        number=payload.text("number", LONGEST_NAME),
        declaration=payload.text("declaration", LONGEST_NAME),
        line_no=payload.integer("line_no"),
        declared_on=payload.day("declared_on").isoformat(),
        right=payload.text("right", LONGEST_NAME),
        right_version=payload.integer("right_version"),
        found_at=_instant(payload, "found_at"),
    )


def evidence_read(payload: Payload) -> Evidence:
    """Return evidence from JSON that may say anything.

    Raises:
        InvalidInput: ``payload-malformed``.
    """
    return Evidence(
        line=Line(**_texts(payload.part("line"), Line)),
        marks=tuple(_mark(part) for part in payload.parts("marks", MOST_MARKS)),
        usage=_usage(payload.part("usage")),
    )


def rules_read(payload: Payload) -> Rules:
    """Return rules from JSON that may say anything.

    Raises:
        InvalidInput: ``payload-malformed``.
    """
    return Rules(
        version=payload.text("version", LONGEST_NAME),
        model=payload.text("model", LONGEST_NAME),
        model_sha256=payload.matching("model_sha256", "[0-9a-f]{64}"),
        register=payload.slug("register", LONGEST_NAME),
        top=payload.integer("top", 1, MOST_TOP),
    )


def _hit(payload: Payload, line: Line) -> Hit:
    field = cast("Field", payload.choice("field", get_args(Field)))
    start, end = _span(payload)
    matched = _raw(payload, "matched")
    if getattr(line, field)[start:end] != matched:
        raise InvalidInput("payload-malformed", field="hit.matched")
    hit = Hit(
        line_id=_raw(payload, "line_id", LONGEST_NAME),
        right_id=_raw(payload, "right_id", LONGEST_NAME),
        score=_number(payload.value.get("score"), "hit.score"),
        resemblance=payload.slug("resemblance", 40),
        span=(start, end),
        field=field,
        matched=matched,
        contributions=_contributions(payload),
        excused=_excuse(payload),
    )
    if hit.line_id != line.line_id or not _adds_up(hit):
        raise InvalidInput("payload-malformed", field="hit")
    return hit


def _adds_up(hit: Hit) -> bool:
    return abs(sum(part.points for part in hit.contributions) - hit.score) < 1e-6


def _excuse(payload: Payload) -> Excuse | None:
    if not payload.has("excused"):
        return None
    return cast("Excuse", payload.choice("excused", get_args(Excuse)))


def _span(payload: Payload) -> tuple[int, int]:
    span = payload.value.get("span")
    if not isinstance(span, list) or len(span) != 2 or {type(each) for each in span} != {int}:
        raise InvalidInput("payload-malformed", field="hit.span")
    if not 0 <= span[0] <= span[1] <= LONGEST:
        raise InvalidInput("payload-malformed", field="hit.span")
    return span[0], span[1]


def _contributions(payload: Payload) -> tuple[Contribution, ...]:
    return tuple(_contribution(p) for p in _list(payload, "contributions", MOST_REASONS))


def _contribution(part: object) -> Contribution:
    if not isinstance(part, list) or len(part) != 2 or not isinstance(part[0], str):
        raise InvalidInput("payload-malformed", field="hit.contributions")
    return Contribution(part[0], _number(part[1], "hit.contributions", least=-1.0))


def _mark(payload: Payload) -> RecordedMark:
    texts = {name: _raw(payload, name) for name in _MARK_TEXTS}
    classes = _list(payload, "nice_classes", MOST_CLASSES)
    if not all(type(number) is int and 0 <= number <= 99 for number in classes):
        raise _malformed(payload, "nice_classes")
    parties = _list(payload, "authorised_parties", MOST_PARTIES)
    if not all(isinstance(party, str) for party in parties):
        raise _malformed(payload, "authorised_parties")
    return RecordedMark(
        **texts,
        nice_classes=tuple(cast("list[int]", classes)),
        authorised_parties=tuple(cast("list[str]", parties)),
    )


def _usage(payload: Payload) -> Usage:
    words = payload.value.get("words")
    if not isinstance(words, dict) or len(words) > MOST_WORDS:
        raise InvalidInput("payload-malformed", field="usage.words")
    counts = {word: _counts(pair) for word, pair in words.items()}
    return Usage(payload.integer("lines"), counts)


def _counts(pair: object) -> tuple[int, int]:
    if not isinstance(pair, list) or len(pair) != 2 or {type(each) for each in pair} != {int}:
        raise InvalidInput("payload-malformed", field="usage.words")
    if not 0 <= pair[1] <= pair[0] <= MAX_INTEGER:
        raise InvalidInput("payload-malformed", field="usage.words")
    return pair[0], pair[1]


def _number(value: object, field: str, least: float = 0.0) -> float:
    if type(value) not in {int, float} or not least <= cast("float", value) <= 1:
        raise InvalidInput("payload-malformed", field=field)
    return float(cast("float", value))


def _instant(payload: Payload, name: str) -> str:
    payload.instant(name)
    return _raw(payload, name, LONGEST_NAME)


def _texts(payload: Payload, kind: type[Line]) -> dict[str, str]:
    return {each.name: _raw(payload, each.name) for each in fields(kind)}


def _raw(payload: Payload, name: str, longest: int = LONGEST) -> str:
    """Return a text as it was written: what a declarant wrote is kept, blanks and all."""
    value = payload.value.get(name)
    if not isinstance(value, str) or len(value) > longest:
        raise _malformed(payload, name)
    return value


def _list(payload: Payload, name: str, most: int) -> list[object]:
    values = payload.value.get(name)
    if not isinstance(values, list) or len(values) > most:
        raise _malformed(payload, name)
    return values


def _malformed(payload: Payload, name: str) -> InvalidInput:
    return InvalidInput("payload-malformed", field=f"{payload.path}.{name}".lstrip("."))
