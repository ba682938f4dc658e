"""Charts are well-formed, escaped, to scale and readable without seeing them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.web.svg import Column, Series, share_bar, stacked_columns, ticks

SERIES = (Series("Guangdong", "side1"), Series("Hong Kong", "side2"))
counts = st.integers(min_value=0, max_value=10_000)
values = st.tuples(counts, counts)


def drawn(columns: list[Column], **texts: str) -> ET.Element:
    texts = {"title": "Cases by week", "description": "Two weeks"} | texts
    return ET.fromstring(stacked_columns(columns, SERIES, **texts))  # noqa: S314 - our own markup


def column_rects(chart: ET.Element) -> list[list[ET.Element]]:
    return [group.findall("rect") for group in chart.findall("g")]


@given(st.integers(min_value=0, max_value=10**9))
def test_the_axis_starts_at_zero_and_reaches_the_largest_value(maximum):
    marks = ticks(maximum)
    steps = {after - before for before, after in pairwise(marks)}
    assert marks[0] == 0
    assert marks[-1] >= maximum
    assert len(steps) == 1
    assert len(marks) <= 6


@given(st.lists(values, min_size=1, max_size=30))
def test_heights_are_proportional_to_the_numbers(rows):
    chart = drawn([Column(str(n), "", row) for n, row in enumerate(rows)])
    scale = [float(line.get("y1")) for line in chart.findall("line")]
    marks = [int(text.text) for text in chart.findall("text")]
    per_unit = (scale[0] - scale[-1]) / marks[-1]
    for row, rects in zip(rows, column_rects(chart), strict=True):
        shown = [value for value in row if value]
        assert len(rects) == len(shown)
        for value, rect in zip(shown, rects, strict=True):
            wanted = max(value * per_unit - 1, 0)
            assert float(rect.get("height")) == pytest.approx(wanted, abs=0.11)


@given(st.text(min_size=1))
def test_every_text_is_escaped(text):
    clean = "".join(letter for letter in text if letter.isprintable()) or "<"
    chart = drawn([Column(clean, clean, (1, 2))], title=clean, description=clean)
    assert chart.find("title").text == clean
    assert chart.find("desc").text == clean
    assert chart.find("g/title").text == clean


def test_markup_in_a_label_stays_text():
    chart = drawn([Column("<script>", '"&', (1, 0))])
    assert [text.text for text in chart.findall("g/text")] == ["1", "<script>"]


def test_nothing_carries_an_inline_style_or_a_script():
    markup = stacked_columns([Column("1", "", (1, 2))], SERIES, title="t", description="d")
    markup += share_bar([("side1", 1)], 2)
    assert "style=" not in markup
    assert "<script" not in markup
    assert " on" not in markup


def test_a_chart_without_columns_is_an_empty_axis():
    assert column_rects(drawn([])) == []


def test_long_windows_label_some_columns_only():
    chart = drawn([Column(f"w{n}", "", (1, 1)) for n in range(26)])
    labels = [text.text for text in chart.iter("text") if (text.text or "").startswith("w")]
    assert labels == [f"w{n}" for n in range(0, 26, 4)]


@given(st.lists(st.decimals(min_value=0, max_value=10**6, places=3), min_size=1, max_size=4))
def test_shares_fill_their_part_of_the_bar(shares):
    whole = sum(shares, Decimal(0))
    bar = ET.fromstring(share_bar([("side1", share) for share in shares], whole))  # noqa: S314
    rects = bar.findall("rect")
    assert len(rects) == sum(1 for share in shares if share and share / whole * 300 > 0)
    assert all(float(rect.get("x")) <= 300 for rect in rects)
    assert bar.get("aria-hidden") == "true"


def test_a_bar_of_nothing_is_empty():
    bar = ET.fromstring(share_bar([("side1", 0)], 0))  # noqa: S314 - our own markup
    assert bar.findall("rect") == []
