from __future__ import annotations

import hashlib
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.files import filename_safe, media_type_of
from countermark.apps.cases.models import Attachment, Case, Note, storage_name
from countermark.domain.errors import Conflict, InvalidInput

LONGEST_NOTE = 10_000
LARGEST_ATTACHMENT_BYTES = 25 * 1024 * 1024
_CHUNK_BYTES = 65_536


@transaction.atomic
def note_add(*, case: Case, text: str, by: Officer) -> Note:
    """Write a note on a case; it stays on this side.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        InvalidInput: The note is empty or longer than 10,000 characters.
    """
    officer_require(by, "cases.act")
    if not text.strip():
        raise InvalidInput("field-missing", field="text")
    if len(text) > LONGEST_NOTE:
        raise InvalidInput("text-too-long", field="text", longest=LONGEST_NOTE)
    note = Note.objects.create(case=case, text=text.strip(), by=by, at=timezone.now())
    audit_record("cases.note.added", subject=case.number, by=by, note=note.pk)
    return note


@transaction.atomic
def attachment_add(*, case: Case, stream: BinaryIO, filename: str, by: Officer) -> Attachment:
    """Keep a file with a case under the hash of its content.

    The type is taken from the content, the name is made safe for showing, and the file is stored
    once however often it is attached. Writes the row, one audit entry and last the file, so that a
    full disk leaves nothing.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        InvalidInput: The file is empty, larger than 25 MiB, or of a type that no case takes.
        Conflict: The case has a file of the same content.
    """
    officer_require(by, "cases.act")
    with SpooledTemporaryFile(max_size=_CHUNK_BYTES * 16) as spool:
        content = cast("BinaryIO", spool)
        sha256, size_bytes = _copy(stream, content)
        media_type = media_type_of(content)
        case = Case.objects.select_for_update().get(pk=case.pk)
        if earlier := case.attachments.filter(sha256=sha256).first():
            raise Conflict("attachment-known", filename=earlier.filename, sha256=sha256)
        attachment = Attachment(
            case=case,
            filename=filename_safe(filename, media_type),
            media_type=media_type,
            size_bytes=size_bytes,
            sha256=sha256,
            by=by,
            at=timezone.now(),
        )
        attachment.file.name = storage_name(attachment, filename)
        attachment.save()
        audit_record("cases.attachment.added", subject=case.number, by=by, sha256=sha256)
        _store(attachment, content)
    return attachment


def _copy(stream: BinaryIO, target: BinaryIO) -> tuple[str, int]:
    """Copy a stream of unknown length, and return its SHA-256 and size in bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK_BYTES):
        size += len(chunk)
        if size > LARGEST_ATTACHMENT_BYTES:
            raise InvalidInput("file-too-large", field="file", largest=LARGEST_ATTACHMENT_BYTES)
        digest.update(chunk)
        target.write(chunk)
    if not size:
        raise InvalidInput("file-empty", field="file")
    return digest.hexdigest(), size


def _store(attachment: Attachment, content: BinaryIO) -> None:
    """Store the content once; a copy that another transaction wrote meanwhile serves as well."""
    storage, name = attachment.file.storage, str(attachment.file.name)
    if storage.exists(name):
        return
    content.seek(0)
    written = storage.save(name, File(content))
    if written != name:
        storage.delete(written)
