from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from countermark.apps.audit.models import Entry
from countermark.apps.cases.models import CaseCost, Security, SecurityEntry
from countermark.apps.cases.selectors_money import (
    costs_owed,
    held_minor,
    holding,
    securities_for,
    security_get,
    security_list,
)
from countermark.apps.cases.services import (
    AmountInput,
    SecurityInput,
    case_act,
    cost_record,
    cost_reverse,
    costs,
    general_security_ask,
    securities,
    security_ask,
    security_draw,
    security_receive,
    security_return,
)
from countermark.domain.errors import ActNotOpen, InvalidInput, NotFound, NotPermitted
from countermark.domain.money import Money

DAY = date(2014, 3, 10)


def yuan(amount: int) -> Money:
    return Money(amount * 100, "CNY")


def said(amount: int, text: str = "") -> AmountInput:
    return AmountInput(yuan(amount), DAY, text)


def wanted(amount: int, kind: str = "holder", **changes) -> SecurityInput:
    fields = {
        "kind": kind,
        "form": "cash",
        "giver": "Meridian Ltd",
        "measured": yuan(amount),
        "valid_from": DAY,
    }
    return SecurityInput(**(fields | changes))


@pytest.fixture
def asked(mainland_case, peng) -> Security:
    return security_ask(case=mainland_case, asked=wanted(60_000), by=peng)


@pytest.fixture
def held(asked, peng) -> Security:
    security_receive(security=asked, received=said(30_000), by=peng)
    return asked


def refusal(error, call, /, **arguments):
    """Return the code of the refusal, once nothing was written."""
    before = (Security.objects.count(), SecurityEntry.objects.count(), CaseCost.objects.count())
    entries = Entry.objects.count()
    with pytest.raises(error) as refused:
        call(**arguments)
    assert before == (
        Security.objects.count(),
        SecurityEntry.objects.count(),
        CaseCost.objects.count(),
    )
    assert Entry.objects.count() == entries
    return refused.value.code


@pytest.mark.parametrize(
    ("value", "security"),
    [
        (19_999, 19_999),
        (20_000, 20_000),
        (40_000, 20_000),
        (60_000, 30_000),
        (200_000, 100_000),
        (200_001, 100_000),
    ],
)
def test_what_is_asked_is_what_the_law_measures(mainland_case, peng, value, security):
    row = security_ask(case=mainland_case, asked=wanted(value), by=peng)
    assert (row.asked_minor, row.source) == (security * 100, "cn/ipr-customs-measures#23")
    assert row.verification == "verified-old-edition"
    assert row.number == "GD-S-2014-000001"


def test_numbers_of_securities_and_cases_run_apart(mainland_case, asked):
    assert mainland_case.number == "GD-2014-000001"
    assert asked.number == "GD-S-2014-000001"


def test_hong_kong_asks_no_security(case, chan):
    hk = wanted(60_000, measured=Money(100, "HKD"))
    code = refusal(InvalidInput, security_ask, case=case, asked=hk, by=chan)
    assert code == "security-not-asked"


def test_only_a_patent_lets_the_trader_deposit(mainland_case, peng, right):
    counter = wanted(60_000, "counter")
    code = refusal(ActNotOpen, security_ask, case=mainland_case, asked=counter, by=peng)
    assert code == "counter-security-needs-patent"
    right.right_type = "patent-invention"
    right.save()
    row = security_ask(case=mainland_case, asked=counter, by=peng)
    assert (row.asked_minor, row.source) == (6_000_000, "cn/ipr-customs-regulations#19")


def test_a_value_in_another_currency_is_refused(mainland_case, peng):
    hk = wanted(1, measured=Money(100, "HKD"))
    assert (
        refusal(InvalidInput, security_ask, case=mainland_case, asked=hk, by=peng)
        == "currencies-differ"
    )


def test_no_more_is_received_than_was_asked(asked, peng):
    security_receive(security=asked, received=said(20_000), by=peng)
    code = refusal(InvalidInput, security_receive, security=asked, received=said(10_001), by=peng)
    assert code == "security-more-than-asked"
    security_receive(security=asked, received=said(10_000), by=peng)
    assert held_minor(asked) == 3_000_000


def test_costs_are_drawn_up_to_what_is_owed_and_the_rest_returned(held, mainland_case, peng):
    cost_record(case=mainland_case, kind="storage", said=said(1_200), by=peng)
    assert costs_owed(mainland_case) == (yuan(1_200),)
    draw = {"security": held, "case": mainland_case, "drawn_for": "costs", "by": peng}
    assert refusal(InvalidInput, security_draw, drawn=said(1_201), **draw) == (
        "security-more-than-owed"
    )
    back = {"security": held, "returned": said(28_800), "by": peng}
    assert refusal(ActNotOpen, security_return, **back) == "security-case-open"
    case_act(case=mainland_case, act="clear-suspicion", acted_on=DAY, reason="no", by=peng)
    case_act(case=mainland_case, act="release", acted_on=DAY, by=peng)
    assert refusal(ActNotOpen, security_return, **back) == "security-costs-owed"
    security_draw(drawn=said(1_200), **draw)
    security_return(**back)
    assert (held_minor(held), costs_owed(mainland_case)) == (0, ())


def test_why_something_is_still_held(held, mainland_case, peng):
    def why() -> str:
        return holding(security_get(number=held.number, visible_to=peng), DAY).why

    assert why() == "case-open"
    cost = cost_record(case=mainland_case, kind="destruction", said=said(500), by=peng)
    case_act(case=mainland_case, act="clear-suspicion", acted_on=DAY, reason="no", by=peng)
    case_act(case=mainland_case, act="release", acted_on=DAY, by=peng)
    assert why() == "costs-owed"
    cost_reverse(cost=cost, reason="entered twice", by=peng)
    assert why() == "return-due"
    security_return(security=held, returned=said(30_000), by=peng)
    assert why() == ""
    assert not security_list(visible_to=peng, held_only=True).exists()


def test_damage_found_by_a_court_is_drawn_with_its_reason(held, mainland_case, peng):
    draw = {"security": held, "case": mainland_case, "drawn_for": "compensation", "by": peng}
    assert refusal(InvalidInput, security_draw, drawn=said(9_000), **draw) == "field-missing"
    security_draw(drawn=said(9_000, "Judgment 12 of 2014"), **draw)
    assert held_minor(held) == 2_100_000


def test_a_cost_is_paid_or_taken_back_once(mainland_case, peng):
    cost = cost_record(case=mainland_case, kind="transport", said=said(300), by=peng)
    over = {"case": mainland_case, "kind": "paid", "said": said(301), "by": peng}
    assert refusal(InvalidInput, cost_record, **over) == "cost-more-than-owed"
    cost_record(case=mainland_case, kind="paid", said=said(100), by=peng)
    again = {"cost": cost, "reason": "not ours", "by": peng}
    assert refusal(ActNotOpen, cost_reverse, **again) == "cost-paid-already"
    other = cost_record(case=mainland_case, kind="other", said=said(50), by=peng)
    cost_reverse(cost=other, reason="not ours", by=peng)
    assert refusal(ActNotOpen, cost_reverse, **again | {"cost": other}) == "cost-not-reversible"
    assert costs_owed(mainland_case) == (yuan(200),)


def test_a_general_security_covers_the_detentions_of_its_holder(mainland_case, peng, right):
    general = wanted(
        150_000, "general", holder=right.holder, valid_until=date(2014, 12, 31), form="guarantee"
    )
    row = general_security_ask(office=peng.office, asked=general, by=peng)
    assert row.asked_minor == 20_000_000
    found = {"visible_to": peng}
    assert [*securities_for(mainland_case, on=DAY, **found)] == [row]
    assert not securities_for(mainland_case, on=date(2015, 1, 1), **found).exists()
    security_receive(security=row, received=said(200_000), by=peng)
    cost_record(case=mainland_case, kind="storage", said=said(700), by=peng)
    security_draw(security=row, case=mainland_case, drawn=said(700), drawn_for="costs", by=peng)
    assert costs_owed(mainland_case) == ()
    assert holding(security_get(number=row.number, **found), DAY).why == "still-valid"


def test_another_office_sees_no_security(held, chan):
    assert not security_list(visible_to=chan).exists()
    with pytest.raises(NotFound):
        security_get(number=held.number, visible_to=chan)


def test_who_may_not_act_moves_no_money(held, mainland_case, peng):
    peng.role = "auditor"
    for call, arguments in (
        (security_ask, {"case": mainland_case, "asked": wanted(1)}),
        (security_receive, {"security": held, "received": said(1)}),
        (security_return, {"security": held, "returned": said(1)}),
        (cost_record, {"case": mainland_case, "kind": "storage", "said": said(1)}),
    ):
        refusal(NotPermitted, call, **arguments, by=peng)


@pytest.mark.parametrize("amount", [0, -5])
def test_an_amount_is_above_zero(held, peng, amount):
    assert refusal(
        InvalidInput, security_return, security=held, returned=said(amount), by=peng
    ) == ("amount-not-above-zero")


def test_movements_and_costs_are_append_only(held, mainland_case, peng):
    cost_record(case=mainland_case, kind="storage", said=said(5), by=peng)
    for rows in (SecurityEntry.objects.all(), CaseCost.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(amount_minor=1)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


@pytest.mark.parametrize("where", [securities, costs])
def test_a_failure_midway_leaves_nothing(mainland_case, asked, peng, monkeypatch, where):
    calls = {
        securities: lambda: security_ask(case=mainland_case, asked=wanted(5), by=peng),
        costs: lambda: cost_record(case=mainland_case, kind="storage", said=said(5), by=peng),
    }

    def fails(*_args, **_fields):
        raise RuntimeError

    monkeypatch.setattr(where, "audit_record", fails)
    with pytest.raises(RuntimeError):
        calls[where]()
    assert (Security.objects.count(), CaseCost.objects.count()) == (1, 0)
