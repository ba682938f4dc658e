"""What is lacking on one side: found where it is, filled exactly, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from countermark.domain.gaps import Attorney, Cell, Gap, GapKind, MappedRight, gaps_found

TODAY = date(2026, 6, 1)
SIDES = ("cn-gd", "hk", "mo")
FAR = TODAY + timedelta(days=4000)
NEAR_DAYS = 180

DAYS = st.none() | st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=900))
CELLS = st.builds(
    Cell,
    file=st.integers(1, 99),
    recorded=st.booleans(),
    draft=st.just(False),
    classes=st.frozensets(st.integers(1, 45), max_size=4),
    goods=st.dictionaries(
        st.sampled_from(["han", "other"]),
        st.frozensets(st.sampled_from(["bags", "shoes", "watches", "手袋"]), min_size=1),
    ),
    licensees=st.frozensets(st.sampled_from(["Pelican", "Heron", "Kite"])),
    examiner=st.sampled_from([(), ("examiner",)]),
    photos=st.sampled_from([(), ("genuine_image",)]),
    expires_on=DAYS,
    right_until=DAYS,
)
RIGHTS = st.builds(
    MappedRight,
    key=st.just("VELUNDRA"),
    cells=st.dictionaries(st.sampled_from(SIDES), CELLS),
    unrecordable=st.frozensets(st.sampled_from(SIDES), max_size=1),
)


def found(*rights: MappedRight, attorneys=()) -> tuple[Gap, ...]:
    return gaps_found(rights, SIDES, attorneys, today=TODAY, within_days=NEAR_DAYS)


def filled(right: MappedRight, gap: Gap) -> MappedRight:
    """The right once somebody has done what the gap asks for."""
    cell = right.cells.get(gap.administration)
    recorded = [each for each in right.cells.values() if each.recorded]
    if gap.kind is GapKind.NOT_RECORDED:
        goods: dict[str, frozenset[str]] = {}
        for each in recorded:
            for script, terms in each.goods.items():
                goods[script] = goods.get(script, frozenset()) | terms
        cell = Cell(
            file=100,
            classes=frozenset().union(*(each.classes for each in recorded)),
            goods=goods,
            licensees=frozenset().union(*(each.licensees for each in recorded)),
            expires_on=FAR,
            right_until=FAR,
        )
    elif gap.kind is GapKind.RECORDATION_EXPIRING:
        cell = replace(cell, expires_on=FAR)
    elif gap.kind is GapKind.RIGHT_EXPIRING:
        cell = replace(cell, right_until=FAR)
    elif gap.kind is GapKind.EXAMINER_MISSING:
        cell = replace(cell, examiner=())
    elif gap.kind is GapKind.PHOTOS_MISSING:
        cell = replace(cell, photos=())
    elif gap.kind is GapKind.CLASSES_DIFFER:
        cell = replace(cell, classes=cell.classes | set(map(int, gap.detail)))
    elif gap.kind is GapKind.LICENSEES_DIFFER:
        cell = replace(cell, licensees=cell.licensees | set(gap.detail))
    else:
        union = {
            script: frozenset().union(*(each.goods.get(script, frozenset()) for each in recorded))
            for script in cell.goods
        }
        cell = replace(cell, goods=union)
    return replace(right, cells={**right.cells, gap.administration: cell})


@given(RIGHTS, st.data())
def test_filling_a_gap_removes_exactly_it(right, data):
    gaps = [gap for gap in found(right) if gap.kind is not GapKind.NOT_RECORDABLE]
    assume(gaps)
    gap = data.draw(st.sampled_from(gaps))
    assert found(filled(right, gap)) == tuple(each for each in found(right) if each != gap)


@given(CELLS)
def test_the_same_record_everywhere_has_no_gap_but_what_it_lacks_itself(cell):
    whole = replace(cell, recorded=True, examiner=(), photos=(), expires_on=FAR, right_until=None)
    assert found(MappedRight("X", dict.fromkeys(SIDES, whole))) == ()


@given(RIGHTS)
def test_a_right_recorded_nowhere_has_no_gaps(right):
    cells = {code: replace(cell, recorded=False) for code, cell in right.cells.items()}
    assert found(replace(right, cells=cells)) == ()


@given(RIGHTS)
def test_a_side_that_does_not_record_the_kind_is_asked_for_nothing(right):
    for gap in found(right):
        if gap.administration in right.unrecordable:
            assert gap.kind is GapKind.NOT_RECORDABLE


@given(st.lists(RIGHTS, max_size=4), st.integers(0, 400))
def test_looking_further_ahead_never_hides_a_gap(rights, days):
    near = gaps_found(rights, SIDES, today=TODAY, within_days=days)
    further = gaps_found(rights, SIDES, today=TODAY, within_days=days + 30)
    assert set(near) <= set(further)


@given(st.lists(RIGHTS, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_the_files_does_not_matter(rights, random):
    shuffled = random.sample(rights, len(rights))
    assert found(*shuffled) == found(*rights)


def test_the_gravest_comes_first_and_then_what_ends_soonest():
    cell = Cell(file=1, classes=frozenset({18}), right_until=TODAY + timedelta(days=90))
    other = replace(cell, classes=frozenset({25}), expires_on=TODAY + timedelta(days=9))
    right = MappedRight("VELUNDRA", {"hk": cell, "cn-gd": other})
    agent = Attorney("Harbour Agents", TODAY + timedelta(days=3))
    kinds = [gap.kind for gap in found(right, attorneys=[agent])]
    assert kinds == [
        GapKind.NOT_RECORDED,
        GapKind.RECORDATION_EXPIRING,
        GapKind.RIGHT_EXPIRING,
        GapKind.RIGHT_EXPIRING,
        GapKind.ATTORNEY_EXPIRING,
        GapKind.CLASSES_DIFFER,
        GapKind.CLASSES_DIFFER,
    ]


def test_a_draft_is_a_gap_that_leads_to_the_draft_and_a_waiting_file_is_none():
    cell = Cell(file=1)
    draft = Cell(file=7, recorded=False, draft=True)
    waiting = Cell(file=8, recorded=False)
    gaps = found(MappedRight("X", {"hk": cell, "cn-gd": draft, "mo": waiting}))
    assert gaps == (Gap(GapKind.NOT_RECORDED, "X", "cn-gd", file=7),)


def test_terms_are_not_held_against_terms_in_another_script():
    one = Cell(file=1, goods={"han": frozenset({"手袋"})})
    two = Cell(file=2, goods={"other": frozenset({"bags"})})
    assert found(MappedRight("X", {"hk": one, "cn-gd": two, "mo": two})) == ()
