"""Which days draw near for a holder: from its files, its agents and what the law sets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, groupby

from django.conf import settings
from django.db.models import Q, QuerySet

from countermark.apps.accounts.models import Officer
from countermark.apps.register.convert import name_key
from countermark.apps.register.models import (
    AccessState,
    Capacity,
    LetterLanguage,
    Recordation,
    RecordationEvent,
    RightHolder,
)
from countermark.apps.register.selectors.access import holders_of
from countermark.apps.register.selectors.gaps import words_of
from countermark.apps.register.selectors.recordations import change_deadline, recordation_list
from countermark.apps.register.terms import months_later, renewable_from
from countermark.domain.alarms import Alarm, AlarmKind, alarms_due
from countermark.lawbook import RecordationRules, lawbook, protection, recordation_rules
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


def alarms_on_files(
    *, visible_to: Officer, on: date, kind: AlarmKind | None = None, administration: str = ""
) -> list[Alarm]:
    """Return the alarms that ring on the files an officer may see, the nearest day first.

    Powers of attorney are not among them: they belong to accounts, not to a recordation.

    Args:
        visible_to: An officer who reads rights; the list is empty for everybody else.
        on: Today.
        kind: What draws near; None for every kind.
        administration: Code of the administration that keeps the file; empty for all.

    Law:
        As ``alarms_of``.
    """
    if not visible_to.may("rights.read"):
        return []
    files = recordation_list(visible_to=visible_to).filter(closed=False, right__isnull=False)
    found = chain(_ending(files, on), _reported_elsewhere(files))
    wanted = (
        alarm
        for alarm in found
        if kind in (None, alarm.kind) and administration in ("", alarm.administration)
    )
    return alarms_due(wanted, today=on, steps=settings.COUNTERMARK_ALARM_DAYS)


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


def _ending(files: QuerySet[Recordation], on: date) -> Iterator[Alarm]:
    """Yield what ends soon; the furthest window that any side's law opens decides what is read."""
    windows = [
        rule.renewal_window_months
        for law in lawbook().laws.values()
        for rule in law.protections.values()
    ]
    furthest = on + timedelta(days=max(settings.COUNTERMARK_ALARM_DAYS, default=0))
    until = max(furthest, months_later(on, max(windows, default=0)))
    near = files.filter(Q(expires_on__lte=until) | Q(right__valid_until__lte=until))
    for row in near.select_related("administration", "right").order_by("pk"):
        yield from _of_file(row)


def _reported_elsewhere(files: QuerySet[Recordation]) -> Iterator[Alarm]:
    """Yield the changes that holders reported on one of these files and not on another."""
    states = {
        state for law in lawbook().laws.values() for state in _reporting_states(law.recordation)
    }
    told = RecordationEvent.objects.filter(to_state__in=states, recordation__in=files)
    rows = files.filter(right__holder__in=told.values("recordation__right__holder"))
    rows = rows.select_related("administration", "right").prefetch_related("events")
    ordered = rows.order_by("right__holder", "pk")
    for _, group in groupby(ordered, key=lambda row: row.right and row.right.holder_id):
        yield from _changes(list(group))


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
    reported = _reporting_states(recordation_rules(row.administration.law))
    return max((each.on for each in row.events.all() if each.to_state in reported), default=None)


def _reporting_states(rules: RecordationRules) -> Collection[str]:
    """Return the states of a file in which a change that was reported waits."""
    if Effect.AMEND not in rules.effects.values():
        return ()
    return rules.act_with(Effect.AMEND).from_states


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
