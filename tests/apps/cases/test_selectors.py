from __future__ import annotations

from datetime import date

import pytest

from countermark.apps.cases.selectors import (
    attachment_get,
    case_get,
    case_list,
    case_procedure,
    case_timeline,
    deadline_due_list,
    partner_case_get,
    partner_case_list,
)
from countermark.apps.cases.services import case_act, note_add
from countermark.domain.errors import NotFound


def test_an_outsider_sees_no_case_and_a_supervisor_every_case(case, chan, ho, wu, kwok):
    assert case_get(number=case.number, visible_to=chan) == case
    assert case_get(number=case.number, visible_to=wu) == case
    for outsider in (ho, kwok):
        assert not case_list(visible_to=outsider).exists()
        with pytest.raises(NotFound) as refused:
            case_get(number=case.number, visible_to=outsider)
        assert refused.value.code == "case-unknown"


def test_a_case_that_is_not_there_is_refused_alike(chan):
    with pytest.raises(NotFound) as refused:
        case_get(number="HK-2013-999999", visible_to=chan)
    assert refused.value.code == "case-unknown"


@pytest.mark.parametrize(
    "query", ["", "HK-2013-000001", "pelican", "meridian purses", "420231", "ＰＥＬＩＣＡＮ"]
)
def test_a_search_reads_number_title_goods_marks_and_parties(case, chan, query):
    assert list(case_list(visible_to=chan, query=query)) == [case]


def test_a_search_wants_every_word(case, chan):
    assert not case_list(visible_to=chan, query="meridian tobacco").exists()


def test_cases_are_listed_by_state(case, chan, open_case):
    other = open_case(opened_on=date(2014, 1, 6))
    for act in ("clear-suspicion", "release"):
        case_act(case=other, act=act, acted_on=date(2014, 1, 7), reason="genuine", by=chan)
    found = {
        state: [each.number for each in case_list(visible_to=chan, state=state)]
        for state in ("open", "closed", "suspected", "released", None)
    }
    assert found == {
        "open": [case.number],
        "closed": [other.number],
        "suspected": [case.number],
        "released": [other.number],
        None: [other.number, case.number],
    }


def test_a_case_in_a_list_carries_the_next_day_a_term_ends(open_case, chan):
    case = open_case(procedure_code="hk/import-export-seizure")
    case_act(case=case, act="seize", acted_on=date(2013, 11, 5), by=chan)
    assert case_list(visible_to=chan).get().next_due_on == date(2013, 12, 4)


def test_a_list_of_cases_costs_the_same_however_long_it_is(
    open_case, chan, django_assert_num_queries
):
    for _ in range(3):
        open_case()
    with django_assert_num_queries(2):
        rows = list(case_list(visible_to=chan))
        assert [len(row.goods.all()) for row in rows] == [2, 2, 2]
        assert {row.office.administration.code for row in rows} == {"hk"}


def test_a_case_page_costs_the_same_however_many_goods_it_lists(
    open_case, goods, chan, django_assert_num_queries
):
    case = open_case(goods=goods * 20)
    with django_assert_num_queries(7):
        shown = case_get(number=case.number, visible_to=chan)
        assert {line.right.holder.name for line in shown.goods.all()} == {"Meridian Ltd"}
        assert (len(shown.parties.all()), len(shown.deadlines.all())) == (3, 0)


def test_deadlines_are_due_by_a_day_in_cases_the_officer_sees(open_case, chan, ho):
    case = open_case(procedure_code="hk/import-export-seizure", opened_on=date(2026, 11, 20))
    case_act(case=case, act="seize", acted_on=date(2026, 11, 20), by=chan)

    def due(by, up_to):
        return [each.code for each in deadline_due_list(up_to=up_to, visible_to=by)]

    assert due(chan, date(2026, 12, 19)) == ["notice-of-seizure", "claim"]
    assert due(chan, date(2026, 12, 18)) == []
    assert due(ho, date(2026, 12, 31)) == []


def test_a_bar_that_has_run_asks_nobody_for_anything(case, chan):
    for act in ("clear-suspicion", "release"):
        case_act(case=case, act=act, acted_on=date(2013, 11, 6), reason="genuine", by=chan)
    assert not deadline_due_list(up_to=date(2026, 12, 31), visible_to=chan).exists()


def test_the_timeline_tells_what_happened_in_order(case, chan):
    case_act(case=case, act="seize", acted_on=date(2013, 11, 6), reason="found", by=chan)
    note_add(case=case, text="Photographs follow.", by=chan)
    told = [(entry.kind, entry.on, entry.text) for entry in case_timeline(case)]
    assert told == [
        ("opened", date(2013, 11, 5), case.title),
        ("act", date(2013, 11, 6), "found"),
        ("note", date(2026, 11, 23), "Photographs follow."),
    ]


def test_a_case_keeps_the_law_it_was_opened_under(case):
    assert case_procedure(case).code == "hk/criminal-seizure"


def test_what_is_not_there_is_not_handed_out(chan, kwok):
    with pytest.raises(NotFound):
        attachment_get(pk=1, visible_to=chan)
    with pytest.raises(NotFound):
        partner_case_get(pk=1, visible_to=chan)
    assert not partner_case_list(visible_to=kwok).exists()
