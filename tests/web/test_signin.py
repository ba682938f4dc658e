"""Signing in: three languages, a second factor, and a log of every attempt."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from tests.web.reading import LANGUAGES, read, soup_of, text

from countermark.apps.accounts.services import officer_create
from countermark.apps.audit.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "long enough, said aloud"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_attempts_remembered():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def lee(tuen_mun):
    return officer_create(
        username="lee", display_name="Lee", office=tuen_mun, role="officer", password=PASSWORD
    )


def attempts():
    return list(
        Entry.objects.filter(act__startswith="accounts.officer.").values_list("act", "subject")
    )


@pytest.mark.parametrize(("code", "tag"), LANGUAGES.items())
def test_the_sign_in_page_speaks_three_languages(client, hongkong, code, tag):
    response, soup = read(client, None, LOGIN, accept_language=code)
    assert response.status_code == 200
    assert soup.html["lang"] == tag
    assert [field["autocomplete"] for field in soup.select("main input[autocomplete]")] == [
        "username",
        "current-password",
    ]


def test_signing_in_is_recorded_and_leads_to_where_one_wanted_to_go(client, lee):
    answer = client.post(LOGIN, {"login": "lee", "password": PASSWORD, "next": "/rights/"})
    assert answer["Location"] == "/rights/"
    assert attempts()[-1] == ("accounts.officer.signed-in", "lee")


@pytest.mark.parametrize("name", ["lee", "nobody"])
def test_a_failed_attempt_is_recorded_and_does_not_tell_which_names_exist(client, lee, name):
    before = len(attempts())
    answer = client.post(LOGIN, {"login": name, "password": "wrong"})
    soup = soup_of(answer)
    assert [text(item) for item in soup.select(".summary li")] == [
        "The username and/or password you specified are not correct."
    ]
    assert attempts()[before:] == [("accounts.officer.refused", name)]


def test_too_many_wrong_passwords_close_the_door_for_a_while(client, lee):
    for _ in range(12):
        client.post(LOGIN, {"login": "lee", "password": "wrong"})
    client.post(LOGIN, {"login": "lee", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_second_factor_is_asked_for_before_anybody_counts_as_signed_in(client, lee):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(lee, secret)
    answer = client.post(LOGIN, {"login": "lee", "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert ("accounts.officer.signed-in", "lee") not in attempts()
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    page = client.get(answer["Location"])
    assert page.status_code == 200
    client.post(answer["Location"], {"code": code})
    assert attempts()[-1] == ("accounts.officer.signed-in", "lee")


@pytest.mark.parametrize(
    "address", ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"]
)
def test_accounts_and_passwords_are_not_made_here(client, hongkong, address):
    response, soup = read(client, None, address)
    assert response.status_code == 404
    assert "administrator" in text(soup.main)


def test_signing_out_takes_a_post(client, lee):
    client.force_login(lee)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/triage/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/triage/").status_code == 302


@pytest.mark.parametrize("address", ["/accounts/2fa/", "/accounts/password/change/"])
@pytest.mark.parametrize(("code", "tag"), LANGUAGES.items())
def test_the_account_pages_are_in_the_shell(client, lee, address, code, tag):
    response, soup = read(client, lee, address, accept_language=code)
    assert response.status_code == 200
    assert soup.html["lang"] == tag
    assert soup.select_one(".rail")
    assert not soup.find("a", href="/accounts/password/reset/")
