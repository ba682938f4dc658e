"""Strict reading of law files: every key is known, typed and accounted for."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from countermark.domain.vocabulary import Names, Verification

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class LawFileError(Exception):
    """A law file cannot be used; the message names the file, the key and what is wrong with it."""


class Section:
    """One table of a law file that is emptied while it is read, so that no key goes unnoticed.

    Args:
        where: File and place in it, as an editor would look for it.
        table: The table as TOML gave it.
    """

    def __init__(self, where: str, table: dict[str, object]) -> None:
        self.where = where
        self._rest = dict(table)

    def fail(self, key: str, why: str) -> LawFileError:
        """Return the error that names ``key`` and the place of this table."""
        return LawFileError(f"{self.where}: {key}: {why}")

    def has(self, key: str) -> bool:
        """Return whether ``key`` is there and has not been read yet."""
        return key in self._rest

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """Return the value of ``key``, which must be of ``kind``.

        Raises:
            LawFileError: The key is missing without a default, or of another kind.
        """
        if key not in self._rest:
            if default is None:
                raise self.fail(key, "is missing")
            return default
        value = self._rest.pop(key)
        wrong = isinstance(value, bool) and kind is not bool
        if wrong or isinstance(value, datetime) or not isinstance(value, kind):
            raise self.fail(key, f"must be {kind.__name__}, not {value!r}")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of strings.

        Raises:
            LawFileError: The key is missing, or holds anything but strings.
        """
        values: list[object] = self.take(key, list)
        found = tuple(value for value in values if isinstance(value, str))
        if len(found) != len(values):
            raise self.fail(key, "must hold strings only")
        return found

    def code_of(self, key: str, kind: type[E]) -> E:
        """Return a value of a fixed list of codes.

        Raises:
            LawFileError: The value is not on the list.
        """
        value = self.take(key, str)
        try:
            return kind(value)
        except ValueError:
            known = ", ".join(kind)
            raise self.fail(key, f"{value!r} is none of: {known}") from None

    def names(self, key: str = "name") -> Names:
        """Return a name, which must be there in all three languages.

        Raises:
            LawFileError: A language is missing or empty, or a further one is there.
        """
        section = Section(f"{self.where}.{key}", self.take(key, dict))
        names = Names(
            en=section.take("en", str),
            zh_hans=section.take("zh-Hans", str),
            zh_hant=section.take("zh-Hant", str),
        )
        section.done()
        if not (names.en and names.zh_hans and names.zh_hant):
            raise self.fail(key, "must be given in en, zh-Hans and zh-Hant")
        return names

    def verification(self, key: str = "verification") -> Verification:
        """Return how far what this table says has been checked."""
        return self.code_of(key, Verification)

    def in_force(self) -> tuple[date, date]:
        """Return first and last day in force; absent ends are open."""
        first = self.take("in_force_from", date, date.min)
        last = self.take("in_force_to", date, date.max)
        if last < first:
            raise self.fail("in_force_to", "is before in_force_from")
        return first, last

    def unread(self) -> tuple[str, ...]:
        """Return the keys that have not been read yet, in the order of the file."""
        return tuple(self._rest)

    def section(self, key: str) -> Section:
        """Return the table under ``key``.

        Raises:
            LawFileError: The key is missing, or its value is not a table.
        """
        return Section(f"{self.where}: {key}", self.take(key, dict))

    def sections(self, key: str) -> Iterator[Section]:
        """Yield the tables of an array of tables.

        Raises:
            LawFileError: The key is missing, or an element is not a table.
        """
        values: list[object] = self.take(key, list)
        for number, value in enumerate(values, start=1):
            if not isinstance(value, dict):
                raise self.fail(f"{key}[{number}]", "must be a table")
            yield Section(
                f"{self.where}: {key}[{value.get('code', value.get('number', number))}]", value
            )

    def done(self) -> None:
        """Refuse the table if a key was not read.

        Raises:
            LawFileError: A key is not part of the grammar; it names the first.
        """
        for key in self._rest:
            raise self.fail(key, "is not a key of the law's grammar")


def section_read(path: Path, root: Path) -> Section:
    """Read one law file.

    Raises:
        LawFileError: The file is missing, is not UTF-8 or is not TOML.
    """
    where = path.relative_to(root).as_posix()
    try:
        return Section(where, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise LawFileError(f"{where}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise LawFileError(f"{where}: is not TOML: {error}") from error
