"""What the law folder says of a side: names, money, bases of value, securities, rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from countermark.domain.valuation import SecurityBand, SecurityRule
from countermark.domain.vocabulary import Names, RightTypeCode, ValueBasis, Verification

if TYPE_CHECKING:
    from countermark.lawbook.files import Section


@dataclass(frozen=True, slots=True)
class Member:
    """One administration that follows a side's law, such as ``cn-gd``."""

    code: str
    case_prefix: str
    names: Names
    short: Names


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the boundary: what its law folder says of itself."""

    code: str
    names: Names
    time_zone: str
    currency: str
    languages: tuple[str, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class BasisRule:
    """Which value basis a side uses for what, with its source."""

    use: str
    basis: ValueBasis
    names: Names
    source: str
    verification: Verification
    note: str


@dataclass(frozen=True, slots=True)
class Protection:
    """How a side protects one kind of right; 0 years means that no statute sets a term."""

    type: RightTypeCode
    source: str
    verification: Verification
    recordation_needed: bool
    recordation_years: int
    renewal_window_months: int
    recordation_source: str


@dataclass(frozen=True, slots=True)
class RightType:
    """One kind of right: which fields it has and whether it is screened."""

    code: RightTypeCode
    names: Names
    fields: tuple[str, ...]
    classification: str
    screened: bool
    note: str


def side_parse(file: Section) -> Side:
    """Return what ``administration.toml`` says.

    Raises:
        LawFileError: The grammar is broken.
    """
    side = Side(
        code=file.take("code", str),
        names=file.names(),
        time_zone=file.take("time_zone", str),
        currency=file.take("currency", str),
        languages=file.strings("languages"),
        members=tuple(_member(each) for each in file.sections("administrations")),
    )
    file.done()
    return side


def _member(section: Section) -> Member:
    member = Member(
        section.take("code", str),
        section.take("case_prefix", str),
        section.names(),
        section.names("short"),
    )
    section.done()
    return member


def bases_parse(file: Section) -> tuple[BasisRule, ...]:
    """Return what ``valuation.toml`` says.

    Raises:
        LawFileError: The grammar is broken.
    """
    found = []
    for section in file.sections("bases"):
        found.append(
            BasisRule(
                use=section.take("use", str),
                basis=section.code_of("basis", ValueBasis),
                names=section.names(),
                source=section.take("source", str),
                verification=section.verification(),
                note=section.take("note", str),
            )
        )
        section.done()
    file.done()
    return tuple(found)


def securities_parse(file: Section) -> dict[str, SecurityRule]:
    """Return the security rules of ``thresholds.toml`` by procedure.

    Raises:
        LawFileError: The grammar is broken.
    """
    found = {}
    for section in file.sections("securities"):
        rule = SecurityRule(
            code=section.take("code", str),
            currency=section.take("currency", str),
            bands=tuple(_band(each) for each in section.sections("bands")),
            source=section.take("source", str),
            verification=section.verification(),
            note=section.take("note", str),
        )
        if not rule.bands or rule.bands[-1].up_to_minor is not None:
            raise section.fail("bands", "the last band must have no upper limit")
        section.done()
        found[rule.code] = rule
    file.done()
    return found


def _band(section: Section) -> SecurityBand:
    band = SecurityBand(
        up_to_minor=section.take("up_to_minor", int) if section.has("up_to_minor") else None,
        inclusive=section.take("inclusive", bool, default=False),
        percent=section.take("percent", int, 0),
        minimum_minor=section.take("minimum_minor", int, 0),
        flat_minor=section.take("flat_minor", int) if section.has("flat_minor") else None,
    )
    section.done()
    return band


def protections_parse(file: Section) -> dict[RightTypeCode, Protection]:
    """Return what ``rights.toml`` of a side says, by kind of right.

    Raises:
        LawFileError: The grammar is broken.
    """
    found = {}
    for section in file.sections("rights"):
        protection = Protection(
            type=section.code_of("type", RightTypeCode),
            source=section.take("source", str),
            verification=section.verification(),
            recordation_needed=section.take("recordation_needed", bool),
            recordation_years=section.take("recordation_years", int),
            renewal_window_months=section.take("renewal_window_months", int),
            recordation_source=section.take("recordation_source", str),
        )
        section.done()
        found[protection.type] = protection
    file.done()
    return found


def right_type_parse(file: Section) -> RightType:
    """Return the kind of right that a file of ``law/rights/`` describes.

    Raises:
        LawFileError: The grammar is broken.
    """
    right_type = RightType(
        code=file.code_of("code", RightTypeCode),
        names=file.names(),
        fields=file.strings("fields"),
        classification=file.take("classification", str),
        screened=file.take("screened", bool),
        note=file.take("note", str),
    )
    file.done()
    return right_type
