"""Files between two pages: kept while an officer looks at them, before they are taken in.

A file is known by a random name that only the session of its sender holds; it is deleted when it
is taken in, when the sender brings another one, or after a day.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from countermark.domain.errors import NotFound

FOLDER = "uploads"
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stash:
    """A file that waits: its random name in storage and the name its sender gave it."""

    stored: str
    filename: str

    def open(self) -> BinaryIO:
        """Open the file for reading."""
        return cast("BinaryIO", default_storage.open(self.stored, "rb").file)


def stash(request: HttpRequest, purpose: str, file: UploadedFile[Any]) -> Stash:
    """Keep a file for the next page of the same session, in place of an earlier one."""
    drop(request, purpose)
    _forget_old()
    stored = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", file)
    kept = Stash(stored, file.name or "file")
    request.session[_key(purpose)] = [kept.stored, kept.filename]
    return kept


def stashed(request: HttpRequest, purpose: str) -> Stash:
    """Return the file that this session keeps.

    Raises:
        NotFound: There is none, or it was kept for longer than a day.
    """
    stored, filename = request.session.get(_key(purpose), ("", ""))
    if not stored or not default_storage.exists(stored):
        raise NotFound("upload-gone")
    return Stash(stored, filename)


def drop(request: HttpRequest, purpose: str) -> None:
    """Forget the file that this session keeps, if there is one."""
    stored, _ = request.session.pop(_key(purpose), ("", ""))
    if stored:
        default_storage.delete(stored)


def _key(purpose: str) -> str:
    return f"upload-{purpose}"


def _forget_old() -> None:
    """Delete what sessions left behind."""
    if not default_storage.exists(FOLDER):
        return
    before = timezone.now() - KEPT_FOR
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < before:
            default_storage.delete(path)
