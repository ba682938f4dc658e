"""A watch that follows the register says what one read anew would say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countermark.apps.register.convert import Authorisation, RecordedRight
from countermark.apps.screening import watch as module
from countermark.apps.screening.watch import Watch
from countermark.domain.matching import register_version
from countermark.domain.matching.screener import Context
from countermark.domain.matching.types import Line, RecordedMark

START = date(2013, 10, 1)
DAYS = [START + timedelta(days=n) for n in range(6)]
WORDS = ("VELUNDRA", "VELUNDRO", "ORLIVANE", "KESTREMO")
LINES = [
    Line("1", goods_description="ladies' handbag", declared_brand=word, consignor="Pelican")
    for word in (*WORDS, "VELUNDR4")
]

days = st.sampled_from(DAYS)
spans = st.tuples(days, days).map(sorted)
parties = st.builds(
    lambda name, span: Authorisation(name, *span), st.sampled_from(["Pelican", "Heron"]), spans
)


@st.composite
def rights(draw) -> RecordedRight:
    key, (first, last) = draw(st.integers(1, 6)), draw(spans)
    mark = RecordedMark(
        str(key), "trade-mark", draw(st.sampled_from(WORDS)), "", "", (18,), "A", ()
    )
    given_to = tuple(draw(st.lists(parties, max_size=2)))
    return RecordedRight(key, draw(st.integers(1, 3)), first, last, mark, given_to)


registers = st.lists(rights(), max_size=6, unique_by=lambda right: right.right_id)


def said(watch: Watch) -> list[object]:
    """Everything a watch says of some days: register, hits, versions of rights."""
    said: list[object] = []
    for day in DAYS:
        hits = watch.screener(day).screen_lines(LINES)
        versions = [watch.right_version(hit.right_id) for hit in hits]
        said.append((watch.version([day]), hits, versions))
    return said


@pytest.fixture(autouse=True)
def always_followed(monkeypatch):
    """Never make a small index anew, as is done with large ones."""
    monkeypatch.setattr(module, "REBUILT_FROM", 0)


@settings(max_examples=10)
@given(before=registers, after=registers, third=registers)
def test_a_watch_that_followed_says_what_a_new_one_says(before, after, third):
    watch = Watch.of(before, Context())
    for register in (after, third):
        watch = watch.changed([*watch.rights], register)
        anew = Watch.of(register, Context())
        assert said(watch) == said(anew)
        assert watch.version(DAYS) == anew.version(DAYS)


@settings(max_examples=10)
@given(register=registers)
def test_the_version_of_a_day_is_that_of_its_marks(register):
    watch = Watch.of(register, Context())
    for day in DAYS:
        marks = [mark for right in register if (mark := right.mark_on(day)) is not None]
        assert watch.version([day]) == watch.screener(day).version == register_version(marks)


def right(key: int, **changes: object) -> RecordedRight:
    word = str(changes.pop("word", "VELUNDRA"))
    mark = RecordedMark(str(key), "trade-mark", word, "", "", (18,), "A", ())
    values = {"version": 1, "first": DAYS[0], "last": date.max, "mark": mark, "parties": ()}
    return RecordedRight(key, **values | changes)  # type: ignore[arg-type]


def test_a_change_that_concerns_no_mark_keeps_the_index():
    watch = Watch.of([right(1), right(2)], Context())
    later = watch.changed([1], [right(1, version=2)])
    assert later.whole is watch.whole
    assert (later.right_version("1"), watch.right_version("1")) == (2, 1)


def test_a_right_recorded_twice_is_looked_for_once():
    watch = Watch.of([right(1), right(1, first=DAYS[2], last=DAYS[4])], Context())
    hits = watch.screener(DAYS[3]).screen(LINES[0])
    assert [hit.right_id for hit in hits] == ["1"]
    assert watch.version([DAYS[3]]) == register_version([right(1).mark])


def test_an_index_of_mostly_dead_marks_is_made_anew(monkeypatch):
    monkeypatch.setattr(module, "REBUILT_FROM", 4)
    watch = Watch.of([right(n) for n in range(1, 9)], Context())
    watch = watch.changed([1], [right(1, word="ORLIVANE")])
    assert len(watch.whole.index) == 9
    for word in ("KESTREMO", "VELUNDRO"):
        watch = watch.changed([1], [right(1, word=word)])
    assert len(watch.whole.index) == 8


def test_only_the_screener_asked_for_last_is_kept():
    watch = Watch.of([right(1), right(2, first=DAYS[1])], Context())
    first = watch.screener(DAYS[0])
    assert watch.screener(DAYS[0]) is first
    assert watch.screener(DAYS[1]) is watch.screener(DAYS[5])
    assert watch.screener(DAYS[0]) is not first
