"""A permission and the screener: before it, from its second on, after its end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.licensing import permitted, question
from tests.trade import recorded, row, screened

from countermark.apps.register.inputs import TraderInput
from countermark.apps.register.services import permission_confirm, permission_revoke
from countermark.apps.screening.models import Hit
from countermark.apps.screening.selectors import (
    hits_excused_by,
    permission_behind,
    permission_now,
)

pytestmark = pytest.mark.django_db
TODAY = date(2013, 10, 22)
HARBOUR = TraderInput("Harbour Light Ltd")
BAG = {"goods_description": "ladies' handbag", "hs_code": "420222", "declared_brand": "VELUNDRA"}


@pytest.fixture
def right(clock, lau, hongkong):
    return recorded(lau, hongkong)


def next_hit(by, day: date = TODAY, **changes: str) -> Hit:
    """Return the hit on one more line, declared and screened now."""
    number = f"HK-{Hit.objects.count()}"
    screened(by, [row(number=number, declared_on=day.isoformat(), **BAG | changes)])
    return Hit.objects.latest("pk")


def test_the_next_line_is_excused_and_those_before_stay_as_they_are(right, chan, lau):
    asked = question(right, HARBOUR)
    before = next_hit(chan)
    permission = permission_confirm(by=lau, permission=asked)
    after = next_hit(chan, consignee="HARBOUR LIGHT Limited")
    before.refresh_from_db()
    assert (before.excused, after.excused) == ("", "authorised")
    assert (permission_behind(before), permission_now(before)) == (None, permission)
    assert permission_behind(after) == permission
    assert hits_excused_by(permission, visible_to=lau) == [after]


def test_it_ends_by_itself_after_its_last_day_and_at_once_when_it_is_revoked(
    right, chan, lau, clock
):
    last = TODAY + timedelta(days=2)
    permission = permitted(right, lau, HARBOUR, valid_until=last)
    clock.shift(timedelta(days=3))
    days = [TODAY, last, last + timedelta(days=1)]
    assert [next_hit(chan, day).excused for day in days] == ["authorised", "authorised", ""]
    held = hits_excused_by(permission, visible_to=lau)
    clock.shift(timedelta(seconds=1))
    permission_revoke(by=lau, permission=permission, reason="forged")
    assert next_hit(chan, TODAY).excused == ""
    assert [permission_behind(hit) for hit in held] == [permission, permission]
    assert hits_excused_by(permission, visible_to=lau) == held


def test_another_trader_another_mark_and_an_unconfirmed_word_excuse_nothing(
    right, chan, lau, hongkong
):
    other = recorded(lau, hongkong, registration_number="300000002", word="ORLIVANE")
    permitted(other, lau, HARBOUR)
    permitted(right, lau, TraderInput("Harbour Lights Ltd"), note="another licence")
    question(right, HARBOUR, note="a third")
    assert next_hit(chan).excused == ""


def test_hits_it_excused_are_seen_where_they_were_declared(right, chan, lau, ho):
    permission = permitted(right, lau, HARBOUR)
    hit = next_hit(chan)
    assert hits_excused_by(permission, visible_to=chan) == [hit]
    assert hits_excused_by(permission, visible_to=ho) == []
