"""A hit as officers find it in the queue."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from tests.trade import recorded, row, screened

from countermark.apps.screening.models import Hit

NOW = datetime(2013, 10, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    """The clock stands at 16:00 in Hong Kong on the day of the declarations."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hit(clock, lau, chan, hongkong) -> Hit:
    """A handbag declared at Tuen Mun under a recorded mark."""
    recorded(lau, hongkong)
    bag = {"goods_description": "ladies' handbag", "hs_code": "420222"}
    screened(chan, [row(declared_brand="VELUNDR4", **bag)])
    return Hit.objects.get()
