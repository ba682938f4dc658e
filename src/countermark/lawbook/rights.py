"""Kinds of right, and what each side's law says of them: protection, recordation, its contents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from countermark.domain.vocabulary import Names, Verification

if TYPE_CHECKING:
    from countermark.lawbook.files import Section

FIELDS = frozenset(
    {"word", "word_zh_hant", "word_zh_hans", "registration_number", "nice_classes", "goods"}
)
"""Fields that a kind of right may have beside its own facts; every right has dates."""


class Classification(StrEnum):
    """By what the goods or the subject of a right are classed."""

    NICE = "nice"
    LOCARNO = "locarno"
    IPC = "ipc"
    NONE = "none"


class FactKind(StrEnum):
    """How a fact is written: as text or as a day."""

    TEXT = "text"
    DATE = "date"


class NeedKind(StrEnum):
    """What kind of thing a recordation must contain."""

    FIELD = "field"
    STATEMENT = "statement"
    DOCUMENT = "document"
    IMAGE = "image"
    PARTY = "party"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Fact:
    """What a kind of right asks for beyond the fields that all kinds share."""

    code: str
    kind: FactKind
    required: bool
    names: Names


@dataclass(frozen=True, slots=True)
class RightType:
    """One kind of right: which fields it has and whether it is screened for by word.

    ``views`` are standard pictures that guides to this kind have beyond those of every kind.
    """

    code: str
    symbol: str
    names: Names
    fields: tuple[str, ...]
    required: tuple[str, ...]
    facts: tuple[Fact, ...]
    classification: Classification
    screened: bool
    note: str
    views: dict[str, Names]

    @property
    def has_classes(self) -> bool:
        """Whether a right of this kind names Nice classes."""
        return self.classification is Classification.NICE


@dataclass(frozen=True, slots=True)
class Protection:
    """How a side protects one kind of right and what a recordation of it is worth.

    Years of 0 mean that no statute sets a term (of the recordation), or not in one number (of the
    right). ``right_from`` is the event from which the right's term runs. With ``ends_with_right``
    a recordation ends on the right's last day, if that comes first.
    """

    type: str
    source: str
    verification: Verification
    recordation_needed: bool
    recordation_years: int
    renewal_window_months: int
    recordation_source: str
    recordation_verification: Verification
    ends_with_right: bool
    ends_with_right_source: str
    right_years: int
    right_from: str
    right_source: str
    right_verification: Verification


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """Kinds of right that a side does not record, and why, as the form says it."""

    types: tuple[str, ...]
    reason: Names
    source: str
    verification: Verification


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a recordation must or may contain; no ``types`` means every kind of right.

    ``topic`` names the page of the form on which it is asked for.
    """

    code: str
    kind: NeedKind
    topic: str
    types: tuple[str, ...]
    required: bool
    names: Names
    source: str
    verification: Verification
    note: str


@dataclass(frozen=True, slots=True)
class RightsOfSide:
    """What ``rights.toml`` of a side says."""

    protections: dict[str, Protection]
    unrecorded: dict[str, Unrecorded]
    needs: tuple[Need, ...]

    def needs_of(self, right_type: str) -> tuple[Need, ...]:
        """Return what a recordation of that kind of right contains, in the order of the file."""
        return tuple(need for need in self.needs if not need.types or right_type in need.types)

    def sources(self) -> set[str]:
        """Return every citation of the file."""
        found = {need.source for need in self.needs}
        found |= {each.source for each in self.unrecorded.values()}
        for each in self.protections.values():
            found |= {each.source, each.recordation_source}
            found |= {each.ends_with_right_source, each.right_source}
        return found

    def types(self) -> set[str]:
        """Return the code of every kind of right that the file names."""
        named = {code for need in self.needs for code in need.types}
        return named | self.protections.keys() | self.unrecorded.keys()


def right_type_parse(file: Section) -> RightType:
    """Return the kind of right that a file of ``law/rights/`` describes.

    Raises:
        LawFileError: The grammar is broken, or a field is none of ``FIELDS``.
    """
    right_type = RightType(
        code=file.take("code", str),
        symbol=file.take("symbol", str),
        names=file.names(),
        fields=file.strings("fields"),
        required=file.strings("required"),
        facts=tuple(_fact(each) for each in file.sections("facts")) if file.has("facts") else (),
        classification=file.code_of("classification", Classification),
        screened=file.take("screened", bool),
        note=file.take("note", str),
        views=dict(map(_view, file.sections("views"))) if file.has("views") else {},
    )
    file.done()
    if unknown := set(right_type.fields) - FIELDS:
        raise file.fail("fields", f"{', '.join(sorted(unknown))}: no such field")
    if unknown := set(right_type.required) - set(right_type.fields):
        raise file.fail("required", f"{', '.join(sorted(unknown))}: not among the fields")
    return right_type


def _view(section: Section) -> tuple[str, Names]:
    view = section.take("code", str), section.names()
    section.done()
    return view


def _fact(section: Section) -> Fact:
    fact = Fact(
        code=section.take("code", str),
        kind=section.code_of("kind", FactKind),
        required=section.take("required", bool),
        names=section.names(),
    )
    section.done()
    return fact


def rights_parse(file: Section) -> RightsOfSide:
    """Return what ``rights.toml`` of a side says.

    Raises:
        LawFileError: The grammar is broken, or a kind of right is both recorded and not.
    """
    protections = {each.type: each for each in map(_protection, file.sections("rights"))}
    refusals = file.sections("not_recorded") if file.has("not_recorded") else ()
    unrecorded = {code: each for each in map(_unrecorded, refusals) for code in each.types}
    needs = tuple(map(_need, file.sections("needs"))) if file.has("needs") else ()
    file.done()
    if both := protections.keys() & unrecorded.keys():
        raise file.fail("not_recorded", f"{', '.join(sorted(both))}: is recorded as well")
    return RightsOfSide(protections, unrecorded, needs)


def _protection(section: Section) -> Protection:
    verification = section.verification()
    protection = Protection(
        type=section.take("type", str),
        source=section.take("source", str),
        verification=verification,
        recordation_needed=section.take("recordation_needed", bool),
        recordation_years=section.take("recordation_years", int),
        renewal_window_months=section.take("renewal_window_months", int),
        recordation_source=section.take("recordation_source", str),
        recordation_verification=section.verification("recordation_verification"),
        ends_with_right=section.take("ends_with_right", bool),
        ends_with_right_source=section.take("ends_with_right_source", str),
        right_years=section.take("right_years", int),
        right_from=section.take("right_from", str),
        right_source=section.take("right_source", str),
        right_verification=section.verification("right_verification"),
    )
    section.done()
    return protection


def _unrecorded(section: Section) -> Unrecorded:
    found = Unrecorded(
        types=section.strings("types"),
        reason=section.names("reason"),
        source=section.take("source", str),
        verification=section.verification(),
    )
    section.done()
    return found


def _need(section: Section) -> Need:
    need = Need(
        code=section.take("code", str),
        kind=section.code_of("kind", NeedKind),
        topic=section.take("topic", str),
        types=section.strings("types"),
        required=section.take("required", bool),
        names=section.names(),
        source=section.take("source", str),
        verification=section.verification(),
        note=section.take("note", str, ""),
    )
    section.done()
    return need
