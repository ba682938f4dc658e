"""Services on links: what officers say of two parties, and of values that say nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.keys import keys_refresh
from countermark.apps.cases.models import (
    Case,
    CaseKey,
    CaseParty,
    CommonValue,
    PartyVerdict,
    Verdict,
)
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput

LONGEST_REASON = 2000


@transaction.atomic
def parties_judge(
    *, party: CaseParty, other: CaseParty, verdict: str, reason: str, by: Officer
) -> PartyVerdict:
    """Say that two parties of two cases are one person or are not, or take back what was said.

    Writes one append-only PartyVerdict and one audit entry for each of the two cases, or nothing.
    The word holds for this pair alone: nothing is concluded about a third party.

    Args:
        party: Obtained from a selector scoped to the officer.
        other: Likewise.
        verdict: ``same``, ``different`` or ``undone``.
        reason: Why; kept for good.
        by: The officer.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        InvalidInput: The reason is missing or too long, the verdict unknown, or both parties are
            in one case.
        Conflict: The same was said before and still holds.
        ActNotOpen: There is nothing to take back.
    """
    officer_require(by, "cases.act")
    reason = _reason_checked(reason)
    if verdict not in Verdict.values:
        raise InvalidInput("code-unknown", field="verdict", value=verdict[:40])
    if party.case_id == other.case_id:
        raise InvalidInput("parties-of-one-case", field="other")
    # Locking both in one order keeps two words on a pair one after the other.
    first, second = (
        CaseParty.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(pk__in=[party.pk, other.pk])
        .order_by("pk")
    )
    _holding_check(first, second, verdict)
    row = PartyVerdict.objects.create(
        first=first, second=second, verdict=verdict, reason=reason, by=by, at=timezone.now()
    )
    for mine, theirs in ((first, second), (second, first)):
        audit_record(
            "cases.parties.judged",
            subject=mine.case.number,
            by=by,
            verdict=verdict,
            party=mine.pk,
            other_party=theirs.pk,
            other_case=theirs.case.number,
        )
    return row


@transaction.atomic
def common_value_ignore(*, key: CaseKey, reason: str, by: Officer) -> CommonValue:
    """Put a value aside that says nothing, such as a courier firm's name; it links no case more.

    Args:
        key: A key with the value, of a case the officer may see.
        reason: Why; shown wherever the value is named as ignored.
        by: The officer.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        InvalidInput: The reason is missing or too long.
        Conflict: The value is put aside already.
    """
    officer_require(by, "cases.act")
    reason = _reason_checked(reason)
    if CommonValue.objects.filter(kind=key.kind, value=key.value, lifted_at=None).exists():
        raise Conflict("common-value-known")
    row = CommonValue.objects.create(
        kind=key.kind, value=key.value, shown=key.shown, reason=reason, by=by, at=timezone.now()
    )
    audit_record(
        "cases.common-value.ignored", subject=row.kind, by=by, common_value=row.pk, reason=reason
    )
    return row


@transaction.atomic
def common_value_lift(*, common_value: CommonValue, by: Officer) -> CommonValue:
    """Let a value link cases again.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        ActNotOpen: It was lifted already.
    """
    officer_require(by, "cases.act")
    row = CommonValue.objects.select_for_update(of=("self",)).get(pk=common_value.pk)
    if row.lifted_at is not None:
        raise ActNotOpen("common-value-lifted")
    row.lifted_by, row.lifted_at = by, timezone.now()
    row.save(update_fields=["lifted_by", "lifted_at"])
    audit_record("cases.common-value.lifted", subject=row.kind, by=by, common_value=row.pk)
    return row


def keys_rebuild() -> int:
    """Make the keys of every case anew, each case in a transaction of its own.

    To be run once after an upgrade that brought links or changed how values are folded; running it
    again changes nothing.

    Returns:
        How many cases were gone through.
    """
    done = 0
    for pk in Case.objects.order_by("pk").values_list("pk", flat=True).iterator():
        with transaction.atomic():
            rows = Case.objects.select_for_update(of=("self",))
            keys_refresh(rows.select_related("office__administration").get(pk=pk))
        done += 1
    return done


def _holding_check(first: CaseParty, second: CaseParty, verdict: str) -> None:
    said = PartyVerdict.objects.filter(first=first, second=second).order_by("-pk").first()
    holds = said.verdict if said else Verdict.UNDONE
    if verdict == holds:
        if verdict == Verdict.UNDONE:
            raise ActNotOpen("parties-not-judged")
        raise Conflict("parties-judged-so")


def _reason_checked(reason: str) -> str:
    text = reason.strip()
    if not text:
        raise InvalidInput("field-missing", field="reason")
    if len(text) > LONGEST_REASON:
        raise InvalidInput("text-too-long", field="reason", longest=LONGEST_REASON)
    return text
