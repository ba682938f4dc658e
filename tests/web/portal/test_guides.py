"""A right holder keeps guides and examiners of its own rights, and sees nobody else's."""

from __future__ import annotations

from datetime import date

import pytest
from tests.filing import file_in
from tests.web.portal.conftest import picture
from tests.web.reading import errors, read, send, text
from tests.web.test_guides import rows_of

from countermark.apps.register.models import Examiner, KnownInfringer
from countermark.apps.register.selectors import guide_get
from countermark.apps.register.services import (
    ExaminerInput,
    InfringerInput,
    examiner_record,
    infringer_report,
)
from countermark.web.portal.guide_urls import urlpatterns

pytestmark = pytest.mark.django_db


@pytest.fixture
def right(ann, meridian, hongkong):
    """A recorded right of Meridian."""
    return file_in("in-force", administration=hongkong, holder=meridian, by=ann).right


def test_a_holder_writes_a_guide_step_by_step(client, ann, right):
    _, soup = read(client, ann, "/portal/guides/")
    assert "Not written yet" in text(soup.tbody)
    address = f"/portal/guides/{right.pk}/tells/"
    _, soup = read(client, ann, address)
    sent = rows_of(soup) | {"tells-0-feature": "Zip", "tells-0-genuine": "Engraved"}
    response, soup = send(client, ann, address, sent)
    assert response.status_code == 302, errors(soup)
    fields = {"edition": "1", "view": "front", "shows": "genuine", "file": picture()}
    response, _ = send(client, ann, f"/portal/guides/{right.pk}/pictures/add", fields)
    assert response.status_code == 302
    guide = guide_get(right=right, visible_to=ann)
    assert (guide.number, guide.lacking) == (2, ("prices", "contacts"))
    _, soup = read(client, ann, f"/portal/guides/{right.pk}/")
    source = soup.select_one("#pictures ~ div img, .thumbs img")["src"]
    assert client.get(source)["Content-Type"] == "image/webp"


def test_a_holder_does_not_read_what_officers_know_of_infringers(client, ann, chan, right):
    known = InfringerInput("Tolland Cargo", "HK-1", date(2025, 1, 1))
    entry = infringer_report(by=chan, right=right, given=known)
    address = f"/portal/guides/{right.pk}/"
    sent = {"name": "Dunmore", "source": "a test purchase", "since": "2025-02-02"}
    assert send(client, ann, f"{address}report", sent)[0].status_code == 302
    _, soup = read(client, ann, address)
    assert "Dunmore" in text(soup.main)
    assert "Tolland" not in str(soup)
    erased = {"entry": entry.pk, "reason": "ours"}
    assert send(client, ann, f"{address}erase", erased)[0].status_code == 404
    assert KnownInfringer.objects.filter(erased_at__isnull=True).count() == 2


def test_a_stranger_is_told_that_there_is_no_such_thing(client, ann, stranger, right):
    given = ExaminerInput(name="Chow", phone="12345")
    made = examiner_record(by=ann, holder=right.holder, given=given)
    client.force_login(stranger)
    for each in urlpatterns:
        if "pk" not in each.pattern.converters:
            continue
        pk = made.pk if "examiner" in each.name else right.pk
        route = str(each.pattern).replace("<int:pk>", str(pk)).replace("<int:width>", "240")
        route = route.replace("<slug:section>", "tells")
        for ask in (client.get, client.post):
            assert ask(f"/portal/{route}").status_code in {404, 405}, route
    assert "Chow" not in client.get("/portal/examiners/").content.decode()
    assert Examiner.objects.get().ended_on is None


def test_a_holder_names_an_examiner_and_ends_one(client, ann, right):
    _, soup = read(client, ann, "/portal/examiners/new/")
    sent = rows_of(soup) | {"name": "Chow Tsz-him", "phone": "+852 6123 4567"}
    response, soup = send(client, ann, "/portal/examiners/new/", sent)
    assert response.status_code == 302, errors(soup)
    made = Examiner.objects.get()
    assert made.holder == right.holder
    send(client, ann, f"/portal/examiners/{made.pk}/end")
    made.refresh_from_db()
    assert made.ended_on
    assert client.get(f"/portal/examiners/{made.pk}/").status_code == 404
