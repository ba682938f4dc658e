"""What a capsule says: a hit, what it rests on, and by which rules it was made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import cast

from countermark.domain.envelopes.canonical import Json, json_bytes, sha256_hex
from countermark.domain.matching import Hit, Model, RecordedMark
from countermark.domain.matching.evidence import Evidence

FORMAT = "countermark-hit-capsule/1"


@dataclass(frozen=True, slots=True)
class Rules:
    """By which rules a hit was made.

    Attributes:
        version: Of the layers, cues and features.
        model: Name of the scorecard; ``model_sha256`` is ``model_digest`` of it.
        register: Version of the register that was searched.
        top: Most hits for one line.
    """

    version: str
    model: str
    model_sha256: str
    register: str
    top: int


@dataclass(frozen=True, slots=True)
class Reference:
    """How the node that found the hit calls it and what it is about.

    Attributes:
        number: Number of the hit.
        declaration: Number of the declaration; ``line_no`` of the line in it.
        declared_on: Day of the declaration, ``YYYY-MM-DD``.
        right: Jurisdiction, type and registration number; ``right_version`` as it was then.
        found_at: Instant in UTC, RFC 3339.
    """

    number: str
    declaration: str
    line_no: int
    declared_on: str
    right: str
    right_version: int
    found_at: str


@dataclass(frozen=True, slots=True)
class Capsule:
    """One hit with all that it rests on.

    Attributes:
        node: Name of the node that found the hit and signs.
        made_at: Instant of the export in UTC, RFC 3339.
        statement: The node's key statement then, signed by its root key, whose public half is
            ``root`` (base64url).
    """

    node: str
    made_at: str
    reference: Reference
    hit: Hit
    evidence: Evidence
    rules: Rules
    root: str
    statement: str

    @property
    def mark(self) -> RecordedMark:
        """The mark of the hit, as it was."""
        return next(m for m in self.evidence.marks if m.right_id == self.hit.right_id)


@lru_cache(8)
def model_digest(model: Model) -> str:
    """Return the SHA-256 of a model's name, trees and log-odds, in hex.

    It is of plain numbers and not of the packed text, which another compressor packs otherwise.
    """
    return sha256_hex(json_bytes(cast("dict[str, Json]", asdict(model))))


def capsule_json(capsule: Capsule) -> dict[str, Json]:
    """Return what a capsule says as JSON values."""
    hit = asdict(capsule.hit)
    hit["contributions"] = [[part.name, part.points] for part in capsule.hit.contributions]
    content = {
        "format": FORMAT,
        "node": capsule.node,
        "made_at": capsule.made_at,
        "reference": asdict(capsule.reference),
        "hit": hit | {"span": list(capsule.hit.span)},
        "rules": asdict(capsule.rules),
        "root": capsule.root,
        "statement": capsule.statement,
    }
    return cast("dict[str, Json]", content) | evidence_json(capsule.evidence)


def evidence_json(evidence: Evidence) -> dict[str, Json]:
    """Return evidence as JSON values: its line, its marks, and the usage of its words."""
    words: dict[str, Json] = {word: list(pair) for word, pair in evidence.usage.counts.items()}
    return {
        "line": asdict(evidence.line),
        "marks": [_mark_json(mark) for mark in evidence.marks],
        "usage": {"lines": evidence.usage.lines, "words": words},
    }


def rules_json(rules: Rules) -> dict[str, Json]:
    """Return rules as JSON values."""
    return asdict(rules)


def _mark_json(mark: RecordedMark) -> Json:
    lists: dict[str, Json] = {
        "nice_classes": list(mark.nice_classes),
        "authorised_parties": list(mark.authorised_parties),
    }
    return asdict(mark) | lists
