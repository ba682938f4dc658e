"""A star: one thing in the middle and what is linked to it around."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from countermark.web.svg.markup import element, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

WIDTH, HEIGHT = 620, 380
RADIUS_X, RADIUS_Y, BOX_WIDTH, BOX_HEIGHT = 225, 150, 168, 30


@dataclass(frozen=True, slots=True)
class Spoke:
    """One end of the star; ``style`` is the class of its line, ``hint`` what links it."""

    label: str
    style: str
    hint: str


def star(centre: str, spokes: Sequence[Spoke], *, title: str, description: str) -> SafeString:
    """Return a star with its ends spread evenly, the first at the top, then clockwise.

    Args:
        centre: What stands in the middle.
        spokes: At most eight, so that no two boxes touch.
        title: What the figure shows.
        description: The same in words, for those who do not see it; a list stands beside it too.
    """
    ends = [(each, *_place(index, len(spokes))) for index, each in enumerate(spokes)]
    middle = (WIDTH / 2, HEIGHT / 2)
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        joined(
            element("line", x1=middle[0], y1=middle[1], x2=x, y2=y, klass=f"spoke {each.style}")
            for each, x, y in ends
        ),
        joined(_box(each.label, x, y, "end", each.hint) for each, x, y in ends),
        _box(centre, *middle, "hub", centre),
        klass="star",
        role="img",
        view_box=f"0 0 {WIDTH} {HEIGHT}",
    )


def _place(index: int, count: int) -> tuple[float, float]:
    angle = 2 * pi * index / max(1, count) - pi / 2
    return WIDTH / 2 + RADIUS_X * cos(angle), HEIGHT / 2 + RADIUS_Y * sin(angle)


def _box(label: str, x: float, y: float, style: str, hint: str) -> SafeString:
    left, top = x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2
    size = {"width": BOX_WIDTH, "height": BOX_HEIGHT, "rx": 5}
    return element(
        "g",
        element("title", hint),
        element("rect", x=left, y=top, klass=style, **size),
        element("text", label, x=x, y=y + 5, text_anchor="middle", klass="svgb"),
    )
