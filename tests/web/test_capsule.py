"""The signed file of a hit, from its page and from the API."""

from __future__ import annotations

import pytest
from tests.trade import recorded, row, screened
from tests.web.reading import read

from countermark.apps.audit.models import Entry
from countermark.apps.exchange.services import node_keys_ensure
from countermark.apps.screening.models import Hit
from countermark.domain.capsules.seal import capsule_open

BAG = {"goods_description": "ladies' handbag", "hs_code": "420222"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def hit(chan, lau, hongkong) -> Hit:
    """A hit found by a node that has keys."""
    node_keys_ensure()
    recorded(lau, hongkong)
    screened(chan, [row(declared_brand="VELUNDR4", **BAG)])
    return Hit.objects.get()


def test_the_page_of_a_hit_offers_the_file(client, chan, hit):
    _, soup = read(client, chan, f"/triage/{hit.number}/")
    assert soup.select_one(f'a[href="/triage/{hit.number}/capsule"][download]')


@pytest.mark.parametrize("address", ["/triage/{}/capsule", "/api/v1/hits/{}/capsule"])
def test_the_file_is_handed_out_whole_and_that_is_recorded(client, mak, hit, address):
    client.force_login(mak)
    answer = client.get(address.format(hit.number))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == f'attachment; filename="{hit.number}.capsule.json"'
    assert capsule_open(answer.content).capsule.reference.number == hit.number
    assert Entry.objects.filter(act="screening.hit.exported", actor="mak").count() == 1


@pytest.mark.parametrize("address", ["/triage/{}/capsule", "/api/v1/hits/{}/capsule"])
def test_a_hit_out_of_reach_is_not_found(client, ho, hit, address):
    client.force_login(ho)
    assert client.get(address.format(hit.number)).status_code == 404
    assert not Entry.objects.filter(act="screening.hit.exported").exists()
