"""Small copies of the register's pictures, for telephones on slow lines and for paper."""

from __future__ import annotations

import io
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from countermark.apps.register.models import Document, DocumentKind
from countermark.domain.errors import NotFound

WIDTHS: Final = (240, 720)
MEDIA_TYPE: Final = "image/webp"
_QUALITY: Final = {240: 50, 720: 62}


def thumbnail(document: Document, width: int) -> bytes:
    """Return a picture as WebP, at most so many pixels wide; drawn once and kept by its digest.

    Args:
        document: A picture that the caller may see.
        width: One of ``WIDTHS``, in pixels.

    Raises:
        NotFound: The document is no picture, or there is no such width.
    """
    if document.kind != DocumentKind.IMAGE or width not in WIDTHS:
        raise NotFound("document-unknown", pk=document.pk)
    name = f"thumbnails/{document.sha256[:2]}/{document.sha256}-{width}.webp"
    if default_storage.exists(name):
        with default_storage.open(name, "rb") as kept:
            content: bytes = kept.read()
            return content
    content = _drawn(document, width)
    default_storage.save(name, ContentFile(content))
    return content


def thumbnail_size(document: Document, width: int) -> tuple[int, int]:
    """Return the size in pixels at which a picture of that width is shown."""
    full, high = document.width or 1, document.height or 1
    shown = min(width, full)
    return shown, max(1, round(high * shown / full))


def _drawn(document: Document, width: int) -> bytes:
    with default_storage.open(document.stored, "rb") as stored, Image.open(stored) as opened:
        opened.draft("RGB", thumbnail_size(document, width))
        plain = opened.convert("RGBA" if "A" in opened.getbands() else "RGB")
    small = plain.resize(thumbnail_size(document, width), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "WEBP", quality=_QUALITY[width], method=4)
    return written.getvalue()
