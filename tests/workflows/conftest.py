from __future__ import annotations

import pytest
from tests.apps.exchange.partner import Guangdong
from tests.apps.operations.scene import agreed, opened, proposed

from countermark.apps.exchange.convert import content_from_row
from countermark.apps.exchange.models import OutboxMessage, Partner
from countermark.apps.exchange.services import partner_pair

__all__ = ["agreed", "opened", "proposed"]


@pytest.fixture
def paired(hongkong, guangdong, lin) -> Partner:
    """Hong Kong's node, paired with Guangdong's by liaison officer Lin."""
    gd = Guangdong()
    return partner_pair(bundle=gd.bundle, fingerprint=gd.words, fingerprint_confirmed_by=lin)


@pytest.fixture
def sent():
    """Return a function that reads what we wrote to the partner, oldest first."""

    def read(kind: str = "") -> list[dict[str, object]]:
        messages = OutboxMessage.objects.order_by("created_at", "seq")
        contents = [content_from_row(message) for message in messages]
        return [content for content in contents if not kind or content["type"] == kind]

    return read
