"""Letters about days that draw near, in the holder's language, once for each step."""

from __future__ import annotations

import logging
from functools import partial
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from countermark.apps.accounts.selectors import home_administration
from countermark.apps.register.selectors import alarms_of, holders_recorded, letter_language
from countermark.apps.register.services import alarm_write
from countermark.domain.alarms import step_of

if TYPE_CHECKING:
    from datetime import date

    from countermark.apps.register.models import RightHolder
    from countermark.domain.alarms import Alarm

logger = logging.getLogger(__name__)


def alarm_letters_send(*, today: date) -> int:
    """Write every letter whose step is reached and that was not written; return how many.

    Each letter is its own transaction: one that cannot be sent is tried again the next day and
    keeps none of the others back.
    """
    written = 0
    for holder in holders_recorded():
        for alarm in alarms_of(holder):
            step = step_of(alarm, today=today, steps=settings.COUNTERMARK_ALARM_DAYS)
            if step is not None:
                written += _write(holder, alarm, step, today)
    return written


def _write(holder: RightHolder, alarm: Alarm, step: int, today: date) -> bool:
    send = partial(_send, holder, alarm, today)
    try:
        return bool(alarm_write(holder=holder, alarm=alarm, step=step, send=send))
    except (SMTPException, OSError) as trouble:
        logger.warning("a letter about %s was not sent: %s", alarm.subject, type(trouble).__name__)
        return False


def _send(holder: RightHolder, alarm: Alarm, today: date, addresses: list[str]) -> None:
    """Send one letter to each address by itself: contacts need not know of each other."""
    with translation.override(letter_language(holder)):
        said = {
            "alarm": alarm,
            "kind": alarm.kind.value,
            "holder": holder,
            "left": alarm.days_left(today),
            "home": home_administration(),
            "address": settings.COUNTERMARK_BASE_URL,
        }
        subject = " ".join(render_to_string("portal/letter_subject.txt", said).split())
        body = render_to_string("portal/letter.txt", said)
    for each in addresses:
        EmailMessage(subject, body, to=[each]).send()
