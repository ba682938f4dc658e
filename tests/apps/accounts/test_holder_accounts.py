"""Accounts of the right holders' portal, and how their mail leaves the node."""

from __future__ import annotations

import pytest

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.services import holder_account_create
from countermark.config.env import BadSetting, Mail, mail
from countermark.domain.errors import Conflict, InvalidInput

ANN = {
    "email": "Ann@Heron.example",
    "display_name": "Ann Lee",
    "password": "long enough, said aloud",
}
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.django_db
def test_the_address_in_small_letters_is_the_sign_in_name(hongkong):
    account = holder_account_create(**ANN)
    assert (account.username, account.email) == ("ann@heron.example", "ann@heron.example")
    assert account.is_holder
    assert account.check_password(ANN["password"])
    assert not account.may("rights.read")


@pytest.mark.django_db
def test_an_address_has_one_account_whatever_its_case(hongkong):
    holder_account_create(**ANN)
    with pytest.raises(Conflict):
        holder_account_create(**ANN | {"email": "ANN@HERON.EXAMPLE"})


@pytest.mark.django_db
def test_a_weak_password_makes_no_account(hongkong):
    with pytest.raises(InvalidInput):
        holder_account_create(**ANN | {"password": "short"})
    assert not Officer.objects.exists()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", Mail(SMTP, "mail.example", 25)),
        ("smtp+tls://a:b%40c@mail.example", Mail(SMTP, "mail.example", 587, "a", "b@c", tls=True)),
        ("smtps://mail.example:4650", Mail(SMTP, "mail.example", 4650, ssl=True)),
        ("", Mail("django.core.mail.backends.filebased.EmailBackend")),
    ],
)
def test_a_mail_address_says_how_mail_is_sent(url, expected):
    assert mail(url) == expected


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_an_address_that_cannot_be_used_stops_the_start(url):
    with pytest.raises(BadSetting, match="COUNTERMARK_MAIL_URL"):
        mail(url)
