"""What is found, by whom, and what is screened against on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from tests.trade import recorded, right_input

from countermark.apps.register.inputs import AuthorisedPartyInput, HolderInput, RecordationInput
from countermark.apps.register.selectors import (
    holder_list,
    recordation_in_force_list,
    recorded_marks,
    register_version,
    right_find,
    right_get,
    right_list,
)
from countermark.apps.register.services import (
    authorised_party_add,
    holder_record,
    recordation_record,
    recordation_withdraw,
    right_record,
    right_revise,
    right_withdraw,
)
from countermark.domain.errors import NotFound

pytestmark = pytest.mark.django_db
DAY = date(2013, 10, 22)


@pytest.fixture
def velundra(lau, hongkong):
    return recorded(lau, hongkong)


@pytest.fixture
def orlivane(lau, hongkong):
    return recorded(
        lau,
        hongkong,
        registration_number="300000002",
        word="ORLIVANE",
        word_zh_hans="奥丽梵",
        word_zh_hant="奧麗梵",
        nice_classes=(14,),
        expires_on=date(2020, 12, 31),
    )


@pytest.mark.parametrize(
    "query",
    ["velun", "ＶＥＬＵＮＤＲＡ", "薇倫", "薇伦卓", "300000001", "R-300000001", "V e l u n"],
)
def test_a_right_is_found_in_any_script_and_by_any_of_its_numbers(velundra, orlivane, chan, query):
    assert list(right_list(visible_to=chan, query=query)) == [velundra]


def test_a_right_is_found_by_its_holder(velundra, orlivane, chan):
    assert right_list(visible_to=chan, query="meridian").count() == 2
    assert not right_list(visible_to=chan, query="??").exists()
    assert holder_list(visible_to=chan, query="MERIDIAN").count() == 1


def test_who_may_not_read_rights_finds_none(velundra, chan):
    chan.is_active = False
    assert not right_list(visible_to=chan).exists()
    assert not holder_list(visible_to=chan).exists()
    with pytest.raises(NotFound):
        right_get(pk=velundra.pk, visible_to=chan)


def test_a_right_is_got_with_all_that_its_page_shows(velundra, chan, django_assert_num_queries):
    with django_assert_num_queries(5):
        right = right_get(pk=velundra.pk, visible_to=chan)
        assert right.holder.name == "Meridian Ltd"
        assert [r.administration.code for r in right.recordations.all()] == ["hk"]
        assert list(right.authorised_parties.all()) == []
        assert list(right.holder.representatives.all()) == []


def test_a_list_costs_the_same_queries_however_long_it_is(
    velundra, orlivane, chan, django_assert_num_queries
):
    with django_assert_num_queries(3):
        for right in right_list(visible_to=chan, query="e"):
            assert right.holder.name
            assert [r.administration.code for r in right.recordations.all()] == ["hk"]


def test_a_right_is_found_by_its_registration_or_not_at_all(velundra):
    assert right_find(jurisdiction="hk", registration_number="300000001") == velundra
    with pytest.raises(NotFound):
        right_find(jurisdiction="cn", registration_number="300000001")


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2011, 12, 31), 0),
        (date(2012, 1, 1), 2),
        (date(2020, 12, 31), 2),
        (date(2021, 1, 1), 1),
        (date(2030, 1, 1), 1),
        (date(2030, 1, 2), 0),
    ],
)
def test_a_right_is_screened_against_from_the_first_to_the_last_day(velundra, orlivane, day, count):
    assert recordation_in_force_list(day).count() == count
    assert len(recorded_marks(day)) == count


def test_a_right_without_our_recordation_is_not_screened_against(lau, velundra, guangdong):
    mainland = right_record(
        by=lau,
        holder=velundra.holder,
        right=right_input(jurisdiction="cn", registration_number="7000001"),
        recordations=[RecordationInput(guangdong, "T2012-1", date(2012, 1, 1))],
    )
    unrecorded = right_record(
        by=lau, holder=velundra.holder, right=right_input(registration_number="300000009")
    )
    ids = {mark.right_id for mark in recorded_marks(DAY)}
    assert ids == {str(velundra.pk)}
    assert {str(mainland.pk), str(unrecorded.pk)} & ids == set()


def test_a_mark_carries_what_the_screener_reads(lau, velundra):
    authorised_party_add(
        by=lau,
        right=velundra,
        party=AuthorisedPartyInput("Pelican Trading", valid_until=date(2013, 10, 22)),
    )
    mark = recorded_marks(DAY)[0]
    assert (mark.word, mark.word_zh_hant, mark.nice_classes) == ("VELUNDRA", "薇倫卓", (18,))
    assert (mark.holder, mark.authorised_parties) == ("Meridian Ltd", ("Pelican Trading",))
    assert recorded_marks(date(2013, 10, 23))[0].authorised_parties == ()


def test_the_register_version_changes_exactly_with_what_is_screened_against(
    lau, hongkong, velundra
):
    seen = [register_version(DAY)]
    right_revise(by=lau, right=velundra, change=right_input(goods="Handbags"))
    assert register_version(DAY) == seen[0]

    velundra.refresh_from_db()
    right_revise(by=lau, right=velundra, change=right_input(nice_classes=(18, 25)))
    seen.append(register_version(DAY))
    authorised_party_add(by=lau, right=velundra, party=AuthorisedPartyInput("Pelican"))
    seen.append(register_version(DAY))
    other = recorded(lau, hongkong, registration_number="300000002", word="ORLIVANE")
    seen.append(register_version(DAY))
    assert len(set(seen)) == len(seen)
    right_withdraw(by=lau, right=other, reason="surrendered")
    assert register_version(DAY) == seen[2]


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2030, 1, 2)])
def test_the_register_version_is_todays_unless_a_day_is_named(velundra, today):
    with time_machine.travel(datetime(today.year, today.month, today.day, 4, tzinfo=UTC)):
        assert register_version() == register_version(today)


def test_a_recordation_counts_from_the_second_it_is_made(lau, hongkong, velundra):
    made = right_record(
        by=lau, holder=velundra.holder, right=right_input(registration_number="300000009")
    )
    before = register_version(DAY)
    recordation_record(
        by=lau, right=made, recordation=RecordationInput(hongkong, "R-9", date(2013, 1, 1))
    )
    assert register_version(DAY) != before


@pytest.mark.parametrize("query", ["VE1UNDRA", "velundra", "3OOOOO001"])
def test_a_right_is_found_by_how_it_looks(chan, lau, hongkong, query):
    right = recorded(lau, hongkong)
    found = right_list(visible_to=chan, query=query)
    assert list(found) == ([right] if query != "3OOOOO001" else [])


def test_a_search_follows_every_change_at_once(chan, lau, hongkong):
    right = recorded(lau, hongkong)

    def finds(query):
        return right_list(visible_to=chan, query=query).exists()

    assert finds("velundra")
    changed = right_input(word="ORLIVANE")
    right_revise(by=lau, right=right, change=changed)
    assert finds("orlivane")
    assert not finds("velundra")
    recordation_withdraw(by=lau, recordation=right.recordations.get(), reason="renumbered")
    recordation_record(
        by=lau, right=right, recordation=RecordationInput(hongkong, "NEW-77", date(2020, 1, 1))
    )
    assert finds("new-77")
    holder = right.holder
    holder_record(
        by=lau,
        holder=HolderInput(name=holder.name, country=holder.country, name_zh_hant="子午線"),
    )
    assert finds("子午線")
    assert not finds("!!!")
