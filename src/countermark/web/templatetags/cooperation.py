"""Filters of the pages for cases, operations, exchange and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import template

from countermark.web import formats

if TYPE_CHECKING:
    from datetime import date

    from countermark.apps.accounts.models import Officer

register = template.Library()


@register.filter
def at(table: Mapping[str, object], key: str) -> object:
    """Return what stands in a table under a key, or nothing."""
    return table.get(key, "")


@register.filter
def may(officer: Officer, act: str) -> bool:
    """Return whether the officer's role allows an act, for showing a way to it."""
    return officer.may(act)


@register.filter
def until(first: date, last: date) -> str:
    """Return a span of days in the reader's language, both named in full."""
    return formats.span_text(first, last)
