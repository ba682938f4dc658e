"""Which days draw near for a holder: from its files, its agents and what the law sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from countermark.apps.accounts.models import Officer
from countermark.apps.register.convert import name_key
from countermark.apps.register.models import (
    AccessState,
    Capacity,
    LetterLanguage,
    Recordation,
    RightHolder,
)
from countermark.apps.register.selectors.access import holders_of
from countermark.apps.register.selectors.gaps import words_of
from countermark.apps.register.selectors.recordations import change_deadline
from countermark.apps.register.terms import renewable_from
from countermark.domain.alarms import Alarm, AlarmKind, alarms_due
from countermark.lawbook import protection, recordation_rules
from countermark.lawbook.recordations import Effect


def alarms_for(*, account: Officer, on: date) -> list[Alarm]:
    """Return the alarms that ring for the holders of a portal account, the nearest day first."""
    holders = holders_of(account=account, on=on)
    return alarms_due(
        (alarm for holder in holders for alarm in alarms_of(holder)),
        today=on,
        steps=settings.COUNTERMARK_ALARM_DAYS,
    )


def alarms_of(holder: RightHolder) -> Iterator[Alarm]:
    """Yield every day of a holder that will draw near, whether or not it rings yet.

    Law:
        cn/ipr-customs-regulations#10 (renewal in the last six months);
        cn/ipr-customs-regulations#11 (changes within thirty working days).
    """
    rows = Recordation.objects.filter(right__holder=holder, closed=False)
    files = list(
        rows.select_related("administration", "right").prefetch_related("events").order_by("pk")
    )
    for each in files:
        yield from _of_file(each)
    yield from _changes(files)
    yield from _agents(holder)


def holders_recorded() -> QuerySet[RightHolder]:
    """Return the holders of whom something is recorded that has not ended, for work of the node."""
    files = Recordation.objects.filter(closed=False, right__isnull=False)
    return RightHolder.objects.filter(pk__in=files.values("right__holder")).order_by("pk")


def letter_language(holder: RightHolder) -> str:
    """Return the language in which a holder wants letters."""
    found = LetterLanguage.objects.filter(holder=holder).first()
    return found.language if found else settings.LANGUAGE_CODE


def letter_addresses(holder: RightHolder) -> list[str]:
    """Return where letters to a holder go: its own address and those of its contacts, each once."""
    contacts = holder.representatives.exclude(email="").values_list("email", flat=True)
    return sorted({each.lower() for each in (holder.email, *contacts) if each})


def _of_file(row: Recordation) -> Iterator[Alarm]:
    right = row.right
    rule = protection(row.administration.law, row.right_type)
    if right is None or rule is None:
        return
    if row.expires_on and row.expires_on < right.valid_until:
        yield Alarm(
            AlarmKind.RECORDATION_RENEWAL,
            row.file_number,
            right.label,
            row.administration.code,
            row.pk,
            row.expires_on,
            opens_on=renewable_from(rule, row.expires_on),
            source=rule.recordation_source,
            verification=rule.recordation_verification,
        )
    yield Alarm(
        AlarmKind.RIGHT_RENEWAL,
        row.file_number,
        right.label,
        row.administration.code,
        row.pk,
        right.valid_until,
        source=rule.right_source,
        verification=rule.right_verification,
    )


def _changes(files: Sequence[Recordation]) -> Iterator[Alarm]:
    """Yield what was reported to one administration and must be reported to another by a day.

    The day of the change itself is not known here: the term is counted from the day on which the
    change was reported first, the latest day on which it can have come about.
    """
    for told in files:
        changed_on = _last_report(told)
        for other in files:
            if changed_on is None or other.administration_id == told.administration_id:
                continue
            due = change_deadline(other.administration.law, changed_on=changed_on)
            known = _last_report(other)
            if due is None or not _same(told, other) or (known and known >= changed_on):
                continue
            yield Alarm(
                AlarmKind.CHANGE_REPORT,
                other.file_number,
                words_of(other)[0] if words_of(other) else other.file_number,
                other.administration.code,
                other.pk,
                due.due_on,
                opens_on=changed_on,
                source=due.term.source,
                verification=due.term.verification,
                counted_from=changed_on,
                working_days=due.term.length,
                provisional=due.provisional,
            )


def _last_report(row: Recordation) -> date | None:
    """Return the day on which a change was last reported on a file, or None."""
    rules = recordation_rules(row.administration.law)
    if Effect.AMEND not in rules.effects.values():
        return None
    reported = rules.act_with(Effect.AMEND).from_states
    return max((each.on for each in row.events.all() if each.to_state in reported), default=None)


def _same(one: Recordation, other: Recordation) -> bool:
    names = {name_key(word) for word in words_of(one)}
    same_kind = one.right_type == other.right_type
    return same_kind and not names.isdisjoint(name_key(word) for word in words_of(other))


def _agents(holder: RightHolder) -> Iterator[Alarm]:
    accesses = holder.accesses.filter(state=AccessState.APPROVED, capacity=Capacity.AGENT)
    for each in accesses.select_related("account").exclude(valid_until=None):
        if each.valid_until is not None:
            yield Alarm(
                AlarmKind.ATTORNEY_END,
                f"access-{each.pk}",
                each.account.display_name,
                "",
                None,
                each.valid_until,
            )
