"""The register of rights."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ninja import Field, Query, Router, Schema

from countermark.api.v1.http import OfficerRequest, officer_reading
from countermark.api.v1.paging import Page, Search, page_of
from countermark.api.v1.problems import PROBLEMS
from countermark.apps.register.selectors import right_list

if TYPE_CHECKING:
    from countermark.apps.register.models import Right

router = Router(tags=["rights"])


class Recorded(Schema):
    """The recordation of a right with one administration."""

    administration: str
    number: str
    recorded_on: date | None
    expires_on: date | None
    state: str


class RightRow(Schema):
    """One right with its holder and its recordations."""

    id: int
    label: str
    right_type: str
    jurisdiction: str
    registration_number: str
    word: str
    word_zh_hans: str
    word_zh_hant: str
    nice_classes: list[int]
    holder: str
    valid_from: date
    valid_until: date
    state: str
    version: int
    recordations: list[Recorded]


class RightPage(Schema):
    """Some of the rights; ``count`` is how many there are in all."""

    count: int
    items: list[RightRow]


class RightQuery(Page):
    """Which rights are asked for."""

    q: Search = Field("")


@router.get("", response={200: RightPage, **PROBLEMS}, summary="List rights")
def rights(request: OfficerRequest, asked: Query[RightQuery]) -> RightPage:
    """Return the rights of the register, in any state."""
    rows = right_list(visible_to=officer_reading(request, "rights.read"), query=asked.q)
    return RightPage(count=rows.count(), items=[_row(row) for row in page_of(rows, asked)])


def _row(right: Right) -> RightRow:
    return RightRow(
        id=right.pk,
        label=right.label,
        right_type=right.right_type,
        jurisdiction=right.jurisdiction,
        registration_number=right.registration_number,
        word=right.word,
        word_zh_hans=right.word_zh_hans,
        word_zh_hant=right.word_zh_hant,
        nice_classes=right.nice_classes,
        holder=right.holder.name,
        valid_from=right.valid_from,
        valid_until=right.valid_until,
        state=right.state,
        version=right.version,
        recordations=[
            Recorded(
                administration=each.administration.code,
                number=each.number,
                recorded_on=each.recorded_on,
                expires_on=each.expires_on,
                state=each.state,
            )
            for each in right.recordations.all()
        ],
    )
