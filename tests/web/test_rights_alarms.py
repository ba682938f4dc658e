"""The officers' page of days that draw near: what ends or must be reported, on every file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.filing import account, file_in, holder_made
from tests.web.reading import LANGUAGES, read, text

from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.models import RecordationEvent

pytestmark = pytest.mark.django_db
ADDRESS = "/rights/days/"


@pytest.fixture
def owner(tuen_mun):
    return account("owner@x.example", tuen_mun)


@pytest.fixture
def ending(owner, guangdong, hongkong):
    """Make a recordation that ends in some days; every one has a holder of its own."""

    def make(days: int, administration=guangdong, **given):
        number = given.pop("number", f"{10_000_000 + days}")
        return file_in(
            "in-force",
            administration=administration,
            holder=given.get("holder") or holder_made(HolderInput(name=f"Holder {number}")),
            by=owner,
            expires_on=timezone.localdate() + timedelta(days=days),
            number=number,
        )

    return make


def rows(soup) -> list[str]:
    return [text(row) for row in soup.select("tbody tr")]


def test_what_ends_soon_stands_with_the_nearest_day_first_and_leads_to_its_file(
    client, lau, ending
):
    later, sooner, _far = ending(90), ending(20), ending(4000)
    _, soup = read(client, lau, ADDRESS)
    links = [link["href"] for link in soup.select("tbody th a")]
    assert links == [f"/rights/files/{sooner.pk}/", f"/rights/files/{later.pk}/"]
    first = rows(soup)[0]
    assert "Recordation ends" in first
    assert sooner.expires_on.isoformat() in first
    assert "20 days left" in first


def test_a_right_that_ended_is_overdue(client, lau, ending):
    file = ending(4000)
    file.right.valid_until = timezone.localdate() - timedelta(days=1)
    file.right.save()
    [row] = rows(read(client, lau, ADDRESS, {"kind": "right-renewal"})[1])
    assert "Right itself ends" in row
    assert "Overdue" in row


def test_a_change_reported_to_one_administration_only_is_named_on_the_other_file(
    client, lau, ending, hongkong
):
    told = ending(4000)
    other = ending(4001, hongkong, holder=told.holder, number="300000001")
    event = {"from_state": "in-force", "to_state": "amendment-filed", "role": "right-holder"}
    today = timezone.localdate()
    RecordationEvent.objects.create(recordation=other, act="file-amendment", on=today, **event)
    _, soup = read(client, lau, ADDRESS, {"kind": "change-report"})
    [row] = rows(soup)
    assert "Change not reported here" in row
    assert soup.select_one("tbody th a")["href"] == f"/rights/files/{told.pk}/"


def test_the_list_is_narrowed_by_kind_and_administration(client, lau, ending):
    ending(20)
    for query, count in (
        ({"kind": "recordation-renewal"}, 1),
        ({"kind": "right-renewal"}, 0),
        ({"administration": "cn-gd"}, 1),
        ({"administration": "hk"}, 0),
        ({"kind": "nonsense", "administration": "nonsense"}, 1),
    ):
        assert len(rows(read(client, lau, ADDRESS, query)[1])) == count


def test_a_long_list_has_pages_that_keep_the_filter(client, lau, ending):
    for days in range(1, 28):
        ending(days)
    query = {"kind": "recordation-renewal"}
    _, soup = read(client, lau, ADDRESS, query)
    assert len(rows(soup)) == 25
    assert "kind=recordation-renewal" in soup.select_one("a[rel=next]")["href"]
    assert len(rows(read(client, lau, ADDRESS, query | {"page": "2"})[1])) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_list_says_what_would_stand_there(client, lau, hongkong, language):
    response, soup = read(client, lau, ADDRESS, **{"accept-language": language})
    assert response.status_code == 200
    assert soup.select_one(".empty h2")


def test_the_register_leads_there(client, lau, hongkong):
    _, soup = read(client, lau, "/rights/files/")
    assert soup.select_one(f"nav.tabs a[href='{ADDRESS}']")


def test_accounts_of_the_portal_are_turned_away(client, owner, hongkong):
    assert read(client, owner, ADDRESS)[0].status_code == 403
