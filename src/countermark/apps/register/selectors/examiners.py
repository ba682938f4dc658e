from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from countermark.apps.accounts.models import Office, Officer
from countermark.apps.register.guide_content import hours_of
from countermark.apps.register.models import (
    Examiner,
    ExaminerAbsence,
    ExaminerTraining,
    Right,
    RightHolder,
)
from countermark.apps.register.selectors.access import holders_of
from countermark.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class Available:
    """An examiner who can come on a day: from when to when, and the training that counts then.

    Without hours the whole day; ``training`` is None where none counts.
    """

    examiner: Examiner
    opens: time | None
    closes: time | None
    training: ExaminerTraining | None


def examiner_list(*, visible_to: Officer) -> QuerySet[Examiner]:
    """Return the examiners who act, with all that belongs to them, by holder and name.

    Officers who read rights see all; an account of the portal those of the holders it speaks for.
    """
    rows = Examiner.objects.select_related("holder").prefetch_related(
        "trainings", "absences", "places", "rights"
    )
    rows = rows.filter(ended_on__isnull=True).order_by("holder__name", "name", "pk")
    if visible_to.may("portal.use"):
        mine = holders_of(account=visible_to, on=timezone.localdate())
        return rows.filter(holder__in=mine)
    return rows if visible_to.may("rights.read") else rows.none()


def examiner_get(*, pk: int, visible_to: Officer) -> Examiner:
    """Return one examiner who acts.

    Raises:
        NotFound: There is none, or it is not the account's to see.
    """
    found = examiner_list(visible_to=visible_to).filter(pk=pk).first()
    if found is None:
        raise NotFound("examiner-unknown", pk=pk)
    return found


def examiners_for(*, right: Right, visible_to: Officer) -> QuerySet[Examiner]:
    """Return the examiners who can tell goods of a right: named for it, for a class, or for all."""
    rows = examiner_list(visible_to=visible_to).filter(holder=right.holder_id)
    wanted = set(right.nice_classes)
    fit = [
        each.pk
        for each in rows
        if right in each.rights.all()
        or wanted & set(each.nice_classes)
        or not (each.nice_classes or each.rights.all())
    ]
    return rows.filter(pk__in=fit)


def examiners_available(
    *,
    visible_to: Officer,
    on: date,
    place: Office | None = None,
    right: Right | None = None,
    language: str = "",
) -> list[Available]:
    """Return who can come on a day, the trained first.

    Args:
        visible_to: Who asks.
        on: The day.
        place: An office where the examiner must be able to come; None for anywhere.
        right: A right that the examiner must know; None for any.
        language: A code of ``guide_content.LANGUAGES`` that must be spoken; empty for any.
    """
    rows = (
        examiners_for(right=right, visible_to=visible_to)
        if right
        else examiner_list(visible_to=visible_to)
    )
    if place:
        rows = rows.filter(places=place)
    away = ExaminerAbsence.objects.filter(first__lte=on, last__gte=on)
    rows = rows.exclude(pk__in=away.values("examiner"))
    found = [
        Available(each, hours.opens, hours.closes, _training(each, on))
        for each in rows
        if on.isoweekday() in (hours := hours_of(each.days, each.opens, each.closes)).days
        and (not language or language in each.languages)
    ]
    return sorted(found, key=lambda each: each.training is None)


def examiners_lacking(holders: Iterable[RightHolder], *, on: date) -> Collection[int]:
    """Return the keys of the holders who have no examiner whose training counts on a day."""
    wanted = {holder.pk for holder in holders}
    trained = ExaminerTraining.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        examiner__holder__in=wanted,
        examiner__ended_on__isnull=True,
        held_on__lte=on,
    )
    return wanted - set(trained.values_list("examiner__holder", flat=True))


def _training(examiner: Examiner, on: date) -> ExaminerTraining | None:
    for each in examiner.trainings.all():
        if each.held_on <= on and (each.valid_until is None or each.valid_until >= on):
            return each
    return None
