"""Services on hits: what officers decide about them, and how a decision is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.screening.models import Decision, Disposition, Hit, HitState
from countermark.apps.screening.selectors import disposition_last
from countermark.domain.errors import ActNotOpen, InvalidInput, NotPermitted

UNDO_WITHIN: Final = timedelta(seconds=60)
"""How long the officer who decided may take the decision back."""

LONGEST_REASON: Final = 2_000

_UNDECIDED: Final = (HitState.OPEN, HitState.SNOOZED)
_DECIDED: Final = (HitState.CONFIRMED, HitState.DISMISSED)
_TRANSITIONS: Final[dict[str, tuple[tuple[HitState, ...], HitState]]] = {
    Decision.CONFIRM: (_UNDECIDED, HitState.CONFIRMED),
    Decision.DISMISS: (_UNDECIDED, HitState.DISMISSED),
    Decision.SNOOZE: (_UNDECIDED, HitState.SNOOZED),
    Decision.REOPEN: ((*_DECIDED, HitState.SNOOZED), HitState.OPEN),
}
"""From each decision an officer may make to the states it is open from and the one it leads to."""

_ACTS: Final[dict[str, str]] = {
    Decision.CONFIRM: "screening.hit.confirmed",
    Decision.DISMISS: "screening.hit.dismissed",
    Decision.SNOOZE: "screening.hit.snoozed",
    Decision.REOPEN: "screening.hit.reopened",
}


@transaction.atomic
def hit_dispose(
    *,
    hit: Hit,
    decision: str,
    reason: str,
    by: Officer,
    snooze_until: datetime | None = None,
) -> Disposition:
    """Decide a hit with a reason; one disposition and one audit entry are added.

    Args:
        hit: Obtained from a selector scoped to the officer.
        decision: ``confirm``, ``dismiss``, ``snooze`` or ``reopen``.
        reason: In the officer's own words; never empty.
        by: The officer who decides.
        snooze_until: When a snoozed hit comes back; in the future, given with ``snooze`` only.

    Raises:
        NotPermitted: The officer may not decide hits.
        InvalidInput: The decision is unknown, the reason missing or too long, or the time of a
            snooze missing or past.
        ActNotOpen: The decision is not open from the hit's state, or a later stage rests on it.
    """
    officer_require(by, "hits.decide")
    now = timezone.now()
    _check(decision, reason, snooze_until, now)
    hit = Hit.objects.select_for_update(of=("self",)).get(pk=hit.pk)
    states, target = _TRANSITIONS[decision]
    if hit.state not in states:
        raise ActNotOpen("hit-state", number=hit.number, state=hit.state, decision=decision)
    _refuse_relied_on(hit)
    disposition = Disposition(
        decision=decision, to_state=target, snoozed_until=snooze_until, by=by, at=now
    )
    disposition.reason = reason.strip()
    _add(hit, disposition)
    audit_record(_ACTS[decision], subject=hit.number, by=by, reason=reason.strip())
    return disposition


@transaction.atomic
def hit_undo(*, hit: Hit, by: Officer) -> Disposition:
    """Take back the officer's own last decision and restore the state before it.

    The decision stays on record; the step back is added after it.

    Raises:
        NotPermitted: The officer may not decide hits, or somebody else decided.
        ActNotOpen: There is nothing to take back, more than ``UNDO_WITHIN`` has passed, or a
            later stage rests on the decision.
    """
    officer_require(by, "hits.decide")
    now = timezone.now()
    hit = Hit.objects.select_for_update(of=("self",)).get(pk=hit.pk)
    last = disposition_last(hit)
    if last is None or last.decision == Decision.UNDO:
        raise ActNotOpen("nothing-to-undo", number=hit.number)
    if last.by_id != by.pk:
        raise NotPermitted("undo-own-decision-only", number=hit.number)
    if now - last.at > UNDO_WITHIN:
        raise ActNotOpen("undo-too-late", seconds=int(UNDO_WITHIN.total_seconds()))
    _refuse_relied_on(hit)
    until = _snoozed_before(last) if last.from_state == HitState.SNOOZED else None
    disposition = Disposition(
        decision=Decision.UNDO, to_state=last.from_state, snoozed_until=until, by=by, at=now
    )
    _add(hit, disposition)
    audit_record("screening.hit.undone", subject=hit.number, by=by, decision=last.decision)
    return disposition


@transaction.atomic
def hit_rely(*, hit: Hit, by: Officer) -> Hit:
    """Mark that a later stage, such as a case, rests on a confirmed hit: it stays confirmed.

    Called by that later stage inside its own transaction; repeated calls change nothing.

    Raises:
        ActNotOpen: The hit is not confirmed.
    """
    hit = Hit.objects.select_for_update(of=("self",)).get(pk=hit.pk)
    if hit.state != HitState.CONFIRMED:
        raise ActNotOpen("hit-not-confirmed", number=hit.number, state=hit.state)
    if hit.relied_on_at is None:
        hit.relied_on_at = timezone.now()
        hit.save(update_fields=["relied_on_at"])
        audit_record("screening.hit.relied-on", subject=hit.number, by=by)
    return hit


def _check(decision: str, reason: str, until: datetime | None, now: datetime) -> None:
    if decision not in _TRANSITIONS:
        raise InvalidInput("decision-unknown", field="decision", value=decision)
    if not reason.strip():
        raise InvalidInput("missing", field="reason")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput("too-long", field="reason")
    if (decision == Decision.SNOOZE) != (until is not None):
        raise InvalidInput("snooze-needs-a-time", field="snooze_until")
    if until is not None and until <= now:
        raise InvalidInput("snooze-in-the-past", field="snooze_until")


def _refuse_relied_on(hit: Hit) -> None:
    if hit.relied_on_at is not None:
        raise ActNotOpen("hit-relied-on", number=hit.number)


def _snoozed_before(last: Disposition) -> datetime | None:
    """Return the time set by the snooze that stood before a decision."""
    earlier = Disposition.objects.filter(hit=last.hit_id, pk__lt=last.pk, to_state=HitState.SNOOZED)
    return earlier.order_by("-pk").values_list("snoozed_until", flat=True).first()


def _add(hit: Hit, disposition: Disposition) -> None:
    """Write a disposition of a locked hit and the state that follows from it."""
    disposition.hit, disposition.from_state = hit, hit.state
    disposition.save()
    hit.state, hit.snoozed_until = disposition.to_state, disposition.snoozed_until
    hit.save(update_fields=["state", "snoozed_until"])
