"""What a right holder's own account may fill in of the holder, and what it may not touch."""

from __future__ import annotations

import pytest
from tests.filing import account, holder_made, speaks_for

from countermark.apps.audit.models import Entry
from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.services import holders
from countermark.apps.register.services.holders import holder_fill
from countermark.domain.errors import Conflict, InvalidInput, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def heron(hongkong):
    return holder_made(HolderInput(name="Heron Press", email="old@heron.example"))


@pytest.fixture
def ann(tuen_mun, heron):
    who = account("ann@heron.example", tuen_mun)
    speaks_for(who, heron)
    return who


def test_what_is_lacking_is_filled_in_and_what_is_there_stays(ann, heron):
    given = {"address": "3 Pier Road", "country": "HK", "email": "new@heron.example"}
    holder_fill(by=ann, holder=heron, given=given)
    heron.refresh_from_db()
    assert (heron.address, heron.country) == ("3 Pier Road", "HK")
    assert heron.email == "old@heron.example"
    assert Entry.objects.get(act="register.holder.completed").subject == ann.username


def test_nothing_lacking_writes_nothing(ann, heron):
    holder_fill(by=ann, holder=heron, given={"email": "new@heron.example", "address": " "})
    assert not Entry.objects.exists()


def test_who_does_not_speak_for_the_holder_fills_in_nothing(tuen_mun, heron):
    with pytest.raises(NotFound):
        holder_fill(by=account("eve@x.example", tuen_mun), holder=heron, given={"country": "HK"})


def test_a_country_that_makes_it_another_holder_of_the_register_is_refused(ann, heron):
    holder_made(HolderInput(name="Heron Press", country="HK"))
    with pytest.raises(Conflict):
        holder_fill(by=ann, holder=heron, given={"country": "HK"})


def test_a_malformed_country_is_refused(ann, heron):
    with pytest.raises(InvalidInput):
        holder_fill(by=ann, holder=heron, given={"country": "hongkong"})


def test_if_it_cannot_be_recorded_nothing_is_filled_in(ann, heron, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(holders, "audit_record", broken)
    with pytest.raises(RuntimeError):
        holder_fill(by=ann, holder=heron, given={"country": "HK"})
    heron.refresh_from_db()
    assert heron.country == ""
