"""What every step of the story knows: its node, its officers, and how to wait for the partner."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import administration_get, officer_get
from demo import world

T = TypeVar("T")
PATIENCE_S = 300.0


class NothingCame(Exception):
    """What a step waits for from the partner did not come in time."""


@dataclass
class Context:
    """One side of the story: ``today`` is the day on which the demo was first started."""

    side: world.Side
    folder: Path
    today: date

    @classmethod
    def of_node(cls, folder: Path, today: date) -> Context:
        """Return the context of the node in whose environment this process runs."""
        return cls(world.side(settings.COUNTERMARK_ADMINISTRATION), folder, today)

    def officer(self, role: str) -> Officer:
        """Return the officer of this node who has a role."""
        return officer_get(username=self.side.officer(role))

    @cached_property
    def partner(self) -> Administration:
        """The other administration."""
        return administration_get(code=self.side.partner)

    @property
    def files(self) -> Path:
        """Where the files that officers import are written."""
        path = self.folder / self.side.code / "to-import"
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def wait(self, what: str, look: Callable[[], T | None]) -> T:
        """Look until something is there; the exchange brings it, or the partner's own step.

        Raises:
            NothingCame: Nothing was there in time; ``what`` names it.
        """
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            found = look()
            if found:
                return found
            time.sleep(0.1)
        raise NothingCame(f"{self.side.code} waited in vain for {what}")
