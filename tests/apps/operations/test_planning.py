"""An operation is proposed, agreed by every party, runs and is closed by each for itself."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.apps.operations.scene import TITLE, terms

from countermark.apps.accounts.models import Administration
from countermark.apps.audit.models import Entry
from countermark.apps.operations import services
from countermark.apps.operations.convert import proposal_from_row, terms_from_row
from countermark.apps.operations.inputs import Agreement, Closing, Proposal
from countermark.apps.operations.models import JointOperation, OperationParty
from countermark.apps.operations.payloads import terms_sha256
from countermark.apps.operations.selectors import operation_get, operation_list, partners_of
from countermark.apps.operations.services import planning
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound, NotPermitted
from countermark.domain.vocabulary import Names

pytestmark = pytest.mark.django_db
OCTOBER_8 = date(2013, 10, 8)
AFTER = date(2014, 3, 25)


def acts():
    return [entry.act for entry in Entry.objects.order_by("seq")]


def guangdong_proposes(**changes) -> Proposal:
    given = terms(**changes)
    agreement = Agreement(terms_sha256(given), date(2013, 10, 1), "Officer Zhou")
    return Proposal(uuid.UUID(int=7), "cn-gd", given, agreement)


def test_a_plan_carries_our_agreement_and_awaits_the_partners(proposed):
    assert proposed.state == "proposed"
    agreed = {party.administration.code: party.agreed_on for party in proposed.parties.all()}
    assert agreed == {"hk": date(2013, 10, 1), "cn-gd": None}
    assert acts() == ["operations.operation.planned"]
    assert [partner.code for partner in partners_of(proposed)] == ["cn-gd"]


def test_what_a_form_leaves_in_a_text_is_not_in_the_terms(hongkong, guangdong, lin):
    messy = terms(theme=" two\r\nlines\x07 ", title=replace(TITLE, en="A \t title"))
    operation = services.operation_plan(by=lin, terms=messy, planned_on=OCTOBER_8)
    assert (operation.theme, operation.title_en) == ("two lines", "A title")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "GD HK"}, "code"),
        ({"code": ""}, "code"),
        ({"title": Names(en="x", zh_hans="", zh_hant="x")}, "title"),
        ({"title": Names(en="x" * 201, zh_hans="x", zh_hant="x")}, "title"),
        ({"theme": "x" * 2001}, "theme"),
        ({"ends_on": date(2013, 10, 21)}, "ends_on"),
        ({"parties": ("hk",)}, "parties"),
        ({"parties": ("hk", "hk")}, "parties"),
        ({"channels": ("pigeon",)}, "channels"),
        ({"categories": ("footwear", "footwear")}, "categories"),
    ],
)
def test_terms_that_nobody_can_agree_to_are_refused(changes, field):
    with pytest.raises(InvalidInput) as refused:
        terms(**changes)
    assert refused.value.params["field"] == field


@pytest.mark.parametrize("parties", [("hk", "mo"), ("cn-gd", "mo")])
def test_a_plan_with_unknown_parties_or_without_us_writes_nothing(
    hongkong, guangdong, lin, parties
):
    with pytest.raises(InvalidInput):
        services.operation_plan(by=lin, terms=terms(parties=parties), planned_on=OCTOBER_8)
    assert not JointOperation.objects.exists()
    assert not Entry.objects.exists()


def test_we_cannot_plan_what_only_others_take_part_in(hongkong, guangdong, lin):
    Administration.objects.create(code="mo", law="mo")
    with pytest.raises(InvalidInput, match="party-missing"):
        services.operation_plan(by=lin, terms=terms(parties=("cn-gd", "mo")), planned_on=OCTOBER_8)


def test_a_code_is_given_once(proposed, lin):
    with pytest.raises(Conflict, match="operation-code-taken"):
        services.operation_plan(by=lin, terms=terms(theme="other"), planned_on=OCTOBER_8)
    assert JointOperation.objects.count() == 1


@pytest.mark.parametrize("who", ["chan", "wu", "lau", "mak"])
def test_only_the_liaison_officer_plans_and_agrees(request, hongkong, guangdong, who):
    officer = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        services.operation_plan(by=officer, terms=terms(), planned_on=OCTOBER_8)
    operation = services.operation_receive(administration=guangdong, proposal=guangdong_proposes())
    with pytest.raises(NotPermitted):
        services.operation_agree(operation=operation, by=officer, agreed_on=OCTOBER_8)


def test_a_plan_whose_last_step_fails_writes_nothing(hongkong, guangdong, lin, monkeypatch):
    monkeypatch.setattr(planning, "audit_record", _fail)
    with pytest.raises(RuntimeError):
        services.operation_plan(by=lin, terms=terms(), planned_on=OCTOBER_8)
    assert not JointOperation.objects.exists()
    assert not OperationParty.objects.exists()


def _fail(*_args, **_kwargs):
    raise RuntimeError


def test_a_partners_proposal_is_taken_in_once(hongkong, guangdong):
    first = services.operation_receive(administration=guangdong, proposal=guangdong_proposes())
    again = services.operation_receive(administration=guangdong, proposal=guangdong_proposes())
    assert first == again
    assert terms_from_row(first) == replace(
        terms(),
        parties=("cn-gd", "hk"),
        categories=("bags-and-purses", "footwear"),
        channels=("express", "freight"),
    )
    assert acts() == ["operations.operation.received"]


def test_a_received_proposal_goes_out_as_it_came_in(hongkong, guangdong):
    proposal = guangdong_proposes()
    operation = services.operation_receive(administration=guangdong, proposal=proposal)
    sent_on = proposal_from_row(operation)
    assert (sent_on.key, sent_on.agreement) == (proposal.key, proposal.agreement)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        (lambda p: replace(p, proposed_by="hk"), InvalidInput),
        (lambda p: replace(p, terms=terms(parties=("cn-gd", "mo"))), InvalidInput),
        (lambda p: replace(p, terms=terms(parties=("hk", "mo"))), InvalidInput),
    ],
)
def test_a_proposal_in_anothers_name_or_without_us_is_refused(
    hongkong, guangdong, changed, refusal
):
    Administration.objects.create(code="mo", law="mo")
    with pytest.raises(refusal):
        services.operation_receive(administration=guangdong, proposal=changed(guangdong_proposes()))
    assert not JointOperation.objects.exists()


def test_a_known_key_with_other_terms_and_a_taken_code_are_refused(hongkong, guangdong, proposed):
    fresh = guangdong_proposes()
    with pytest.raises(Conflict, match="operation-code-taken"):
        services.operation_receive(administration=guangdong, proposal=fresh)
    with pytest.raises(Conflict, match="operation-differs"):
        services.operation_receive(
            administration=guangdong, proposal=replace(fresh, key=proposed.key)
        )


def test_we_agree_to_a_proposal_once(hongkong, guangdong, lin):
    operation = services.operation_receive(administration=guangdong, proposal=guangdong_proposes())
    services.operation_agree(operation=operation, by=lin, agreed_on=OCTOBER_8)
    operation.refresh_from_db()
    assert operation.state == "agreed"
    with pytest.raises(ActNotOpen, match="operation-already-agreed"):
        services.operation_agree(operation=operation, by=lin, agreed_on=OCTOBER_8)
    assert acts()[-1] == "operations.operation.agreed"


def test_a_partners_agreement_to_other_terms_is_refused(proposed, guangdong):
    other = Agreement(terms_sha256(terms(theme="other")), OCTOBER_8, "Officer Zhou")
    with pytest.raises(Conflict, match="terms-differ"):
        services.operation_agreement_receive(
            administration=guangdong, key=proposed.key, agreement=other
        )
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_a_partners_agreement_counts_once(agreed, guangdong):
    before = acts()
    agreement = Agreement(terms_sha256(terms()), date(2013, 10, 9), "Somebody else")
    party = services.operation_agreement_receive(
        administration=guangdong, key=agreed.key, agreement=agreement
    )
    assert (agreed.state, party.agreed_by) == ("agreed", "Officer Zhou")
    assert acts() == before


def test_with_three_parties_nothing_is_agreed_before_the_last(hongkong, guangdong, lin):
    macao = Administration.objects.create(code="mo", law="mo")
    three = terms(parties=("hk", "cn-gd", "mo"))
    operation = services.operation_plan(by=lin, terms=three, planned_on=OCTOBER_8)
    states = []
    for partner in (guangdong, macao):
        services.operation_agreement_receive(
            administration=partner,
            key=operation.key,
            agreement=Agreement(terms_sha256(three), OCTOBER_8, "x"),
        )
        operation.refresh_from_db()
        states.append(operation.state)
    assert states == ["proposed", "agreed"]


def test_who_is_no_party_can_say_nothing_about_an_operation(proposed, hongkong):
    macao = Administration.objects.create(code="mo", law="mo")
    agreement = Agreement(terms_sha256(terms()), OCTOBER_8, "x")
    with pytest.raises(NotFound):
        services.operation_agreement_receive(
            administration=macao, key=proposed.key, agreement=agreement
        )
    closing = Closing(proposed.key, AFTER, 1)
    with pytest.raises(NotFound):
        services.operation_closing_receive(administration=macao, closing=closing)


def test_agreed_operations_start_with_their_window(agreed):
    assert services.operation_run_due(on=date(2013, 10, 21)) == 0
    assert services.operation_run_due(on=date(2013, 10, 22)) == 1
    assert services.operation_run_due(on=date(2013, 10, 23)) == 0
    agreed.refresh_from_db()
    assert agreed.state == "running"


def test_each_party_closes_its_own_sheet_and_the_last_one_ends_the_operation(
    agreed, guangdong, opened, lin
):
    services.result_contribute(operation=agreed, case=opened(), by=lin)
    services.result_state(operation=agreed, by=lin, as_of=datetime(2014, 3, 25, tzinfo=UTC))
    services.operation_close(operation=agreed, by=lin, closed_on=AFTER)
    agreed.refresh_from_db()
    assert agreed.state == "running"
    with pytest.raises(ActNotOpen, match="operation-sheet-closed"):
        services.operation_close(operation=agreed, by=lin, closed_on=AFTER)
    closing = Closing(agreed.key, AFTER, 1)
    with pytest.raises(Conflict, match="result-unknown"):
        services.operation_closing_receive(administration=guangdong, closing=closing)
    row = agreed.results.get()
    row.pk, row.administration, row.own = None, guangdong, False
    row.save(force_insert=True)
    for _ in range(2):
        services.operation_closing_receive(administration=guangdong, closing=closing)
    agreed.refresh_from_db()
    assert agreed.state == "closed"
    assert acts().count("operations.operation.closed") == 2


def test_a_sheet_is_not_closed_inside_the_window_without_a_result_or_before_agreement(
    proposed, lin, guangdong
):
    with pytest.raises(ActNotOpen, match="operation-window-open"):
        services.operation_close(operation=proposed, by=lin, closed_on=date(2014, 3, 24))
    with pytest.raises(ActNotOpen, match="result-missing"):
        services.operation_close(operation=proposed, by=lin, closed_on=AFTER)


def test_operations_are_read_by_those_whose_role_reads_them(proposed, chan, mak, kwok):
    assert operation_get(code=proposed.code, visible_to=chan) == proposed
    assert operation_list(visible_to=mak).count() == 1
    assert not operation_list(visible_to=kwok).exists()
    with pytest.raises(NotFound):
        operation_get(code=proposed.code, visible_to=kwok)
