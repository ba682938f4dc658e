"""What one administration was told is filed with another at once; what is lacking is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.filing import file_in
from tests.web.reading import soup_of, text

from countermark.apps.register.models import Filing, Recordation

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded(ann, meridian, hongkong):
    return file_in("in-force", administration=hongkong, holder=meridian, by=ann)


def at(row, code):
    return f"{reverse('portal:file-elsewhere', args=[row.pk])}?administration={code}"


def test_the_page_says_what_is_carried_what_is_needed_and_that_no_node_is_connected(
    client, ann, recorded
):
    client.force_login(ann)
    page = text(soup_of(client.get(at(recorded, "cn-gd"))))
    assert "Registration number" in page
    assert "is not connected to this portal" in page
    assert "Photographs of the genuine goods" in page


def test_one_button_begins_the_file_and_leads_to_the_check_once(client, ann, recorded):
    client.force_login(ann)
    for _ in range(2):
        answer = client.post(at(recorded, "cn-gd"), {"administration": "cn-gd"})
        made = Filing.objects.get().recordation
        assert answer.url == reverse("portal:check", args=[made.pk])
    assert Recordation.objects.count() == 2


def test_what_the_other_side_does_not_record_is_said_with_the_reason(
    client, ann, meridian, guangdong
):
    row = file_in("in-force", administration=guangdong, holder=meridian, by=ann, kind="design")
    client.force_login(ann)
    page = text(soup_of(client.get(at(row, "hk"))))
    assert "does not record this type of right" in page
    assert "Patents and designs are matters for the civil courts" in page


def test_a_stranger_neither_sees_nor_begins_nor_takes_back(client, stranger, recorded):
    client.force_login(stranger)
    assert client.get(at(recorded, "cn-gd")).status_code == 404
    assert client.post(at(recorded, "cn-gd"), {"administration": "cn-gd"}).status_code == 404
    assert client.post(reverse("portal:file-correct", args=[recorded.pk])).status_code == 404
    assert not Filing.objects.exists()


def test_the_gap_map_leads_to_what_fills_a_gap(client, ann, recorded):
    client.force_login(ann)
    soup = soup_of(client.get(reverse("portal:gaps")))
    assert soup.select_one(f'a[href="{at(recorded, "cn-gd")}"]')
    assert "Not recorded" in text(soup)


def test_the_gap_map_is_saved_as_csv(client, ann, recorded):
    client.force_login(ann)
    answer = client.get(reverse("portal:gaps"), {"format": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    assert 'VELUNDRA,Guangdong,"Not recorded here, but elsewhere."' in answer.content.decode()


def test_the_gap_map_of_another_holder_is_not_there(client, ann, pelican):
    client.force_login(ann)
    assert client.get(reverse("portal:gaps"), {"holder": pelican.pk}).status_code == 404


def test_an_officer_sees_the_gap_map_of_a_holder(client, lau, recorded, meridian):
    client.force_login(lau)
    page = client.get(reverse("rights:gaps", args=[meridian.pk]))
    assert "VELUNDRA" in text(soup_of(page))


def test_the_start_shows_the_days_that_draw_near_and_lets_one_choose_the_letters_language(
    client, ann, meridian, guangdong
):
    ends = timezone.localdate() + timedelta(days=20)
    file_in("in-force", administration=guangdong, holder=meridian, by=ann, expires_on=ends)
    client.force_login(ann)
    page = text(soup_of(client.get(reverse("portal:home"))))
    assert "20 days left" in page
    assert "Regulations on Customs Protection of Intellectual Property Rights, art. 10" in page
    client.post(reverse("portal:alarm-language"), {"language": "zh-hant"})
    chosen = soup_of(client.get(reverse("portal:home"))).select_one("#letters option[selected]")
    assert chosen["value"] == "zh-hant"
