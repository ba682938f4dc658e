"""What must hold of every procedure in the law folder, whatever it says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from countermark.domain.errors import ActNotOpen
from countermark.domain.money import Money
from countermark.domain.procedures import ActContext
from countermark.domain.valuation import security_quote
from countermark.lawbook import lawbook, procedure_in_force, security_rule

PROCEDURES = [each for law in lawbook().laws.values() for each in law.procedures]
EVERY_PROCEDURE = pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda each: each.code)


@EVERY_PROCEDURE
def test_every_state_is_reached_from_the_first(procedure):
    codes = {state.code for state in procedure.states}
    assert procedure.reachable_from(procedure.starts_in) == codes


@EVERY_PROCEDURE
def test_every_state_leads_to_an_end(procedure):
    finals = {state.code for state in procedure.states if state.final}
    stuck = [
        state.code
        for state in procedure.states
        if not procedure.reachable_from(state.code) & finals
    ]
    assert finals
    assert stuck == []


@EVERY_PROCEDURE
def test_a_missed_term_can_be_followed_from_wherever_its_act_leads(procedure):
    for term in procedure.terms:
        start = procedure.act(term.started_by).to_state
        if term.on_expiry:
            assert start in procedure.act(term.on_expiry).from_states
        for answer in term.answered_by:
            assert set(procedure.act(answer).from_states) & procedure.reachable_from(start)


@EVERY_PROCEDURE
def test_the_versions_of_a_term_do_not_overlap(procedure):
    for term in procedure.terms:
        same = [
            other
            for other in procedure.terms
            if (other.code, other.started_by) == (term.code, term.started_by)
            and other.in_force_from <= term.in_force_to
            and term.in_force_from <= other.in_force_to
        ]
        assert same == [term]


@EVERY_PROCEDURE
def test_every_term_an_act_starts_is_law_throughout_the_procedure(procedure):
    first = max(procedure.in_force_from, date(2013, 1, 1))
    for day in (first, date(2018, 3, 18), date(2018, 3, 19), date(2026, 12, 31), date(2027, 1, 1)):
        if procedure.in_force_from <= day <= procedure.in_force_to:
            for term in procedure.terms:
                versions = [each for each in procedure.terms if each.code == term.code]
                assert any(each.in_force(day) for each in versions), (term.code, day)


@EVERY_PROCEDURE
def test_an_unverified_term_does_not_pass_for_a_verified_one(procedure):
    for term in procedure.terms:
        if term.verification != "verified":
            assert term.note


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
def test_the_ex_officio_security_follows_the_vectors(value, security):
    rule_ = security_rule("cn/ex-officio")
    assert security_quote(rule_, Money(value * 100, "CNY")).minor == security * 100


def test_hong_kong_asks_no_security_for_a_criminal_seizure():
    assert security_rule("hk/criminal-seizure") is None


class CaseWalk(RuleBasedStateMachine):
    """A case that takes any act in any order: only those of its state go through."""

    def __init__(self) -> None:
        super().__init__()
        self.procedure = procedure_in_force("cn/ex-officio", on=date(2026, 1, 5))
        self.state = self.procedure.starts_in

    @rule(code=st.sampled_from([act.code for act in PROCEDURES[0].acts]))
    def act(self, code):
        listed = {act.code for act in self.procedure.acts_from(self.state)}
        try:
            after = self.procedure.state_after(self.state, code)
        except ActNotOpen:
            assert code not in listed
        else:
            assert code in listed
            self.state = after

    @precondition(lambda self: self.procedure.state(self.state).final)
    @rule()
    def rest(self):
        assert self.procedure.acts_from(self.state) == ()

    @invariant()
    def the_state_is_one_of_the_procedure(self):
        assert self.procedure.state(self.state).code == self.state

    @invariant()
    def an_open_case_has_an_act_without_a_clock(self):
        if not self.procedure.state(self.state).final:
            ways = self.procedure.acts_from(self.state)
            assert any("term-passed" not in act.needs for act in ways)


TestCaseWalk = CaseWalk.TestCase


def test_a_guard_is_asked_only_for_what_a_context_can_answer():
    context = ActContext(date(2026, 1, 5), reason="given", goods_lines=1)
    for procedure in PROCEDURES:
        for act in procedure.acts:
            if "term-passed" not in act.needs:
                procedure.act_check(act.code, role=act.who[0], context=context)
