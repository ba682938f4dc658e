from __future__ import annotations

from datetime import date

import pytest
from tests.domain.procedures.cast import procedure, term

from countermark.domain.calendars import WorkingCalendar
from countermark.domain.errors import ActNotOpen, NotPermitted, TermNotInForce
from countermark.domain.procedures import ActContext

DAY = date(2026, 3, 10)
CALENDARS = {"cn/working-days": WorkingCalendar(until=date(2026, 12, 31))}
DUE = {"answer": DAY}
APPLYING = {"due": DUE, "answers": frozenset({"answer"})}
LAPSING = {"due": DUE, "expires": frozenset({"answer"})}


def test_an_act_leads_from_one_state_to_the_next():
    assert procedure().state_after("found", "notify") == "notified"
    assert [act.code for act in procedure().acts_from("notified")] == ["apply", "lapse", "give-up"]
    assert procedure().state("over").final


@pytest.mark.parametrize(
    ("state", "act", "code"),
    [("over", "notify", "act-not-open"), ("found", "burn", "act-unknown")],
)
def test_an_act_that_the_procedure_does_not_open_is_refused(state, act, code):
    with pytest.raises(ActNotOpen) as refused:
        procedure().state_after(state, act)
    assert refused.value.code == code


def test_a_role_that_is_not_named_may_not_act():
    with pytest.raises(NotPermitted):
        procedure().act_check("give-up", role="auditor", context=ActContext(DAY, reason="x"))


@pytest.mark.parametrize(
    ("act", "context", "refused"),
    [
        ("notify", ActContext(DAY), "goods-missing"),
        ("notify", ActContext(DAY, goods_lines=1), None),
        ("give-up", ActContext(DAY, reason="  "), "reason-missing"),
        ("give-up", ActContext(DAY, reason="withdrawn"), None),
        ("apply", ActContext(DAY, **APPLYING), None),
        ("apply", ActContext(date(2026, 3, 11), **APPLYING), "term-passed"),
        ("lapse", ActContext(DAY, **LAPSING), "term-still-runs"),
        ("lapse", ActContext(date(2026, 3, 11), **LAPSING), None),
        ("lapse", ActContext(DAY, expires=frozenset({"answer"})), "term-not-open"),
    ],
)
def test_each_guard_refuses_what_it_is_there_for(act, context, refused):
    if refused is None:
        procedure().act_check(act, role="officer", context=context)
        return
    with pytest.raises(ActNotOpen) as caught:
        procedure().act_check(act, role="officer", context=context)
    assert caught.value.code == refused


def test_terms_know_which_acts_answer_and_follow_them():
    assert procedure().terms_answered_by("apply") == {"answer"}
    assert procedure().terms_expiring_in("lapse") == {"answer"}
    assert procedure().terms_answered_by("notify") == frozenset()


def test_a_term_is_alive_while_an_act_that_ends_it_can_still_come():
    bar = term(code="claim", started_by="give-up", answered_by=(), on_expiry="")
    small = procedure(term(), bar)
    assert small.terms_alive_in("notified") == {"answer", "claim"}
    assert small.terms_alive_in("held") == {"claim"}
    assert small.reachable_from("held") == {"held", "over"}


def test_the_day_of_the_act_decides_which_version_of_a_term_it_starts():
    old = term(length=3, in_force_to=date(2026, 12, 31))
    new = term(length=5, in_force_from=date(2027, 1, 1))
    both = procedure(old, new)
    for day, length in ((date(2026, 12, 31), 3), (date(2027, 1, 1), 5)):
        (deadline,) = both.deadlines_from("notify", day, CALENDARS)
        assert deadline.term.length == length


def test_an_act_that_starts_a_term_before_it_was_law_is_refused():
    with pytest.raises(TermNotInForce):
        procedure(term(in_force_from=date(2027, 1, 1))).deadlines_from("notify", DAY, CALENDARS)


def test_an_act_that_starts_no_term_has_no_deadline():
    assert procedure().deadlines_from("give-up", DAY, CALENDARS) == ()
