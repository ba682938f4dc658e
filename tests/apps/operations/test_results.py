"""Results are counted from our own cases, stated in revisions, and never added across parties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.apps.operations.scene import ENDS, STARTS, goods

from countermark.apps.accounts.models import Administration, Office
from countermark.apps.audit.models import Entry
from countermark.apps.operations import services
from countermark.apps.operations.convert import statement_from_row
from countermark.apps.operations.inputs import ResultStatement
from countermark.apps.operations.models import Contribution, Result
from countermark.apps.operations.selectors import (
    contributable_case_list,
    contribution_list,
    operation_tally,
)
from countermark.apps.operations.services import results
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound, NotPermitted
from countermark.domain.measures import Amount, Part, Tally
from countermark.domain.money import Money
from countermark.domain.vocabulary import ValueBasis

pytestmark = pytest.mark.django_db
MARCH_25 = datetime(2014, 3, 25, 9, 30, tzinfo=UTC)
MESSAGE = "0197a3c4-0000-7000-8000-000000000001"


def guangdong_states(operation, revision=1, **changes) -> ResultStatement:
    amount = Amount(Money(3_000_000, "CNY"), ValueBasis.DECLARED)
    given = {
        "key": operation.key,
        "revision": revision,
        "as_of": MARCH_25,
        "tally": Tally(5, Decimal(450), (amount,)),
        "categories": (Part("footwear", Tally(5, Decimal(450), (amount,)), 5),),
        "arrests": None,
        "stated_by": "Officer Zhou",
    }
    return ResultStatement(**given | changes)


def stated(operation, lin, **changes):
    return services.result_state(operation=operation, by=lin, as_of=MARCH_25, **changes)


def test_a_result_is_counted_from_the_goods_of_the_contributed_cases(agreed, opened, lin):
    purses_and_shoes = opened(
        goods("bags-and-purses", 40, 640_000), goods("footwear", 60, 900_000, unit="PR")
    )
    shoes = opened(goods("footwear", 2, 100_000, unit="DZN"))
    jewellery_by_weight = opened(goods("jewellery", 3, 5_000, unit="KGM"))
    for case in (purses_and_shoes, shoes, jewellery_by_weight):
        services.result_contribute(operation=agreed, case=case, by=lin)
    opened(goods("watches", 999, 99_900_000))
    result = stated(agreed, lin, arrests=2)
    assert (result.cases, result.items, result.lines_uncounted) == (3, 124, 1)
    assert (result.value_minor, result.currency, result.value_basis) == (1_645_000, "HKD", "market")
    assert (result.revision, result.own, result.arrests) == (1, True, 2)
    assert result.sources == [
        case.number for case in (purses_and_shoes, shoes, jewellery_by_weight)
    ]
    rows = {part.code: part.tally for part in statement_from_row(result).categories}
    assert {code: (tally.cases, tally.items) for code, tally in rows.items()} == {
        "footwear": (2, 84),
        "bags-and-purses": (0, 40),
        "jewellery": (1, 0),
    }


def test_an_unchanged_result_makes_no_revision_and_a_changed_one_leaves_the_old(
    agreed, opened, lin
):
    services.result_contribute(operation=agreed, case=opened(), by=lin)
    first = stated(agreed, lin)
    entries = Entry.objects.count()
    later = services.result_state(operation=agreed, by=lin, as_of=datetime(2014, 4, 1, tzinfo=UTC))
    assert later == first
    assert Entry.objects.count() == entries
    services.result_contribute(operation=agreed, case=opened(), by=lin)
    second = stated(agreed, lin)
    assert (first.cases, second.cases, second.revision) == (1, 2, 2)
    assert Result.objects.count() == 2


def test_another_case_with_the_same_figures_is_another_result(agreed, opened, lin):
    case = opened()
    services.result_contribute(operation=agreed, case=case, by=lin)
    stated(agreed, lin)
    services.contribution_withdraw(operation=agreed, case=case, by=lin, reason="genuine goods")
    services.result_contribute(operation=agreed, case=opened(), by=lin)
    assert stated(agreed, lin).revision == 2


def test_an_operation_that_found_nothing_states_nothing(agreed, lin):
    result = stated(agreed, lin)
    assert (result.cases, result.items, result.value_minor, result.currency) == (0, 0, 0, "")
    assert stated(agreed, lin) == result


@pytest.mark.parametrize("line", [{"currency": "CNY"}, {"value_basis": "declared"}])
def test_goods_in_another_currency_or_on_another_basis_are_refused_not_added(
    agreed, opened, lin, line
):
    services.result_contribute(operation=agreed, case=opened(goods(), goods(**line)), by=lin)
    with pytest.raises(InvalidInput, match="result-values-differ"):
        stated(agreed, lin)
    assert not Result.objects.exists()


def test_the_first_contribution_starts_the_operation(agreed, opened, lin):
    services.result_contribute(operation=agreed, case=opened(), by=lin)
    agreed.refresh_from_db()
    assert agreed.state == "running"


@pytest.mark.parametrize("on", [STARTS, ENDS])
def test_both_days_of_the_window_belong_to_it(agreed, opened, lin, on):
    services.result_contribute(operation=agreed, case=opened(on=on), by=lin)
    assert stated(agreed, lin).cases == 1


@pytest.mark.parametrize("on", [date(2013, 10, 21), date(2014, 3, 25)])
def test_a_case_outside_the_window_does_not_count(agreed, opened, lin, on):
    with pytest.raises(InvalidInput, match="case-outside-window"):
        services.result_contribute(operation=agreed, case=opened(on=on), by=lin)
    agreed.refresh_from_db()
    assert agreed.state == "agreed"
    assert not Contribution.objects.exists()


def test_a_case_counts_once_and_the_database_says_so_too(agreed, opened, lin):
    case = opened()
    services.result_contribute(operation=agreed, case=case, by=lin)
    with pytest.raises(Conflict, match="case-already-contributed"):
        services.result_contribute(operation=agreed, case=case, by=lin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(
            operation=agreed, case=case, contributed_by=lin, contributed_at=MARCH_25
        )


def test_only_our_own_cases_are_contributed(agreed, opened, lin, guangdong):
    case = opened()
    case.office = Office.objects.create(administration=guangdong, code="huanggang")
    case.save()
    with pytest.raises(InvalidInput, match="case-not-own"):
        services.result_contribute(operation=agreed, case=case, by=lin)


def test_nothing_is_contributed_before_all_have_agreed(proposed, opened, lin):
    with pytest.raises(ActNotOpen, match="operation-not-open"):
        services.result_contribute(operation=proposed, case=opened(), by=lin)
    with pytest.raises(ActNotOpen, match="operation-not-open"):
        stated(proposed, lin)


def test_after_closing_our_sheet_nothing_more_is_contributed(agreed, opened, lin):
    case = opened()
    services.result_contribute(operation=agreed, case=case, by=lin)
    stated(agreed, lin)
    services.operation_close(operation=agreed, by=lin, closed_on=date(2014, 3, 25))
    for act in (
        lambda: services.result_contribute(operation=agreed, case=opened(), by=lin),
        lambda: services.contribution_withdraw(operation=agreed, case=case, by=lin, reason="x"),
        lambda: stated(agreed, lin),
    ):
        with pytest.raises(ActNotOpen, match="operation-sheet-closed"):
            act()


def test_a_withdrawal_needs_a_reason_and_a_contribution(agreed, opened, lin):
    case = opened()
    with pytest.raises(NotFound, match="contribution-unknown"):
        services.contribution_withdraw(operation=agreed, case=case, by=lin, reason="x")
    services.result_contribute(operation=agreed, case=case, by=lin)
    with pytest.raises(InvalidInput, match="reason-missing"):
        services.contribution_withdraw(operation=agreed, case=case, by=lin, reason="  ")
    services.contribution_withdraw(operation=agreed, case=case, by=lin, reason="genuine")
    services.result_contribute(operation=agreed, case=case, by=lin)
    assert Contribution.objects.count() == 2


@pytest.mark.parametrize("who", ["chan", "lau", "mak"])
def test_those_who_may_not_contribute_state_nothing_either(request, agreed, opened, who):
    officer = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        services.result_contribute(operation=agreed, case=opened(), by=officer)
    with pytest.raises(NotPermitted):
        services.result_state(operation=agreed, by=officer, as_of=MARCH_25)


@pytest.mark.parametrize("step", ["contribute", "state", "receive", "withdraw"])
def test_an_act_whose_last_step_fails_writes_nothing(agreed, opened, lin, monkeypatch, step):
    guangdong = Administration.objects.get(code="cn-gd")
    case, kept = opened(), opened()
    services.result_contribute(operation=agreed, case=kept, by=lin)
    agreed.refresh_from_db()
    monkeypatch.setattr(results, "audit_record", _fail)
    attempts = {
        "contribute": lambda: services.result_contribute(operation=agreed, case=case, by=lin),
        "withdraw": lambda: services.contribution_withdraw(
            operation=agreed, case=kept, by=lin, reason="x"
        ),
        "state": lambda: stated(agreed, lin),
        "receive": lambda: services.result_receive(
            administration=guangdong, statement=guangdong_states(agreed), message_id=MESSAGE
        ),
    }
    with pytest.raises(RuntimeError):
        attempts[step]()
    assert Contribution.objects.filter(withdrawn_at__isnull=True).count() == 1
    assert not Result.objects.exists()


def _fail(*_args, **_kwargs):
    raise RuntimeError


def test_a_partners_result_is_taken_in_once_whatever_the_order_of_revisions(agreed, guangdong):
    for revision in (2, 1, 2, 1):
        services.result_receive(
            administration=guangdong,
            statement=guangdong_states(agreed, revision),
            message_id=MESSAGE,
        )
    assert Result.objects.count() == 2
    row = next(row for row in operation_tally(agreed) if not row.own)
    assert (row.result.revision, row.result.message_id) == (2, MESSAGE)
    assert statement_from_row(row.result) == guangdong_states(agreed, 2)


def test_a_known_revision_with_other_figures_is_refused(agreed, guangdong):
    first = guangdong_states(agreed)
    services.result_receive(administration=guangdong, statement=first, message_id=MESSAGE)
    with pytest.raises(Conflict, match="result-revision-differs"):
        services.result_receive(
            administration=guangdong, statement=replace(first, arrests=3), message_id=MESSAGE
        )
    assert Result.objects.get().arrests is None


def test_results_come_from_parties_to_agreed_operations_only(proposed, guangdong):
    macao = Administration.objects.create(code="mo", law="mo")
    statement = guangdong_states(proposed)
    with pytest.raises(NotFound):
        services.result_receive(administration=macao, statement=statement, message_id=MESSAGE)
    with pytest.raises(ActNotOpen):
        services.result_receive(administration=guangdong, statement=statement, message_id=MESSAGE)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_refuses_to_change_a_result(agreed, lin, verb):
    stated(agreed, lin)
    rows = Result.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(cases=99) if verb == "update" else rows._raw_delete(rows.db)
    assert Result.objects.get().cases == 0


def test_the_tally_has_a_row_for_each_party_in_its_own_money(agreed, opened, lin, guangdong):
    before = operation_tally(agreed)
    assert [(row.party.administration.code, row.result) for row in before] == [
        ("cn-gd", None),
        ("hk", None),
    ]
    services.result_contribute(operation=agreed, case=opened(), by=lin)
    stated(agreed, lin)
    services.result_receive(
        administration=guangdong, statement=guangdong_states(agreed), message_id=MESSAGE
    )
    rows = [
        (row.own, row.result.value_minor, row.result.currency, row.result.value_basis)
        for row in operation_tally(agreed)
    ]
    assert rows == [(False, 3_000_000, "CNY", "declared"), (True, 1_500_000, "HKD", "market")]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("chan", {"here"}), ("ho", {"there"}), ("lin", {"here", "there"}), ("kwok", set())],
)
def test_officers_see_the_contributed_cases_of_their_own_office(request, agreed, opened, who, sees):
    lin, airport = request.getfixturevalue("lin"), request.getfixturevalue("airport")
    cases = {"here": opened(), "there": opened(office=airport)}
    for case in cases.values():
        services.result_contribute(operation=agreed, case=case, by=lin)
    rows = contribution_list(operation=agreed, visible_to=request.getfixturevalue(who))
    assert {row.case for row in rows} == {cases[place] for place in sees}


def test_what_can_still_be_contributed_is_ours_inside_the_window_and_not_taken(
    agreed, opened, lin, ho
):
    taken, free = opened(), opened(on=ENDS)
    opened(on=date(2014, 3, 25))
    services.result_contribute(operation=agreed, case=taken, by=lin)
    assert set(contributable_case_list(operation=agreed, visible_to=lin)) == {free}
    assert not contributable_case_list(operation=agreed, visible_to=ho)
