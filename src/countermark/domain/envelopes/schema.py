"""The message types of CMX/1: which lane a type travels in, how urgent it is, how it is handled.

A new kind of message is one row here and one handler in ``workflows/admission.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from countermark.domain.errors import EnvelopeRefused

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_LANE = re.compile(rf"(case|mar|op|permit|rec):{_UUID}|(alert|stats|ctl)")


class Tlp(StrEnum):
    """How far a message may be passed on (Traffic Light Protocol 2.0)."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


@dataclass(frozen=True, slots=True)
class MessageType:
    """One kind of message.

    ``priority`` is smaller for what leaves first. ``strict_order`` says that a message which could
    not be handled parks its lane until an officer decides; other lanes go on without it.
    """

    name: str
    lane_kind: str
    priority: int
    purpose: str
    tlp: Tlp = Tlp.AMBER
    strict_order: bool = True

    @property
    def dataschema(self) -> str:
        """The URI that stands in ``dataschema`` of a message."""
        return f"urn:countermark:schema:{self.name}"


_ENFORCEMENT = "ipr-border-enforcement"
MESSAGE_TYPES = {
    kind.name: kind
    for kind in (
        MessageType("ctl.receipt/1", "ctl", 10, "protocol", Tlp.GREEN, strict_order=False),
        MessageType("case.referral/1", "case", 40, _ENFORCEMENT),
        MessageType("op.create/1", "op", 40, _ENFORCEMENT),
        MessageType("op.agree/1", "op", 40, _ENFORCEMENT),
        MessageType("op.result/1", "op", 40, _ENFORCEMENT),
        MessageType("op.close/1", "op", 40, _ENFORCEMENT),
        MessageType("permit.offer/1", "permit", 50, _ENFORCEMENT),
        MessageType("permit.answer/1", "permit", 50, _ENFORCEMENT),
        MessageType("permit.withdraw/1", "permit", 30, _ENFORCEMENT),
        MessageType("recordation.piece/1", "rec", 50, _ENFORCEMENT),
        MessageType("recordation.filing/1", "rec", 50, _ENFORCEMENT),
        MessageType("recordation.status/1", "rec", 50, _ENFORCEMENT),
        MessageType("stats.bundle/1", "stats", 80, "statistics", Tlp.GREEN, strict_order=False),
    )
}


def type_get(name: str) -> MessageType:
    """Return a message type this version knows.

    Raises:
        EnvelopeRefused: ``type-unknown``.
    """
    try:
        return MESSAGE_TYPES[name]
    except KeyError:
        raise EnvelopeRefused("type-unknown", type=name) from None


def lane_kind(lane: str) -> str:
    """Return the kind of a lane: ``case`` of ``case:<uuid>``, ``stats`` of ``stats``.

    Raises:
        EnvelopeRefused: ``lane-malformed``.
    """
    match = _LANE.fullmatch(lane)
    if match is None:
        raise EnvelopeRefused("lane-malformed", lane=lane[:60])
    return match[1] or match[2]


def parks_on_failure(lane: str) -> bool:
    """Return whether a message that cannot be handled stops its lane."""
    return lane_kind(lane) not in {"alert", "stats", "ctl"}
