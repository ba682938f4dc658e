"""Papers and pictures of a file: what a topic asks for, what is there, and what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from countermark.apps.register.files import MOST_BYTES
from countermark.apps.register.selectors import document_get, document_open
from countermark.apps.register.services import (
    DocumentInput,
    access_document_add,
    recordation_document_add,
)
from countermark.domain.errors import Refusal
from countermark.lawbook.rights import NeedKind
from countermark.web.cases.legal import named
from countermark.web.http import OfficerRequest
from countermark.web.portal.gate import holder_required
from countermark.web.refusals import sentence

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from countermark.apps.register.models import Document, HolderAccess, Recordation
    from countermark.lawbook import Need

MEGABYTE = 1 << 20
LIMIT = MOST_BYTES // MEGABYTE
"""Largest file, in megabytes, as the pages say it."""
PICTURES = "image/jpeg,image/png,image/webp,image/tiff,image/gif,image/bmp"
PAPERS = f"application/pdf,{PICTURES}"
MOST_AT_ONCE = 12


@dataclass(slots=True)
class Upload:
    """What one need asks for in papers or pictures, and what the file has of it."""

    need: Need
    there: tuple[Document, ...]
    error: str = ""

    @property
    def label(self) -> str:
        """What the law calls it."""
        return named(self.need.names)

    @property
    def name(self) -> str:
        """The name of the input, and with ``id_`` its place on the page."""
        return f"file-{self.need.code}"

    @property
    def is_image(self) -> bool:
        """Whether pictures are asked for."""
        return self.need.kind is NeedKind.IMAGE

    @property
    def accept(self) -> str:
        """What the browser offers to choose."""
        return PICTURES if self.is_image else PAPERS

    @property
    def limit(self) -> int:
        """Largest file in megabytes."""
        return LIMIT


def upload_of(need: Need, recordation: Recordation) -> Upload:
    """Return what a file has of the papers or pictures that a need asks for."""
    documents = recordation.documents.all()
    there = (each for each in documents if each.role == need.code and each.removed_at is None)
    return Upload(need, tuple(there))


def upload_take(request: OfficerRequest, recordation: Recordation, upload: Upload) -> int:
    """Add what was chosen for one need to the file; return how many files were added.

    A file that is refused leaves its sentence in ``upload.error``; those before it are kept.
    """
    caption = request.POST.get(f"caption-{upload.need.code}", "")
    taken = 0
    for file in request.FILES.getlist(upload.name)[:MOST_AT_ONCE]:
        try:
            recordation_document_add(
                by=request.officer,
                recordation=recordation,
                given=document_given(file, upload.need.code, caption),
            )
        except Refusal as refusal:
            upload.error = _("%(file)s: %(why)s") % {"file": file.name, "why": sentence(refusal)}
            break
        taken += 1
    return taken


def access_paper_take(request: OfficerRequest, access: HolderAccess, role: str) -> None:
    """Add the paper that was sent as ``file`` to an account's own wish to speak for a holder.

    Raises:
        InvalidInput: The file is too large, of another type, broken or not safe.
        ActNotOpen: The wish is settled already.
    """
    file = sent_file(request)
    if file is not None:
        access_document_add(by=request.officer, access=access, given=document_given(file, role))


def sent_file(request: HttpRequest) -> UploadedFile[Any] | None:
    """Return the file that was sent as ``file``, if one was."""
    files = request.FILES.getlist("file")
    return files[0] if files else None


def document_given(file: UploadedFile[Any], role: str, caption: str = "") -> DocumentInput:
    """Return a file that was sent, as the register takes it."""
    return DocumentInput(
        stream=cast("BinaryIO", file),
        filename=file.name or "file",
        role=role,
        caption=caption.strip(),
    )


@holder_required
def document(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Send one paper or picture; only pictures, which we drew ourselves, are shown in the page."""
    row = document_get(pk=pk, visible_to=request.officer)
    response = FileResponse(
        document_open(row), as_attachment=row.kind != "image", filename=row.filename
    )
    response["Content-Type"] = row.media_type
    response["Cache-Control"] = "private, no-store"
    return response
