"""What if: the days of a term counted before anything is done."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.web.cooperation import case, opened
from tests.web.reading import LANGUAGES, errors, read, text

from countermark.apps.cases.models import CaseDeadline

__all__ = ["case", "opened"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def page(case) -> str:
    return reverse("cases:what-if", args=[case.number])


def test_a_day_is_chosen_and_every_day_counted_but_nothing_written(client, chan, case, page):
    _, soup = read(client, chan, page)
    offered = [option["value"] for option in soup.select("[name=act] option")]
    assert offered
    response, soup = read(client, chan, page, {"act": offered[0], "on": "2026-11-02"})
    assert response.status_code == 200
    assert soup.select(".why-day tbody tr")
    assert "Due" in text(soup.select_one("main"))
    assert not CaseDeadline.objects.filter(started_on="2026-11-02").exists()


def test_it_is_said_in_every_language(client, chan, page):
    for tag in LANGUAGES:
        assert read(client, chan, page, **{"accept-language": tag})[0].status_code == 200


def test_what_is_no_day_is_refused_beside_its_field(client, chan, page):
    _, soup = read(client, chan, page)
    act = soup.select_one("[name=act] option")["value"]
    _, soup = read(client, chan, page, {"act": act, "on": "30 February"})
    assert [said.partition(":")[0] for said in errors(soup)] == ["On this day"]
    assert soup.select(".why-day") == []


def test_another_office_finds_no_case(client, ho, page):
    assert read(client, ho, page)[0].status_code == 404
