"""Pages of lists: how many, from where, and how many there are."""

from __future__ import annotations

from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from ninja import Field, Schema

M = TypeVar("M", bound=Model)

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
