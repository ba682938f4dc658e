"""An index that has been changed, saved, opened or compacted finds what a new one finds."""

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.matching.core.index_asking import (
    MARKS,
    asked,
    matches,
    plain_matches,
    recorded,
    registers_and_lines,
    windows_of,
)
from tests.reference.index import Index as PlainIndex

from countermark.domain.matching.core.register import register_version
from countermark.domain.matching.core.registered import Index


def by_right(index, found):
    """Return matches with the right in place of the position; the dead are passed over."""
    return sorted((index.mark(mark).right_id, *rest) for mark, *rest in found if index.alive[mark])


def plainly(marks, found):
    return sorted((marks[mark].right_id, *rest) for mark, *rest in found)


@given(registers_and_lines(), st.data())
def test_an_index_built_by_changes_finds_what_one_built_at_once_finds(case, data):
    marks, texts = case
    first = data.draw(st.integers(0, len(marks)))
    gone = data.draw(st.sets(st.sampled_from(marks), max_size=3)) if marks else set()
    changed = (
        Index.of(marks[:first])
        .changed(added=[recorded("x", "Adidas"), *marks[first:]])
        .changed(withdrawn=["x", "unknown", *(mark.right_id for mark in gone)])
    )
    living = [mark for mark in marks if mark not in gone]
    assert changed.version == Index.of(living).version == register_version(living)
    plain = PlainIndex(living)
    windows = windows_of(texts, plain)
    for index in (changed, changed.compacted()):
        core = asked(index)
        for window in windows:
            expected = plainly(living, plain_matches(plain, window))
            assert by_right(index, matches(core, window)) == expected


@given(MARKS, st.data())
def test_needs_are_those_of_the_marks_that_count(marks, data):
    mask = data.draw(st.lists(st.integers(0, 1), min_size=len(marks), max_size=len(marks)))
    index = Index.of(marks)
    active = index.alive * 0
    active[:] = mask
    counted = Index.of([mark for mark, counts in zip(marks, mask, strict=True) if counts])
    for some, other in zip(index.needs(active), counted.needs(), strict=True):
        assert some.tolist() == other.tolist()


def test_a_changed_right_takes_the_place_of_the_old_one():
    index = Index.of([recorded("1", "Nike"), recorded("2", "Puma")])
    changed = index.changed(added=[recorded("1", "Nyke")])
    assert index.alive.tolist() == [1, 1]
    assert changed.alive.tolist() == [0, 1, 1]
    assert changed.version == register_version([recorded("2", "Puma"), recorded("1", "Nyke")])
    assert changed.changed(withdrawn=["1"], added=[]).alive.tolist() == [0, 1, 0]


def test_many_changes_grow_the_table_as_if_it_had_been_built_at_once():
    marks = [recorded(str(n), f"Brand{n}ware") for n in range(400)]
    index = Index.of([])
    for start in range(0, 400, 50):
        index = index.changed(added=marks[start : start + 50])
    core, plain = asked(index), PlainIndex(marks)
    for window in windows_of(["Brand7ware Brandware Brnad77ware brand77wore brand399"], plain):
        assert matches(core, window) == plain_matches(plain, window)
