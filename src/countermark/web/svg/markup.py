"""Writing SVG elements with every value escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Iterable

Number = int | float


def number(value: Number) -> str:
    """Return a coordinate with at most one digit after the point, without a useless zero."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, *children: str, **attributes: str | Number) -> SafeString:
    """Return one element; attribute names ``klass`` and ``view_box`` stand for SVG's own names.

    Children that are not marked safe are escaped, attribute values always.
    """
    names = {"klass": "class", "view_box": "viewBox"}
    pairs = (
        (names.get(key, key.replace("_", "-")), value if isinstance(value, str) else number(value))
        for key, value in attributes.items()
    )
    attrs = format_html_join("", ' {}="{}"', pairs)
    return format_html("<{0}{1}>{2}</{0}>", name, attrs, joined(children))


def joined(parts: Iterable[str]) -> SafeString:
    """Return some markup in a row; parts that are not marked safe are escaped."""
    return SafeString("".join(map(conditional_escape, parts)))
