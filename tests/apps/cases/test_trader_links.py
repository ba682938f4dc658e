"""Links for traders: not to be guessed, not opened by the link alone, every view recorded."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.cases.conftest import NOON
from tests.licensing import asked, proof

from countermark.apps.audit.models import Entry
from countermark.apps.cases.models import TraderLink
from countermark.apps.cases.selectors import trader_link_get, trader_link_list
from countermark.apps.cases.services import (
    trader_ask,
    trader_link_close,
    trader_link_enter,
    trader_link_make,
    trader_link_view,
)
from countermark.apps.cases.services import trader_links as services
from countermark.apps.register.models import Document, Permission
from countermark.apps.register.services import permission_refuse
from countermark.domain.errors import (
    ActNotOpen,
    Conflict,
    InvalidInput,
    NotFound,
    NotPermitted,
    Refusal,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def link(hit, chan):
    """A link for the consignee and the token that was shown once."""
    return trader_link_make(by=chan, hit=hit, party_role="consignee")


@pytest.fixture
def number(hit):
    return hit.line.declaration.number


def state():
    rows = TraderLink.objects.order_by("pk").values_list(
        "name", "secret_sha256", "failures", "locked_until", "seen_count", "closed_at"
    )
    return [*rows, Permission.objects.count(), Document.objects.count(), Entry.objects.count()]


def acts() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("act", flat=True))


def test_the_secret_is_long_and_only_its_hash_is_kept(link):
    row, token = link
    name, secret = token[:12], token[12:]
    assert (row.name, len(secret)) == (name, 43)
    assert row.secret_sha256 == hashlib.sha256(secret.encode()).hexdigest()
    kept = [str(value) for value in TraderLink.objects.values().get().values()]
    said = [str(entry) for entry in Entry.objects.values_list("detail", "subject")]
    assert not any(secret in text for text in kept + said)


def test_two_links_share_nothing(hit, chan):
    tokens = [trader_link_make(by=chan, hit=hit, party_role="consignor")[1] for _ in range(20)]
    assert len({token[:12] for token in tokens}) == len({token[12:] for token in tokens}) == 20


def test_it_opens_with_the_declaration_number_as_people_copy_it(link, number):
    for spelled in (number, number.lower(), f"  {number[:4]} {number[4:]} "):
        assert trader_link_enter(token=link[1], number=spelled) == link[0]
    assert acts()[-3:] == ["cases.trader-link.opened"] * 3


@given(letters=st.text(max_size=80))
def test_no_other_text_opens_it(hit, chan, letters):
    if services._plain(letters) == services._plain(hit.line.declaration.number):
        return
    _, token = trader_link_make(by=chan, hit=hit, party_role="consignee")
    with pytest.raises(NotPermitted, match="number-wrong"):
        trader_link_enter(token=token, number=letters)


@given(place=st.integers(0, 54), letter=st.sampled_from("ABYZabyz0189-_"))
def test_a_token_that_differs_in_one_letter_is_unknown(hit, chan, place, letter):
    _, token = trader_link_make(by=chan, hit=hit, party_role="consignee")
    near = token[:place] + letter + token[place + 1 :]
    if near == token:
        return
    with pytest.raises(NotFound, match="link-unknown"):
        trader_link_enter(token=near, number=hit.line.declaration.number)


@pytest.mark.parametrize(
    "token", ["", "x", "x" * 12, "x" * 55, "ü" * 60, "\ud800" * 55, "x" * 9999]
)
def test_what_is_no_token_is_unknown(link, number, token):
    for ask in (
        lambda: trader_link_enter(token=token, number=number),
        lambda: trader_link_view(token=token),
        lambda: trader_ask(token=token, asked=asked(), proof=proof()),
    ):
        with pytest.raises(NotFound, match="link-unknown"):
            ask()


def test_secret_and_number_are_compared_in_constant_time(link, number, monkeypatch):
    compared = []
    plain = services.secrets.compare_digest

    def watched(left, right):
        compared.append((len(left), len(right)))
        return plain(left, right)

    monkeypatch.setattr(services.secrets, "compare_digest", watched)
    trader_link_enter(token=link[1], number=number)
    with pytest.raises(NotFound):
        trader_link_enter(token="none", number=number)
    assert compared == [(64, 64)] * 3


def test_unknown_closed_and_expired_links_look_alike(link, chan, hit, number, clock):
    answers = set()
    tokens = {"x" * 55: timedelta(), link[1]: timedelta(days=60)}
    trader_link_close(by=chan, link=trader_link_make(by=chan, hit=hit, party_role="consignor")[0])
    for token, later in tokens.items():
        clock.shift(later)
        with pytest.raises(Refusal) as refused:
            trader_link_enter(token=token, number=number)
        answers.add((type(refused.value), refused.value.code, tuple(refused.value.params)))
    assert answers == {(NotFound, "link-unknown", ())}


def test_it_works_until_its_last_second_and_not_after(link, number, clock):
    clock.shift(timedelta(days=60) - timedelta(seconds=1))
    assert trader_link_view(token=link[1]) == link[0]
    clock.shift(timedelta(seconds=1))
    with pytest.raises(NotFound):
        trader_link_view(token=link[1])


def test_a_closed_link_is_closed_at_once_and_a_new_one_replaces_the_old(link, chan, hit, number):
    trader_link_close(by=chan, link=link[0])
    with pytest.raises(NotFound):
        trader_link_enter(token=link[1], number=number)
    with pytest.raises(ActNotOpen, match="link-closed-already"):
        trader_link_close(by=chan, link=link[0])
    row, token = trader_link_make(by=chan, hit=hit, party_role="consignee")
    assert row.pk == link[0].pk
    assert trader_link_enter(token=token, number=number) == row
    with pytest.raises(NotFound):
        trader_link_enter(token=link[1], number=number)


def test_wrong_numbers_lock_the_link_longer_each_time_and_close_it_in_the_end(link, number, clock):
    waits = []
    for _ in range(3):
        for _ in range(5):
            with pytest.raises(NotPermitted, match="number-wrong"):
                trader_link_enter(token=link[1], number="HK-0")
        with pytest.raises(NotPermitted, match="link-locked") as refused:
            trader_link_enter(token=link[1], number=number)
        waits.append(refused.value.params["minutes"])
        clock.shift(timedelta(minutes=waits[-1]))
    assert waits == [15, 30, 60]
    for _ in range(5):
        with pytest.raises(NotPermitted, match="number-wrong"):
            trader_link_enter(token=link[1], number="HK-0")
    clock.shift(timedelta(days=1))
    with pytest.raises(NotFound):
        trader_link_enter(token=link[1], number=number)
    assert acts().count("cases.trader-link.refused") == 20
    assert acts()[-1] == "cases.trader-link.closed"


def test_a_right_number_forgets_the_wrong_ones(link, number):
    for wrong in ("1", "2", "3", "4", number, "5", "6", number):
        if wrong == number:
            trader_link_enter(token=link[1], number=wrong)
            continue
        with pytest.raises(NotPermitted, match="number-wrong"):
            trader_link_enter(token=link[1], number=wrong)
    assert TraderLink.objects.get().failures == 0


def test_while_it_is_locked_guesses_cost_no_entry(link, clock):
    for _ in range(5):
        with pytest.raises(NotPermitted):
            trader_link_enter(token=link[1], number="x")
    before = state()
    with pytest.raises(NotPermitted, match="link-locked"):
        trader_link_enter(token=link[1], number="x")
    assert state() == before


def test_every_view_is_recorded_and_a_flood_of_them_is_not(link, clock):
    for _ in range(60):
        trader_link_view(token=link[1])
    with pytest.raises(ActNotOpen, match="too-many-views"):
        trader_link_view(token=link[1])
    assert acts().count("cases.trader-link.viewed") == 60
    clock.shift(timedelta(minutes=11))
    assert trader_link_view(token=link[1])


def test_what_a_trader_asks_is_in_its_declared_name(link, hit):
    permission = trader_ask(token=link[1], asked=asked(), proof=proof())
    assert (permission.name, permission.right) == (
        hit.line.declaration.consignee.name,
        hit.right,
    )
    assert list(link[0].permissions.all()) == [permission]
    assert permission.documents.get().uploaded_by is None
    with pytest.raises(Conflict, match="permission-asked-already"):
        trader_ask(token=link[1], asked=asked(), proof=proof())


def test_a_trader_may_ask_again_after_a_refusal_but_not_for_ever(link, lau):
    for attempt in range(10):
        asked_for = trader_ask(token=link[1], asked=asked(), proof=proof(str(attempt)))
        permission_refuse(by=lau, permission=asked_for, reason="unreadable")
    before = state()
    with pytest.raises(ActNotOpen, match="too-many-questions"):
        trader_ask(token=link[1], asked=asked(), proof=proof())
    assert state() == before


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"party_role": "declarant"}, "code-unknown"),
        ({"party_role": ""}, "code-unknown"),
        ({"days": 0}, "number-out-of-range"),
        ({"days": 181}, "number-out-of-range"),
    ],
)
def test_a_link_nobody_may_make_is_not_made(hit, chan, changes, refusal):
    with pytest.raises(InvalidInput, match=refusal):
        trader_link_make(**{"by": chan, "hit": hit, "party_role": "consignee"} | changes)
    assert not TraderLink.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"state": "dismissed"}, {"excused": "authorised"}, {"excused": "referential"}]
)
def test_where_nothing_is_held_there_is_nothing_to_explain(hit, chan, changes):
    type(hit).objects.update(**changes)
    with pytest.raises(ActNotOpen, match="hit-holds-nothing"):
        trader_link_make(by=chan, hit=hit, party_role="consignee")


def test_a_party_that_is_not_named_gets_no_link(hit, chan):
    party = hit.line.declaration.consignee
    party.name = ""
    party.save()
    with pytest.raises(InvalidInput, match="party-not-named"):
        trader_link_make(by=chan, hit=hit, party_role="consignee")


@pytest.mark.parametrize("who", ["lin", "mak", "kwok"])
def test_who_decides_no_hits_makes_and_closes_no_link(request, hit, link, who):
    officer = request.getfixturevalue(who)
    before = state()
    for act in (
        lambda: trader_link_make(by=officer, hit=hit, party_role="consignor"),
        lambda: trader_link_close(by=officer, link=link[0]),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert state() == before


def test_links_are_seen_where_their_hits_are(link, chan, wu, ho, kwok):
    assert [list(trader_link_list(visible_to=who)) for who in (chan, wu)] == [[link[0]]] * 2
    for stranger in (ho, kwok):
        assert list(trader_link_list(visible_to=stranger)) == []
        with pytest.raises(NotFound):
            trader_link_get(pk=link[0].pk, visible_to=stranger)


@pytest.mark.parametrize("act", ["make", "close", "view", "ask"])
def test_if_the_last_step_fails_nothing_is_written(hit, chan, link, monkeypatch, act):
    before = state()

    def fail(*_args, **_said):
        raise RuntimeError

    monkeypatch.setattr(services, "audit_record", fail)
    tries = {
        "make": lambda: trader_link_make(by=chan, hit=hit, party_role="consignor"),
        "close": lambda: trader_link_close(by=chan, link=link[0]),
        "view": lambda: trader_link_view(token=link[1]),
        "ask": lambda: trader_ask(token=link[1], asked=asked(), proof=proof()),
    }
    with pytest.raises(RuntimeError):
        tries[act]()
    assert state() == before
