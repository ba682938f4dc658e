"""Services on alarms: which letters were written, and in which language a holder wants them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.audit.services import audit_record
from countermark.apps.register.models import AlarmNotice, LetterLanguage, RightHolder
from countermark.apps.register.selectors import acting_role, letter_addresses
from countermark.domain.alarms import Alarm
from countermark.domain.errors import InvalidInput


@transaction.atomic
def alarm_write(
    *, holder: RightHolder, alarm: Alarm, step: int, send: Callable[[list[str]], object]
) -> list[str]:
    """Send a letter about an alarm to every address of a holder that has not had it for this step.

    The letter is sent last, in the transaction that notes it: where it cannot be sent, nothing is
    noted, and the next day tries again.

    Args:
        holder: Whose addresses are written to.
        alarm: What the letter is about.
        step: The step that was reached, in days before the last day.
        send: Sends the letter to addresses, or raises.

    Returns:
        The addresses that were written to; empty where all had it.
    """
    known = AlarmNotice.objects.filter(
        kind=alarm.kind.value, subject=alarm.subject, day=alarm.last_day, step=step
    ).values_list("email", flat=True)
    addresses = [each for each in letter_addresses(holder) if each not in set(known)]
    if not addresses:
        return []
    AlarmNotice.objects.bulk_create(
        AlarmNotice(
            holder=holder,
            kind=alarm.kind.value,
            subject=alarm.subject,
            day=alarm.last_day,
            step=step,
            email=each,
        )
        for each in addresses
    )
    audit_record(
        "register.alarm.written",
        subject=alarm.subject,
        kind=alarm.kind.value,
        day=alarm.last_day.isoformat(),
        step=step,
        addresses=len(addresses),
    )
    send(addresses)
    return addresses


@transaction.atomic
def letter_language_choose(*, by: Officer, holder: RightHolder, language: str) -> LetterLanguage:
    """Write letters to a holder in another language from now on.

    Raises:
        NotFound: The account does not speak for the holder today.
        InvalidInput: The program does not speak that language.
    """
    acting_role(account=by, holder=holder, on=timezone.localdate())
    if language not in dict(settings.LANGUAGES):
        raise InvalidInput("code-unknown", field="language", value=language[:20])
    row, _ = LetterLanguage.objects.update_or_create(holder=holder, defaults={"language": language})
    return row
