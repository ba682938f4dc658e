"""The story: what the officers of each side do, in order.

Both sides tell it at the same time, as two administrations act; where one needs the other it waits
for what the exchange brings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from demo import world
from demo.context import Context
from demo.steps import casework, guiding, operating, portal, reporting, setting_up, trading

Step = Callable[[Context], dict[str, Any] | None]

_STEPS: dict[str, dict[str, Step]] = {
    world.GUANGDONG: {
        "identity": setting_up.identity,
        "pair": setting_up.pair,
        "rights": trading.rights,
        "portal": portal.portal,
        "guides": guiding.guides,
        "batches": trading.batches,
        "accept": operating.accept,
        "hits": casework.hits,
        "acts": casework.acts,
        "records": casework.records,
        "contribute": operating.contribute,
        "refer": operating.refer,
        "state": operating.state,
        "close": operating.close,
        "propose_current": operating.propose_current,
        "start_current": operating.start_current,
        "traders": guiding.traders,
        "derive": reporting.derive,
    },
    world.HONG_KONG: {
        "identity": setting_up.identity,
        "pair": setting_up.pair,
        "propose": operating.propose,
        "rights": trading.rights,
        "portal": portal.portal,
        "guides": guiding.guides,
        "batches": trading.batches,
        "hits": casework.hits,
        "acts": casework.acts,
        "contribute": operating.contribute,
        "refer": operating.refer,
        "state": operating.state,
        "close": operating.close,
        "accept_current": operating.accept_current,
        "traders": guiding.traders,
        "derive": reporting.derive,
    },
}


# Told when the nodes are in use already; nothing in the story waits for it.
_AFTERWARDS: dict[str, dict[str, Step]] = {
    world.GUANGDONG: {"courses": casework.courses},
    world.HONG_KONG: {},
}


def afterwards_of(code: str) -> dict[str, Step]:
    """Return the steps of one side that follow the story's end."""
    return _AFTERWARDS[code]


def steps_of(code: str) -> dict[str, Step]:
    """Return the steps of one side by name, in their order."""
    return _STEPS[code]
