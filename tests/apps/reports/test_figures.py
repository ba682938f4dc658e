"""Joint figures against figures added up by hand, and who may read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from tests.apps.operations.scene import goods

from countermark.apps.audit.models import Entry
from countermark.apps.operations.inputs import ResultStatement
from countermark.apps.operations.services import result_contribute, result_receive
from countermark.apps.reports import services
from countermark.apps.reports.models import PartnerFigures, Snapshot
from countermark.apps.reports.selectors import operation_figures, period_figures
from countermark.apps.reports.services import partner_figures_receive, snapshot_take
from countermark.apps.reports.statement import statement_content, statement_payload
from countermark.domain.errors import InvalidInput, NotPermitted
from countermark.domain.measures import (
    Amount,
    Breakdown,
    Part,
    Sheet,
    Tally,
    figures_of,
    tally_sum,
)
from countermark.domain.money import Money
from countermark.domain.vocabulary import ValueBasis

pytestmark = pytest.mark.django_db
START, END = date(2013, 7, 1), date(2014, 6, 30)
JULY_21 = date(2014, 7, 21)
AS_OF = datetime(2014, 7, 1, 8, 0, tzinfo=UTC)
MESSAGE = "0197a3c4-0000-7000-8000-000000000001"


def tally(cases, items, minor):
    amount = Amount(Money(minor, "CNY"), ValueBasis.DECLARED)
    return Tally(cases, Decimal(items), (amount,))


def guangdong_states(administration, revision=1, cases=422):
    """Guangdong states 422 cases bound for Hong Kong and 3 bound elsewhere."""
    bound, other = tally(cases, 500_000, 70_016_800_00), tally(3, 100, 50_000_00)
    parts = (Part("hk", bound, cases), Part("us", other, 3))
    sheet = Sheet(tally_sum([bound, other]), (Breakdown("destination", parts),))
    content = statement_content(START, END, sheet, reconstructed=True)
    return partner_figures_receive(
        administration=administration,
        data=statement_payload(content, revision, AS_OF),
        message_id=MESSAGE,
    )


def values(joint, **wanted):
    return [
        (figure.value, figure.currency)
        for figure in figures_of(joint)
        if all(getattr(figure, name) == value for name, value in wanted.items())
    ]


def test_the_published_sentence_of_guangdong_comes_out_of_its_statement(
    hongkong, guangdong, lin, opened
):
    opened(destination="HK")
    guangdong_states(guangdong)
    joint = period_figures(start=START, end=END, visible_to=lin, rate_date=JULY_21)
    bound = {"party": "cn-gd", "selection": "bound-for-partner", "dimension": ""}
    assert values(joint, measure="cases", **bound) == [(422, "")]
    assert values(joint, measure="value", **bound) == [(Decimal(70_016_800), "CNY")]
    ((dollars, currency),) = values(joint, measure="value-converted", **bound)
    assert (dollars, currency) == (Decimal("11273608.82"), "USD")
    party = joint.party("cn-gd")
    assert party.reconstructed
    assert (party.provenance.message_id, party.provenance.as_of) == (MESSAGE, AS_OF)


def test_the_published_sentence_of_hong_kong_comes_out_of_its_case_records(
    agreed, guangdong, lin, opened
):
    for quantity, value in ((700, 8_000_000), (612, 5_800_000)):
        result_contribute(
            operation=agreed,
            case=opened(goods(quantity=quantity, value=value), reconstructed=True),
            by=lin,
        )
    statement = ResultStatement(
        agreed.key, 1, AS_OF, tally(5, 450, 3_000_000), (), None, "Officer Zhou"
    )
    result_receive(administration=guangdong, statement=statement, message_id=MESSAGE)
    joint = operation_figures(operation=agreed, visible_to=lin, rate_date=JULY_21)
    hongkong = {"party": "hk", "dimension": "", "selection": "all"}
    assert values(joint, measure="items", **hongkong) == [(1312, "")]
    assert values(joint, measure="value", **hongkong) == [(Decimal(138_000), "HKD")]
    assert values(joint, measure="value-converted", **hongkong) == [(Decimal("17802.29"), "USD")]
    assert (joint.total.cases, joint.total.items) == (7, 1762)
    assert [value for value in values(joint, party="") if value[1]] == []
    rest = joint.party("cn-gd").sheet.breakdown("category").part("not-shown")
    assert rest == tally(5, 450, 3_000_000)
    assert joint.party("hk").reconstructed


def test_both_days_of_the_period_count_and_no_other(hongkong, lin, opened):
    for on in (date(2013, 6, 30), START, END, date(2014, 7, 1)):
        opened(on=on)
    joint = period_figures(start=START, end=END, visible_to=lin)
    assert joint.party("hk").sheet.total.cases == 2
    assert joint.rate_date == END


def test_a_partner_that_has_not_stated_this_period_is_missing_not_zero(hongkong, guangdong, lin):
    guangdong_states(guangdong)
    joint = period_figures(start=START, end=date(2014, 6, 29), visible_to=lin)
    assert joint.missing == ()
    assert joint.party("cn-gd") is None
    assert [party.administration for party in joint.parties] == ["hk"]


def test_the_latest_revision_of_a_statement_counts(hongkong, guangdong, lin):
    for revision, cases in ((2, 430), (1, 422)):
        guangdong_states(guangdong, revision, cases)
    joint = period_figures(start=START, end=END, visible_to=lin)
    assert joint.party("cn-gd").sheet.total.cases == 433
    assert joint.party("cn-gd").provenance.revision == 2


def test_while_a_party_of_an_operation_is_missing_there_is_no_joint_total(agreed, lin):
    joint = operation_figures(operation=agreed, visible_to=lin)
    assert joint.missing == ("cn-gd",)
    assert joint.total is None


def test_an_amount_already_in_the_currency_asked_for_is_not_converted(hongkong, lin, opened):
    opened()
    joint = period_figures(start=START, end=END, visible_to=lin, currency="HKD")
    assert values(joint, measure="value-converted") == []


def test_a_period_that_ends_before_it_begins_is_refused(hongkong, lin):
    with pytest.raises(InvalidInput, match="period-reversed"):
        period_figures(start=END, end=START, visible_to=lin)


def test_figures_are_read_by_those_whose_role_reads_reports(agreed, kwok, chan):
    assert period_figures(start=START, end=END, visible_to=chan)
    assert period_figures(start=START, end=END, visible_to=None)
    with pytest.raises(NotPermitted):
        period_figures(start=START, end=END, visible_to=kwok)
    with pytest.raises(NotPermitted):
        operation_figures(operation=agreed, visible_to=kwok)


def test_the_number_of_queries_does_not_grow_with_the_cases(
    hongkong, lin, opened, django_assert_max_num_queries
):
    for _ in range(5):
        opened()
    with django_assert_max_num_queries(6):
        period_figures(start=START, end=END, visible_to=lin)


@pytest.mark.parametrize("step", ["receive", "snapshot"])
def test_an_act_whose_last_step_fails_writes_nothing(hongkong, guangdong, monkeypatch, step):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(services, "audit_record", fail)
    acts = {
        "receive": lambda: guangdong_states(guangdong),
        "snapshot": lambda: snapshot_take(kind="x", subject="y", figures={"a": 1}, by=None),
    }
    with pytest.raises(RuntimeError):
        acts[step]()
    assert not PartnerFigures.objects.exists()
    assert not Snapshot.objects.exists()


def test_equal_figures_are_kept_once_and_each_subject_counts_its_own_revisions(hongkong):
    said = [("a", 1), ("a", 1), ("a", 2), ("b", 1), ("a", 1)]
    rows = [
        snapshot_take(kind="period", subject=subject, figures={"n": number}, by=None)
        for subject, number in said
    ]
    assert [(row.subject, row.revision) for row in rows] == [
        ("a", 1), ("a", 1), ("a", 2), ("b", 1), ("a", 3),
    ]  # fmt: skip
    assert Entry.objects.filter(act="reports.snapshot.taken").count() == 4


@pytest.mark.parametrize("verb", ["update", "delete"])
@pytest.mark.parametrize("model", [PartnerFigures, Snapshot])
def test_the_database_itself_refuses_to_change_what_was_stated(hongkong, guangdong, model, verb):
    guangdong_states(guangdong)
    snapshot_take(kind="x", subject="y", figures={}, by=None)
    rows = model.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(revision=9) if verb == "update" else rows._raw_delete(rows.db)
    assert model.objects.get().revision == 1
