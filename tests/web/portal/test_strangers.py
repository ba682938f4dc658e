"""Nobody sees another holder's file, whatever is typed in the address."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from tests.filing import file_in
from tests.web.portal.conftest import PDF
from tests.web.reading import soup_of, text

from countermark.apps.register.models import Document, HolderAccess, Recordation
from countermark.apps.register.services import DocumentInput, recordation_document_add
from countermark.web.portal.urls import urlpatterns

pytestmark = pytest.mark.django_db
NOBODY = 987_654
OF_FILES = {"file", "topic", "check", "filed", "amend", "act"}
REST = {"topic": "right", "act": "withdraw"}
"""What an address has beside the key."""
MINE = {*OF_FILES, "document", "holder"}
"""Addresses with a key of ours; those of other parts of the portal are tested with their pages."""


@pytest.fixture
def theirs(ann, meridian, hongkong):
    """One file in each of Meridian's states that matter, with a paper."""
    files = [
        file_in(state, administration=hongkong, holder=meridian, by=ann, number=str(number))
        for number, state in enumerate(("draft", "in-force", "more-asked"))
    ]
    given = DocumentInput(stream=io.BytesIO(PDF), filename="paper.pdf", role="certificate")
    recordation_document_add(by=ann, recordation=files[0], given=given)
    return files


def keys(name):
    if name in OF_FILES:
        return list(Recordation.objects.values_list("pk", flat=True))
    model = Document if name == "document" else HolderAccess
    own = {} if name == "document" else {"account__username": "ann@meridian.example"}
    return list(model.objects.filter(**own).values_list("pk", flat=True))


def address(name, pk):
    rest = {key: value for key, value in REST.items() if key == name}
    return reverse(f"portal:{name}", kwargs={"pk": pk} | rest)


def with_keys():
    return {each.name for each in urlpatterns if "pk" in each.pattern.converters}


def test_every_address_with_a_key_is_looked_at():
    assert with_keys() >= MINE


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(MINE))
def test_a_strangers_key_is_answered_like_one_that_does_not_exist(
    client, stranger, theirs, name, method
):
    client.force_login(stranger)
    said = {"declared": "yes", "note": "mine", "do": "later", "topic": "holder"}
    before = list(Recordation.objects.values_list("pk", "state", "edition"))
    for pk in keys(name):
        foreign = getattr(client, method)(address(name, pk), said)
        nobody = getattr(client, method)(address(name, NOBODY), said)
        assert (foreign.status_code, nobody.status_code) == (404, 404)
        assert text(soup_of(foreign).main) == text(soup_of(nobody).main)
    assert keys(name)
    assert list(Recordation.objects.values_list("pk", "state", "edition")) == before


@pytest.mark.parametrize("name", sorted(MINE))
def test_an_officer_is_not_let_in_and_nobody_is_led_to_sign_in(client, lau, theirs, name):
    pk = keys(name)[0]
    assert client.get(address(name, pk)).status_code == 302
    client.force_login(lau)
    assert client.get(address(name, pk)).status_code == 403


def test_an_agent_whose_power_of_attorney_ended_sees_nothing_any_more(client, bo, theirs):
    client.force_login(bo)
    assert client.get(address("file", theirs[0].pk)).status_code == 200
    HolderAccess.objects.filter(account=bo).update(valid_until="2020-01-01")
    assert client.get(address("file", theirs[0].pk)).status_code == 404


def test_a_strangers_files_are_not_in_the_list(client, stranger, theirs):
    client.force_login(stranger)
    for query in ("", "?q=velundra", "?show=ended", "?administration=hk"):
        assert b"VELUNDRA" not in client.get(f"/portal/{query}").content
