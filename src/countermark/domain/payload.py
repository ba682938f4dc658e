"""Reads JSON that another node or a client sent, field by field; everything is hostile until read.

Fields that nobody asks for are left alone: the signed message keeps them, and a newer partner may
say more than this version understands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from countermark.domain.errors import InvalidInput

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|\+00:00)")
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,3})?")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MAX_INTEGER = 2**53 - 1
"""The largest whole number that every JSON library keeps exactly."""


@dataclass(frozen=True, slots=True)
class Payload:
    """One JSON object and where it stands, so that a refusal can name the field."""

    value: dict[str, object]
    path: str = ""

    @classmethod
    def read(cls, value: object, path: str = "") -> Payload:
        """Return ``value`` as an object.

        Raises:
            InvalidInput: It is none. So does every reader below where its field is missing,
                malformed, too long or out of range; ``field`` is the path.
        """
        if not isinstance(value, dict):
            raise _malformed(path or "data")
        return cls(value, path)

    def has(self, name: str) -> bool:
        """Return whether the field is there and not null."""
        return self.value.get(name) is not None

    def text(self, name: str, longest: int, *, required: bool = True) -> str:
        """Return a text without control characters and half characters, blanks trimmed."""
        value = self.value.get(name, None if required else "")
        if not isinstance(value, str) or len(value) > longest:
            raise self._malformed(name)
        text = value.strip()
        if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
            raise self._malformed(name)
        if required and not text:
            raise self._malformed(name)
        return text

    def slug(self, name: str, longest: int) -> str:
        """Return a code of ASCII letters, digits, hyphens and underscores."""
        text = self.text(name, longest)
        if not re.fullmatch(r"[A-Za-z0-9_-]+", text):
            raise self._malformed(name)
        return text

    def choice(self, name: str, codes: Collection[str]) -> str:
        """Return a text that is one of ``codes``."""
        text = self.text(name, 60)
        if text not in codes:
            raise self._malformed(name)
        return text

    def integer(self, name: str, least: int = 0, most: int = MAX_INTEGER) -> int:
        """Return a whole number within bounds; true and 1.0 are none."""
        value = self.value.get(name)
        if type(value) is not int or not least <= value <= most:
            raise self._malformed(name)
        return value

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self.value.get(name)
        if not isinstance(value, bool):
            raise self._malformed(name)
        return value

    def number(self, name: str) -> Decimal:
        """Return a number written as text, up to 15 digits and three decimals, not negative."""
        return Decimal(self._matching(name, _NUMBER))

    def day(self, name: str) -> date:
        """Return a date written ``YYYY-MM-DD``."""
        try:
            return date.fromisoformat(self._matching(name, _DAY))
        except ValueError:
            raise self._malformed(name) from None

    def instant(self, name: str) -> datetime:
        """Return a moment in UTC, written as in RFC 3339."""
        try:
            return datetime.fromisoformat(self._matching(name, _INSTANT))
        except ValueError:
            raise self._malformed(name) from None

    def uuid(self, name: str) -> UUID:
        """Return a UUID in lower-case hex with hyphens."""
        return UUID(self._matching(name, _UUID))

    def matching(self, name: str, pattern: str) -> str:
        """Return a text that a regular expression matches as a whole."""
        return self._matching(name, re.compile(pattern))

    def part(self, name: str) -> Payload:
        """Return the object in a field."""
        return Payload.read(self.value.get(name), self._at(name))

    def parts(self, name: str, most: int) -> list[Payload]:
        """Return the objects of a list, at most ``most`` of them."""
        values = self._list(name, most)
        return [Payload.read(value, f"{self._at(name)}[{n}]") for n, value in enumerate(values)]

    def choices(self, name: str, codes: Collection[str]) -> list[str]:
        """Return a list of different texts, each one of ``codes``."""
        values = self._list(name, len(codes))
        known = [value for value in values if isinstance(value, str) and value in codes]
        if len(known) < len(values) or len(set(known)) < len(known):
            raise self._malformed(name)
        return known

    def slugs(self, name: str, most: int) -> list[str]:
        """Return a list of different codes of at most 40 characters."""
        values = self._list(name, most)
        items = [
            Payload({"code": value}, f"{self._at(name)}[{n}]") for n, value in enumerate(values)
        ]
        codes = [item.slug("code", 40) for item in items]
        if len(set(codes)) < len(codes):
            raise self._malformed(name)
        return codes

    def _list(self, name: str, most: int) -> list[object]:
        values = self.value.get(name)
        if not isinstance(values, list) or len(values) > most:
            raise self._malformed(name)
        return values

    def _matching(self, name: str, pattern: re.Pattern[str]) -> str:
        value = self.value.get(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise self._malformed(name)
        return value

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _malformed(self, name: str) -> InvalidInput:
        return _malformed(self._at(name))


def _malformed(path: str) -> InvalidInput:
    return InvalidInput("payload-malformed", field=path)
