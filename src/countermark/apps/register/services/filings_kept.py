"""Services on files that travel, between the keeper and the side where they were handed in."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.selectors import home_administration
from countermark.apps.audit.services import audit_record
from countermark.apps.register.content import content_checked
from countermark.apps.register.convert import holder_key, holder_values
from countermark.apps.register.keys import keys_refresh
from countermark.apps.register.models import (
    Capacity,
    Document,
    Filing,
    FilingPiece,
    Recordation,
    RecordationEvent,
    RightHolder,
)
from countermark.apps.register.rules import holder_problems, refuse_first
from countermark.apps.register.services.acting import act_take
from countermark.apps.register.services.documents import DocumentInput, filing_paper_add
from countermark.apps.register.services.effects import effect_apply, protection_of
from countermark.apps.register.services.moving import Step, arrive, event_add
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound
from countermark.lawbook import recordation_rules
from countermark.lawbook.recordations import ActingRole, Effect

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Administration
    from countermark.apps.register.filing_payloads import (
        FilingStatement,
        PaperStated,
        Piece,
        StatusStatement,
    )

MOST_PIECES: Final = 4000
"""How many pieces of unfinished papers one partner may leave with us: about 360 MB."""
KEPT_DAYS: Final = 30


@transaction.atomic
def filing_piece_keep(*, administration: Administration, piece: Piece) -> FilingPiece:
    """Keep a piece of a paper until the filing comes that it belongs to; the same again is one.

    Raises:
        Conflict: The partner has left too much unfinished.
    """
    pieces = FilingPiece.objects.filter(administration=administration)
    if pieces.count() >= MOST_PIECES:
        raise Conflict("too-many-pieces", limit=MOST_PIECES)
    row, _ = FilingPiece.objects.update_or_create(
        administration=administration,
        sha256=piece.sha256,
        number=piece.number,
        defaults={"content": piece.content},
    )
    return row


@transaction.atomic
def filing_receive(*, administration: Administration, statement: FilingStatement) -> Filing:
    """Do what an applicant did through a partner to a file that we keep; a first act makes it.

    Writes the file with its papers, its events and the audit entries, or nothing at all. Our law
    decides whether the act may be done; an act that was done before changes nothing. Papers are
    stored by what they contain, so that a transaction undone leaves at most a file nobody names.

    Raises:
        NotFound: The key names a file of another partner.
        ActNotOpen: The state knows no such act for an applicant, or something is missing.
        NotPermitted: An applicant may not do this act.
        InvalidInput: We do not record that kind of right, or a paper is not what was announced.
    """
    filing = _filing(administration, statement)
    if statement.n <= filing.said:
        return filing
    row = _locked(filing.recordation_id)
    rules = recordation_rules(row.administration.law)
    if row.state in rules.editable:
        row.content, row.edition = dict(statement.content), row.edition + 1
    if row.state in rules.editable | rules.in_force:
        _papers_take(row, administration, statement.papers)
    today = timezone.localdate()
    detail: dict[str, object] = {"through": administration.code}
    if statement.changes:
        detail["changes"] = content_checked(statement.changes)
    act_take(row, Step(statement.act, today, None, statement.role, statement.note, detail))
    agent = statement.role == ActingRole.AGENT.value
    filing.said, filing.filed_by = statement.n, statement.filed_by
    filing.capacity = Capacity.AGENT if agent else Capacity.OWNER
    filing.save()
    audit_record(
        "register.filing.received",
        subject=row.file_number,
        through=administration.code,
        step=statement.act,
        key=str(filing.key),
    )
    filing.recordation = row
    return filing


@transaction.atomic
def filing_follow(*, administration: Administration, statement: StatusStatement) -> Filing:
    """Bring our copy of a file in line with what its keeper says became of it.

    What was reported before changes nothing.

    Raises:
        NotFound: We handed in no such file with that administration.
        InvalidInput: The keeper's law knows no such state, or a granted file has no number.
        Conflict: The registration or the number stands for something else here.
    """
    filing = (
        Filing.objects.select_for_update(of=("self",))
        .filter(key=statement.key, recordation__administration=administration)
        .first()
    )
    if filing is None:
        raise NotFound("filing-unknown", key=str(statement.key))
    if statement.n <= filing.heard:
        return filing
    row = _locked(filing.recordation_id)
    rules = recordation_rules(row.administration.law)
    if statement.state not in {state.code for state in rules.procedure.states}:
        raise InvalidInput("code-unknown", field="state", value=statement.state)
    if statement.yours:
        _stand(row, statement.state)
    else:
        _told(row, statement)
    filing.heard, filing.file_there = statement.n, statement.file
    filing.save(update_fields=["heard", "file_there"])
    return filing


@transaction.atomic
def filing_tell(filing: Filing) -> list[RecordationEvent]:
    """Return the events of a file that we keep which the other side has not been told, and note it.

    Call it in the transaction that writes the messages. Empty for a file that is kept elsewhere.
    """
    row = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
    if row.recordation.administration_id != home_administration().pk:
        return []
    events = list(row.recordation.events.filter(pk__gt=row.heard).exclude(from_state=""))
    if events:
        row.heard = events[-1].pk
        row.save(update_fields=["heard"])
    return events


def pieces_forget(*, before: date) -> int:
    """Remove pieces that came before a day and never became a paper; return how many."""
    removed, _ = FilingPiece.objects.filter(came_at__date__lt=before).delete()
    return removed


def _filing(administration: Administration, statement: FilingStatement) -> Filing:
    """Return the file of that key, locked, made where this is the first that we hear of it."""
    found = Filing.objects.select_for_update(of=("self",)).filter(key=statement.key).first()
    if found is None:
        return _begin(administration, statement)
    if found.through_id != administration.pk:
        raise NotFound("filing-unknown", key=str(statement.key))
    return found


def _begin(administration: Administration, statement: FilingStatement) -> Filing:
    home = home_administration()
    protection_of(home.law, statement.right_type)
    refuse_first(holder_problems(statement.holder))
    key, country = holder_key(statement.holder)
    holder, _ = RightHolder.objects.get_or_create(
        key=key, country=country, defaults=holder_values(statement.holder)
    )
    row = Recordation.objects.create(
        administration=home,
        applicant=holder,
        right_type=statement.right_type,
        state=recordation_rules(home.law).procedure.starts_in,
    )
    event_add(row, Step("draft", timezone.localdate(), None, statement.role), before="")
    return Filing.objects.create(key=statement.key, recordation=row, through=administration)


def _papers_take(
    row: Recordation, administration: Administration, papers: Collection[PaperStated]
) -> None:
    """Bring the papers that came through the partner in line with those it names."""
    came = row.documents.filter(uploaded_by__isnull=True)
    there = {(each.received_sha256, each.role): each for each in came}
    named = {(paper.sha256, paper.role): paper for paper in papers}
    for key, paper in named.items():
        if key not in there:
            stream = io.BytesIO(_whole(administration, paper))
            filing_paper_add(row, DocumentInput(stream, paper.filename, paper.role, paper.caption))
        elif there[key].removed_at is not None:
            Document.objects.filter(pk=there[key].pk).update(removed_at=None)
    gone = [each.pk for key, each in there.items() if key not in named and not each.removed_at]
    Document.objects.filter(pk__in=gone).update(removed_at=timezone.now())
    used = {paper.sha256 for paper in papers}
    FilingPiece.objects.filter(administration=administration, sha256__in=used).delete()


def _whole(administration: Administration, paper: PaperStated) -> bytes:
    pieces = FilingPiece.objects.filter(administration=administration, sha256=paper.sha256)
    content = b"".join(bytes(each.content) for each in pieces.order_by("number"))
    if hashlib.sha256(content).hexdigest() != paper.sha256 or len(content) != paper.size:
        raise InvalidInput("paper-not-whole", field="papers", sha256=paper.sha256)
    return content


def _told(row: Recordation, statement: StatusStatement) -> None:
    """Take over an act of the keeper, with what it brings about, into our copy."""
    effect = recordation_rules(row.administration.law).effects.get(statement.act)
    detail: Mapping[str, object] = {"number": statement.number}
    step = Step(statement.act, statement.on, None, "", statement.note, detail)
    if effect is Effect.GRANT and not statement.number:
        raise InvalidInput("missing", field="number")
    if effect is not None and (row.right is not None) != (effect is Effect.GRANT):
        effect_apply(effect, row, step)
    if row.right is not None and row.recorded_on is not None:
        if statement.expires_on and statement.expires_on < row.recorded_on:
            raise InvalidInput("dates-not-in-order", field="expires_on")
        row.expires_on = statement.expires_on
    if row.right is None and statement.state in recordation_rules(row.administration.law).in_force:
        raise ActNotOpen("recordation-not-in-force", state=statement.state)
    arrive(row, step, statement.state)
    if effect and row.right_id:
        keys_refresh([row.right_id])


def _stand(row: Recordation, state: str) -> None:
    """Let our copy stand where the applicant's own act brought the file; the event is there."""
    rules = recordation_rules(row.administration.law)
    if row.state != state and (row.right is not None or state not in rules.in_force):
        row.state, row.in_force, row.closed = state, state in rules.in_force, rules.final(state)
        row.save(update_fields=["state", "in_force", "closed"])


def _locked(pk: int) -> Recordation:
    rows = Recordation.objects.select_related("administration", "applicant", "right__holder")
    return rows.select_for_update(of=("self",)).get(pk=pk)
