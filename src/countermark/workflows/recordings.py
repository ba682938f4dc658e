"""Recordations: an act on a file, and what follows from it at once.

What comes into force is looked for in the lines of the last days as well, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from countermark.apps.register.services import recordation_act, recordations_act
from countermark.workflows.filings import filing_pass_on
from countermark.workflows.watching import retro_hunt_start

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer
    from countermark.apps.register.models import Recordation


@transaction.atomic
def recordation_do(
    *,
    by: Officer,
    recordation: Recordation,
    act: str,
    note: str = "",
    detail: Mapping[str, object] | None = None,
) -> Recordation:
    """Do an act to a recordation, and hunt for its right where the act brought it into force.

    An act on a file that another administration keeps goes to that administration, and one on a
    file that a partner passed on is reported to the partner, in the same transaction.

    Raises:
        NotFound: The account does not speak for the holder today.
        NotPermitted: The role may not do this act.
        ActNotOpen: The state knows no such act, or something stands against it.
        InvalidInput: What the file says cannot be recorded.
        Conflict: The registration or the number is recorded already, or the administration that
            keeps the file is not connected.
    """
    before = recordation.in_force, recordation.right.version if recordation.right else 0
    done = recordation_act(by=by, recordation=recordation, act=act, note=note, detail=detail)
    if done.right and done.in_force and before != (True, done.right.version):
        cause = "revised" if before[0] else "recorded"
        retro_hunt_start(rights=[done.right], cause=cause, by=by)
    filing_pass_on(by=by, recordation=done)
    return done


@transaction.atomic
def recordations_do(
    *, by: Officer, recordations: Sequence[Recordation], act: str, digest: str, note: str = ""
) -> list[Recordation]:
    """Do one act to exactly the files that were shown, and hunt once for what came into force.

    Raises:
        NotPermitted: The officer may not examine rights, or may not do this act.
        InvalidInput: There are too many files at once.
        Conflict: The selection, or a file in it, changed since it was shown.
        ActNotOpen: An act is not open to one of them.
    """
    asleep = {each.pk for each in recordations if not each.in_force}
    done = recordations_act(by=by, recordations=recordations, act=act, digest=digest, note=note)
    woken = [each.right for each in done if each.right and each.in_force and each.pk in asleep]
    if woken:
        retro_hunt_start(rights=woken, cause="recorded", by=by)
    for each in done:
        filing_pass_on(by=by, recordation=each)
    return done
