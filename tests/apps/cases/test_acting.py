from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from countermark.apps.audit.models import Entry
from countermark.apps.cases.models import CaseAct, CaseDeadline
from countermark.apps.cases.selectors import acts_open
from countermark.apps.cases.services import acting, case_act
from countermark.domain.errors import ActNotOpen, InvalidInput, NotPermitted


def walk(case, by, *steps):
    """Take acts ``(act, day)`` one after the other; a reason is always given."""
    for act, day in steps:
        case_act(case=case, act=act, acted_on=day, reason="seen", by=by)
    case.refresh_from_db()


def ends(case) -> dict[str, str]:
    return {each.code: each.ended_as for each in case.deadlines.all()}


TO_DETAINED = (
    ("suspend", date(2014, 3, 3)),
    ("serve-notice", date(2014, 3, 4)),
    ("record-application", date(2014, 3, 7)),
    ("detain", date(2014, 3, 10)),
)


def test_an_act_moves_the_case_and_starts_its_terms(mainland_case, peng):
    walk(mainland_case, peng, *TO_DETAINED)
    assert mainland_case.state == "detained"
    due = {each.code: each.due_on for each in mainland_case.deadlines.filter(ended_as="")}
    assert due == {"investigation": date(2014, 4, 22), "court-notice": date(2014, 5, 21)}
    started = mainland_case.deadlines.get(code="court-notice")
    assert (started.source, started.verification, started.on_expiry) == (
        "cn/ipr-customs-regulations#24.2",
        "recalled",
        "court-silent",
    )
    assert Entry.objects.filter(act="cases.act.recorded").count() == 4


def test_an_answer_in_time_meets_its_term(mainland_case, peng):
    walk(mainland_case, peng, *TO_DETAINED)
    answered = mainland_case.deadlines.get(code="holder-answer")
    assert (answered.ended_as, answered.met_on) == ("met", date(2014, 3, 7))


def test_an_application_one_day_late_is_refused_and_writes_nothing(mainland_case, peng):
    walk(mainland_case, peng, *TO_DETAINED[:2])
    entries = Entry.objects.count()
    with pytest.raises(ActNotOpen) as refused:
        walk(mainland_case, peng, ("record-application", date(2014, 3, 10)))
    assert refused.value.params == {"term": "holder-answer", "due_on": "2014-03-07"}
    mainland_case.refresh_from_db()
    assert (mainland_case.state, mainland_case.acts.count()) == ("awaiting-holder", 2)
    assert Entry.objects.count() == entries
    walk(mainland_case, peng, ("record-no-answer", date(2014, 3, 10)))
    assert ends(mainland_case) == {"holder-answer": "expired"}


def test_a_term_that_nothing_can_end_any_more_is_moot(mainland_case, peng):
    walk(mainland_case, peng, *TO_DETAINED, ("determine-infringing", date(2014, 4, 18)))
    assert ends(mainland_case)["investigation"] == "met"
    assert ends(mainland_case)["court-notice"] == "met"
    walk(mainland_case, peng, ("refer-to-police", date(2014, 4, 21)))
    assert not mainland_case.deadlines.filter(ended_as="").exists()
    assert mainland_case.closed_on == date(2014, 4, 21)


def test_that_it_cannot_be_determined_before_the_term_ends_meets_it(mainland_case, peng):
    walk(mainland_case, peng, *TO_DETAINED, ("cannot-determine", date(2014, 4, 1)))
    assert ends(mainland_case)["investigation"] == "met"
    assert ends(mainland_case)["court-notice"] == ""


def test_a_notice_served_later_starts_the_claim_anew(open_case, chan):
    case = open_case(procedure_code="hk/import-export-seizure", opened_on=date(2014, 10, 25))
    walk(case, chan, ("seize", date(2014, 10, 25)), ("serve-by-post", date(2014, 11, 1)))
    claims = [(each.due_on, each.ended_as) for each in case.deadlines.filter(code="claim")]
    assert claims == [(date(2014, 11, 23), "superseded"), (date(2014, 12, 2), "")]
    walk(case, chan, ("forfeit-unclaimed", date(2014, 12, 3)), ("destroy", date(2015, 1, 5)))
    assert ends(case)["give-back"] == "moot"


def test_a_claim_for_compensation_outlives_the_case(case, chan):
    walk(
        case,
        chan,
        ("clear-suspicion", date(2013, 11, 6)),
        ("release", date(2013, 11, 6)),
    )
    bar = case.deadlines.get()
    assert (bar.code, bar.passive, bar.ended_as) == ("compensation-claim", True, "")
    assert (case.state, case.closed_on) == ("released", date(2013, 11, 6))


@pytest.mark.parametrize(
    ("act", "day", "code"),
    [
        ("charge", date(2013, 11, 6), "act-not-open"),
        ("burn", date(2013, 11, 6), "act-unknown"),
        ("seize", date(2026, 11, 24), "date-in-future"),
        ("seize", date(2013, 11, 4), "date-before-last-act"),
    ],
)
def test_a_refused_act_writes_nothing(case, chan, act, day, code):
    entries = Entry.objects.count()
    with pytest.raises((ActNotOpen, InvalidInput)) as refused:
        case_act(case=case, act=act, acted_on=day, by=chan)
    assert refused.value.code == code
    case.refresh_from_db()
    assert (case.state, CaseAct.objects.count(), CaseDeadline.objects.count()) == (
        "suspected",
        0,
        0,
    )
    assert Entry.objects.count() == entries


def test_an_act_is_not_entered_before_the_last_one(case, chan):
    walk(case, chan, ("seize", date(2013, 11, 20)))
    with pytest.raises(InvalidInput) as refused:
        walk(case, chan, ("request-examination", date(2013, 11, 19)))
    assert refused.value.params["on"] == "2013-11-20"


def test_goods_are_not_seized_where_none_are_listed_nor_cleared_without_a_reason(open_case, chan):
    case = open_case(goods=[])
    for act, code in (("seize", "goods-missing"), ("clear-suspicion", "reason-missing")):
        with pytest.raises(ActNotOpen) as refused:
            case_act(case=case, act=act, acted_on=date(2013, 11, 6), by=chan)
        assert refused.value.code == code


def test_only_the_roles_that_the_law_file_names_may_act(case, chan, wu, mak):
    walk(case, chan, ("seize", date(2013, 11, 5)))
    conditional = {"act": "release-on-conditions", "acted_on": date(2013, 11, 6), "reason": "bond"}
    for officer in (mak, chan):
        with pytest.raises(NotPermitted):
            case_act(case=case, by=officer, **conditional)
    assert case_act(case=case, by=wu, **conditional).to_state == "release-due"


def test_a_failure_in_the_last_step_of_an_act_writes_nothing(case, chan, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(acting, "audit_record", fail)
    with pytest.raises(OSError, match="disk"):
        case_act(case=case, act="seize", acted_on=date(2013, 11, 6), by=chan)
    case.refresh_from_db()
    assert (case.state, CaseAct.objects.count(), CaseDeadline.objects.count()) == (
        "suspected",
        0,
        0,
    )


def test_an_act_is_never_changed_or_removed_in_the_database(case, chan):
    walk(case, chan, ("seize", date(2013, 11, 6)))
    for change in (
        lambda: CaseAct.objects.update(reason="another"),
        lambda: CaseAct.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert CaseAct.objects.get().reason == "seen"


def test_one_term_has_one_open_deadline(mainland_case, peng):
    walk(mainland_case, peng, *TO_DETAINED[:2])
    running = mainland_case.deadlines.get()
    running.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        running.save(force_insert=True)


def test_acts_that_can_be_entered_say_what_they_would_meet(mainland_case, peng, wu):
    walk(mainland_case, peng, *TO_DETAINED[:2])
    early = {each.act.code: each.refusal for each in acts_open(mainland_case, date(2014, 3, 7))}
    assert early["record-application"] is None
    assert early["record-no-answer"].code == "term-still-runs"
    late = {each.act.code: each.refusal for each in acts_open(mainland_case, date(2014, 3, 8))}
    assert late["record-application"].code == "term-passed"
    assert late["record-no-answer"] is None


def test_an_act_closed_to_a_role_says_so(case, chan):
    walk(case, chan, ("seize", date(2013, 11, 6)))
    case.refresh_from_db()
    met = {each.act.code: each.refusal for each in acts_open(case, date(2013, 11, 6), chan)}
    assert met["release-on-conditions"].code == "role-may-not-act"
    assert met["request-examination"] is None
