"""Mutes: known false alarms are held back, kept, explained and given back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.trade import recorded, row, screened

from countermark.apps.audit.models import Entry
from countermark.apps.screening.models import Hit, Mute
from countermark.apps.screening.phrases import LONGEST, phrase_of
from countermark.apps.screening.selectors import hit_queue, mute_get, mute_list, mutes_in_force
from countermark.apps.screening.services import hit_dispose, mute_add, mute_lift, mutes
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound, NotPermitted

pytestmark = pytest.mark.django_db
DAY = date(2013, 10, 22)
BAG = {"hs_code": "420222"}
WORDS = {"goods_description": "ladies' handbag brand VELUNDRA"}
DISGUISED = {"goods_description": "ladies' handbag", "declared_brand": "VELUNDR4"}


@pytest.fixture
def velundra(clock, lau, hongkong):
    return recorded(lau, hongkong)


@pytest.fixture
def hits(velundra, chan):
    """A plain use, a disguised one, and both in one line; all open."""
    both = WORDS | {"declared_brand": "VELUNDR4"}
    rows = [row(1, **BAG, **WORDS), row(2, **BAG, **DISGUISED), row(3, **BAG, **both)]
    screened(chan, rows)
    return {hit.line.line_no: hit for hit in Hit.objects.all()}


def muted(right, by, phrase="velundra", days=30, reason="a place name"):
    return mute_add(
        right=right, phrase=phrase, reason=reason, expires_on=DAY + timedelta(days=days), by=by
    )


def states() -> dict[int, str]:
    return dict(Hit.objects.values_list("line__line_no", "excused"))


def test_muting_holds_back_open_hits_and_keeps_them_with_who_and_why(hits, velundra, lau, chan):
    mute = muted(velundra, lau, phrase="  VELUNDRA ")
    assert states() == {1: "muted", 2: "", 3: ""}
    assert mute.phrase == "velundra"
    hit = hit_queue(visible_to=chan, view="excused").get()
    assert (hit.mute, hit.mute.made_by, hit.mute.reason) == (mute, lau, "a place name")
    assert hit.score == hits[1].score
    assert mute_list(visible_to=lau).get().held == 1
    entry = Entry.objects.get(act="screening.mute.added")
    assert (entry.subject, entry.actor) == (velundra.reference, "lau")
    assert (entry.detail["phrase"], entry.detail["held_back"]) == ("velundra", 1)


def test_new_hits_are_held_back_too_but_no_disguise_and_no_second_use(hits, velundra, lau, chan):
    mute = muted(velundra, lau)
    more = [
        row(11, **BAG, **WORDS),
        row(12, **BAG, **DISGUISED),
        row(13, **BAG, **WORDS | {"declared_brand": "VELUNDR4"}),
    ]
    run = screened(chan, more)
    assert {n: states()[n] for n in (11, 12, 13)} == {11: "muted", 12: "", 13: ""}
    assert run.ruleset.mutes == [mute.pk]
    assert run.ruleset.version != hits[1].ruleset.version


def test_a_mute_ends_after_its_last_day(hits, velundra, lau, clock):
    mute = muted(velundra, lau, days=1)
    assert mutes_in_force(DAY + timedelta(days=1)) == {velundra.pk: {"velundra": mute.pk}}
    assert mutes_in_force(DAY + timedelta(days=2)) == {}
    assert mute.state_on(DAY + timedelta(days=2)) == "expired"
    assert mute_list(visible_to=lau, view="in-force").get() == mute
    clock.shift(timedelta(days=3))
    assert mute_list(visible_to=lau, view="expired").get() == mute
    assert muted(velundra, lau).state_on(DAY) == "in-force"


def test_lifting_a_mute_returns_undecided_hits_to_the_queue(hits, velundra, lau, chan, clock):
    mute = muted(velundra, lau)
    clock.shift(timedelta(hours=30))
    lifted = mute_lift(mute=mute, reason="it is used as a mark after all", by=lau)
    assert states() == {1: "", 2: "", 3: ""}
    hit = Hit.objects.get(line__line_no=1)
    assert hit.decide_by - lifted.lifted_at == timedelta(hours=24)
    assert lifted.state_on(DAY) == "lifted"
    assert Entry.objects.get(act="screening.mute.lifted").detail["released"] == 1
    with pytest.raises(ActNotOpen):
        mute_lift(mute=mute, reason="again", by=lau)
    assert muted(velundra, lau).pk != mute.pk


def test_goods_long_gone_return_without_a_time_to_decide(hits, velundra, lau, clock):
    mute = muted(velundra, lau, days=60)
    clock.shift(timedelta(days=40))
    mute_lift(mute=mute, reason="x", by=lau)
    assert Hit.objects.get(line__line_no=1).decide_by is None


def test_a_decided_hit_stays_decided_whatever_is_muted(hits, velundra, lau, chan):
    hit_dispose(hit=hits[1], decision="confirm", reason="copied", by=chan)
    muted(velundra, lau)
    assert states()[1] == ""


def test_what_is_refused_writes_nothing(hits, velundra, lau, chan):
    for who, phrase, days, reason, refusal in (
        (chan, "velundra", 30, "x", NotPermitted),
        (lau, "velundra", 30, " ", InvalidInput),
        (lau, "velundra", 30, "x" * 2001, InvalidInput),
        (lau, "velundra", 0, "x", InvalidInput),
        (lau, "velundra", 366, "x", InvalidInput),
        (lau, "never seen", 30, "x", InvalidInput),
        (lau, "", 30, "x", InvalidInput),
    ):
        with pytest.raises(refusal):
            muted(velundra, who, phrase, days, reason)
    assert not Mute.objects.exists()
    mute = muted(velundra, lau, days=365)
    with pytest.raises(Conflict):
        muted(velundra, lau)
    with pytest.raises(NotPermitted):
        mute_lift(mute=mute, reason="x", by=chan)
    with pytest.raises(InvalidInput):
        mute_lift(mute=mute, reason="", by=lau)


@pytest.mark.parametrize("act", ["add", "lift"])
def test_when_the_audit_fails_nothing_has_changed(hits, velundra, lau, monkeypatch, act):
    mute = muted(velundra, lau) if act == "lift" else None
    before = (states(), list(Mute.objects.values_list("pk", "lifted_at")))

    def fails(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(mutes, "audit_record", fails)
    with pytest.raises(DatabaseError):
        mute_lift(mute=mute, reason="x", by=lau) if mute else muted(velundra, lau)
    assert (states(), list(Mute.objects.values_list("pk", "lifted_at"))) == before


def test_only_analysts_see_mutes(hits, velundra, lau, chan, mak):
    mute = muted(velundra, lau)
    assert mute_get(pk=mute.pk, visible_to=lau) == mute
    assert mute_list(visible_to=lau, query="meridian").get() == mute
    assert not mute_list(visible_to=lau, query="other").exists()
    for other in (chan, mak):
        with pytest.raises(NotFound):
            mute_get(pk=mute.pk, visible_to=other)


def test_the_database_knows_no_muted_hit_without_a_mute(hits):
    with pytest.raises(IntegrityError), transaction.atomic():
        Hit.objects.filter(pk=hits[1].pk).update(excused="muted")


@given(st.text())
def test_a_phrase_is_a_fixed_point_and_short(text):
    phrase = phrase_of(text)
    assert phrase_of(phrase) == phrase
    assert len(phrase) <= LONGEST
    assert "\0" not in phrase
    phrase.encode()


def test_a_phrase_forgets_case_width_and_blanks_but_no_disguise():
    assert phrase_of(" ＶＥＬ  undra ") == phrase_of("Vel UNDRA") == "vel undra"
    assert phrase_of("VELUNDRА") != phrase_of("VELUNDRA")
    assert phrase_of("VELUNDR4") != phrase_of("VELUNDRA")
