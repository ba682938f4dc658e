"""Goods of a case: entered many at once, amended, split, withdrawn; every earlier value kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from countermark.apps.audit.models import Entry
from countermark.apps.cases.convert import goods_input
from countermark.apps.cases.inputs import GoodsInput
from countermark.apps.cases.models import GoodsChange, GoodsLine
from countermark.apps.cases.selectors import case_list
from countermark.apps.cases.services import (
    CaseDetails,
    GoodsPart,
    case_act,
    case_open,
    goods_add,
    goods_amend,
    goods_clone,
    goods_restore,
    goods_split,
    goods_withdraw,
    goods_withdrawal,
    numbers_said,
)
from countermark.apps.cases.services import goods as goods_services
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound, NotPermitted

pytestmark = pytest.mark.django_db


def parcels(count, **changes):
    return [
        GoodsInput(f"Wallet {n}", Decimal(1), parcel_number=f"RR{n:09}CN", **changes)
        for n in range(count)
    ]


def line(case, number) -> GoodsLine:
    return GoodsLine.everything.get(case=case, line_no=number)


def written(case):
    """Everything that the services on goods write, as it stands."""
    case.refresh_from_db()
    return (
        list(GoodsLine.everything.filter(case=case).order_by("pk").values()),
        list(GoodsChange.objects.values()),
        case.search_text,
        Entry.objects.count(),
    )


@pytest.fixture
def closed(case, chan):
    for act in ("clear-suspicion", "release"):
        case_act(case=case, act=act, acted_on=date(2013, 11, 6), reason="genuine", by=chan)
    case.refresh_from_db()
    return case


CALLS = {
    "add": lambda case, by: goods_add(case=case, goods=parcels(3), by=by),
    "clone": lambda case, by: goods_clone(case=case, line_no=1, copies=2, by=by),
    "amend": lambda case, by: goods_amend(case=case, line_no=1, goods=parcels(1)[0], by=by),
    "split": lambda case, by: goods_split(
        case=case, line_no=1, parts=[GoodsPart(Decimal(200)), GoodsPart(Decimal(300))], by=by
    ),
    "withdraw": lambda case, by: goods_withdraw(case=case, line_nos=[1, 2], by=by, reason="x"),
}


def test_many_lines_are_numbered_on_from_the_last_without_a_gap(case, chan):
    rows = goods_add(case=case, goods=parcels(1200), by=chan, after=2)
    assert [row.line_no for row in rows] == list(range(3, 1203))
    assert case.goods.count() == 1202
    entry = Entry.objects.latest("pk")
    assert entry.act == "cases.goods.added"
    assert entry.detail == {"count": 1200, "first_line": 3, "last_line": 1202}


def test_what_is_read_does_not_grow_with_the_lines(case, chan):
    def reads(count):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            goods_add(case=case, goods=parcels(count), by=chan)
        return [q["sql"] for q in queries if not q["sql"].startswith("INSERT INTO")]

    assert len(reads(2)) == len(reads(700))


def test_the_case_is_found_by_what_was_entered(case, chan):
    goods_add(case=case, goods=parcels(3, brand="Orlivané"), by=chan)
    for query in ("RR000000002CN", "orlivane", "wallet"):
        assert case_list(visible_to=chan, query=query).get() == case


def test_lines_entered_meanwhile_are_told_and_nothing_is_written(case, chan):
    goods_add(case=case, goods=parcels(1), by=chan)
    before = written(case)
    with pytest.raises(Conflict):
        goods_add(case=case, goods=parcels(1), by=chan, after=2)
    assert written(case) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"parcel_number": "9" * 41},
        {"currency": "HKD"},
        {"value_minor": 5, "currency": "HKD", "value_basis": "declared"},
        {"description": " "},
    ],
)
def test_one_malformed_line_refuses_all(case, chan, changes):
    before = written(case)
    with pytest.raises(InvalidInput):
        goods_add(case=case, goods=[*parcels(5), replace(parcels(1)[0], **changes)], by=chan)
    assert written(case) == before


def test_none_and_far_too_many_are_refused(case, chan):
    for goods in ([], parcels(1) * (goods_services.MOST_ADDED + 1)):
        with pytest.raises(InvalidInput):
            goods_add(case=case, goods=goods, by=chan)


@pytest.mark.parametrize("name", CALLS)
def test_a_failure_in_the_last_step_writes_nothing(case, chan, monkeypatch, name):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    before = written(case)
    monkeypatch.setattr(goods_services, "audit_record", fail)
    monkeypatch.setattr(goods_withdrawal, "audit_record", fail)
    with pytest.raises(RuntimeError):
        CALLS[name](case, chan)
    assert written(case) == before


@pytest.mark.parametrize("name", CALLS)
def test_goods_of_a_closed_case_stay_as_they_are(closed, chan, name):
    before = written(closed)
    with pytest.raises(ActNotOpen):
        CALLS[name](closed, chan)
    assert written(closed) == before


@pytest.mark.parametrize("name", CALLS)
def test_who_may_not_act_on_cases_changes_no_goods(case, mak, name):
    before = written(case)
    with pytest.raises(NotPermitted):
        CALLS[name](case, mak)
    assert written(case) == before


def test_an_amended_line_keeps_what_it_said(case, chan):
    changed = replace(goods_input(line(case, 1)), quantity=Decimal(480), parcel_number="EE1")
    goods_amend(case=case, line_no=1, goods=changed, by=chan, reason="counted again")
    assert (line(case, 1).quantity, line(case, 1).parcel_number) == (480, "EE1")
    change = GoodsChange.objects.get()
    assert (change.kind, change.reason, change.by) == ("amended", "counted again", chan)
    assert (change.before["quantity"], change.after[0]["quantity"]) == ("500", "480")
    assert change.before["right"] == "hk/trade-mark/300000001"


def test_a_line_that_stays_as_it_was_is_not_recorded(case, chan):
    before = written(case)
    goods_amend(case=case, line_no=1, goods=goods_input(line(case, 1)), by=chan)
    assert written(case) == before


def test_the_record_of_a_change_cannot_be_changed(case, chan):
    goods_withdraw(case=case, line_nos=[1], by=chan, reason="another case")
    for act in (
        lambda: GoodsChange.objects.update(reason="y"),
        lambda: GoodsChange.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_split_keeps_the_sum_of_quantity_and_value(case, right, chan):
    parts = [
        GoodsPart(Decimal("166.667"), right),
        GoodsPart(Decimal("166.667"), None, "MERIDlAN"),
        GoodsPart(Decimal("166.666")),
    ]
    rows = goods_split(case=case, line_no=1, parts=parts, by=chan)
    assert [row.line_no for row in rows] == [1, 3, 4]
    stand = [line(case, row.line_no) for row in rows]
    assert sum(row.quantity for row in stand) == 500
    assert sum(row.value_minor for row in stand) == 5_000_000
    assert {(r.currency, r.value_basis, r.valued_on) for r in stand} == {
        ("HKD", "market", date(2013, 11, 5))
    }
    assert [(row.right, row.brand) for row in stand] == [
        (right, ""),
        (None, "MERIDlAN"),
        (None, ""),
    ]
    change = GoodsChange.objects.get()
    assert change.before["quantity"] == "500"
    assert [each["line_no"] for each in change.after] == [1, 3, 4]


@pytest.mark.parametrize("quantities", [[500], [200, 299], [500, 0], [600, -100]])
def test_parts_that_do_not_come_to_the_whole_are_refused(case, chan, quantities):
    before = written(case)
    parts = [GoodsPart(Decimal(quantity)) for quantity in quantities]
    with pytest.raises(InvalidInput):
        goods_split(case=case, line_no=1, parts=parts, by=chan)
    assert written(case) == before


def test_a_hit_stays_with_the_line_that_it_brought(hit, open_case, chan):
    case = open_case(goods=(), hits=[hit], details=CaseDetails(reason="same mark"))
    parts = [GoodsPart(Decimal(30), hit.right), GoodsPart(Decimal(10))]
    goods_split(case=case, line_no=1, parts=parts, by=chan)
    assert [line(case, number).hit for number in (1, 2)] == [hit, None]


def test_copies_leave_out_the_number_of_the_parcel(case, chan):
    goods_add(case=case, goods=parcels(1), by=chan)
    rows = goods_clone(case=case, line_no=3, copies=4, by=chan)
    assert [(row.line_no, row.description, row.parcel_number) for row in rows] == [
        (number, "Wallet 0", "") for number in (4, 5, 6, 7)
    ]
    for copies in (0, goods_services.MOST_COPIES + 1):
        with pytest.raises(InvalidInput):
            goods_clone(case=case, line_no=3, copies=copies, by=chan)


def test_a_withdrawn_line_counts_nowhere_and_comes_back_as_it_was(case, chan):
    before = list(case.goods.values())
    assert goods_withdraw(case=case, line_nos=[2, 1], by=chan, reason="two bags mixed up") == 2
    assert not case.goods.exists()
    assert goods_add(case=case, goods=parcels(1), by=chan)[0].line_no == 3
    assert goods_restore(case=case, line_nos=[1, 2], by=chan) == 2
    assert list(case.goods.filter(line_no__lt=3).values()) == before
    assert list(GoodsChange.objects.values_list("kind", "line__line_no")) == [
        ("withdrawn", 1),
        ("withdrawn", 2),
        ("restored", 1),
        ("restored", 2),
    ]


def test_a_withdrawal_names_lines_that_stand_and_a_reason(case, chan):
    for numbers, reason, refusal in (
        ([], "x", InvalidInput),
        ([1], " ", InvalidInput),
        ([1, 9], "x", NotFound),
    ):
        with pytest.raises(refusal):
            goods_withdraw(case=case, line_nos=numbers, by=chan, reason=reason)
    goods_withdraw(case=case, line_nos=[1], by=chan, reason="x")
    with pytest.raises(NotFound):
        goods_withdraw(case=case, line_nos=[1], by=chan, reason="x")
    with pytest.raises(NotFound):
        goods_restore(case=case, line_nos=[2], by=chan)
    with pytest.raises(NotFound):
        goods_amend(case=case, line_no=1, goods=parcels(1)[0], by=chan)


def test_a_hit_whose_goods_were_withdrawn_opens_no_second_case(hit, open_case, chan, tuen_mun):
    case = open_case(goods=(), hits=[hit], details=CaseDetails(reason="same mark"))
    goods_withdraw(case=case, line_nos=[1], by=chan, reason="wrong bag")
    with pytest.raises(Conflict):
        case_open(
            by=chan,
            office=tuen_mun,
            procedure_code="hk/criminal-seizure",
            opened_on=date(2026, 11, 20),
            title="Again",
            hits=[hit],
        )


def test_numbers_are_written_as_people_write_them():
    assert numbers_said([9, 3, 4, 5, 11]) == "3-5, 9, 11"
    assert numbers_said([]) == ""


def test_the_keys_by_which_cases_are_linked_follow_the_goods(open_case, chan, right):
    case = open_case(goods=[])

    def marks() -> list[str]:
        return [*case.keys.filter(kind="mark").values_list("shown", flat=True)]

    assert marks() == []
    goods_add(case=case, goods=[GoodsInput("Purses", Decimal(5), right=right)], by=chan)
    assert marks() == ["MERIDIAN"]
    goods_withdraw(case=case, line_nos=[1], by=chan, reason="counted twice")
    assert marks() == []
    goods_restore(case=case, line_nos=[1], by=chan)
    assert marks() == ["MERIDIAN"]
