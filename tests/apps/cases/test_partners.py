from __future__ import annotations

import json
from datetime import date
from uuid import uuid4

import pytest

from countermark.apps.audit.models import Entry
from countermark.apps.cases.convert import case_summary
from countermark.apps.cases.models import PartnerCase
from countermark.apps.cases.selectors import partner_case_get, partner_case_list
from countermark.apps.cases.services import (
    case_act,
    note_add,
    partner_case_link,
    partner_case_record,
    partners,
)
from countermark.domain.errors import Conflict, InvalidInput, NotPermitted

NOMINAL = ("Pelican Trading", "91440300MA5XYZ", "Wong Tai-man", "Kestrel Logistics")


@pytest.fixture
def summary() -> dict[str, object]:
    """What Guangdong says of a case of its own."""
    return {
        "key": str(uuid4()),
        "number": "GD-2014-000123",
        "administration": "cn-gd",
        "state": "detained",
        "title": "MERIDIAN",
        "goods": [],
    }


def test_no_partys_name_is_in_what_a_partner_receives(case, chan):
    told = " ".join(NOMINAL)
    case_act(case=case, act="seize", acted_on=date(2013, 11, 6), reason=told, by=chan)
    note_add(case=case, text=told, by=chan)
    case.refresh_from_db()
    said = json.dumps(case_summary(case), ensure_ascii=False)
    for name in (*NOMINAL, chan.display_name, "Meridian Ltd"):
        assert name not in said


def test_a_summary_says_what_the_goods_are_and_where_the_case_stands(case, chan):
    case_act(case=case, act="seize", acted_on=date(2013, 11, 6), by=chan)
    case.refresh_from_db()
    said = case_summary(case)
    assert (said["number"], said["title"], said["state"]) == (
        "HK-2013-000001",
        "MERIDIAN",
        "seized",
    )
    assert said["acts"] == [{"act": "seize", "acted_on": "2013-11-06"}]
    purses = said["goods"][0]
    assert (purses["category"], purses["quantity"], purses["value_minor"]) == (
        "bags-and-purses",
        "500.000",
        5_000_000,
    )
    assert (purses["currency"], purses["value_basis"]) == ("HKD", "market")


def test_a_summary_carries_the_open_terms_of_this_side(mainland_case, peng):
    for act, day in (("suspend", 3), ("serve-notice", 4)):
        case_act(case=mainland_case, act=act, acted_on=date(2014, 3, day), by=peng)
    mainland_case.refresh_from_db()
    (deadline,) = case_summary(mainland_case)["deadlines"]
    assert (deadline["code"], deadline["due_on"]) == ("holder-answer", "2014-03-07")


def test_a_case_without_marks_is_named_by_its_number(open_case):
    case = open_case(goods=[])
    assert case_summary(case)["title"] == case.number


def test_a_partners_case_is_recorded_and_brought_up_to_date(guangdong, summary, chan):
    first = partner_case_record(administration=guangdong, summary=summary)
    again = partner_case_record(administration=guangdong, summary=summary | {"state": "released"})
    assert first.pk == again.pk
    row = partner_case_get(pk=first.pk, visible_to=chan)
    assert (row.number, row.state, row.case) == ("GD-2014-000123", "released", None)
    assert list(partner_case_list(visible_to=chan)) == [row]


def test_the_same_statement_twice_changes_nothing(guangdong, summary):
    partner_case_record(administration=guangdong, summary=summary)
    entries = Entry.objects.count()
    partner_case_record(administration=guangdong, summary=summary)
    assert (PartnerCase.objects.count(), Entry.objects.count()) == (1, entries)


@pytest.mark.parametrize(
    "wrong", [{"key": "x"}, {"key": None}, {"number": ""}, {"title": "x" * 201}, {"state": 7}]
)
def test_a_malformed_statement_is_refused(guangdong, summary, wrong):
    with pytest.raises(InvalidInput) as refused:
        partner_case_record(administration=guangdong, summary=summary | wrong)
    assert refused.value.params["field"] in wrong
    assert not PartnerCase.objects.exists()


def test_a_partner_does_not_speak_for_another_administration(guangdong, summary):
    with pytest.raises(Conflict):
        partner_case_record(administration=guangdong, summary=summary | {"administration": "mo"})


def test_a_statement_and_its_entry_stand_or_fall_together(guangdong, summary, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(partners, "audit_record", fail)
    with pytest.raises(OSError, match="disk"):
        partner_case_record(administration=guangdong, summary=summary)
    assert not PartnerCase.objects.exists()


def test_a_case_of_ours_with_the_same_key_is_linked(guangdong, summary, case):
    row = partner_case_record(administration=guangdong, summary=summary | {"key": str(case.key)})
    assert row.case == case


@pytest.fixture
def row(guangdong, summary):
    return partner_case_record(administration=guangdong, summary=summary)


def test_an_auditor_links_nothing(row, case, mak):
    with pytest.raises(NotPermitted):
        partner_case_link(partner_case=row, case=case, by=mak)


def test_an_officer_links_a_partners_case_to_one_case_of_ours(row, case, open_case, chan):
    for _ in range(2):
        assert partner_case_link(partner_case=row, case=case, by=chan).case == case
    assert Entry.objects.filter(act="cases.partner-case.linked").count() == 1
    with pytest.raises(Conflict):
        partner_case_link(partner_case=row, case=open_case(), by=chan)
