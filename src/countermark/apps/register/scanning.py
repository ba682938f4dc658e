"""Scanners for malicious content: an interface, and an adapter for ClamAV.

Which one is asked is ``settings.COUNTERMARK_SCANNER``, a dotted path to a class without arguments.
"""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO, Final, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from countermark.domain.errors import InvalidInput

_PIECE: Final = 1 << 16
_TIMEOUT_S: Final = 30.0


class ScannerUnreachable(Exception):
    """A scanner is set and gave no answer."""


class Scanner(Protocol):
    """Something that looks for malicious content."""

    def scan(self, stream: BinaryIO) -> str:
        """Return the name of what was found, or an empty string.

        Raises:
            ScannerUnreachable: There was no answer.
        """
        ...


class ClamAV:
    """Asks the ClamAV daemon over its local socket, with its INSTREAM command."""

    def scan(self, stream: BinaryIO) -> str:
        """Return the name of the signature that matched, or an empty string.

        Raises:
            ScannerUnreachable: The daemon is not there, or did not answer as documented.
        """
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as daemon:
                daemon.settimeout(_TIMEOUT_S)
                daemon.connect(settings.COUNTERMARK_CLAMAV)
                daemon.sendall(b"zINSTREAM\0")
                while piece := stream.read(_PIECE):
                    daemon.sendall(struct.pack("!I", len(piece)) + piece)
                daemon.sendall(struct.pack("!I", 0))
                answer = _answer(daemon)
        except OSError as error:
            raise ScannerUnreachable(str(error)) from error
        if answer.endswith(" OK"):
            return ""
        if answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise ScannerUnreachable(answer[:200])


def scanner() -> Scanner | None:
    """Return the scanner of this node, or None where none is set."""
    if not settings.COUNTERMARK_SCANNER:
        return None
    found: Scanner = import_string(settings.COUNTERMARK_SCANNER)()
    return found


def scanned(stream: BinaryIO) -> bool:
    """Have a seekable stream scanned; return False where no scanner is set.

    Raises:
        InvalidInput: The scanner found something, or gave no answer.
    """
    asked = scanner()
    if asked is None:
        return False
    stream.seek(0)
    try:
        found = asked.scan(stream)
    except ScannerUnreachable:
        raise InvalidInput("scanner-unreachable", field="file") from None
    finally:
        stream.seek(0)
    if found:
        raise InvalidInput("file-malicious", field="file", found=found[:80])
    return True


def _answer(daemon: socket.socket) -> str:
    heard = b""
    while not heard.endswith(b"\0") and len(heard) < 1024:
        piece = daemon.recv(1024)
        if not piece:
            break
        heard += piece
    return heard.rstrip(b"\0").decode("utf-8", "replace").strip()
