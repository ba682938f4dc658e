"""Services on mutes: hold a phrase back for a mark, and lift that again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.intake.selectors import line_list
from countermark.apps.register.models import Right
from countermark.apps.register.selectors import recorded_rights
from countermark.apps.screening.convert import found_from_row, line_from_row
from countermark.apps.screening.models import Excuse, Hit, HitState, Mute
from countermark.apps.screening.muting import only_muted
from countermark.apps.screening.phrases import phrase_of
from countermark.apps.screening.selectors import mutes_in_force
from countermark.apps.screening.services.recording import LIVE_FOR, decide_by
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput
from countermark.domain.matching.screener import Screener

LONGEST_MUTE: Final = timedelta(days=365)
LONGEST_REASON: Final = 2_000
LOT: Final = 500


@transaction.atomic
def mute_add(*, right: Right, phrase: str, reason: str, expires_on: date, by: Officer) -> Mute:
    """Hold a phrase back for a mark: hits on it, open ones too, are kept and excused as muted.

    A line that uses the mark in other words as well stays in the queue; decided and snoozed hits
    stay as they are. Writes the mute, its hits and one audit entry, or nothing.

    Args:
        right: Locked, so that two analysts do not mute the same phrase.
        phrase: As some hit on the right has it; case and width do not matter.
        reason: In the analyst's own words.
        expires_on: The last day, from tomorrow to a year from today.
        by: The analyst.

    Raises:
        NotPermitted: The officer may not change the rules of screening.
        InvalidInput: The reason is missing or too long, the day out of range, or no hit on the
            right has the phrase.
        Conflict: The phrase is muted for the mark already.
    """
    officer_require(by, "screening.rules")
    phrase = phrase_of(phrase)
    _check(reason, expires_on)
    right = Right.objects.select_for_update(of=("self",)).get(pk=right.pk)
    if not Hit.objects.filter(right=right, phrase=phrase).exclude(phrase="").exists():
        raise InvalidInput("phrase-unknown", field="phrase")
    muted = mutes_in_force(timezone.localdate()).get(right.pk, {})
    if phrase in muted:
        raise Conflict("phrase-muted-already", phrase=phrase)
    mute = Mute.objects.create(
        right=right,
        phrase=phrase,
        reason=reason.strip(),
        made_at=timezone.now(),
        made_by=by,
        expires_on=expires_on,
    )
    held = _hold_back(mute, {*muted, phrase})
    audit_record(
        "screening.mute.added",
        subject=right.reference,
        by=by,
        mute=mute.number,
        phrase=phrase,
        last_day=expires_on,
        held_back=held,
        reason=mute.reason,
    )
    return mute


@transaction.atomic
def mute_lift(*, mute: Mute, reason: str, by: Officer) -> Mute:
    """Lift a mute before its last day; undecided hits it holds back return to the queue.

    Raises:
        NotPermitted: The officer may not change the rules of screening.
        InvalidInput: The reason is missing or too long.
        ActNotOpen: The mute was lifted before.
    """
    officer_require(by, "screening.rules")
    _check_reason(reason)
    mute = Mute.objects.select_for_update(of=("self",)).select_related("right").get(pk=mute.pk)
    if mute.lifted_at is not None:
        raise ActNotOpen("mute-lifted-already", mute=mute.pk)
    mute.lifted_at, mute.lifted_by = timezone.now(), by
    mute.lifted_reason = reason.strip()
    mute.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    released = _release(mute)
    audit_record(
        "screening.mute.lifted",
        subject=mute.right.reference,
        by=by,
        mute=mute.number,
        phrase=mute.phrase,
        released=released,
        reason=mute.lifted_reason,
    )
    return mute


def _check(reason: str, expires_on: date) -> None:
    _check_reason(reason)
    today = timezone.localdate()
    if not today < expires_on <= today + LONGEST_MUTE:
        raise InvalidInput("mute-day-out-of-range", field="expires_on")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput("missing", field="reason")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput("too-long", field="reason")


def _hold_back(mute: Mute, phrases: set[str]) -> int:
    """Excuse the open hits in which the mark is used in muted words only; return their number."""
    open_hits = Hit.objects.filter(
        right=mute.right_id, phrase=mute.phrase, excused="", state=HitState.OPEN
    ).filter(relied_on_at__isnull=True)
    alone = _alone(mute.right)
    held = 0
    keys = list(open_hits.order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(keys), LOT):
        some = open_hits.filter(pk__in=keys[at : at + LOT])
        hits = list(some.select_for_update(of=("self",)))
        rows = line_list().in_bulk({hit.line_id for hit in hits})
        muted = [
            hit.pk
            for hit in hits
            if only_muted(
                line_from_row(rows[hit.line_id]), found_from_row(hit), alone=alone, phrases=phrases
            )
        ]
        held += Hit.objects.filter(pk__in=muted).update(excused=Excuse.MUTED, mute=mute)
    return held


def _alone(right: Right) -> Screener:
    """Return a screener that knows the mark as it is recorded today, or nothing."""
    today = timezone.localdate()
    recorded = recorded_rights(today, today, only=Right.objects.filter(pk=right.pk))
    marks = (each.mark_on(today) for each in recorded)
    return Screener([mark for mark in marks if mark is not None])


def _release(mute: Mute) -> int:
    """Return undecided hits to the queue; live goods have their full time once more."""
    now = timezone.now()
    undecided = Hit.objects.filter(mute=mute, state__in=(HitState.OPEN, HitState.SNOOZED))
    live_from = timezone.localdate(now) - LIVE_FOR
    released = {"excused": "", "mute": None}
    gone = undecided.filter(line__declaration__declared_on__lt=live_from)
    return _update(gone, decide_by=None, **released) + _update(
        undecided, decide_by=decide_by(timezone.localdate(now), now), **released
    )


def _update(hits: QuerySet[Hit], **values: object) -> int:
    keys = list(hits.values_list("pk", flat=True))
    return sum(
        Hit.objects.filter(pk__in=keys[at : at + LOT]).update(**values)
        for at in range(0, len(keys), LOT)
    )
