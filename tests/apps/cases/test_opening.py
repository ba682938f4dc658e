from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from countermark.apps.audit.models import Entry
from countermark.apps.cases.convert import case_values
from countermark.apps.cases.models import Case, CaseCounter, CaseParty, GoodsLine
from countermark.apps.cases.services import (
    CaseDetails,
    GoodsInput,
    PartyInput,
    case_open,
    case_open_from_hit,
    opening,
)
from countermark.apps.screening.models import Disposition
from countermark.apps.screening.services import hit_undo
from countermark.domain.errors import (
    ActNotOpen,
    Conflict,
    InvalidInput,
    NotFound,
    NotPermitted,
    TermNotInForce,
)
from countermark.domain.money import Money
from countermark.domain.valuation import Valued
from countermark.domain.vocabulary import ValueBasis


def nothing_written() -> bool:
    counted = (Case, GoodsLine, CaseParty, CaseCounter, Disposition, Entry)
    return not any(model.objects.exists() for model in counted)


def test_a_case_opens_in_the_first_state_of_its_procedure(case, chan):
    assert (case.number, case.state, case.opened_by) == ("HK-2013-000001", "suspected", chan)
    assert [line.category for line in case.goods.all()] == ["bags-and-purses", "footwear"]
    assert case.parties.count() == 3
    entry = Entry.objects.get()
    assert (entry.act, entry.subject, entry.actor) == ("cases.case.opened", case.number, "chan")


def test_numbers_of_a_year_follow_each_other_without_a_gap(open_case):
    numbers = [open_case().number for _ in range(2)]
    with pytest.raises(InvalidInput):
        open_case(title=" ")
    numbers += [open_case().number, open_case(opened_on=date(2014, 1, 2)).number]
    assert numbers == ["HK-2013-000001", "HK-2013-000002", "HK-2013-000003", "HK-2014-000001"]


def test_a_case_of_guangdong_is_numbered_and_ruled_by_its_own_law(mainland_case):
    assert (mainland_case.number, mainland_case.state) == ("GD-2014-000001", "suspected")


def test_values_of_two_currencies_and_bases_are_two_totals(case):
    assert case_values(case) == (
        Valued(Money(3_000_000, "CNY"), ValueBasis.DECLARED),
        Valued(Money(5_000_000, "HKD"), ValueBasis.MARKET),
    )


def test_goods_without_a_value_add_nothing(open_case):
    case = open_case(goods=[GoodsInput("Purses", Decimal(3))])
    assert case_values(case) == ()


@pytest.mark.django_db
def test_a_failure_in_the_last_step_writes_nothing(open_case, hit, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(opening, "audit_record", fail)
    with pytest.raises(OSError, match="disk"):
        open_case(hits=[hit], details=CaseDetails(reason="look-alike mark"))
    hit.refresh_from_db()
    assert (hit.state, hit.relied_on_at) == ("open", None)
    assert nothing_written()


@pytest.mark.parametrize(
    ("changes", "refusal", "code"),
    [
        ({"title": ""}, InvalidInput, "field-missing"),
        ({"opened_on": date(2026, 11, 24)}, InvalidInput, "date-in-future"),
        ({"procedure_code": "cn/ex-officio"}, InvalidInput, "procedure-of-another-law"),
        ({"procedure_code": "hk/by-whim"}, NotFound, "procedure-unknown"),
        ({"procedure_code": "cn/on-application"}, TermNotInForce, "procedure-not-in-force"),
        ({"details": CaseDetails(channel="pigeon")}, InvalidInput, "code-unknown"),
        (
            {"details": CaseDetails(parties=[PartyInput("owner", " ")])},
            InvalidInput,
            "field-missing",
        ),
        ({"details": CaseDetails(parties=[PartyInput("", "A")])}, InvalidInput, "field-missing"),
        ({"details": CaseDetails(parties=[PartyInput("king", "A")])}, InvalidInput, "code-unknown"),
    ],
)
def test_a_malformed_case_is_refused_and_nothing_is_written(open_case, changes, refusal, code):
    with pytest.raises(refusal) as refused:
        open_case(**changes)
    assert refused.value.code == code
    assert nothing_written()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"description": " "}, "field-missing"),
        ({"category": "gadgets"}, "code-unknown"),
        ({"unit": "BOX"}, "unit-unknown"),
        ({"quantity": Decimal(-1)}, "quantity-negative"),
        ({"quantity": Decimal("0.0001")}, "quantity-malformed"),
        ({"quantity": Decimal(10) ** 15}, "quantity-malformed"),
        ({"value_minor": None}, "value-incomplete"),
        ({"value_minor": -1}, "value-negative"),
        ({"value_minor": 2**63}, "value-negative"),
        ({"currency": "RMB"}, "currency-unknown"),
        ({"value_basis": ""}, "value-incomplete"),
        ({"value_basis": "guessed"}, "code-unknown"),
        ({"valued_on": None}, "value-incomplete"),
    ],
)
def test_malformed_goods_are_refused(open_case, goods, changes, code):
    with pytest.raises(InvalidInput) as refused:
        open_case(goods=[replace(goods[0], **changes)])
    assert refused.value.code == code


def test_an_officer_opens_cases_in_his_own_office_only_and_a_supervisor_in_any(
    open_case, ho, wu, mak, airport
):
    with pytest.raises(NotFound):
        open_case(by=ho)
    with pytest.raises(NotPermitted):
        open_case(by=mak)
    assert open_case(by=wu, office=airport).office == airport


def test_a_case_opened_from_a_hit_confirms_it_and_takes_its_goods(hit, chan):
    case = case_open_from_hit(
        hit=hit,
        by=chan,
        opened_on=date(2026, 11, 23),
        procedure_code="hk/criminal-seizure",
        reason="The letter l stands for I.",
    )
    hit.refresh_from_db()
    line = case.goods.get()
    assert hit.state == "confirmed"
    assert hit.relied_on_at is not None
    assert hit.dispositions.get().reason == "The letter l stands for I."
    assert (case.title, case.origin_hit, case.channel) == ("MERIDIAN", hit, "express")
    assert (line.hit, line.value_minor, line.value_basis) == (hit, 120_000, "declared")
    assert {party.name for party in case.parties.all()} == {"Pelican Trading", "Wong Tai-man"}


def test_a_line_without_a_value_comes_into_the_case_without_one(hit, chan):
    hit.line.value_minor, hit.line.currency = None, ""
    hit.line.save()
    hit.refresh_from_db()
    case = case_open_from_hit(
        hit=hit,
        by=chan,
        opened_on=date(2026, 11, 23),
        procedure_code="hk/criminal-seizure",
        title="Purses",
        reason="Look-alike.",
    )
    assert (case.title, case_values(case)) == ("Purses", ())


def test_a_hit_brings_its_goods_into_one_case_only_and_is_not_undone(hit, chan, open_case):
    first = open_case(hits=[hit], details=CaseDetails(reason="Look-alike."))
    with pytest.raises(Conflict) as refused:
        open_case(hits=[hit], details=CaseDetails(reason="Again."))
    assert refused.value.params == {"hit": "H-000001", "case": first.number}
    with pytest.raises(ActNotOpen):
        hit_undo(hit=hit, by=chan)


def test_a_hit_is_not_confirmed_without_a_reason(hit, open_case):
    with pytest.raises(InvalidInput):
        open_case(hits=[hit], details=CaseDetails())
    assert nothing_written()


def test_a_bag_of_many_goods_is_written_in_a_few_statements(
    chan, tuen_mun, goods, django_assert_max_num_queries
):
    # SQLite takes 999 values in one statement, so 300 lines go in six; PostgreSQL needs fewer.
    with django_assert_max_num_queries(30):
        case_open(
            by=chan,
            office=tuen_mun,
            procedure_code="hk/criminal-seizure",
            opened_on=date(2014, 1, 6),
            title="A bag of parcels",
            goods=goods * 150,
        )
    assert GoodsLine.objects.count() == 300
