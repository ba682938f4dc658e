"""A permission across the boundary: in force there only once an officer there has accepted it.

One database plays both sides: what Hong Kong wrote is handed to Guangdong's handlers, and back.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from tests.licensing import PELICAN, permitted
from tests.trade import recorded

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.services import Names, office_record
from countermark.apps.audit.models import Entry
from countermark.apps.exchange.models import OutboxMessage, Partner
from countermark.apps.register.models import Permission, PermissionOffer, Right
from countermark.apps.register.selectors import (
    offer_candidates,
    offer_get,
    offer_list,
    offer_open_count,
    recorded_rights,
)
from countermark.apps.register.services import permission_revoke
from countermark.domain.errors import (
    ActNotOpen,
    Conflict,
    InvalidInput,
    NotFound,
    NotPermitted,
)
from countermark.workflows import trading
from countermark.workflows.admission import HANDLERS
from countermark.workflows.clockwork import day_begin

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
MESSAGE = "0197a3c4-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T04:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def ours(lau, hongkong) -> Right:
    return recorded(lau, hongkong)


@pytest.fixture
def theirs(lau, guangdong, hongkong) -> Right:
    """The same mark in Guangdong's register."""
    return recorded(
        lau, guangdong, jurisdiction="cn", registration_number="12345678", nice_classes=(18,)
    )


@pytest.fixture
def zhou(guangdong) -> Officer:
    """A supervisor of Guangdong."""
    office = office_record(
        administration=guangdong,
        code="shenzhen-bay",
        names=Names(en="Shenzhen Bay Customs", zh_hant="深圳灣海關", zh_hans="深圳湾海关"),
    )
    officer = Officer(username="zhou", display_name="Zhou Li", office=office, role="supervisor")
    officer.set_unusable_password()
    officer.save()
    return officer


@pytest.fixture
def offered(ours, wu, lau, paired, guangdong):
    """A permission in force in Hong Kong, offered to Guangdong."""
    return trading.permission_share(by=wu, permission=permitted(ours, lau), to=guangdong)


@pytest.fixture
def received(offered, guangdong, sent):
    """The same offer as it came in; here the sender is the partner of this node."""
    return admitted(guangdong, sent("permit.offer/1")[0])


@pytest.fixture
def play(request):
    """Return a function that calls in some of the cast and the stage, in their order."""
    return lambda *names: [request.getfixturevalue(name) for name in names]


def admitted(administration, content):
    return HANDLERS[content["type"]](
        administration=administration, data=content["data"], message_id=MESSAGE
    )


def excused(settings, side: str, right: Right, day: date = TODAY) -> set[str]:
    """Return whom the screener of a side excuses on a right."""
    settings.COUNTERMARK_ADMINISTRATION = side
    found = recorded_rights(day, day, only=Right.objects.filter(pk=right.pk))
    settings.COUNTERMARK_ADMINISTRATION = "hk"
    marks = (each.mark_on(day) for each in found)
    return {name for mark in marks if mark for name in mark.authorised_parties}


def state():
    return [
        *Permission.objects.order_by("pk").values_list("pk", "state"),
        *PermissionOffer.objects.order_by("pk").values_list("pk", "state", "permission"),
        OutboxMessage.objects.count(),
        Entry.objects.count(),
    ]


def test_what_is_offered_names_the_trader_and_not_the_proof_or_the_held_goods(
    offered, sent, guangdong
):
    (content,) = sent()
    assert (content["type"], content["lane"]) == ("permit.offer/1", f"permit:{offered.key}")
    assert set(content["data"]) == {
        "key",
        "right",
        "trader",
        "goods",
        "valid_from",
        "valid_until",
        "decided_as",
        "proof_sha256",
    }
    assert content["data"]["trader"]["name"] == PELICAN.name
    assert "Licence of 2 January" not in str(content)


def test_it_is_in_force_there_only_once_it_is_accepted_there(play, settings):
    received, offered, ours, theirs, zhou, guangdong, sent = play(
        "received", "offered", "ours", "theirs", "zhou", "guangdong", "sent"
    )
    assert excused(settings, "hk", ours) == {PELICAN.name}
    assert excused(settings, "cn-gd", theirs) == set()
    done = trading.offer_accept(by=zhou, offer=received, right=theirs)
    assert excused(settings, "cn-gd", theirs) == {PELICAN.name}
    assert done.permission.decided_by == zhou
    assert excused(settings, "cn-gd", theirs, done.permission.valid_until) == {PELICAN.name}
    after = done.permission.valid_until + timedelta(days=1)
    assert excused(settings, "cn-gd", theirs, after) == set()
    admitted(guangdong, sent("permit.answer/1")[0])
    offered.refresh_from_db()
    assert offered.state == "accepted"


def test_a_declined_offer_excuses_nobody_and_says_why(play, settings):
    received, offered, theirs, zhou, guangdong, sent = play(
        "received", "offered", "theirs", "zhou", "guangdong", "sent"
    )
    trading.offer_decline(by=zhou, offer=received, reason="The licence covers no exports")
    admitted(guangdong, sent("permit.answer/1")[0])
    offered.refresh_from_db()
    assert (offered.state, offered.reason) == ("declined", "The licence covers no exports")
    assert excused(settings, "cn-gd", theirs) == set()
    with pytest.raises(ActNotOpen, match="offer-not-open"):
        trading.offer_accept(by=zhou, offer=received, right=theirs)


def test_a_withdrawal_travels_and_ends_it_there_in_that_second(play, settings):
    received, offered, ours, theirs, wu, zhou, guangdong, sent = play(
        "received", "offered", "ours", "theirs", "wu", "zhou", "guangdong", "sent"
    )
    accepted = trading.offer_accept(by=zhou, offer=received, right=theirs)
    trading.permission_end(by=wu, permission=offered.permission, reason="forged")
    (content,) = sent("permit.withdraw/1")
    assert content["data"] == {"key": str(offered.key)}
    admitted(guangdong, content)
    admitted(guangdong, content)
    assert excused(settings, "hk", ours) == excused(settings, "cn-gd", theirs) == set()
    accepted.permission.refresh_from_db()
    assert (accepted.permission.state, accepted.permission.revoked_by) == ("revoked", None)


def test_an_offer_withdrawn_before_it_was_answered_cannot_be_accepted(play):
    received, offered, theirs, wu, zhou, guangdong, sent = play(
        "received", "offered", "theirs", "wu", "zhou", "guangdong", "sent"
    )
    trading.permission_end(by=wu, permission=offered.permission, reason="licence cancelled")
    admitted(guangdong, sent("permit.withdraw/1")[0])
    with pytest.raises(ActNotOpen, match="offer-not-open"):
        trading.offer_accept(by=zhou, offer=received, right=theirs)


def test_what_ends_on_the_side_that_accepted_is_told_to_the_side_that_offered(play, settings):
    received, offered, ours, theirs, zhou, guangdong, sent = play(
        "received", "offered", "ours", "theirs", "zhou", "guangdong", "sent"
    )
    accepted = trading.offer_accept(by=zhou, offer=received, right=theirs)
    admitted(guangdong, sent("permit.answer/1")[0])
    trading.permission_end(by=zhou, permission=accepted.permission, reason="abused here")
    admitted(guangdong, sent("permit.answer/1")[1])
    offered.refresh_from_db()
    assert offered.state == "ended"
    assert excused(settings, "cn-gd", theirs) == set()
    assert excused(settings, "hk", ours) == {PELICAN.name}


def test_an_answer_that_crosses_the_withdrawal_changes_nothing(play):
    received, offered, theirs, wu, zhou, guangdong, sent = play(
        "received", "offered", "theirs", "wu", "zhou", "guangdong", "sent"
    )
    trading.offer_accept(by=zhou, offer=received, right=theirs)
    trading.permission_end(by=wu, permission=offered.permission, reason="forged")
    admitted(guangdong, sent("permit.answer/1")[0])
    offered.refresh_from_db()
    assert offered.state == "withdrawn"


def test_the_end_never_waits_for_the_partner_and_the_clockwork_tells_it_later(
    settings, offered, ours, wu, sent
):
    Partner.objects.update(state="suspended")
    trading.permission_end(by=wu, permission=offered.permission, reason="forged")
    assert excused(settings, "hk", ours) == set()
    assert sent("permit.withdraw/1") == []
    assert day_begin(today=TODAY)["permissions-ended"] == 0
    Partner.objects.update(state="verified")
    assert day_begin(today=TODAY)["permissions-ended"] == 1
    assert day_begin(today=TODAY)["permissions-ended"] == 0
    assert len(sent("permit.withdraw/1")) == 1


def test_the_same_offer_again_changes_nothing_and_another_under_its_key_is_refused(
    received, guangdong, sent
):
    (content,) = sent("permit.offer/1")
    before = state()
    assert admitted(guangdong, content) == received
    assert state() == before
    other = content | {"data": content["data"] | {"goods": "shoes"}}
    with pytest.raises(Conflict, match="offer-differs"):
        admitted(guangdong, other)


@pytest.mark.parametrize("kind", ["permit.answer/1", "permit.withdraw/1"])
def test_what_was_never_offered_is_neither_answered_nor_withdrawn(guangdong, hongkong, kind):
    data = {"key": "0197a3c4-0000-7000-8000-000000000009", "answer": "accepted", "reason": ""}
    with pytest.raises(NotFound, match="offer-unknown"):
        admitted(guangdong, {"type": kind, "data": data})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"may_share": False}, "trader-keeps-it-here"),
        ({"state": "asked", "decided_at": None, "decided_by": None, "decided_as": ""}, "not-in"),
        ({"valid_from": TODAY - timedelta(9), "valid_until": TODAY - timedelta(1)}, "not-in"),
    ],
)
def test_what_may_not_travel_is_not_offered(play, changes, code):
    ours, lau, wu, _paired, guangdong = play("ours", "lau", "wu", "paired", "guangdong")
    permission = permitted(ours, lau)
    Permission.objects.update(**changes)
    before = state()
    with pytest.raises(ActNotOpen, match=code):
        trading.permission_share(by=wu, permission=permission, to=guangdong)
    assert state() == before


def test_an_offer_is_made_once_and_one_that_came_is_not_passed_on(play):
    received, offered, theirs, wu, zhou, guangdong, hongkong = play(
        "received", "offered", "theirs", "wu", "zhou", "guangdong", "hongkong"
    )
    with pytest.raises(Conflict, match="permission-offered-already"):
        trading.permission_share(by=wu, permission=offered.permission, to=guangdong)
    accepted = trading.offer_accept(by=zhou, offer=received, right=theirs)
    Permission.objects.update(may_share=True)
    with pytest.raises(Conflict, match="permission-from-partner"):
        trading.permission_share(by=zhou, permission=accepted.permission, to=hongkong)


@pytest.mark.parametrize("days", [-1, 366])
def test_the_days_may_be_shortened_on_the_other_side_and_never_lengthened(
    received, theirs, zhou, days
):
    with pytest.raises(InvalidInput):
        trading.offer_accept(
            by=zhou, offer=received, right=theirs, valid_until=TODAY + timedelta(days=days)
        )
    last = TODAY + timedelta(days=30)
    done = trading.offer_accept(by=zhou, offer=received, right=theirs, valid_until=last)
    assert done.permission.valid_until == last


@pytest.mark.parametrize("who", ["chan", "lau", "lin", "mak"])
def test_who_does_not_both_examine_and_send_settles_no_offer(play, request, who):
    received, offered, _ours, theirs, guangdong = play(
        "received", "offered", "ours", "theirs", "guangdong"
    )
    officer = request.getfixturevalue(who)
    before = state()
    for act in (
        lambda: trading.permission_share(by=officer, permission=offered.permission, to=guangdong),
        lambda: trading.offer_accept(by=officer, offer=received, right=theirs),
        lambda: trading.offer_decline(by=officer, offer=received, reason="no"),
    ):
        with pytest.raises((NotPermitted, Conflict)):
            act()
    assert state() == before


def test_offers_are_seen_by_those_who_examine_rights(received, lau, chan, theirs):
    assert list(offer_list(visible_to=lau, received=True)) == [received]
    assert offer_open_count(visible_to=lau) == 1
    assert offer_candidates(mark="velundra", law="cn", visible_to=lau) == [theirs]
    assert offer_candidates(mark=" ", law="cn", visible_to=lau) == []
    assert list(offer_list(visible_to=chan, received=True)) == []
    with pytest.raises(NotFound):
        offer_get(pk=received.pk, visible_to=chan)


@pytest.mark.parametrize("act", ["share", "accept", "decline"])
def test_if_the_message_cannot_be_written_the_change_is_not_either(play, monkeypatch, act):
    received, _offered, ours, theirs, wu, lau, zhou, guangdong = play(
        "received", "offered", "ours", "theirs", "wu", "lau", "zhou", "guangdong"
    )

    def fail(**_said):
        raise RuntimeError

    fresh = permitted(ours, lau, type(PELICAN)("Tai Fat Trading"), note="another")
    before = state()
    monkeypatch.setattr(trading, "message_enqueue", fail)
    acts = {
        "share": lambda: trading.permission_share(by=wu, permission=fresh, to=guangdong),
        "accept": lambda: trading.offer_accept(by=zhou, offer=received, right=theirs),
        "decline": lambda: trading.offer_decline(by=zhou, offer=received, reason="no"),
    }
    with pytest.raises(RuntimeError):
        acts[act]()
    assert state() == before


def test_nothing_but_a_refusal_of_the_partner_is_swallowed_at_the_end(offered, wu, monkeypatch):
    def fail(**_said):
        raise RuntimeError

    before = state()
    monkeypatch.setattr(trading, "message_enqueue", fail)
    with pytest.raises(RuntimeError):
        trading.permission_end(by=wu, permission=offered.permission, reason="forged")
    assert state() == before
    assert permission_revoke(by=wu, permission=offered.permission, reason="forged")
