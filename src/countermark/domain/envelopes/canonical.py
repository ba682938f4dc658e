"""Bytes, hashes and identifiers: the one way each of them is made."""

from __future__ import annotations

import hashlib
import json
import math
import uuid
from typing import TypeAlias

from countermark.domain.errors import EnvelopeRefused

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

MAX_DEPTH = 32


def json_bytes(value: Json) -> bytes:
    """Return the canonical form of a JSON value: sorted keys, no blanks, UTF-8.

    Raises:
        ValueError: The value holds NaN, an infinity or half a surrogate pair.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def json_object(raw: bytes) -> dict[str, Json]:
    """Return the JSON object in ``raw``, refusing what two parsers could read in two ways.

    Raises:
        EnvelopeRefused: ``json-malformed`` where it is no UTF-8, no JSON, no object, repeats a
            name, holds NaN or is nested deeper than ``MAX_DEPTH``.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except (ValueError, RecursionError) as error:
        raise EnvelopeRefused("json-malformed") from error
    if not isinstance(value, dict) or _deeper_than(value, MAX_DEPTH):
        raise EnvelopeRefused("json-malformed")
    return value


def sha256_hex(raw: bytes | str) -> str:
    """Return the SHA-256 of bytes or of ASCII text, as 64 lower-case hex digits."""
    return hashlib.sha256(raw.encode("ascii") if isinstance(raw, str) else raw).hexdigest()


def uuid7(unix_ms: int, random: bytes) -> str:
    """Return a version 7 UUID (RFC 9562), which sorts by the time of its making.

    Args:
        unix_ms: Milliseconds since 1970, at most 48 bits.
        random: Ten bytes, of which 74 bits are used.
    """
    bits = int.from_bytes(unix_ms.to_bytes(6, "big") + random[:10], "big")
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=bits))


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is repeated")
    return found


def _no_constant(name: str) -> Json:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _deeper_than(value: Json, limit: int) -> bool:
    layer: list[Json] = [value]
    for _ in range(limit):
        layer = [child for parent in layer for child in _children(parent)]
        if not layer:
            return False
    return True


def _children(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
