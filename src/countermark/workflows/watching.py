"""Watching: what follows where a right comes into force or changes, or a mute is lifted.

A right that is new to the register is looked for in the lines of the last days too, by a
retro-hunt in the background. It is enqueued in the transaction of the act: both happen or neither.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django_tasks import task

from countermark.apps.audit.selectors import audit_head, audit_since
from countermark.apps.register.selectors import rights_named
from countermark.apps.register.services import (
    recordation_record,
    right_record,
    right_revise,
    rights_import,
)
from countermark.apps.register.services.imports import Progress, silent
from countermark.apps.screening.selectors import hunt_due_list, hunt_find, hunt_open_list
from countermark.apps.screening.services import hunt_execute, hunt_start, mute_lift
from countermark.domain.errors import ActNotOpen
from countermark.workflows.patience import patiently

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer
    from countermark.apps.register.inputs import RecordationInput, RightInput
    from countermark.apps.register.models import Recordation, Right, RightHolder
    from countermark.apps.register.services.imports import ImportResult
    from countermark.apps.screening.models import Mute, Run

log = logging.getLogger(__name__)

BROUGHT = ("register.right.recorded", "register.right.revised")


@transaction.atomic
def retro_hunt_start(
    *, rights: Sequence[Right], cause: str, by: Officer | None = None
) -> Run | None:
    """Leave it to the background to look for rights in the lines of the last days.

    To be called inside the transaction in which the rights come into force.

    Args:
        rights: One right, or all that an act has changed; one hunt looks for all of them.
        cause: ``recorded``, ``revised`` or ``unmuted``.
        by: The officer whose act led to it, None where time did.

    Returns:
        The hunt, or None where none of the rights is screened against today.
    """
    try:
        run = hunt_start(rights=rights, cause=cause, by=by)
    except ActNotOpen:
        return None
    retro_hunt.enqueue(run.pk)
    return run


@transaction.atomic
def retro_hunt_ask(*, right: Right, first: date, last: date, by: Officer) -> Run:
    """Start a retro-hunt by hand over a chosen period, in the background.

    Raises:
        NotPermitted: The officer may not start hunts by hand.
        InvalidInput: The period is reversed or in the future.
        ActNotOpen: The right is not screened against today.
        Conflict: Such a hunt is under way already.
    """
    run = hunt_start(rights=[right], cause="by-hand", by=by, period=(first, last))
    retro_hunt.enqueue(run.pk)
    return run


@task()
def retro_hunt(pk: int) -> None:
    """Hunt back: the background task of ``retro_hunt_start``."""
    run = patiently(lambda: hunt_execute(run=hunt_find(pk=pk)))
    log.info("retro-hunt %s: %s lines, %s new hits", run.number, run.lines_done, run.hits_found)


def retro_hunts_resume() -> int:
    """Put every unfinished retro-hunt back to work, and return how many those are.

    For the start of a worker, like ``arrivals_resume``.
    """
    keys = list(hunt_open_list().values_list("pk", flat=True))
    for pk in keys:
        retro_hunt.enqueue(pk)
    return len(keys)


def retro_hunts_due(*, today: date) -> int:
    """Start a hunt for rights that have come into force without one; return how many those are."""
    rights = hunt_due_list(today)
    if not rights or retro_hunt_start(rights=rights, cause="recorded") is None:
        return 0
    return len(rights)


@transaction.atomic
def right_bring(
    *,
    by: Officer,
    holder: RightHolder,
    right: RightInput,
    recordations: Sequence[RecordationInput] = (),
) -> Right:
    """Record a right and look for it in the lines of the last days.

    Raises:
        Refusal: As ``right_record`` does.
    """
    row = right_record(by=by, holder=holder, right=right, recordations=recordations)
    retro_hunt_start(rights=[row], cause="recorded", by=by)
    return row


@transaction.atomic
def right_change(*, by: Officer, right: Right, change: RightInput) -> Right:
    """Revise a right and look for what it has become in the lines of the last days.

    Raises:
        Refusal: As ``right_revise`` does.
    """
    row = right_revise(by=by, right=right, change=change)
    if row.version != right.version:
        retro_hunt_start(rights=[row], cause="revised", by=by)
    return row


@transaction.atomic
def recordation_bring(*, by: Officer, right: Right, recordation: RecordationInput) -> Recordation:
    """Enter a right in the record and look for it in the lines of the last days.

    Raises:
        Refusal: As ``recordation_record`` does.
    """
    made = recordation_record(by=by, right=right, recordation=recordation)
    retro_hunt_start(rights=[right], cause="recorded", by=by)
    return made


@transaction.atomic
def rights_bring(
    *, by: Officer, upload: str, expected: str = "", progress: Progress = silent
) -> ImportResult:
    """Import a file of rights; one hunt looks for all that are new or changed.

    Args and refusals are those of ``rights_import``.

    Raises:
        Refusal: As ``rights_import`` does.
    """
    before, _ = audit_head()
    result = rights_import(by=by, upload=upload, expected=expected, progress=progress)
    after, _ = audit_head()
    said = audit_since(before, upto=after, prefixes=BROUGHT)
    rights = rights_named([subject for _, subject in said])
    if rights:
        retro_hunt_start(rights=rights, cause="recorded", by=by)
    return result


@transaction.atomic
def mute_end(*, mute: Mute, reason: str, by: Officer) -> Mute:
    """Lift a mute and look for the mark in the lines of the last days once more.

    Raises:
        Refusal: As ``mute_lift`` does.
    """
    lifted = mute_lift(mute=mute, reason=reason, by=by)
    retro_hunt_start(rights=[lifted.right], cause="unmuted", by=by)
    return lifted
