"""What one request carries, and what one answer carries.

A request is ``{"pv", "from", "keys", "env": [...]}``; its answer ``{"pv", "from", "keys", "time",
"results": [...]}`` with one result per envelope, in order: either the receipts that exist, or one
objection. Both sides send their key statement every time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from countermark.domain.envelopes.canonical import Json, json_bytes, json_object
from countermark.domain.envelopes.seal import VERSION
from countermark.domain.envelopes.statement import NODE
from countermark.domain.errors import EnvelopeRefused

MAX_BATCH_BYTES = 4 * 1024 * 1024
MAX_ENVELOPES = 256


@dataclass(frozen=True, slots=True)
class Batch:
    """Envelopes on their way, with the sender's key statement."""

    sender: str
    statement: str
    envelopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one envelope: its receipts so far, or an objection."""

    receipts: tuple[str, ...] = ()
    objection: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The other side's answer to a batch. ``time`` is its clock, used for request signatures."""

    sender: str
    statement: str
    time: str
    results: tuple[Result, ...]


def batch_encode(batch: Batch) -> bytes:
    """Return the body of a request."""
    return json_bytes(
        {
            "pv": VERSION,
            "from": batch.sender,
            "keys": batch.statement,
            "env": list(batch.envelopes),
        }
    )


def batch_decode(body: bytes) -> Batch:
    """Return what a request carries.

    Raises:
        EnvelopeRefused: ``batch-too-large``, ``json-malformed``, ``batch-malformed`` or
            ``version-unknown``.
    """
    content = _opened(body)
    envelopes = _strings(content.get("env"))
    if len(envelopes) > MAX_ENVELOPES:
        raise EnvelopeRefused("batch-too-large", limit=MAX_ENVELOPES)
    return Batch(_node(content), _text(content, "keys"), envelopes)


def answer_encode(answer: Answer) -> bytes:
    """Return the body of an answer."""
    results: list[Json] = [
        {"objection": result.objection} if result.objection else {"receipts": list(result.receipts)}
        for result in answer.results
    ]
    return json_bytes(
        {
            "pv": VERSION,
            "from": answer.sender,
            "keys": answer.statement,
            "time": answer.time,
            "results": results,
        }
    )


def answer_decode(body: bytes, *, expected: int) -> Answer:
    """Return what an answer carries.

    Args:
        body: The answer's bytes.
        expected: How many envelopes were sent: an answer speaks of each of them.

    Raises:
        EnvelopeRefused: ``batch-too-large``, ``json-malformed``, ``batch-malformed`` or
            ``version-unknown``.
    """
    content = _opened(body)
    results = content.get("results")
    if not isinstance(results, list) or len(results) != expected:
        raise EnvelopeRefused("batch-malformed", member="results")
    return Answer(
        _node(content),
        _text(content, "keys"),
        _text(content, "time"),
        tuple(map(_result, results)),
    )


def _opened(body: bytes) -> dict[str, Json]:
    if len(body) > MAX_BATCH_BYTES:
        raise EnvelopeRefused("batch-too-large", limit=MAX_BATCH_BYTES)
    content = json_object(body)
    if _text(content, "pv").partition(".")[0] != VERSION.partition(".")[0]:
        raise EnvelopeRefused("version-unknown")
    return content


def _result(value: Json) -> Result:
    if not isinstance(value, dict):
        raise EnvelopeRefused("batch-malformed", member="results")
    if "objection" in value:
        return Result(objection=_text(value, "objection"))
    return Result(receipts=_strings(value.get("receipts")))


def _node(content: Mapping[str, Json]) -> str:
    node = _text(content, "from")
    if not NODE.fullmatch(node):
        raise EnvelopeRefused("batch-malformed", member="from")
    return node


def _text(content: Mapping[str, Json], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str):
        raise EnvelopeRefused("batch-malformed", member=name)
    return value


def _strings(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise EnvelopeRefused("batch-malformed")
    texts = tuple(item for item in value if isinstance(item, str))
    if len(texts) != len(value):
        raise EnvelopeRefused("batch-malformed")
    return texts
