"""Services on the examiners of a right holder: enter one, change one, end one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Office, Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.register.guide_content import LANGUAGES, hours_problems
from countermark.apps.register.inputs import Problem
from countermark.apps.register.models import (
    Examiner,
    ExaminerAbsence,
    ExaminerTraining,
    Right,
    RightHolder,
)
from countermark.apps.register.rules import NICE_CLASSES, refuse_first
from countermark.apps.register.selectors import acting_role
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput

MOST_ROWS = 40
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class TrainingInput:
    """A training: in what, by whom, when, and its last day; None where it counts for good."""

    subject: str
    given_by: str
    held_on: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class ExaminerInput:
    """An examiner as a holder describes one.

    ``places`` and ``rights`` are keys of offices and of the holder's rights; no right and no class
    means all that the holder has. Hours are texts, as of a guide's contact.
    """

    name: str
    phone: str
    email: str = ""
    languages: tuple[str, ...] = ()
    days: str = "12345"
    opens: str = ""
    closes: str = ""
    nice_classes: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    rights: tuple[int, ...] = ()
    trainings: tuple[TrainingInput, ...] = ()
    absences: tuple[tuple[date, date], ...] = ()


_PLAIN = ("name", "phone", "email", "days", "opens", "closes")


@transaction.atomic
def examiner_record(*, by: Officer, holder: RightHolder, given: ExaminerInput) -> Examiner:
    """Enter an examiner with trainings, absences, places and rights: all of it or nothing.

    Raises:
        NotFound: The account does not speak for the holder today.
        NotPermitted: The officer may not edit rights.
        InvalidInput: A field is missing or malformed, or a right is another holder's.
    """
    _may_write(by, holder)
    refuse_first(examiner_problems(given))
    row = Examiner(holder=holder)
    _fill(row, given)
    audit_record("register.examiner.recorded", subject=holder.name, by=by, examiner=row.pk)
    return row


@transaction.atomic
def examiner_revise(
    *, by: Officer, examiner: Examiner, version: int, given: ExaminerInput
) -> Examiner:
    """Give an examiner new particulars, all at once.

    Args:
        by: An officer who keeps rights, or an account that speaks for the holder.
        examiner: The examiner.
        version: The version that the particulars were changed from.
        given: The particulars, all of them.

    Raises:
        NotFound: The account does not speak for the holder today.
        NotPermitted: The officer may not edit rights.
        InvalidInput: A field is missing or malformed, or a right is another holder's.
        ActNotOpen: The examiner no longer acts.
        Conflict: Somebody changed the examiner since that version.
    """
    row = _locked(by, examiner)
    if row.version != version:
        raise Conflict("examiner-changed-meanwhile", pk=row.pk)
    refuse_first(examiner_problems(given))
    row.version += 1
    row.trainings.all().delete()
    row.absences.all().delete()
    _fill(row, given)
    audit_record(
        "register.examiner.revised",
        subject=row.holder.name,
        by=by,
        examiner=row.pk,
        version=row.version,
    )
    return row


@transaction.atomic
def examiner_end(*, by: Officer, examiner: Examiner) -> Examiner:
    """Note that an examiner no longer acts for the holder, from today on.

    Raises:
        NotFound: The account does not speak for the holder today.
        NotPermitted: The officer may not edit rights.
        ActNotOpen: The examiner no longer acts already.
    """
    row = _locked(by, examiner)
    row.ended_on = timezone.localdate()
    row.version += 1
    row.save(update_fields=["ended_on", "version"])
    audit_record("register.examiner.ended", subject=row.holder.name, by=by, examiner=row.pk)
    return row


def examiner_problems(given: ExaminerInput) -> Iterator[Problem]:
    """Yield every reason why an examiner cannot be entered as given."""
    for field, longest in (("name", 200), ("phone", 60)):
        text = getattr(given, field)
        if not text.strip():
            yield Problem(field, "missing")
        if len(text) > longest:
            yield Problem(field, "too-long")
    if given.email and not (len(given.email) <= 254 and _EMAIL.fullmatch(given.email)):
        yield Problem("email", "email-malformed")
    if not set(given.languages) <= set(LANGUAGES):
        yield Problem("languages", "code-unknown")
    if not all(number in NICE_CLASSES for number in given.nice_classes):
        yield Problem("nice_classes", "class-out-of-range")
    for field, reason in hours_problems(given.days, given.opens, given.closes):
        yield Problem(field, reason)
    yield from _row_problems(given)


def _row_problems(given: ExaminerInput) -> Iterator[Problem]:
    """Yield what is wrong with trainings and absences."""
    if max(len(given.trainings), len(given.absences)) > MOST_ROWS:
        yield Problem("trainings", "too-long")
    for training in given.trainings:
        if not (training.subject.strip() and training.given_by.strip()):
            yield Problem("trainings", "missing")
        if max(len(training.subject), len(training.given_by)) > 200:
            yield Problem("trainings", "too-long")
        if training.valid_until and training.valid_until < training.held_on:
            yield Problem("trainings", "dates-not-in-order")
    if any(last < first for first, last in given.absences):
        yield Problem("absences", "dates-not-in-order")


def _fill(row: Examiner, given: ExaminerInput) -> None:
    """Write what is given into a row and the rows that belong to it."""
    for name in _PLAIN:
        setattr(row, name, getattr(given, name).strip())
    row.languages, row.nice_classes = list(given.languages), sorted(set(given.nice_classes))
    rights = Right.objects.filter(pk__in=given.rights, holder=row.holder_id)
    places = Office.objects.filter(pk__in=given.places)
    if rights.count() != len(set(given.rights)):
        raise InvalidInput("code-unknown", field="rights")
    if places.count() != len(set(given.places)):
        raise InvalidInput("code-unknown", field="places")
    row.save()
    row.rights.set(rights)
    row.places.set(places)
    ExaminerTraining.objects.bulk_create(
        ExaminerTraining(
            examiner=row,
            subject=each.subject.strip(),
            given_by=each.given_by.strip(),
            held_on=each.held_on,
            valid_until=each.valid_until,
        )
        for each in given.trainings
    )
    ExaminerAbsence.objects.bulk_create(
        ExaminerAbsence(examiner=row, first=first, last=last) for first, last in given.absences
    )


def _locked(by: Officer, examiner: Examiner) -> Examiner:
    rows = Examiner.objects.select_related("holder").select_for_update(of=("self",))
    row = rows.get(pk=examiner.pk)
    _may_write(by, row.holder)
    if row.ended_on is not None:
        raise ActNotOpen("examiner-ended")
    return row


def _may_write(by: Officer, holder: RightHolder) -> None:
    if by.may("portal.use"):
        acting_role(account=by, holder=holder, on=timezone.localdate())
    else:
        officer_require(by, "rights.edit")
