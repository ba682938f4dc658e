"""Horizontal bars that stand beside their number."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from countermark.web.svg.markup import element, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from countermark.web.svg.markup import Number

WIDTH, GAP = 300, 1.5


def share_bar(
    shares: Iterable[tuple[str, Decimal | int]], whole: Decimal | int, *, height: Number = 16
) -> SafeString:
    """Return a bar of ``shares`` of ``whole``, drawn left to right; decoration beside the numbers.

    Args:
        shares: Class of the colour and value, 0 or more, of each part.
        whole: The value of the full width; at least the sum of the shares.
        height: Height in pixels; the width is the room there is.
    """
    left, rects = 0.0, []
    for style, value in shares:
        width = float(value / Decimal(whole)) * WIDTH if whole else 0.0
        if width > 0:
            # A part too small to see still shows as a sliver: it is there.
            seen = max(width - GAP, 1.0)
            rects.append(element("rect", x=left, y=0, width=seen, height=height, klass=style))
        left += width
    return element(
        "svg",
        joined(rects),
        klass="bar",
        view_box=f"0 0 {WIDTH} {height}",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )
