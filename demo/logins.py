"""Passwords of the demo's officers: made once for each copy, kept where only its owner reads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from demo import world

# Letters and digits that cannot be taken for one another when read aloud.
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
FILENAME = "logins.txt"


def password_new() -> str:
    """Return a random password of three groups: 70 bits, easy to type."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def logins_ensure(folder: Path) -> dict[str, str]:
    """Return the password of every officer and holder by sign-in name, making them the first time.

    The file appears complete or not at all, with mode 0600.
    """
    path = folder / FILENAME
    if not path.exists():
        rows = [
            f"{name}\t{password_new()}\n"
            for code in (world.GUANGDONG, world.HONG_KONG)
            for name in _names(world.side(code))
        ]
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(rows)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    lines = path.read_text(encoding="ascii").splitlines()
    return {name: password for name, _, password in (line.partition("\t") for line in lines)}


def _names(side: world.Side) -> list[str]:
    return [*(officer.username for officer in side.officers), world.holder_login(side)]
