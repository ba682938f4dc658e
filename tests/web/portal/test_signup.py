"""Right holders make accounts of their own: address confirmed, second factor, nobody told apart."""

from __future__ import annotations

import re
import smtplib

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from tests.web.reading import errors, read, soup_of, text

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.services import officer_create
from countermark.apps.audit.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "long enough, said aloud"
SIGN_UP, LOGIN, RESET = "/accounts/signup/", "/accounts/login/", "/accounts/password/reset/"
ANN = {"display_name": "Ann Lee", "email": "Ann@Meridian.example", "password1": PASSWORD}


@pytest.fixture(autouse=True)
def _open(settings, hongkong):
    settings.COUNTERMARK_PORTAL_SIGNUP = settings.COUNTERMARK_MAILS = True
    cache.clear()
    yield
    cache.clear()


def acts():
    return list(Entry.objects.order_by("pk").values_list("act", "subject"))


def link() -> str:
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def confirmed(client):
    client.post(SIGN_UP, ANN)
    client.post(link())
    return Officer.objects.get(username="ann@meridian.example")


def test_an_account_is_made_and_its_address_confirmed_by_a_link(client):
    answer = client.post(SIGN_UP, ANN)
    assert answer["Location"] == "/accounts/confirm-email/"
    account = Officer.objects.get(username="ann@meridian.example")
    assert (account.role, account.email, account.office.code) == (
        "right-holder",
        "ann@meridian.example",
        "portal",
    )
    assert mail.outbox[-1].to == ["ann@meridian.example"]
    asked = soup_of(client.get(link()))
    assert "ann@meridian.example" in text(asked.main)
    client.post(link())
    assert [act for act, _ in acts()] == ["accounts.holder.signed-up", "accounts.holder.confirmed"]


def test_without_the_link_nobody_gets_in_and_the_mail_comes_again(client):
    client.post(SIGN_UP, ANN)
    cache.clear()
    answer = client.post(LOGIN, {"login": ANN["email"], "password": PASSWORD})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert client.get("/portal/").status_code == 302
    assert len(mail.outbox) == 2


def test_a_holder_is_led_to_a_second_factor_before_anything_else(client):
    confirmed(client)
    answer = client.post(LOGIN, {"login": "ann@meridian.example", "password": PASSWORD})
    assert answer["Location"] == "/"
    page = client.get("/", follow=True)
    assert page.redirect_chain[-1][0] == "/portal/second-factor/"
    assert soup_of(page).find("a", href="/accounts/2fa/totp/activate/")
    asked_again = client.get("/accounts/2fa/totp/activate/")
    assert asked_again["Location"].startswith("/accounts/reauthenticate/")
    assert acts()[-1] == ("accounts.holder.signed-in", "ann@meridian.example")


def test_with_a_second_factor_the_portal_opens(client):
    account = confirmed(client)
    totp.TOTP.activate(account, totp.generate_totp_secret())
    response, soup = read(client, account, "/portal/")
    assert response.status_code == 200
    assert text(soup.select_one("[aria-current=page]")) == "My rights"
    assert client.get("/portal/second-factor/")["Location"] == "/portal/"


def test_a_taken_address_looks_like_any_other_and_its_owner_is_told(client):
    confirmed(client)
    cache.clear()
    answer = client.post(SIGN_UP, ANN | {"display_name": "Mallory"})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert "There is one already" in mail.outbox[-1].body
    assert Officer.objects.filter(role="right-holder").count() == 1


def test_an_officers_sign_in_name_cannot_be_taken_by_signing_up(client, tuen_mun):
    officer_create(
        username="wu@customs.example",
        display_name="Wu",
        office=tuen_mun,
        role="supervisor",
        password=PASSWORD,
    )
    answer = client.post(SIGN_UP, ANN | {"email": "wu@customs.example"})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert not Officer.objects.filter(role="right-holder").exists()


def test_what_is_missing_or_weak_is_said_beside_its_field(client):
    answer = client.post(SIGN_UP, {"display_name": "", "email": "", "password1": "short"})
    soup = soup_of(answer)
    assert len(errors(soup)) == 3
    assert errors(soup)[0] == "Your name: Write your name."
    assert soup.select_one("#id_password1_error")
    assert not Officer.objects.exists()


def test_a_closed_node_makes_no_accounts(client, settings):
    settings.COUNTERMARK_PORTAL_SIGNUP = False
    response, _ = read(client, None, SIGN_UP)
    assert response.status_code == 404
    assert client.post(SIGN_UP, ANN).status_code == 404
    assert not soup_of(client.get(LOGIN)).find("a", href=SIGN_UP)
    assert not Officer.objects.exists()


def test_too_many_sign_ups_from_one_place_are_turned_away(client):
    answers = [client.post(SIGN_UP, ANN | {"email": f"a{n}@b.example"}) for n in range(22)]
    assert answers[-1].status_code == 429


def test_a_password_is_renewed_by_a_link_for_holders_only(client, tuen_mun):
    account = confirmed(client)
    sent = len(mail.outbox)
    officer_create(
        username="lee", display_name="Lee", office=tuen_mun, role="officer", password=PASSWORD
    )
    Officer.objects.filter(username="lee").update(email="lee@customs.example")
    assert client.post(RESET, {"email": "lee@customs.example"}).status_code == 302
    assert len(mail.outbox) == sent
    client.post(RESET, {"email": account.email})
    page = client.get(link(), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD * 2, "password2": PASSWORD * 2})
    account.refresh_from_db()
    assert account.check_password(PASSWORD * 2)
    assert acts()[-1] == ("accounts.password.changed", account.username)


def test_mail_that_cannot_be_sent_is_said_and_the_account_is_kept(client, monkeypatch):
    def unreachable(self, messages):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", unreachable)
    answer = client.post(SIGN_UP, ANN)
    assert answer.status_code == 422
    assert "could not be sent" in text(soup_of(answer).main)
    assert Officer.objects.filter(username="ann@meridian.example").exists()


def test_officers_sign_in_without_an_address(client, tuen_mun):
    officer_create(
        username="lee", display_name="Lee", office=tuen_mun, role="officer", password=PASSWORD
    )
    answer = client.post(LOGIN, {"login": "lee", "password": PASSWORD})
    assert answer["Location"] == "/"
    assert client.get("/portal/").status_code == 403


@pytest.mark.parametrize("address", ["/triage/", "/cases/", "/rights/", "/audit/", "/exchange/"])
def test_a_holder_sees_no_officers_page(client, address):
    account = confirmed(client)
    totp.TOTP.activate(account, totp.generate_totp_secret())
    response, soup = read(client, account, address)
    assert response.status_code == 403
    assert not soup.select(f".rail a[href^='{address}']")
