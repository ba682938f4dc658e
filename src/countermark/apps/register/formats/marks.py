"""What a trade-mark record says, the same for ST.66 and ST.96, and the row it makes.

Everything that makes the two standards one right stands here: how names, addresses, goods and dates
are put together. The readers of the standards only find the pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from countermark.apps.register.columns import FACTS
from countermark.lawbook.offices import computed_expiry

COLUMNS: Final = (
    *("jurisdiction", "right_type", "registration_number"),
    *("word", "word_zh_hans", "word_zh_hant", "nice_classes", "goods", "valid_from", "valid_until"),
    *("holder_name", "holder_name_zh_hans", "holder_name_zh_hant", "holder_country"),
    *("holder_email", "holder_phone", "holder_address"),
    *("representative_name", "representative_email", "representative_phone"),
    *FACTS,
)
TRADITIONAL: Final = frozenset({"hk", "mo", "tw"})
"""Offices whose one Chinese wording is in Traditional characters; elsewhere it is Simplified."""

_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:\d{2})?")
_LINE: Final = re.compile(r"Class (\d{1,2}): (\S.*)")
_PREFERRED: Final = ("", "en", "zh")


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the code of its language, empty where the file names none."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods and services of one class, or of the registration where ``number`` is empty."""

    number: str
    said: Said


@dataclass(frozen=True, slots=True)
class Party:
    """A holder or representative as a file has it.

    ``country`` is where the party belongs, which need not be where it has its letters sent: two
    files of one mark can differ in the address, as one of MySQL AB's does.
    """

    names: tuple[Said, ...] = ()
    address: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""

    @property
    def reachable(self) -> bool:
        """Whether the file says how to reach the party."""
        return bool(self.name and (self.email or self.phone))

    @property
    def name(self) -> str:
        """The name that is not Chinese, else the first."""
        return next((s.text for s in self.names if not chinese(s)), "") or next(
            (s.text for s in self.names if s.text), ""
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """One registration; texts are as in the file, dates still with their zones.

    ``holder`` is None where the file keeps parties apart from marks; ``holder_key`` then names it.
    """

    line: int
    office: str
    registration_number: str = ""
    registered: str = ""
    renewed: str = ""
    expires: str = ""
    words: tuple[Said, ...] = ()
    classes: tuple[str, ...] = ()
    goods: tuple[Goods, ...] = ()
    holder: Party | None = None
    holder_key: str = ""
    representatives: tuple[Party, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


def row_of_mark(mark: Mark) -> dict[str, str]:
    """Return a record as a row of a table with the columns ``COLUMNS``; silent ones are empty."""
    office = mark.office.lower()
    holder = mark.holder or Party()
    contact = contact_of(mark.representatives)
    return (
        dict.fromkeys(COLUMNS, "")
        | {
            "jurisdiction": office,
            "right_type": "trade-mark",
            "registration_number": mark.registration_number,
            "nice_classes": " ".join(class_numbers(mark.classes)),
            "goods": goods_text(mark.goods),
            "valid_from": day(mark.registered),
            "valid_until": day(mark.expires) or expiry(mark),
            "holder_name": holder.name,
            "holder_country": holder.country.upper(),
            "holder_email": holder.email,
            "holder_phone": holder.phone,
            "holder_address": holder.address,
            "representative_name": contact.name,
            "representative_email": contact.email,
            "representative_phone": contact.phone,
        }
        | wording(mark.words, "word", office)
        | {k: v for k, v in wording(holder.names, "holder_name", office).items() if "zh" in k}
        | mark.facts
        | {"applied_on": day(mark.facts.get("applied_on", ""))}
    )


def day(text: str) -> str:
    """Return the day of an XML date or instant without time and zone; anything else as it is."""
    match = _DAY.fullmatch(text)
    return match[1] if match else text


def expiry(mark: Mark) -> str:
    """Return the last day that the law of the office gives, or nothing where it is not known.

    A record of the United States, for one, names registration and renewal but no end.
    """
    began = day(mark.renewed) or day(mark.registered)
    ends_on = computed_expiry(mark.office.lower(), began)
    return ends_on.isoformat() if ends_on else ""


def chinese(said: Said) -> bool:
    """Tell whether a text is said to be Chinese."""
    return said.language.lower().partition("-")[0] == "zh"


def wording(words: Sequence[Said], field_name: str, office: str) -> dict[str, str]:
    """Return a name in its three columns.

    Of two Chinese texts the first is in Simplified and the second in Traditional characters, even
    where one of them is empty; a single one is in the characters of the office.
    """
    latin = next((said.text for said in words if said.text and not chinese(said)), "")
    han = [said.text for said in words if chinese(said)]
    if len(han) == 1:
        han = ["", han[0]] if office in TRADITIONAL else [han[0], ""]
    hans, hant, *_ = *han, "", ""
    return {field_name: latin, f"{field_name}_zh_hans": hans, f"{field_name}_zh_hant": hant}


def class_numbers(classes: Iterable[str]) -> list[str]:
    """Return the numbers of classes, each once and in order; what is no number is left to reject.

    Offices write ``009`` for class 9.
    """
    plain = {each.lstrip("0") if each.isascii() and each.isdigit() else each for each in classes}
    return sorted(filter(None, plain), key=lambda each: (len(each), each))


def goods_text(goods: Sequence[Goods]) -> str:
    """Return goods as one text: a line for each class and language, plain where there is one.

    Of several languages, English, Chinese and what has no code are kept, else the first.
    """
    spoken = [each for each in goods if each.said.text]
    kept = {each.said.language.lower()[:2] for each in spoken} & set(_PREFERRED)
    if spoken and not kept:
        kept = {spoken[0].said.language.lower()[:2]}
    lines = [each for each in spoken if each.said.language.lower()[:2] in kept]
    if len(lines) == 1:
        return lines[0].said.text
    numbered = [each for each in lines if each.number]
    loose = [each.said.text for each in lines if not each.number]
    return "\n".join([*loose, *map(_goods_line, sorted(numbered, key=_goods_order))])


def goods_by_class(text: str, classes: Sequence[int]) -> dict[int, str] | None:
    """Return what a text of goods says of each class, or None if reading it so would change it."""
    if len(classes) == 1:
        return {classes[0]: text} if text and text == tidy(text) else None
    lines = [_LINE.fullmatch(line) for line in text.split("\n")]
    by_class = {int(line[1]): line[2] for line in lines if line}
    goods = [Goods(str(number), Said(tidy(said))) for number, said in by_class.items()]
    return by_class if set(by_class) <= set(classes) and goods_text(goods) == text else None


def contact_of(representatives: Sequence[Party]) -> Party:
    """Return the first representative that can be reached, else the first that has a name."""
    named = [party for party in representatives if party.name]
    return next((party for party in named if party.reachable), named[0] if named else Party())


def distinct(parts: Iterable[str], separator: str) -> str:
    """Return texts joined, each once whatever its case, without empty ones."""
    seen = {part.casefold(): part for part in reversed([tidy(part) for part in parts]) if part}
    return separator.join(reversed(seen.values()))


def tidy(text: str) -> str:
    """Return text with every run of blanks and line ends as one space."""
    return " ".join(text.split())


def _goods_order(goods: Goods) -> tuple[int, str, str]:
    number = goods.number.lstrip("0")
    return len(number), number, goods.said.language


def _goods_line(goods: Goods) -> str:
    number = goods.number.lstrip("0")
    return (
        f"第{number}类：{goods.said.text}"
        if chinese(goods.said)
        else (f"Class {number}: {goods.said.text}")
    )
