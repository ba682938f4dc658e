"""Formats and encodings: what a file is, told from its first bytes and its name."""

from __future__ import annotations

import codecs
import re
from enum import Enum

SNIFFED_BYTES = 1 << 20
"""Bytes of a file from which its format and encoding are told."""

LENIENT = "countermark-lenient"
"""Error handler that turns each undecodable byte into a lone surrogate, which marks the row."""


class TableFormat(Enum):
    """A format that can be read; the value is the usual file extension."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"


def sniff_format(name: str, head: bytes) -> TableFormat:
    """Return the format of a file from its first bytes, else from its name."""
    if head.startswith(b"PAR1"):
        return TableFormat.PARQUET
    if head.startswith(b"PK\x03\x04"):
        return TableFormat.XLSX
    extension = name.rpartition(".")[2].lower()
    if extension in {"jsonl", "ndjson"}:
        return TableFormat.JSONL
    if extension in {"csv", "tsv", "txt"}:
        return TableFormat.CSV
    start = head.lstrip(codecs.BOM_UTF8).lstrip()
    return TableFormat.JSONL if start.startswith(b"{") else TableFormat.CSV


def sniff_encoding(head: bytes) -> str:
    """Return the encoding of a text: UTF-8, UTF-16, GB 18030 or Big5.

    A byte order mark decides; then NULs in every second byte; then, line by line so that one bad
    line does not tip the scale, which encoding reads the lines beyond ASCII. GB 18030 reads almost
    any Big5 text, so the two are told apart by how many characters are common ones.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    high, low = head[0::2].count(0), head[1::2].count(0)
    wide_ends = b"\n\0" in head or b"\0\n" in head
    if wide_ends and max(high, low) > max(len(head) // 32, 8 * min(high, low)):
        return "utf-16-be" if high > low else "utf-16-le"
    lines = [line for line in head.splitlines()[:-1] or [head] if not line.isascii()]
    readable = sum(_reads(line, "utf-8") for line in lines)
    if 2 * readable >= len(lines):
        return "utf-8"
    text = b"\n".join(lines)
    return "big5" if _common(text, _BIG5) > _common(text, _GB) else "gb18030"


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_GB = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]"), re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")
_BIG5 = (
    re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]"),
    re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]"),
)


def _common(text: bytes, encoding: tuple[re.Pattern[bytes], re.Pattern[bytes]]) -> float:
    """Return the share of double bytes that are in the rows of common characters."""
    every, common = encoding
    pairs = every.findall(text)
    return sum(map(bool, map(common.fullmatch, pairs))) / len(pairs) if pairs else 0.0


def _lenient(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in bad), error.end


codecs.register_error(LENIENT, _lenient)
