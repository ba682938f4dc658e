"""Letters about days that draw near: once for each step and address, or again if not sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from tests.filing import account, file_in, holder_made, speaks_for

from countermark.apps.register.models import AlarmNotice
from countermark.apps.register.selectors import alarms_for
from countermark.apps.register.services import letter_language_choose
from countermark.domain.errors import InvalidInput, NotFound
from countermark.workflows import alarms
from countermark.workflows.alarms import alarm_letters_send

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(tuen_mun):
    return account("owner@x.example", tuen_mun)


@pytest.fixture
def near(owner, guangdong, hongkong):
    """A recordation that ends in 29 days; the mail of its holder is known."""
    holder = holder_made()
    speaks_for(owner, holder)
    ends = timezone.localdate() + timedelta(days=29)
    return file_in("in-force", administration=guangdong, holder=holder, by=owner, expires_on=ends)


def test_a_letter_is_written_once_a_step_and_names_the_day(near):
    today = timezone.localdate()
    assert alarm_letters_send(today=today) == 1
    assert alarm_letters_send(today=today) == 0
    [letter] = mail.outbox
    assert letter.to == ["ip@meridian.example"]
    assert near.expires_on.isoformat() in letter.subject
    assert "29 days are left" in letter.body
    assert alarm_letters_send(today=today + timedelta(days=22)) == 1


def test_a_letter_that_cannot_be_sent_is_tried_again(near, monkeypatch):
    def fail(*args: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(alarms, "_send", fail)
        assert alarm_letters_send(today=timezone.localdate()) == 0
    assert not AlarmNotice.objects.exists()
    assert alarm_letters_send(today=timezone.localdate()) == 1


def test_a_holder_chooses_the_language_of_letters(near, owner, tuen_mun):
    holder = near.holder
    assert letter_language_choose(by=owner, holder=holder, language="zh-hant").language == "zh-hant"
    with pytest.raises(InvalidInput):
        letter_language_choose(by=owner, holder=holder, language="tlh")
    with pytest.raises(NotFound):
        letter_language_choose(
            by=account("eve@x.example", tuen_mun), holder=holder, language="zh-hans"
        )


def test_the_portal_shows_what_rings_with_the_article_that_sets_the_day(near, owner):
    [alarm] = alarms_for(account=owner, on=timezone.localdate())
    assert alarm.source == "cn/ipr-customs-regulations#10"
    assert alarm.opens_on is not None
    assert alarm.last_day == near.expires_on
