"""What is known of parties and of transport: kept with its keys and its record, or not at all."""

from __future__ import annotations

import pytest

from countermark.apps.audit.models import Entry
from countermark.apps.cases.keys import CALLING_CODES
from countermark.apps.cases.models import CaseKey, Conveyance, PartyDetail
from countermark.apps.cases.selectors import case_list
from countermark.apps.cases.services import (
    ConveyanceInput,
    DetailInput,
    PartyInput,
    conveyance_add,
    conveyance_remove,
    keys_rebuild,
    party_add,
    party_detail_add,
    party_detail_remove,
)
from countermark.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted
from countermark.lawbook import lawbook

pytestmark = pytest.mark.django_db


def keys(case):
    return {(key.kind, key.value) for key in case.keys.all()}


@pytest.fixture
def detail(case, chan):
    """Add a detail to the first party of the case."""

    def added(kind, value, tag=""):
        party = case.parties.order_by("pk")[0].pk
        return party_detail_add(
            case=case, party=party, detail=DetailInput(kind, value, tag), by=chan
        )

    return added


def test_a_case_is_opened_with_its_keys(case):
    assert keys(case) == {
        ("name", "pelicantrading"),
        ("reading", "pelicantrading"),
        ("identifier", "91440300ma5xyz"),
        ("name", "wongtaiman"),
        ("reading", "wongtaiman"),
        ("name", "kestrellogistics"),
        ("reading", "kestrellogistics"),
        ("mark", "meridian"),
        ("route", "guangdong/canada/transhipment/road"),
    }


def test_names_addresses_telephones_and_identifiers_are_added_with_their_keys(case, detail):
    before = keys(case)
    detail("name", " 鵜鶘貿易有限公司 ", "zh-Hant")
    detail("address", "12 Kwun Tong Rd")
    detail("phone", "2345 6789")
    detail("identifier", "HK-776655", "brn")
    assert {
        ("name", "鹈鹕贸易"),
        ("address", "12kwuntongroad"),
        ("phone", "85223456789"),
        ("identifier", "hk776655"),
    } < keys(case) - before
    assert Entry.objects.filter(act="cases.party-detail.added").count() == 4
    assert "鵜鶘" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_a_removed_detail_takes_its_keys_with_it(case, chan, detail):
    before = keys(case)
    added = detail("phone", "2345 6789")
    party_detail_remove(case=case, detail=added.pk, by=chan)
    assert keys(case) == before
    with pytest.raises(NotFound, match="party-detail-unknown"):
        party_detail_remove(case=case, detail=added.pk, by=chan)


def test_a_further_party_is_found_by_search_and_key(case, chan):
    party_add(case=case, party=PartyInput("owner", "遠洋貿易有限公司"), by=chan)
    assert ("name", "远洋贸易") in keys(case)
    assert case_list(visible_to=chan, query="远洋").get() == case


def test_means_of_transport_give_keys_but_vessels_and_flights_do_not(case, chan):
    before = keys(case)
    for kind, value in (
        ("vehicle", "粵Z·1234港"),
        ("container", "CSQU 305438-3"),
        ("waybill", "160-1234 5675"),
        ("vessel", "Pacific Pelican"),
        ("flight", "CX 880"),
    ):
        conveyance_add(case=case, conveyance=ConveyanceInput(kind, value), by=chan)
    assert keys(case) - before == {
        ("vehicle", "粤z1234港"),
        ("container", "csqu3054383"),
        ("waybill", "16012345675"),
    }
    conveyance_remove(case=case, conveyance=case.conveyances.get(kind="container").pk, by=chan)
    assert ("container", "csqu3054383") not in keys(case)
    with pytest.raises(NotFound, match="conveyance-unknown"):
        conveyance_remove(case=case, conveyance=0, by=chan)


@pytest.mark.parametrize(
    "wrong",
    [
        DetailInput("phone", " "),
        DetailInput("phone", "2" * 301),
        DetailInput("colour", "red"),
        DetailInput("name", "Pelican", "klingon"),
        ConveyanceInput("vehicle", ""),
        ConveyanceInput("vehicle", "A" * 61),
        ConveyanceInput("sledge", "1234"),
        ConveyanceInput("container", "CSQU3054384"),
        PartyInput("owner", " "),
    ],
)
def test_what_is_malformed_is_refused_and_writes_nothing(case, chan, wrong):
    before, acts = keys(case), Entry.objects.count()
    first = case.parties.all()[0].pk
    service, said = {
        DetailInput: (party_detail_add, {"party": first, "detail": wrong}),
        ConveyanceInput: (conveyance_add, {"conveyance": wrong}),
        PartyInput: (party_add, {"party": wrong}),
    }[type(wrong)]
    with pytest.raises(InvalidInput):
        service(case=case, by=chan, **said)
    assert (keys(case), Entry.objects.count()) == (before, acts)


def test_the_same_is_not_added_twice_nor_to_another_case(case, open_case, chan, detail):
    detail("phone", "2345 6789")
    with pytest.raises(Conflict, match="party-detail-known"):
        detail("phone", "2345 6789")
    conveyance_add(case=case, conveyance=ConveyanceInput("vehicle", "AB 1234"), by=chan)
    with pytest.raises(Conflict, match="conveyance-known"):
        conveyance_add(case=case, conveyance=ConveyanceInput("vehicle", "AB 1234"), by=chan)
    other = open_case().parties.all()[0]
    with pytest.raises(NotFound, match="party-unknown"):
        party_detail_add(case=case, party=other.pk, detail=DetailInput("phone", "1"), by=chan)


def test_who_may_not_act_adds_nothing(case, mak):
    with pytest.raises(NotPermitted):
        party_add(case=case, party=PartyInput("owner", "Somebody"), by=mak)


def test_a_failure_at_the_end_leaves_nothing(case, chan, monkeypatch):
    before = keys(case)

    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("countermark.apps.cases.services.parties.audit_record", fail)
    with pytest.raises(RuntimeError):
        party_detail_add(
            case=case,
            party=case.parties.all()[0].pk,
            detail=DetailInput("phone", "2345 6789"),
            by=chan,
        )
    with pytest.raises(RuntimeError):
        conveyance_add(case=case, conveyance=ConveyanceInput("vehicle", "AB1234"), by=chan)
    assert not PartyDetail.objects.exists()
    assert not Conveyance.objects.exists()
    assert keys(case) == before
    case.refresh_from_db()
    assert "23456789" not in case.search_text


def test_the_keys_of_older_cases_are_filled_and_a_second_run_changes_nothing(case, detail):
    detail("phone", "2345 6789")
    wanted = keys(case)
    CaseKey.objects.all().delete()
    for _ in range(2):
        assert keys_rebuild() == 1
        assert keys(case) == wanted


def test_every_law_has_its_calling_code():
    assert set(lawbook().laws) <= set(CALLING_CODES)
