"""The tables of the exchange: nodes and their keys, messages and their lanes."""

from countermark.apps.exchange.models.messages import (
    InboxLane,
    InboxMessage,
    OutboxLane,
    OutboxMessage,
    Receipt,
)
from countermark.apps.exchange.models.nodes import (
    KeyStatement,
    OwnKey,
    Partner,
    PartnerKey,
    WireReject,
)

__all__ = [
    "InboxLane",
    "InboxMessage",
    "KeyStatement",
    "OutboxLane",
    "OutboxMessage",
    "OwnKey",
    "Partner",
    "PartnerKey",
    "Receipt",
    "WireReject",
]
