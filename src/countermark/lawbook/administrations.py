"""What the law folder says of a side: names, money, bases of value, securities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from countermark.domain.valuation import SecurityBand, SecurityRule
from countermark.domain.vocabulary import Names, ValueBasis, Verification

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
    place: Names
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


def side_parse(file: Section) -> Side:
    """Return what ``administration.toml`` says.

    Raises:
        LawFileError: The grammar is broken.
    """
    side = Side(
        code=file.take("code", str),
        names=file.names(),
        place=file.names("place"),
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
