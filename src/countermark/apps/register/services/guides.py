"""Services on the guide of a right: write a section, add a picture, take over another guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.register.guide_content import rows_checked
from countermark.apps.register.models import Document, GuideEdition, Right, RightState
from countermark.apps.register.selectors import acting_role
from countermark.apps.register.services.documents import DocumentInput, right_document_add
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput

PICTURE_ROLE = "guide-picture"
COPIED = "copied"
Content = dict[str, list[dict[str, str]]]


@transaction.atomic
def guide_write(
    *,
    by: Officer,
    right: Right,
    edition: int,
    section: str,
    rows: Sequence[Mapping[str, str]],
) -> GuideEdition | None:
    """Give a section of a guide its rows; the guide takes its next edition.

    Without a difference nothing is written, and the present edition is returned, if there is one.

    Args:
        by: An officer who keeps rights, or an account that speaks for the holder.
        right: The right that the guide is about.
        edition: The number of the edition that the rows were made from; 0 for none.
        section: A key of ``guide_content.SECTIONS``.
        rows: The section's rows, all of them.

    Raises:
        NotFound: The account does not speak for the holder today.
        NotPermitted: The officer may not edit rights.
        ActNotOpen: The right is withdrawn.
        Conflict: Somebody changed the guide since that edition.
        InvalidInput: A row is malformed, or a picture is no picture of this holder's guides.
    """
    row, role = _locked(by, right)
    present = _present(row, edition)
    checked = rows_checked(section, rows, right_type=row.right_type)
    if section == "pictures":
        _refuse_foreign_pictures(row, checked)
    content: Content = dict(present.content) if present else {}
    if content.get(section, []) == checked:
        return present
    return _next(row, present, content | {section: checked}, by=by, role=role, section=section)


@transaction.atomic
def guide_picture_add(
    *,
    by: Officer,
    right: Right,
    edition: int,
    given: DocumentInput,
    picture: Mapping[str, str],
) -> GuideEdition:
    """Keep a picture, drawn again, and put it at the end of the guide: both or neither.

    Args:
        by: As ``guide_write`` takes it, like ``right`` and ``edition``.
        right: The right that the guide is about.
        edition: The number of the edition that the picture is added to; 0 for none.
        given: The file; its role is set here.
        picture: The fields of ``guide_content.Picture`` but ``document``.

    Raises:
        NotFound: The account does not speak for the holder today.
        NotPermitted: The officer may not edit rights.
        ActNotOpen: The right is withdrawn.
        Conflict: Somebody changed the guide since that edition.
        InvalidInput: The file is no sound picture, or a field is malformed.
    """
    row, role = _locked(by, right)
    present = _present(row, edition)
    content: Content = dict(present.content) if present else {}
    before = content.get("pictures", [])
    # The fields are asked about first: a file that cannot be used is not decoded and kept.
    rows_checked("pictures", [*before, {**picture, "document": "0"}], right_type=row.right_type)
    file = DocumentInput(
        given.stream, given.filename, PICTURE_ROLE, picture.get("caption", ""), image=True
    )
    document = right_document_add(by=by, right=row, given=file)
    added = [*before, {**picture, "document": str(document.pk)}]
    content["pictures"] = rows_checked("pictures", added, right_type=row.right_type)
    return _next(row, present, content, by=by, role=role, section="pictures")


@transaction.atomic
def guide_copy(*, by: Officer, right: Right, edition: int, source: Right) -> GuideEdition:
    """Take over the whole guide of another right of the same holder, in place of what is there.

    Raises:
        NotFound: The account does not speak for the holder today.
        NotPermitted: The officer may not edit rights.
        ActNotOpen: The right is withdrawn, or the other has no guide.
        Conflict: Somebody changed the guide since that edition.
        InvalidInput: The other right is another holder's, or of a kind with other views.
    """
    row, role = _locked(by, right)
    present = _present(row, edition)
    if source.holder_id != row.holder_id or source.pk == row.pk:
        raise InvalidInput("guide-of-another", field="source")
    copied = source.guide_editions.last()
    if copied is None:
        raise ActNotOpen("guide-empty")
    content = {
        section: rows_checked(section, rows, right_type=row.right_type)
        for section, rows in copied.content.items()
    }
    return _next(row, present, content, by=by, role=role, section=COPIED)


def _locked(by: Officer, right: Right) -> tuple[Right, str]:
    """Return the right, locked, and the role in which the account may write its guide."""
    row = Right.objects.select_related("holder").select_for_update(of=("self",)).get(pk=right.pk)
    if by.may("portal.use"):
        role = acting_role(account=by, holder=row.holder, on=timezone.localdate())
    else:
        officer_require(by, "rights.edit")
        role = by.role
    if row.state != RightState.IN_FORCE:
        raise ActNotOpen("right-withdrawn", registration_number=row.registration_number)
    return row, role


def _present(right: Right, edition: int) -> GuideEdition | None:
    present = right.guide_editions.last()
    if (present.number if present else 0) != edition:
        raise Conflict("guide-changed-meanwhile", right=right.reference)
    return present


def _refuse_foreign_pictures(right: Right, rows: Sequence[Mapping[str, str]]) -> None:
    """Refuse pictures that were not given for a guide of this holder."""
    wanted = {int(row["document"]) for row in rows}
    known = Document.objects.filter(
        pk__in=wanted, role=PICTURE_ROLE, right__holder=right.holder_id, removed_at__isnull=True
    )
    if known.count() != len(wanted):
        raise InvalidInput("document-unknown", field="document")


def _next(
    right: Right,
    present: GuideEdition | None,
    content: Content,
    *,
    by: Officer,
    role: str,
    section: str,
) -> GuideEdition:
    made = GuideEdition.objects.create(
        right=right,
        number=present.number + 1 if present else 1,
        content=content,
        section=section,
        by=by,
        role=role,
    )
    audit_record(
        "register.guide.written",
        subject=right.reference,
        by=by,
        edition=made.number,
        section=section,
        rows=sum(map(len, content.values())) if section == COPIED else len(content[section]),
    )
    return made
