"""The inner: one signed message, and where it stands in its lane.

The content is a CloudEvents 1.0 JSON event. Its extension attributes carry what the protocol needs
(audience, lane, epoch, sequence, previous hash, idempotency key) and how the message is handled.
Attributes this version does not know are kept and signed like the rest, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from countermark.domain.envelopes.canonical import Json, json_bytes, sha256_hex
from countermark.domain.envelopes.chain import Position
from countermark.domain.envelopes.jose import KeyLookup, token_open, token_sign
from countermark.domain.envelopes.keys import KeyPair
from countermark.domain.envelopes.schema import Tlp, lane_kind
from countermark.domain.errors import EnvelopeRefused

INNER_TYP = "cmk-msg"
SOURCE = "urn:countermark:node:"
_FORMS = {
    "id": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "source": re.compile(re.escape(SOURCE) + r"[a-z0-9-]{2,40}"),
    "aud": re.compile(r"[a-z0-9-]{2,40}"),
    "type": re.compile(r"[a-z]+\.[a-z_]+/[0-9]{1,3}"),
    "time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"),
    "subject": re.compile(r".{0,120}"),
    "dataschema": re.compile(r"[ -~]{1,200}"),
    "prev": re.compile(r"[0-9a-f]{64}"),
    "idemkey": re.compile(r"[ -~]{1,200}"),
    "purpose": re.compile(r"[a-z0-9-]{1,60}"),
    "specversion": re.compile(r"1\.0"),
    "datacontenttype": re.compile(r"application/json"),
    "tlp": re.compile("|".join(map(re.escape, Tlp))),
    "lane": re.compile(r"[ -~]{1,60}"),
}
_NUMBERS = ("epoch", "seq")
_MAX_NUMBER = 2**53
KNOWN = {*_FORMS, *_NUMBERS, "data"}


@dataclass(frozen=True, slots=True)
class Message:
    """What one node says to another, before it is signed or after it was opened.

    ``time`` is the sender's clock and is never used to order, to recognise or to refuse anything.
    ``extensions`` holds further attributes: ``replyto``, ``legalbasis``, whatever is yet unknown.
    """

    id: str
    type: str
    sender: str
    recipient: str
    lane: str
    place: Position
    time: str
    idempotency_key: str
    purpose: str
    tlp: Tlp
    dataschema: str
    data: Mapping[str, Json]
    subject: str = ""
    extensions: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inner:
    """A message that was opened, with the id of the key that signed it and its hash."""

    message: Message
    kid: str
    token: str
    sha256: str


def inner_sign(message: Message, key: KeyPair) -> Inner:
    """Return the message signed.

    Raises:
        EnvelopeRefused: ``attribute-malformed`` or ``content-too-large``; what could not be
            opened is never signed.
    """
    content = _content(message)
    _message(content)
    token = token_sign(json_bytes(content), typ=INNER_TYP, key=key)
    return Inner(message, key.kid, token, sha256_hex(token))


def inner_open(token: str, keys: KeyLookup) -> Inner:
    """Return a signed message opened and checked.

    Args:
        token: Compact JWS.
        keys: Finds the sender's signing keys by id, those no longer in use included: a message is
            judged by the key it was signed with.

    Raises:
        EnvelopeRefused: The code names the check that failed.
    """
    content, kid = token_open(token, typ=INNER_TYP, keys=keys)
    return Inner(_message(content), kid, token, sha256_hex(token))


def _content(message: Message) -> dict[str, Json]:
    return {
        **message.extensions,
        "specversion": "1.0",
        "id": message.id,
        "source": SOURCE + message.sender,
        "type": message.type,
        "time": message.time,
        "subject": message.subject,
        "dataschema": message.dataschema,
        "datacontenttype": "application/json",
        "aud": message.recipient,
        "lane": message.lane,
        "epoch": message.place.epoch,
        "seq": message.place.seq,
        "prev": message.place.prev,
        "idemkey": message.idempotency_key,
        "tlp": message.tlp.value,
        "purpose": message.purpose,
        "data": dict(message.data),
    }


def _message(content: Mapping[str, Json]) -> Message:
    text = {name: _text(content, name) for name in _FORMS}
    lane_kind(text["lane"])
    data = content.get("data")
    if not isinstance(data, dict):
        raise EnvelopeRefused("attribute-malformed", attribute="data")
    return Message(
        id=text["id"],
        type=text["type"],
        sender=text["source"].removeprefix(SOURCE),
        recipient=text["aud"],
        lane=text["lane"],
        place=Position(_number(content, "epoch"), _number(content, "seq"), text["prev"]),
        time=text["time"],
        idempotency_key=text["idemkey"],
        purpose=text["purpose"],
        tlp=Tlp(text["tlp"]),
        dataschema=text["dataschema"],
        data=data,
        subject=text["subject"],
        extensions={name: value for name, value in content.items() if name not in KNOWN},
    )


def _text(content: Mapping[str, Json], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or not _FORMS[name].fullmatch(value):
        raise EnvelopeRefused("attribute-malformed", attribute=name)
    return value


def _number(content: Mapping[str, Json], name: str) -> int:
    value = content.get(name)
    if type(value) is not int or not 1 <= value < _MAX_NUMBER:
        raise EnvelopeRefused("attribute-malformed", attribute=name)
    return value
