"""Hostile XML, made while it is read: a gigabyte of each costs nothing to keep.

    python -m tests.engines.hostile BYTES

reads all of it in a process that may use so much address space, and prints what each came to.
"""

from __future__ import annotations

import io
import resource
import sys
from collections.abc import Callable
from itertools import chain, repeat

from countermark.domain.errors import InvalidInput
from countermark.engines.xml_stream import Wanted, XmlStream

GIGABYTE = 1 << 30


class Endless(io.RawIOBase):
    """A stream of a beginning, a unit over and over up to a size, and an end."""

    def __init__(self, start: bytes, unit: bytes, end: bytes, size: int = GIGABYTE) -> None:
        times = max(size // len(unit), 1)
        whole = max((1 << 16) // len(unit), 1)
        units = chain(repeat(unit * whole, times // whole), repeat(unit, times % whole))
        self._pieces = filter(None, chain([start], units, [end]))
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (piece := next(self._pieces, b"")):
            self._left += piece
        given, self._left = self._left[:size], self._left[size:]
        return given


def _bomb() -> io.BytesIO:
    layers = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol" * 10}">' for n in range(12)
    )
    return io.BytesIO(f"<!DOCTYPE all [{layers}]><all>&e11;</all>".encode())


def _names() -> io.BytesIO:
    return io.BytesIO(b"<all>" + b"".join(b"<n%d/>" % n for n in range(6_000)) + b"</all>")


def _attributes() -> io.BytesIO:
    return io.BytesIO(b"<all " + b" ".join(b"a%d=''" % n for n in range(200)) + b"/>")


HOSTILE: dict[str, tuple[str, Callable[[], io.IOBase]]] = {
    "entity-bomb": ("xml-dtd", _bomb),
    "external-entity": (
        "xml-dtd",
        lambda: io.BytesIO(
            b'<!DOCTYPE all [<!ENTITY x SYSTEM "file:///etc/passwd">]><all>&x;</all>'
        ),
    ),
    "external-dtd": (
        "xml-dtd",
        lambda: io.BytesIO(b'<!DOCTYPE all SYSTEM "http://127.0.0.1:9/x.dtd"><all/>'),
    ),
    "parameter-entity": (
        "xml-dtd",
        lambda: io.BytesIO(b'<!DOCTYPE all [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]><all/>'),
    ),
    "unknown-entity": ("xml-not-well-formed", lambda: io.BytesIO(b"<all>&lol;</all>")),
    "deep": ("xml-too-deep", lambda: Endless(b"", b"<a>", b"")),
    "long-text": ("xml-text-too-long", lambda: Endless(b"<all><record>", b"x", b"</record></all>")),
    "long-text-in-sections": (
        "xml-text-too-long",
        lambda: Endless(b"<all><record><![CDATA[", b"x", b"]]></record></all>"),
    ),
    "long-text-outside": ("xml-text-too-long", lambda: Endless(b"<all>", b"x", b"</all>")),
    "long-tag": ("xml-token-too-long", lambda: Endless(b"<all ", b" ", b"/>")),
    "long-name": ("xml-token-too-long", lambda: Endless(b"<", b"a", b"/>")),
    "long-attribute": ("xml-token-too-long", lambda: Endless(b"<all a='", b"x", b"'/>")),
    "long-comment": ("xml-token-too-long", lambda: Endless(b"<all><!--", b"x", b"--></all>")),
    "long-instruction": ("xml-token-too-long", lambda: Endless(b"<all><?p ", b"x", b"?></all>")),
    "many-attributes": ("xml-too-many-attributes", _attributes),
    "many-names": ("xml-too-many-names", _names),
    "large-record": (
        "xml-record-too-large",
        lambda: Endless(b"<all><record>", b"<a/>", b"</record></all>"),
    ),
    "wordy-record": (
        "xml-record-too-large",
        lambda: Endless(b"<all><record>", b"<a>" + b"x" * 1_000 + b"</a>", b"</record></all>"),
    ),
    "wrong-encoding": ("xml-encoding", lambda: io.BytesIO("<all>é</all>".encode("latin-1"))),
    "half-encoding": ("xml-encoding", lambda: io.BytesIO(b"<all>\xe4\xb8")),
    "two-encodings": (
        "xml-not-well-formed",
        lambda: io.BytesIO(b"\xff\xfe" + b"<all/>"),
    ),
    "cut-off": ("xml-not-well-formed", lambda: io.BytesIO(b"<all><record>")),
    "not-xml": ("xml-not-well-formed", lambda: io.BytesIO(b"<<<<")),
    "nothing-but-blanks": ("xml-token-too-long", lambda: Endless(b"", b" ", b"")),
}
"""What each is refused with, and a way to make it."""


def outcome(stream: io.IOBase) -> str:
    """Return the code a file is refused with, or how many records it has."""
    try:
        source = XmlStream(stream, lambda _root: Wanted({"record"}))  # type: ignore[arg-type]
        return str(sum(1 for _ in source.records()))
    except InvalidInput as refused:
        return refused.code


def main() -> None:
    """Read everything within the address space given."""
    most = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for kind, (_, stream) in HOSTILE.items():
        sys.stdout.write(f"{kind}\t{outcome(stream())}\n")
    record = b"<record>" + b"<a>x</a>" * 200 + b"</record>"
    many = Endless(b"<all>", record, b"</all>", size=len(record) * 4_000)
    sys.stdout.write(f"many-records\t{outcome(many)}\n")


if __name__ == "__main__":
    main()
