"""What can be done with the exchange. Interfaces and workflows import from here."""

from countermark.apps.exchange.services.admission import (
    envelope_admit,
    request_admit,
)
from countermark.apps.exchange.services.delivery import leases_reclaim, outbox_deliver_due
from countermark.apps.exchange.services.desk import message_replay, message_skip
from countermark.apps.exchange.services.identity import (
    node_key_rotate,
    node_keys_ensure,
    pairing_bundle,
)
from countermark.apps.exchange.services.pairing import partner_pair
from countermark.apps.exchange.services.sending import message_enqueue

__all__ = [
    "envelope_admit",
    "leases_reclaim",
    "message_enqueue",
    "message_replay",
    "message_skip",
    "node_key_rotate",
    "node_keys_ensure",
    "outbox_deliver_due",
    "pairing_bundle",
    "partner_pair",
    "request_admit",
]
