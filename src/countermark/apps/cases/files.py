"""What a file really is and how it may be called; its content and its name come from outside."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from countermark.domain.errors import InvalidInput

LONGEST_NAME = 120
_HEAD_BYTES = 65_536
_OFFICE = "application/vnd.openxmlformats-officedocument."

EXTENSIONS: dict[str, tuple[str, ...]] = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
    "application/pdf": (".pdf",),
    _OFFICE + "wordprocessingml.document": (".docx",),
    _OFFICE + "spreadsheetml.sheet": (".xlsx",),
    _OFFICE + "presentationml.presentation": (".pptx",),
    "text/plain": (".txt", ".csv", ".tsv", ".md", ".log", ".json", ".xml", ".eml"),
}
"""Media types that a case takes, with the extensions each may carry; the first is the usual one."""

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
)
_OFFICE_PARTS = {
    "word/": _OFFICE + "wordprocessingml.document",
    "xl/": _OFFICE + "spreadsheetml.sheet",
    "ppt/": _OFFICE + "presentationml.presentation",
}


def media_type_of(stream: BinaryIO) -> str:
    """Return the media type that a file's content shows, whatever its name says.

    Args:
        stream: Seekable; read from its start and left there.

    Raises:
        InvalidInput: The content is none of the types that a case takes, or carries macros.
    """
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    stream.seek(0)
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"PK\x03\x04"):
        return _office_type(stream)
    if _is_text(head):
        return "text/plain"
    raise InvalidInput("file-type-refused", field="file")


def filename_safe(filename: str, media_type: str) -> str:
    """Return a name that is safe to show and to save under.

    Folders, control characters, marks that turn the reading direction and leading dots are taken
    out; an extension that does not belong to ``media_type`` is followed by one that does.
    """
    last = unicodedata.normalize("NFC", filename).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        letter
        for letter in last
        if unicodedata.category(letter)[0] != "C" and letter not in '<>:"|?*'
    )
    name = " ".join(kept.split()).strip(" .")
    allowed = EXTENSIONS[media_type]
    suffix = PurePosixPath(name).suffix.lower()
    stem = name[: len(name) - len(suffix)] if suffix in allowed else name
    ending = suffix if suffix in allowed else allowed[0]
    return (stem[: LONGEST_NAME - len(ending)].rstrip(" .") or "file") + ending


def _office_type(stream: BinaryIO) -> str:
    """Return the type of an office file from its list of parts; nothing in it is unpacked."""
    try:
        with ZipFile(stream) as archive:
            parts = archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise InvalidInput("file-type-refused", field="file") from None
    finally:
        stream.seek(0)
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise InvalidInput("file-has-macros", field="file")
    if "[Content_Types].xml" in parts:
        for folder, media_type in _OFFICE_PARTS.items():
            if any(part.startswith(folder) for part in parts):
                return media_type
    raise InvalidInput("file-type-refused", field="file")


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            text = head[: len(head) - 4 if len(head) == _HEAD_BYTES else None].decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(letter in "\t\r\n\f" or unicodedata.category(letter) != "Cc" for letter in text)
    return False
