"""Typed readers of the environment; they fail loudly and accept ``NAME_FILE`` for secrets.

Every variable the program reads is read here or in ``settings.py`` by one of these readers and has
a heading in ``docs/reference/settings.md``.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

PREFIX = "COUNTERMARK_"
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class BadSetting(Exception):
    """An environment variable has a value that cannot be used; the message names it."""


def text(name: str, default: str = "") -> str:
    """Return a variable, or the content of the file that ``NAME_FILE`` points to.

    Raises:
        BadSetting: The file cannot be read.
    """
    full = PREFIX + name
    if path := os.environ.get(full + "_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{full}_FILE: cannot read {path}: {error.strerror}") from error
    return os.environ.get(full, default)


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes/no variable.

    Raises:
        BadSetting: The value is neither yes nor no.
    """
    value = text(name, "1" if default else "").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise BadSetting(f"{PREFIX}{name} must be yes or no, not {value!r}")


def number(name: str, default: int, *, least: int, most: int) -> int:
    """Return a variable that holds a whole number.

    Raises:
        BadSetting: The value is no whole number, or out of range.
    """
    value = text(name, str(default)).strip()
    if value.isascii() and value.isdigit() and least <= int(value) <= most:
        return int(value)
    raise BadSetting(f"{PREFIX}{name} must be a number from {least} to {most}, not {value!r}")


def numbers(name: str, default: tuple[int, ...], *, most: int) -> tuple[int, ...]:
    """Return a comma-separated variable of whole numbers, the largest first.

    Raises:
        BadSetting: A part is no whole number from 0 to ``most``.
    """
    parts = words(name, ",".join(map(str, default)))
    if not all(part.isascii() and part.isdigit() and int(part) <= most for part in parts):
        raise BadSetting(f"{PREFIX}{name} must be numbers from 0 to {most}, parted by commas")
    return tuple(sorted(map(int, parts), reverse=True))


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """Return a folder, made where it is not there yet and readable by its owner only."""
    path = Path(text(name) or default).resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def kept_secret(name: str, path: Path) -> str:
    """Return a secret from the environment, or from a file that is made once with mode 0600."""
    if value := text(name):
        return value
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def database(url: str) -> dict[str, object]:
    """Return Django's settings for a database address.

    SQLite runs with a write-ahead log, full synchronisation and immediate transactions: a receipt
    promises durability, and two writers must queue rather than fail at commit.

    Args:
        url: ``sqlite:////path/to/file`` or ``postgresql://user:password@host:port/name``.

    Raises:
        BadSetting: The scheme is neither of the two.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, object] = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": options | {"pool": {"min_size": 1, "max_size": 8}},
        }
    raise BadSetting(f"{PREFIX}DATABASE_URL must begin with sqlite:// or postgresql://")


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail leaves the node; ``backend`` is a dotted path of Django's."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def mail(url: str) -> Mail:
    """Return how mail is sent; without an address it is written to files of the node.

    Args:
        url: ``smtp://``, ``smtp+tls://`` (STARTTLS) or ``smtps://``, then
            ``user:password@host:port``; or nothing.

    Raises:
        BadSetting: The scheme is none of these, or there is no host.
    """
    if not url:
        return Mail("django.core.mail.backends.filebased.EmailBackend")
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise BadSetting(f"{PREFIX}MAIL_URL must begin with smtp://, smtp+tls:// or smtps://")
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtps",
    )
