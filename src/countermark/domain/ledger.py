"""The hash chain under the audit log: what an entry's hash covers, and how a chain is checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """What one entry of a chain says, and the hashes it carries."""

    seq: int
    at: datetime
    act: str
    actor: str
    subject: str
    detail: Mapping[str, object]
    previous_hash: str
    entry_hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole chain found.

    ``entries`` counts the entries that hold; ``broken_at`` is the number of the first that does
    not, with ``reason`` one of ``gap``, ``previous-hash``, ``entry-hash``, ``head``.
    """

    entries: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def sound(self) -> bool:
        """Whether no entry was changed, removed or inserted."""
        return self.broken_at is None


def entry_hash(
    *, seq: int, at: datetime, act: str, actor: str, subject: str, **rest: object
) -> str:
    """Return the SHA-256, in hex, of an entry's canonical form, previous hash included.

    The form is JSON with sorted keys, no blanks and UTC instants to the microsecond, so that an
    outsider can compute it from an export with nothing but a JSON library.
    """
    form = {
        "seq": seq,
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "act": act,
        "actor": actor,
        "subject": subject,
    } | rest
    text = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def check(links: Iterable[Link], head_seq: int, head_hash: str) -> Verdict:
    """Walk a chain from its beginning and say where it breaks first.

    Args:
        links: Every entry in the order of its number.
        head_seq: Number of the last entry as the head row remembers it.
        head_hash: Hash of that entry, ``GENESIS`` for an empty chain.
    """
    expected, previous = 1, GENESIS
    for link in links:
        if reason := _fault(link, expected, previous):
            return Verdict(expected - 1, previous, broken_at=expected, reason=reason)
        expected, previous = expected + 1, link.entry_hash
    if (expected - 1, previous) != (head_seq, head_hash):
        return Verdict(expected - 1, previous, broken_at=expected, reason="head")
    return Verdict(expected - 1, previous)


def _fault(link: Link, expected: int, previous: str) -> str:
    if link.seq != expected:
        return "gap"
    if link.previous_hash != previous:
        return "previous-hash"
    computed = entry_hash(
        seq=link.seq,
        at=link.at,
        act=link.act,
        actor=link.actor,
        subject=link.subject,
        detail=dict(link.detail),
        previous_hash=link.previous_hash,
    )
    return "" if computed == link.entry_hash else "entry-hash"
