"""The story: what the officers of each side do, in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from demo import world
from demo.context import Context
from demo.steps import casework, setting_up, trading

Step = Callable[[Context], dict[str, Any] | None]

_BOTH: dict[str, Step] = {
    "identity": setting_up.identity,
    "pair": setting_up.pair,
    "rights": trading.rights,
    "batches": trading.batches,
    "hits": casework.hits,
    "acts": casework.acts,
}
_GUANGDONG: dict[str, Step] = {"records": casework.records}


def steps_of(code: str) -> dict[str, Step]:
    """Return the steps of one side by name, in their order."""
    return _BOTH | (_GUANGDONG if code == world.GUANGDONG else {})
