from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.services import officer_authorise
from countermark.apps.audit.services import audit_record
from countermark.apps.reports.models import PartnerFigures, Snapshot
from countermark.apps.reports.selectors import READ, own_period_records
from countermark.apps.reports.statement import statement_content, statement_read
from countermark.domain.envelopes.canonical import Json, json_bytes, sha256_hex
from countermark.domain.errors import Conflict
from countermark.domain.measures import Scope, sheet_of

STATEMENT = "statement"


@transaction.atomic
def partner_figures_receive(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> PartnerFigures:
    """Keep what a partner states for a period; the same revision again changes nothing.

    Args:
        administration: The partner whose signature the message carries.
        data: The statement as it came; kept as it is.
        message_id: The signed message, kept as the figures' provenance.

    Raises:
        InvalidInput: A field is missing or malformed, or parts exceed their total.
        Conflict: ``figures-revision-differs``; the revision is known with other figures.
    """
    statement = statement_read(data)
    Administration.objects.select_for_update().get(pk=administration.pk)
    place = {
        "administration": administration,
        "kind": PartnerFigures.Kind.PERIOD,
        "period_start": statement.first,
        "period_end": statement.last,
        "revision": statement.revision,
    }
    known = PartnerFigures.objects.filter(**place).first()
    if known is not None:
        if statement_read(known.figures) != statement:
            raise Conflict("figures-revision-differs", revision=statement.revision)
        return known
    figures = PartnerFigures.objects.create(
        **place, figures=dict(data), message_id=message_id, received_at=timezone.now()
    )
    audit_record(
        "reports.partner-figures.recorded",
        subject=f"{statement.first}/{statement.last}",
        administration=administration.code,
        revision=statement.revision,
        message=message_id,
    )
    return figures


@transaction.atomic
def own_figures_state(*, start: date, end: date, by: Officer) -> Snapshot:
    """Take down our own figures of a period, as they are to be stated to partners.

    Where nothing changed since the last time, that snapshot is returned and nothing is written.

    Raises:
        NotPermitted: ``by`` may not read reports.
        InvalidInput: ``period-reversed``.
    """
    officer_authorise(officer=by, act=READ)
    Scope("period", start, end)
    records = own_period_records(start, end)
    reconstructed = any(record.reconstructed for record in records)
    content = statement_content(start, end, sheet_of(records), reconstructed=reconstructed)
    return snapshot_take(kind=STATEMENT, subject=f"{start}/{end}", figures=content, by=by)


@transaction.atomic
def snapshot_take(
    *, kind: str, subject: str, figures: Mapping[str, Json], by: Officer | None
) -> Snapshot:
    """Keep figures as they stand, under the next revision of their subject.

    Figures equal to the last snapshot's are not kept twice: that one is returned.

    Args:
        kind: What was counted, at most 12 characters.
        subject: About what, at most 60 characters.
        figures: JSON without the moment of its making, which would make every snapshot new.
        by: The officer who asked, or None where the node itself did.
    """
    sha256 = sha256_hex(json_bytes(dict(figures)))
    # The row of the own administration stands for all snapshots: two that are taken at once must
    # not get one revision.
    Administration.objects.select_for_update().get(code=settings.COUNTERMARK_ADMINISTRATION)
    last = Snapshot.objects.filter(kind=kind, subject=subject).order_by("-revision").first()
    if last is not None and last.sha256 == sha256:
        return last
    snapshot = Snapshot.objects.create(
        kind=kind,
        subject=subject,
        revision=last.revision + 1 if last else 1,
        figures=dict(figures),
        sha256=sha256,
        taken_at=timezone.now(),
        by=by,
    )
    audit_record(
        "reports.snapshot.taken",
        subject=subject,
        by=by,
        kind=kind,
        revision=snapshot.revision,
        sha256=sha256,
    )
    return snapshot
