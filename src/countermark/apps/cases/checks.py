"""System checks: a node whose law cannot be read does not start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from countermark.lawbook import LawFileError, lawbook


def law_is_readable(**_options: Any) -> list[CheckMessage]:
    """Return an error if the law folder is malformed or lacks this node's administration."""
    try:
        laws = lawbook().laws
    except LawFileError as error:
        return [Error(str(error), id="countermark.E001")]
    members = {member.code for law in laws.values() for member in law.side.members}
    if settings.COUNTERMARK_ADMINISTRATION not in members:
        code = settings.COUNTERMARK_ADMINISTRATION
        return [Error(f"law/ knows no administration {code!r}", id="countermark.E002")]
    return []
