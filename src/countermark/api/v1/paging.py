"""What may be asked for: pages of lists, searches, codes, days, currencies."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator

from countermark.domain.money import EXPONENTS

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
M = TypeVar("M", bound=Model)


def _iso_day(value: object) -> object:
    """Let through what is written YYYY-MM-DD; a number would be taken for seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError(value)
    return value


def _known_currency(code: str) -> str:
    if code not in EXPONENTS:
        raise ValueError(code)
    return code


Day = Annotated[date, BeforeValidator(_iso_day)]
Currency = Annotated[
    str, AfterValidator(_known_currency), Field(json_schema_extra={"enum": sorted(EXPONENTS)})
]
# Text without control characters: a database may refuse what no officer can type.
Search = Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]
Code = Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]


class Page(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)


def page_of(rows: QuerySet[M], page: Page) -> list[M]:
    """Return the rows of one page, in the order of the list."""
    return list(rows[page.offset : page.offset + page.limit])
