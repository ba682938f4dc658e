"""Whatever order, repetition and batching the network invents, effects happen once and in order."""

from __future__ import annotations

from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.exchange.partner import Guangdong

from countermark.apps.exchange.models import InboxLane, InboxMessage
from countermark.apps.exchange.services import envelope_admit
from countermark.domain.envelopes.batch import answer_decode

pytestmark = pytest.mark.usefixtures("paired")
LANES = [f"case:{UUID(int=n)}" for n in range(2)]


@contextmanager
def undone():
    """One example leaves nothing for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# Each example is a whole story with dozens of transactions.
@settings(max_examples=settings.default.max_examples // 4)
@given(st.data())
def test_every_schedule_ends_with_each_effect_once_in_the_order_of_its_lane(gd, data):
    seen: list[tuple[str, int]] = []
    handlers = {
        "case.referral/1": lambda administration, data, message_id: seen.append(
            (data["lane"], data["n"])
        )
    }
    with undone():
        sender = Guangdong(keys=gd.keys)
        lanes = data.draw(st.lists(st.sampled_from(LANES), min_size=1, max_size=6), "lanes")
        said = [
            sender.says(lane, data={"lane": lane, "n": lanes[: at + 1].count(lane)})
            for at, lane in enumerate(lanes)
        ]
        network = data.draw(
            st.lists(st.lists(st.sampled_from(said), min_size=1, max_size=4), max_size=4), "batches"
        )
        receipts: dict[str, set[str]] = {}
        for batch in [*network, data.draw(st.permutations(said), "at last"), said]:
            answer = answer_decode(
                envelope_admit(sender.batch(*batch), handlers), expected=len(batch)
            )
            for inner, result in zip(batch, answer.results, strict=True):
                receipts.setdefault(inner.sha256, set()).update(result.receipts)
        for lane in LANES:
            assert [n for name, n in seen if name == lane] == [*range(1, lanes.count(lane) + 1)]
        # One R1 and one R2 for each message, the same bytes however often it was asked.
        assert {len(tokens) for tokens in receipts.values()} == {2}
        assert {*InboxMessage.objects.values_list("state", flat=True)} == {"applied"}
        assert InboxLane.objects.count() == len(set(lanes))
