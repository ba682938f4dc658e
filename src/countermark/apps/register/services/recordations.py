"""Services on a recordation as a file: begin it, write in it, act on it, alone or on many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.register.content import content_checked, content_elsewhere
from countermark.apps.register.models import Recordation, RightHolder
from countermark.apps.register.selectors import (
    acting_role,
    recordation_role,
    recordations_digest,
)
from countermark.apps.register.services.acting import act_take
from countermark.apps.register.services.effects import protection_of
from countermark.apps.register.services.moving import Step, event_add
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput
from countermark.lawbook import recordation_rules
from countermark.lawbook.recordations import ActingRole, Effect

MOST_AT_ONCE = 1000
LONGEST_NOTE = 2000


@transaction.atomic
def recordation_draft(
    *,
    by: Officer,
    holder: RightHolder,
    administration: Administration,
    right_type: str,
    content: Mapping[str, object] | None = None,
) -> Recordation:
    """Begin a file for a holder; only those who speak for the holder see it until it is submitted.

    Raises:
        NotFound: The account does not speak for this holder today.
        InvalidInput: The administration does not record that kind of right, or the content is
            malformed.
    """
    today = timezone.localdate()
    role = acting_role(account=by, holder=holder, on=today)
    protection_of(administration.law, right_type)
    rules = recordation_rules(administration.law)
    recordation = Recordation.objects.create(
        administration=administration,
        applicant=holder,
        right_type=right_type,
        content=content_checked(content or {}),
        state=rules.procedure.starts_in,
        created_by=by,
    )
    event_add(recordation, Step("draft", today, by, role), before="")
    return recordation


@transaction.atomic
def recordation_write(
    *, by: Officer, recordation: Recordation, edition: int, changes: Mapping[str, object]
) -> Recordation:
    """Change the content of a file, key by key, while its state lets the applicant write.

    Args:
        by: An account that speaks for the holder.
        recordation: The file.
        edition: The edition that the changes were made from.
        changes: The keys of the content that change, each with its whole new value.

    Raises:
        NotFound: The account does not speak for this holder today.
        ActNotOpen: The file cannot be written in its present state.
        Conflict: Somebody wrote in the file since that edition.
        InvalidInput: A value is malformed.
    """
    row = _locked(recordation)
    acting_role(account=by, holder=row.holder, on=timezone.localdate())
    rules = recordation_rules(row.administration.law)
    if row.state not in rules.editable:
        raise ActNotOpen("file-not-open", state=row.state)
    if row.edition != edition:
        raise Conflict("file-changed-meanwhile", file=row.file_number)
    row.content = row.content | content_checked(changes)
    row.edition += 1
    row.save(update_fields=["content", "edition"])
    return row


@transaction.atomic
def recordation_copy(
    *, by: Officer, recordation: Recordation, administration: Administration
) -> Recordation:
    """Begin a file with another administration from what one file says; registration data stay out.

    Raises:
        NotFound: The account does not speak for this holder today.
        InvalidInput: The other administration does not record that kind of right.
    """
    return recordation_draft(
        by=by,
        holder=recordation.holder,
        administration=administration,
        right_type=recordation.right_type,
        content=content_elsewhere(recordation.content),
    )


@transaction.atomic
def recordation_act(
    *,
    by: Officer | None,
    recordation: Recordation,
    act: str,
    note: str = "",
    detail: Mapping[str, object] | None = None,
) -> Recordation:
    """Do an act of the law file to a recordation; from this second its new state holds.

    Writes the file, one event, the right and its people where the act grants or amends, and the
    audit entries, or nothing at all.

    Args:
        by: The officer or portal account; None where time alone acts.
        recordation: The file; it is read anew and locked.
        act: A code of ``law/<law>/recordation.toml``.
        note: The reason, or what is asked or answered.
        detail: ``number`` of a recordation to be granted; ``changes`` of content to be reported.

    Raises:
        NotFound: The account does not speak for the holder today.
        NotPermitted: The role may not do this act, or the file is another administration's.
        ActNotOpen: The state knows no such act, or something stands against it.
        InvalidInput: What the file says cannot be recorded.
        Conflict: The registration or the number is recorded already.
    """
    row = _locked(recordation)
    today = timezone.localdate()
    if len(note) > LONGEST_NOTE:
        raise InvalidInput("too-long", field="note")
    role = recordation_role(row, of=by, on=today) if by else ActingRole.SYSTEM.value
    said = dict(detail or {})
    if "changes" in said:
        said["changes"] = content_checked(_mapping(said["changes"]))
    _refuse_foreign(row, by)
    return act_take(row, Step(act, today, by, role, note.strip(), said))


@transaction.atomic
def recordations_act(
    *,
    by: Officer,
    recordations: Sequence[Recordation],
    act: str,
    digest: str,
    note: str = "",
) -> list[Recordation]:
    """Do one act to exactly the files that were shown: to all of them, or to none.

    Args:
        by: An officer who examines rights.
        recordations: The files, as they stand now.
        act: A code of the law files.
        digest: ``recordations_digest`` of the files as they were shown.
        note: The reason, the same for all.

    Raises:
        NotPermitted: The officer may not examine rights, or may not do this act.
        InvalidInput: There are too many files at once.
        Conflict: The selection, or a file in it, changed since it was shown.
        ActNotOpen: An act is not open to one of them.
    """
    officer_require(by, "rights.examine")
    if len(recordations) > MOST_AT_ONCE:
        raise InvalidInput("too-many-rows", field="selection", limit=MOST_AT_ONCE)
    rows = [_locked(each) for each in sorted(recordations, key=lambda each: each.pk)]
    if recordations_digest(rows) != digest:
        raise Conflict("selection-changed")
    return [recordation_act(by=by, recordation=row, act=act, note=note) for row in rows]


def recordations_lapse(*, on: date) -> int:
    """Let every recordation lapse whose last day has passed; return how many did.

    Each lapses in its own transaction, so that a standstill loses nothing that was done.
    """
    passed = Recordation.objects.filter(
        Q(expires_on__lt=on) | Q(right__valid_until__lt=on),
        closed=False,
        right__isnull=False,
        administration__code=settings.COUNTERMARK_ADMINISTRATION,
    ).select_related("administration")
    lapsed = 0
    for row in passed:
        act = recordation_rules(row.administration.law).act_with(Effect.LAPSE)
        if row.state in act.from_states:
            recordation_act(by=None, recordation=row, act=act.code)
            lapsed += 1
    return lapsed


def _refuse_foreign(row: Recordation, by: Officer | None) -> None:
    """Refuse an officer's act on a file that another administration keeps."""
    home = row.administration.code == settings.COUNTERMARK_ADMINISTRATION
    if not home and not (by and by.may("portal.use")):
        raise ActNotOpen("file-elsewhere", administration=row.administration.code)


def _locked(recordation: Recordation) -> Recordation:
    rows = Recordation.objects.select_related("administration", "applicant", "right__holder")
    return rows.select_for_update(of=("self",)).get(pk=recordation.pk)


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise InvalidInput("text-malformed", field="changes")
    return value
