"""How much waits at a place of the rail: one cheap count each, asked on every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer

Count = Callable[["Officer"], tuple[int, bool]]
"""The number beside a place, and whether it is urgent."""

COUNTS: dict[str, Count] = {}
