"""The exchange pages say where each message stands, to those who may know."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from tests.web.cooperation import gd, paired
from tests.web.reading import LANGUAGES

from countermark.apps.exchange.models import InboxMessage
from countermark.apps.exchange.selectors import Hop
from countermark.apps.exchange.services import (
    envelope_admit,
    message_enqueue,
    outbox_deliver_due,
    request_admit,
)
from countermark.apps.exchange.transport import Unreachable
from countermark.domain.errors import EnvelopeRefused
from countermark.web.exchange.words import steps

__all__ = ["gd", "paired"]

pytestmark = pytest.mark.django_db


def page(client, officer, address, **query):
    client.force_login(officer)
    response = client.get(address, query)
    return response, BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("name", ["home", "received", "partners"])
def test_empty_pages_say_what_will_appear(client, lin, name):
    response, soup = page(client, lin, reverse(f"exchange:{name}"))
    assert response.status_code == 200
    assert soup.select_one(".empty h2").text
    assert soup.select_one(".empty p").text
    assert b"<c-" not in response.content


@pytest.mark.parametrize("name", ["home", "received", "partners"])
def test_a_front_line_officer_does_not_read_the_exchange(client, chan, name):
    response, _ = page(client, chan, reverse(f"exchange:{name}"))
    assert response.status_code == 403


def test_an_auditor_reads_but_does_not_pair(client, mak):
    assert page(client, mak, reverse("exchange:partners"))[0].status_code == 200
    assert page(client, mak, reverse("exchange:pairing"))[0].status_code == 403


def test_an_unknown_message_is_not_found(client, lin):
    unknown = "00000000-0000-4000-8000-000000000000"
    for name in ("sent-message", "received-message"):
        assert page(client, lin, reverse(f"exchange:{name}", args=[unknown]))[0].status_code == 404


def test_pairing_shows_our_own_fingerprint_twice(client, lin):
    _, soup = page(client, lin, reverse("exchange:pairing"))
    words, digits = ([item.text for item in each.select("li")] for each in soup.select(".spoken"))
    assert len(words) == len(digits) == 10
    assert all(group.isdigit() for group in digits)


def test_a_wrong_fingerprint_is_said_beside_its_field(client, lin):
    client.force_login(lin)
    answer = client.post(
        reverse("exchange:pairing"), {"bundle": "nonsense", "fingerprint": "x", "confirmed": "on"}
    )
    soup = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert soup.select_one(".summary[data-focus]")


# messages on their way


@pytest.fixture
def sent(paired, guangdong, lin):
    return message_enqueue(
        administration=guangdong,
        lane="case:0191f0a0-0000-4000-8000-000000000001",
        type="case.referral/1",
        data={"number": "HK-2014-000009"},
        idempotency_key="one",
        by=lin,
        subject="HK-2014-000009",
    )


def test_a_waiting_message_says_since_when_and_when_it_is_tried_next(client, lin, sent):
    _, soup = page(client, lin, reverse("exchange:home"))
    row = soup.select_one("tbody tr")
    assert "HK-2014-000009" in row.text
    assert "Waiting" in row.text
    _, soup = page(client, lin, row.a["href"])
    alert = soup.select_one(".alert.warn").text
    assert "Waiting since" in alert
    assert "Next try" in alert
    assert "sent again by itself" in soup.select(".tl li")[-1].text


def test_a_partner_that_does_not_answer_is_named_and_nothing_is_lost(client, lin, sent, paired):
    class Away:
        def post(self, request):
            raise Unreachable("no-connection")

    outbox_deliver_due(transport=Away())
    _, soup = page(client, lin, reverse("exchange:home"))
    assert "Guangdong does not answer" in soup.select_one(".alert.warn").text
    _, soup = page(client, lin, reverse("exchange:sent-message", args=[sent.pk]))
    steps = [step.text for step in soup.select(".tl li")]
    assert "No connection to the other node." in steps[-1]
    _, soup = page(client, lin, reverse("exchange:partners"))
    assert "No connection to the other node." in soup.find("main").text


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("applied", "has put it on record"),
        ("refused", "refused it"),
        ("quarantined", "set it aside"),
    ],
)
def test_every_fate_of_a_message_is_a_sentence(state, sentence):
    trace = SimpleNamespace(hops=[Hop("enqueued", None), Hop(state, None, "payload-malformed")])
    told = steps(trace, "Guangdong")[-1]
    assert f"Guangdong {sentence}" in told.text
    assert told.why


def test_filters_narrow_and_an_empty_answer_leads_back(client, lin, sent):
    home = reverse("exchange:home")
    assert page(client, lin, home, state="applied")[1].select_one(".empty a")["href"] == home
    assert len(page(client, lin, home, q="000009")[1].select("tbody tr")) == 1


def failing(**message):
    raise RuntimeError("a bug")


@pytest.fixture
def set_aside(gd, paired, caplog):
    """A message of Guangdong that a bug kept from taking effect."""
    envelope_admit(gd.batch(gd.says(gd.lane)), {"case.referral/1": failing})
    return InboxMessage.objects.get()


def test_a_message_set_aside_can_be_given_up_by_who_may_send(client, lin, mak, set_aside):
    address = reverse("exchange:received-message", args=[set_aside.message_id])
    decide = reverse("exchange:decide", args=[set_aside.message_id])
    assert page(client, mak, address)[1].find(id="do") is None
    assert client.post(decide, {"decision": "skip"}).status_code == 403
    assert page(client, lin, address)[1].find(id="do")
    client.post(decide, {"decision": "skip"})
    set_aside.refresh_from_db()
    assert set_aside.state == "skipped"
    assert page(client, lin, address)[1].find(id="do") is None


def test_a_message_tried_again_says_where_it_stands_now(client, lin, set_aside):
    client.force_login(lin)
    decide = reverse("exchange:decide", args=[set_aside.message_id])
    answer = client.post(decide, {"decision": "replay"}, follow=True)
    set_aside.refresh_from_db()
    assert set_aside.state == "refused"
    assert "The message stands as: Refused." in answer.content.decode()


def test_what_was_turned_away_is_counted_and_explained(client, lin, gd, paired):
    bad = gd.request(b"no batch")
    with pytest.raises(EnvelopeRefused):
        request_admit(request=bad, handlers={}, now=timezone.now())
    _, soup = page(client, lin, reverse("exchange:partners"))
    assert soup.find(id="rejects").find_parent("section").select("tbody tr")


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_speak_three_languages(client, lin, sent, settings, code):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    message = reverse("exchange:sent-message", args=[sent.pk])
    for address in ("/exchange/", "/exchange/partners/", "/exchange/pairing/", message):
        response, soup = page(client, lin, address)
        assert response.status_code == 200
        assert soup.html["lang"] == LANGUAGES[code]
        assert b"<c-" not in response.content
