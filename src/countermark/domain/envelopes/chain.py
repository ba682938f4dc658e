"""Order within a lane: epoch, gapless sequence, and the hash of the message before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from countermark.domain.envelopes.canonical import sha256_hex

# How far ahead of its lane a message may arrive and still be kept: bounds what a partner can make
# this node store out of order.
MAX_AHEAD = 10_000


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a lane. As a lane's head: the place the next message must have."""

    epoch: int
    seq: int
    prev: str

    def after(self, inner_sha256: str) -> Position:
        """Return the place that follows the message with this hash."""
        return Position(self.epoch, self.seq + 1, inner_sha256)


class Standing(StrEnum):
    """How a new message stands to the head of its lane."""

    NEXT = "next"
    GAP = "gap"
    FORK = "fork"
    TOO_FAR = "too-far"
    EPOCH = "epoch"


def lane_start(sender: str, recipient: str, lane: str) -> Position:
    """Return the first place of a lane; its ``prev`` names the lane and both nodes."""
    return Position(1, 1, sha256_hex(f"cmx/1\n{sender}\n{recipient}\n{lane}"))


def standing(head: Position, place: Position) -> Standing:
    """Return how a message not seen before stands to its lane's head.

    A place already passed, or the next place with another predecessor, is a fork: the sender has
    told this lane two histories. A later epoch is for fork repair to open.
    """
    if place.epoch != head.epoch:
        return Standing.EPOCH if place.epoch > head.epoch else Standing.FORK
    if place.seq < head.seq:
        return Standing.FORK
    if place.seq > head.seq:
        return Standing.GAP if place.seq - head.seq <= MAX_AHEAD else Standing.TOO_FAR
    return Standing.NEXT if place.prev == head.prev else Standing.FORK
