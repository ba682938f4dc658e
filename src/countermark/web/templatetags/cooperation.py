"""Filters of the pages for cases, operations, exchange and figures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django import template
from django.utils.translation import pgettext

from countermark.web import formats, labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.apps.accounts.models import Officer
    from countermark.apps.cases.models import GoodsLine

register = template.Library()
RATE_DIGITS = 8


@register.filter
def at(table: Mapping[str, object], key: str) -> object:
    """Return what stands in a table under a key, or nothing."""
    return table.get(key, "")


@register.filter
def may(officer: Officer, act: str) -> bool:
    """Return whether the officer's role allows an act, for showing a way to it."""
    return officer.may(act)


@register.filter
def rate(value: Decimal) -> str:
    """Return an exchange rate with eight digits after the point, enough to check by hand."""
    return formats.number_text(value, RATE_DIGITS)


@register.filter
def category_names(lines: Iterable[GoodsLine]) -> str:
    """Return the categories of some goods, each named once, in the order of the lines."""
    codes = dict.fromkeys(line.category for line in lines)
    return pgettext("between items of a list", ", ").join(
        labels.label("category", code) for code in codes
    )
