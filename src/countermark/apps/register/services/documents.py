"""Services on the files of the register: keep one, remove one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.register.files import MOST_BYTES, Kept, image_kept, paper_kept
from countermark.apps.register.models import (
    AccessState,
    Document,
    DocumentKind,
    HolderAccess,
    Permission,
    Recordation,
    Right,
    Scan,
)
from countermark.apps.register.scanning import scanned
from countermark.apps.register.selectors import acting_role
from countermark.apps.register.services.moving import subject_of
from countermark.apps.register.uploads import measure, safe_filename
from countermark.domain.errors import ActNotOpen, InvalidInput, NotFound
from countermark.lawbook import recordation_needs, recordation_rules
from countermark.lawbook.rights import NeedKind

MOST_FILES = 60


@dataclass(frozen=True, slots=True)
class DocumentInput:
    """A file as it comes: ``role`` is a code of the law's needs, ``filename`` its sender's name."""

    stream: BinaryIO
    filename: str
    role: str
    caption: str = ""
    image: bool = False


@transaction.atomic
def recordation_document_add(
    *, by: Officer, recordation: Recordation, given: DocumentInput
) -> Document:
    """Add a file to a recordation's file.

    Applicants add while the file may be written and while a change is reported; officers who
    examine rights add at any time before the end.

    Raises:
        NotFound: The account does not speak for the holder.
        ActNotOpen: The file cannot be written in its present state.
        InvalidInput: The role is unknown, or the file too large, of another type, broken or not
            safe.
    """
    rows = Recordation.objects.select_related("administration", "applicant", "right__holder")
    row = rows.select_for_update(of=("self",)).get(pk=recordation.pk)
    law = row.administration.law
    _may_write(by, row)
    kinds = {need.code: need.kind for need in recordation_needs(law, row.right_type)}
    if given.role not in kinds:
        raise InvalidInput("code-unknown", field="role", value=given.role[:40])
    kept = _kept(given, image=kinds[given.role] is NeedKind.IMAGE)
    return _document(by, given, kept, subject=subject_of(row), recordation=row)


@transaction.atomic
def right_document_add(*, by: Officer, right: Right, given: DocumentInput) -> Document:
    """Add a file to a right: by those who keep the register, or who speak for its holder.

    Raises:
        NotFound: The account does not speak for the holder.
        NotPermitted: The officer may not edit rights.
        InvalidInput: The file is too large, of another type, broken or not safe.
    """
    row = Right.objects.select_related("holder").select_for_update(of=("self",)).get(pk=right.pk)
    if by.may("portal.use"):
        acting_role(account=by, holder=row.holder, on=timezone.localdate())
    else:
        officer_require(by, "rights.edit")
    kept = _kept(given, image=given.image)
    return _document(by, given, kept, subject=row.reference, right=row)


@transaction.atomic
def access_document_add(*, by: Officer, access: HolderAccess, given: DocumentInput) -> Document:
    """Add a power of attorney or another proof to an account's own wish to speak for a holder.

    Raises:
        NotFound: It is another account's.
        ActNotOpen: The wish is settled already.
        InvalidInput: The file is too large, of another type, broken or not safe.
    """
    row = HolderAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    if row.account_id != by.pk:
        raise NotFound("access-unknown", pk=access.pk)
    if row.state != AccessState.ASKED:
        raise ActNotOpen("access-settled-already", state=row.state)
    kept = _kept(given, image=False)
    return _document(by, given, kept, subject=by.username, access=row)


@transaction.atomic
def permission_paper_add(permission: Permission, given: DocumentInput) -> Document:
    """Keep the proof that a trader sends with what it asks for; the trader has no account.

    Called by ``permission_ask`` inside its transaction.

    Raises:
        InvalidInput: The file is too large, of another type, broken or not safe.
    """
    kept = _kept(given, image=False)
    return _document(None, given, kept, subject=permission.right.reference, permission=permission)


@transaction.atomic
def filing_paper_add(recordation: Recordation, given: DocumentInput) -> Document:
    """Keep a paper that a partner's node sent with a file that was handed in there.

    Called by ``filing_receive`` inside its transaction.

    Raises:
        InvalidInput: The role is unknown, or the file too large, of another type, broken or not
            safe.
    """
    law, kind = recordation.administration.law, recordation.right_type
    kinds = {need.code: need.kind for need in recordation_needs(law, kind)}
    if given.role not in kinds:
        raise InvalidInput("code-unknown", field="role", value=given.role[:40])
    kept = _kept(given, image=kinds[given.role] is NeedKind.IMAGE)
    return _document(None, given, kept, subject=subject_of(recordation), recordation=recordation)


@transaction.atomic
def document_remove(*, by: Officer, document: Document) -> Document:
    """Take a file out of a recordation's file while that may be written; its row stays.

    Raises:
        NotFound: The account does not speak for the holder, or the file is gone already.
        ActNotOpen: The recordation's file cannot be written in its present state.
    """
    row = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if row.removed_at is not None or row.recordation_id is None:
        raise NotFound("document-unknown", pk=row.pk)
    files = Recordation.objects.select_related("administration", "applicant", "right__holder")
    recordation = files.select_for_update(of=("self",)).get(pk=row.recordation_id)
    _may_write(by, recordation)
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    audit_record(
        "register.document.removed",
        subject=subject_of(recordation),
        by=by,
        role=row.role,
        sha256=row.sha256,
    )
    return row


def _may_write(by: Officer, row: Recordation) -> None:
    rules = recordation_rules(row.administration.law)
    if by.may("portal.use"):
        acting_role(account=by, holder=row.holder, on=timezone.localdate())
        open_now = row.state in rules.editable | rules.in_force
    else:
        officer_require(by, "rights.examine")
        open_now = not row.closed
    if not open_now:
        raise ActNotOpen("file-not-open", state=row.state)
    if row.documents.filter(removed_at__isnull=True).count() >= MOST_FILES:
        raise ActNotOpen("too-many-files", limit=MOST_FILES)


def _kept(given: DocumentInput, *, image: bool) -> Kept:
    measure(given.stream, most_bytes=MOST_BYTES)
    return image_kept(given.stream) if image else paper_kept(given.stream)


def _document(
    by: Officer | None,
    given: DocumentInput,
    kept: Kept,
    *,
    subject: str,
    **belongs: Recordation | Right | HolderAccess | Permission,
) -> Document:
    """Store what is kept under its digest, add the row and the audit entry."""
    received = measure(given.stream, most_bytes=MOST_BYTES)
    was_scanned = scanned(given.stream)
    digest = hashlib.sha256(kept.content).hexdigest()
    stored = f"documents/{digest[:2]}/{digest}.{kept.extension}"
    if not default_storage.exists(stored) or default_storage.size(stored) != len(kept.content):
        default_storage.delete(stored)
        default_storage.save(stored, ContentFile(kept.content))
    row = Document.objects.create(
        role=given.role,
        kind=DocumentKind.IMAGE if kept.is_image else DocumentKind.PAPER,
        filename=safe_filename(given.filename)[:200],
        media_type=kept.media_type,
        stored=stored,
        sha256=digest,
        received_sha256=received.sha256,
        size_bytes=len(kept.content),
        width=kept.width,
        height=kept.height,
        caption=given.caption[:300],
        scan=Scan.CLEAN if was_scanned else Scan.NOT_SCANNED,
        uploaded_by=by,
        **belongs,
    )
    audit_record(
        "register.document.added",
        subject=subject,
        by=by,
        role=row.role,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
    )
    return row
