"""Stacked columns: how many per week or day, by party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from countermark.web.svg.markup import element, joined
from countermark.web.svg.scale import ticks

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 620, 300, 34, 18, 30
WIDEST, MOST_LABELS = 46, 8


@dataclass(frozen=True, slots=True)
class Series:
    """One party of the stack; ``style`` is the class of its colour."""

    label: str
    style: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``values`` in the order of the series, ``hint`` said when it is pointed at."""

    label: str
    hint: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        """Height of the whole column."""
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values and columns come to lie, in the units of the view box."""

    top_value: int
    count: int

    @property
    def slot(self) -> float:
        return (WIDTH - LEFT - 6) / max(1, self.count)

    @property
    def width(self) -> float:
        return min(self.slot * 0.66, WIDEST)

    def x(self, index: int) -> float:
        return LEFT + index * self.slot + (self.slot - self.width) / 2

    def y(self, value: int) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / self.top_value)


def stacked_columns(
    columns: Sequence[Column], series: Sequence[Series], *, title: str, description: str
) -> SafeString:
    """Return a chart of stacked columns on an axis from zero, with its total above each column.

    Args:
        columns: Left to right; each has one value, 0 or more, per series.
        series: Bottom to top.
        title: What the chart shows.
        description: Its numbers in words, for those who do not see it.
    """
    marks = ticks(max((column.total for column in columns), default=0))
    plot = _Plot(marks[-1], len(columns))
    every = -(-len(columns) // MOST_LABELS)
    drawn = (
        _column(plot, index, column, series, labelled=index % every == 0)
        for index, column in enumerate(columns)
    )
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        joined(_grid_line(plot, mark) for mark in marks),
        joined(drawn),
        klass="columns",
        role="img",
        view_box=f"0 0 {WIDTH} {HEIGHT}",
    )


def _grid_line(plot: _Plot, mark: int) -> SafeString:
    y = plot.y(mark)
    line = element("line", x1=LEFT, x2=WIDTH - 4, y1=y, y2=y, klass="axis" if mark == 0 else "grid")
    text = element("text", str(mark), x=LEFT - 7, y=y + 4, text_anchor="end", klass="svgs")
    return joined((line, text))


def _column(
    plot: _Plot, index: int, column: Column, series: Sequence[Series], *, labelled: bool
) -> SafeString:
    x, base, rects = plot.x(index), 0, []
    for each, value in zip(series, column.values, strict=True):
        top = plot.y(base + value)
        height = max(plot.y(base) - top - 1, 0)
        if value:
            rects.append(
                element("rect", x=x, y=top, width=plot.width, height=height, klass=each.style)
            )
        base += value
    middle = x + plot.width / 2
    texts = []
    if column.total:
        at = plot.y(column.total) - 5
        texts.append(
            element("text", str(column.total), x=middle, y=at, text_anchor="middle", klass="svgb")
        )
    if labelled:
        texts.append(
            element(
                "text", column.label, x=middle, y=HEIGHT - 10, text_anchor="middle", klass="svgs"
            )
        )
    return element("g", element("title", column.hint), joined(rects), joined(texts))
