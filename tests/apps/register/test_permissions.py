"""What traders may do with a right: asked for with proof, confirmed, refused, revoked."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import time_machine
from tests.filing import account, speaks_for
from tests.licensing import PELICAN, asked, permitted, proof, question
from tests.trade import recorded

from countermark.apps.audit.models import Entry
from countermark.apps.register.inputs import HolderInput, TraderInput
from countermark.apps.register.models import Document, Permission, Right
from countermark.apps.register.selectors import (
    document_get,
    permission_doubles,
    permission_get,
    permission_list,
    recorded_rights,
)
from countermark.apps.register.services import (
    DocumentInput,
    holder_record,
    permission_ask,
    permission_confirm,
    permission_refuse,
    permission_revoke,
    right_withdraw,
)
from countermark.apps.register.services import permissions as services
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound, Refusal

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T04:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def right(lau, hongkong) -> Right:
    return recorded(lau, hongkong)


@pytest.fixture
def meridian(right, tuen_mun):
    """The portal account of the right's holder."""
    who = account("ip@meridian.example", tuen_mun)
    speaks_for(who, right.holder)
    return who


@pytest.fixture
def rival(right, lau, tuen_mun):
    """The portal account of another holder."""
    who = account("ip@rival.example", tuen_mun)
    speaks_for(who, holder_record(by=lau, holder=HolderInput(name="Rival Ltd", country="GB")))
    return who


def excused_on(right: Right, day: date) -> set[str]:
    """Return the names that screening excuses on a right for goods declared on a day."""
    (found,) = recorded_rights(day, day, only=Right.objects.filter(pk=right.pk))
    mark = found.mark_on(day)
    return set(mark.authorised_parties) if mark else set()


def state() -> list[object]:
    """Return all that a service here may write."""
    rows = Permission.objects.order_by("pk").values_list("state", "valid_until", "reason")
    return [
        *rows,
        *Right.objects.values_list("version"),
        Document.objects.count(),
        Entry.objects.count(),
    ]


def test_what_is_asked_excuses_nobody_until_it_is_confirmed(right, lau):
    permission = question(right)
    assert (permission.state, permission.number[:2]) == ("asked", "P-")
    assert excused_on(right, TODAY) == set()
    confirmed = permission_confirm(by=lau, permission=permission)
    assert (confirmed.state, confirmed.decided_as, confirmed.decided_by) == (
        "in-force",
        "officer",
        lau,
    )
    assert excused_on(right, TODAY) == {PELICAN.name}


def test_a_permission_ends_by_itself_after_its_last_day(right, lau):
    last = TODAY + 30 * DAY
    permitted(right, lau, valid_until=last)
    days = [TODAY - DAY, TODAY, last, last + DAY]
    assert [bool(excused_on(right, day)) for day in days] == [False, True, True, False]


def test_a_revoked_permission_excuses_nothing_not_even_of_days_before(right, lau):
    permission = permitted(right, lau, valid_from=TODAY - 10 * DAY)
    assert excused_on(right, TODAY - 5 * DAY)
    ended = permission_revoke(by=lau, permission=permission, reason="forged")
    assert (ended.state, ended.revoked_by, ended.revoked_reason) == ("revoked", lau, "forged")
    assert not excused_on(right, TODAY - 5 * DAY)
    assert not excused_on(right, TODAY)


def test_the_right_takes_its_next_version_when_screening_changes(right, lau):
    versions = []
    permission = question(right)
    for act in (
        lambda: permission_confirm(by=lau, permission=permission),
        lambda: permission_revoke(by=lau, permission=permission, reason="ended"),
    ):
        act()
        right.refresh_from_db()
        versions.append(right.version)
    assert versions == [2, 3]


def test_a_holder_decides_on_its_own_rights_and_no_stranger_does(right, meridian, rival):
    permission = question(right)
    assert list(permission_list(visible_to=rival)) == []
    for act in (
        lambda: permission_get(pk=permission.pk, visible_to=rival),
        lambda: permission_confirm(by=rival, permission=permission),
        lambda: permission_refuse(by=rival, permission=permission, reason="no"),
        lambda: document_get(pk=permission.documents.get().pk, visible_to=rival),
    ):
        with pytest.raises(NotFound):
            act()
    assert permission_get(pk=permission.pk, visible_to=meridian) == permission
    assert document_get(pk=permission.documents.get().pk, visible_to=meridian)
    assert permission_confirm(by=meridian, permission=permission).decided_as == "holder"
    assert (
        permission_revoke(by=meridian, permission=permission, reason="ended").revoked_by == meridian
    )


@pytest.mark.parametrize(
    ("who", "may"),
    [("lau", True), ("wu", True), ("chan", False), ("lin", False), ("mak", False), ("kwok", False)],
)
def test_who_examines_rights_sees_and_settles_what_traders_ask(request, right, who, may):
    officer = request.getfixturevalue(who)
    permission = question(right)
    assert permission_list(visible_to=officer).exists() is may
    if may:
        assert permission_confirm(by=officer, permission=permission).state == "in-force"
        return
    before = state()
    for act in (
        lambda: permission_confirm(by=officer, permission=permission),
        lambda: permission_refuse(by=officer, permission=permission, reason="no"),
        lambda: permission_revoke(by=officer, permission=permission, reason="no"),
        lambda: document_get(pk=permission.documents.get().pk, visible_to=officer),
    ):
        with pytest.raises(Refusal):
            act()
    assert state() == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"goods": " "}, "missing"),
        ({"goods": "b" * 2001}, "too-long"),
        ({"statement": "s" * 2001}, "too-long"),
        ({"valid_from": TODAY, "valid_until": TODAY - DAY}, "dates-not-in-order"),
        ({"valid_from": TODAY - 9 * DAY, "valid_until": TODAY - DAY}, "day-passed"),
        ({"valid_until": TODAY + 1097 * DAY}, "permission-too-long"),
    ],
)
def test_what_makes_no_sense_is_not_asked(right, changes, code):
    before = state()
    with pytest.raises(InvalidInput) as refused:
        question(right, **changes)
    assert (refused.value.code, state()) == (code, before)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"MZ\x90\x00", "picture-unknown"),
        (b"%PDF-1.4\n/JavaScript (x)\n%%EOF", "paper-active"),
        (b"%PDF-1.4\n/Encrypt 1 0 R\n%%EOF", "paper-encrypted"),
        (b"%PDF-1.4 cut short", "paper-not-plain"),
    ],
)
def test_a_proof_that_is_no_safe_paper_asks_nothing(right, content, code):
    before = state()
    given = DocumentInput(stream=io.BytesIO(content), filename="x.pdf", role="proof")
    with pytest.raises(InvalidInput) as refused:
        permission_ask(right=right, trader=PELICAN, asked=asked(), proof=given)
    assert (refused.value.code, state()) == (code, before)


def test_a_trader_without_a_name_is_nobody(right):
    with pytest.raises(InvalidInput, match="missing"):
        permission_ask(right=right, trader=TraderInput(" — "), asked=asked(), proof=proof())


def test_a_trader_asks_once_at_a_time_however_it_spells_itself(right, lau):
    first = question(right)
    with pytest.raises(Conflict, match="permission-asked-already"):
        question(right, TraderInput(PELICAN.name.upper()), note="other")
    permission_refuse(by=lau, permission=first, reason="unreadable")
    assert question(right, note="better").state == "asked"


def test_a_withdrawn_right_is_nothing_to_be_permitted(right, lau):
    permission = question(right)
    right_withdraw(by=lau, right=right, reason="surrendered")
    for act in (
        lambda: permission_confirm(by=lau, permission=permission),
        lambda: question(right, TraderInput("Tai Fat"), note="other"),
    ):
        with pytest.raises(ActNotOpen, match="right-withdrawn"):
            act()


@pytest.mark.parametrize(
    ("state_before", "act", "code"),
    [
        ("in-force", "confirm", "permission-settled-already"),
        ("in-force", "refuse", "permission-settled-already"),
        ("refused", "confirm", "permission-settled-already"),
        ("refused", "revoke", "permission-not-in-force"),
        ("asked", "revoke", "permission-not-in-force"),
        ("revoked", "revoke", "permission-not-in-force"),
        ("revoked", "confirm", "permission-settled-already"),
    ],
)
def test_what_is_settled_is_not_settled_again(right, lau, state_before, act, code):
    permission = question(right)
    if state_before == "refused":
        permission_refuse(by=lau, permission=permission, reason="no")
    if state_before in ("in-force", "revoked"):
        permission_confirm(by=lau, permission=permission)
    if state_before == "revoked":
        permission_revoke(by=lau, permission=permission, reason="ended")
    before = state()
    acts = {
        "confirm": lambda: permission_confirm(by=lau, permission=permission),
        "refuse": lambda: permission_refuse(by=lau, permission=permission, reason="no"),
        "revoke": lambda: permission_revoke(by=lau, permission=permission, reason="no"),
    }
    with pytest.raises(ActNotOpen) as refused:
        acts[act]()
    assert (refused.value.code, state()) == (code, before)


@pytest.mark.parametrize(
    ("last", "code"),
    [(TODAY + 366 * DAY, "later-than-asked"), (TODAY - DAY, "day-passed")],
)
def test_whoever_confirms_may_shorten_the_days_and_nothing_else(right, lau, last, code):
    permission = question(right)
    with pytest.raises(InvalidInput) as refused:
        permission_confirm(by=lau, permission=permission, valid_until=last)
    assert refused.value.code == code
    done = permission_confirm(by=lau, permission=permission, valid_until=TODAY + 9 * DAY)
    assert done.valid_until == TODAY + 9 * DAY


@pytest.mark.parametrize("act", ["refuse", "revoke"])
@pytest.mark.parametrize(("reason", "code"), [(" ", "missing"), ("r" * 501, "too-long")])
def test_a_trader_is_always_told_why(right, lau, act, reason, code):
    permission = permitted(right, lau) if act == "revoke" else question(right)
    call = permission_revoke if act == "revoke" else permission_refuse
    with pytest.raises(InvalidInput) as refused:
        call(by=lau, permission=permission, reason=reason)
    assert refused.value.code == code


def test_the_same_file_from_another_trader_is_found_and_from_the_same_one_is_not(right, lau):
    first = permission_refuse(by=lau, permission=question(right), reason="unreadable")
    again = question(right)
    copied = question(right, TraderInput("Tai Fat Trading"))
    other = question(right, TraderInput("Harbour Light Ltd"), note="another licence")
    assert permission_doubles(copied) == [again, first]
    assert permission_doubles(other) == []
    assert permission_doubles(again) == [copied]


def test_those_that_wait_longest_come_first_and_ended_ones_are_apart(right, lau, today):
    late = question(right)
    today.shift(DAY)
    soon = question(right, TraderInput("Tai Fat"), note="b", valid_until=TODAY + 2 * DAY)
    assert list(permission_list(visible_to=lau, view="asked")) == [late, soon]
    permission_confirm(by=lau, permission=soon)
    assert list(permission_list(visible_to=lau, view="in-force")) == [soon]
    today.shift(5 * DAY)
    assert list(permission_list(visible_to=lau, view="in-force")) == []
    assert list(permission_list(visible_to=lau, view="ended")) == [soon]


@pytest.mark.parametrize("act", ["ask", "confirm", "refuse", "revoke"])
def test_if_the_last_step_fails_nothing_is_written(right, lau, monkeypatch, act):
    permission = None
    if act != "ask":
        permission = permitted(right, lau) if act == "revoke" else question(right)
    before = state()

    def fail(*_args: object, **_said: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "audit_record", fail)
    acts = {
        "ask": lambda: question(right),
        "confirm": lambda: permission_confirm(by=lau, permission=permission),
        "refuse": lambda: permission_refuse(by=lau, permission=permission, reason="no"),
        "revoke": lambda: permission_revoke(by=lau, permission=permission, reason="no"),
    }
    with pytest.raises(RuntimeError):
        acts[act]()
    assert state() == before
