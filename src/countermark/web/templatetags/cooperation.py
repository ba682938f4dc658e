"""Filters of the pages for cases, operations, exchange and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
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
