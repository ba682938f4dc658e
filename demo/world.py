"""The invented world: marks, holders, firms, offices and officers (``data/world.toml``)."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from countermark.domain.vocabulary import Names

DATA = Path(__file__).parent / "data"
SEED = 20131022
GUANGDONG, HONG_KONG = "cn-gd", "hk"


@dataclass(frozen=True, slots=True)
class Mark:
    """An invented word mark in its three written forms."""

    word: str
    zh_hant: str
    zh_hans: str
    nice: tuple[int, ...]
    goods: str
    categories: tuple[str, ...]
    holder: str


@dataclass(frozen=True, slots=True)
class Holder:
    """An invented right holder."""

    key: str
    name: str
    zh_hant: str
    zh_hans: str
    country: str

    @property
    def email(self) -> str:
        """An address that can never be delivered to (RFC 2606)."""
        return f"marks@{self.key}.example"


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented firm that declares goods."""

    name: str
    zh: str


@dataclass(frozen=True, slots=True)
class OfficeOf:
    """An office that existed in 2013, with the control point that its declarations name."""

    code: str
    names: Names
    point: str
    mode: str


@dataclass(frozen=True, slots=True)
class OfficerOf:
    """An invented officer: one for every role on every node."""

    username: str
    name: str
    role: str
    office: str


@dataclass(frozen=True, slots=True)
class Side:
    """One administration of the demo and the people of its node."""

    code: str
    law: str
    suffix: str
    names: Names
    short: Names
    offices: tuple[OfficeOf, ...]
    officers: tuple[OfficerOf, ...]

    @property
    def control_points(self) -> tuple[OfficeOf, ...]:
        """The offices where goods are declared."""
        return tuple(office for office in self.offices if office.point)

    def officer(self, role: str) -> str:
        """Return the sign-in name of the officer who has a role."""
        return f"{_short_role(role)}.{self.suffix}"

    @property
    def partner(self) -> str:
        """The code of the other administration."""
        return HONG_KONG if self.code == GUANGDONG else GUANGDONG


@dataclass(frozen=True, slots=True)
class Goods:
    """A kind of goods of one category, with an ordinary range of price and quantity."""

    category: str
    hs: str
    unit: str
    unit_zh: str
    price_fen: tuple[int, int]
    quantity: tuple[int, int]
    names: tuple[Names, ...]


@cache
def table(name: str) -> dict[str, Any]:
    """Return one file of ``demo/data`` as read."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def names(three: list[str]) -> Names:
    """Return names written in a data file as English, Traditional, Simplified."""
    return Names(en=three[0], zh_hant=three[1], zh_hans=three[2])


@cache
def marks() -> tuple[Mark, ...]:
    """Return the invented marks in their order."""
    return tuple(
        Mark(**row | {"nice": tuple(row["nice"]), "categories": tuple(row["categories"])})
        for row in table("world")["marks"]
    )


def mark(word: str) -> Mark:
    """Return one mark by its Latin word."""
    return next(known for known in marks() if known.word == word)


@cache
def holders() -> dict[str, Holder]:
    """Return the right holders by key."""
    return {key: Holder(key, **row) for key, row in table("world")["holders"].items()}


def authorised() -> list[dict[str, str]]:
    """Return the firms that holders authorised: mark, name and role."""
    return list(table("world")["authorised"])


def exporters() -> tuple[Firm, ...]:
    """Return the mainland firms that send goods."""
    return tuple(Firm(*row) for row in table("world")["trade"]["exporters"])


def importers() -> tuple[Firm, ...]:
    """Return the Hong Kong firms that receive goods."""
    return tuple(Firm(*row) for row in table("world")["trade"]["importers"])


def innocent_words() -> list[str]:
    """Return words that resemble a mark and are none."""
    return list(table("world")["innocent"]["words"])


PORTAL_HOLDER = "velundra"
"""The holder whose account of the portal the demo makes on each node."""


def holder_login(side: Side) -> str:
    """Return the name with which the right holder signs in on one side: an invented address."""
    return f"holder.{side.suffix}@velundra.example"


@cache
def side(code: str) -> Side:
    """Return one administration with its offices and officers."""
    row = next(row for row in table("world")["administrations"] if row["code"] == code)
    return Side(
        code=code,
        law=row["law"],
        suffix=row["username_suffix"],
        names=names(row["names"]),
        short=names(row["short"]),
        offices=tuple(
            OfficeOf(office["code"], names(office["names"]), office["point"], office["mode"])
            for office in row["offices"]
        ),
        officers=tuple(
            OfficerOf(
                f"{_short_role(officer['role'])}.{row['username_suffix']}",
                officer["name"],
                officer["role"],
                officer["office"],
            )
            for officer in row["officers"]
        ),
    )


def _short_role(role: str) -> str:
    return {"administrator": "admin"}.get(role, role)


@cache
def goods() -> dict[str, Goods]:
    """Return the kinds of goods by category."""
    return {
        category: Goods(
            category,
            row["hs"],
            row["unit"],
            row["unit_zh"],
            (row["price_fen"][0], row["price_fen"][1]),
            (row["quantity"][0], row["quantity"][1]),
            tuple(names(three) for three in row["names"]),
        )
        for category, row in table("goods").items()
    }


def marks_of(category: str) -> tuple[Mark, ...]:
    """Return the marks that are recorded for a category of goods."""
    return tuple(known for known in marks() if category in known.categories)


def rng(*parts: object) -> random.Random:
    """Return a generator that depends on the seed and on ``parts`` alone, not on call order."""
    return random.Random(":".join(map(str, (SEED, *parts))))
