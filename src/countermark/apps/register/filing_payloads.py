"""What two nodes say to each other about a file that travels: pieces of papers, acts, answers.

Everything that is read here came from another node and is checked field by field.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from countermark.apps.register.content import content_checked
from countermark.apps.register.files import MOST_BYTES
from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.rules import HOLDER_LENGTHS
from countermark.domain.errors import InvalidInput
from countermark.domain.payload import Payload
from countermark.lawbook.recordations import ActingRole

if TYPE_CHECKING:
    from countermark.apps.register.models import Document, Filing, Recordation, RecordationEvent

PIECE_BYTES: Final = 90_000
"""How much of a paper travels in one message: 120 kB in base64, where 128 KiB is the most."""
MOST_PAPERS: Final = 60
SENDERS: Final = (ActingRole.HOLDER.value, ActingRole.AGENT.value)
_SHA256: Final = r"[0-9a-f]{64}"
_LONGEST_NOTE: Final = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a paper: ``number`` counts from 0, all but the last are ``PIECE_BYTES`` long."""

    sha256: str
    number: int
    content: bytes


@dataclass(frozen=True, slots=True)
class PaperStated:
    """A paper that belongs to a filing; its bytes come in pieces and must have this digest."""

    sha256: str
    size: int
    role: str
    filename: str
    caption: str

    @property
    def pieces(self) -> int:
        """How many pieces the paper has."""
        return -(-self.size // PIECE_BYTES)


@dataclass(frozen=True, slots=True)
class FilingStatement:
    """An act of an applicant as the administration states it with which the act was handed in."""

    key: UUID
    n: int
    act: str
    note: str
    right_type: str
    role: str
    filed_by: str
    holder: HolderInput
    content: Mapping[str, object]
    changes: Mapping[str, object]
    papers: tuple[PaperStated, ...]


@dataclass(frozen=True, slots=True)
class StatusStatement:
    """What became of a file, as its keeper states it. ``yours`` marks the applicant's own act."""

    key: UUID
    n: int
    file: str
    act: str
    state: str
    on: date
    note: str
    yours: bool
    number: str
    expires_on: date | None


def piece_payload(piece: Piece) -> dict[str, object]:
    """Return a piece as it travels."""
    text = base64.b64encode(piece.content).decode("ascii")
    return {"sha256": piece.sha256, "number": piece.number, "content": text}


def piece_read(data: Mapping[str, object]) -> Piece:
    """Return a piece that came.

    Raises:
        InvalidInput: A field is malformed.
    """
    payload = Payload(dict(data))
    text = payload.text("content", PIECE_BYTES * 4 // 3 + 4)
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInput("payload-malformed", field="content") from None
    if not 0 < len(content) <= PIECE_BYTES:
        raise InvalidInput("payload-malformed", field="content")
    number = payload.integer("number", most=MOST_BYTES // PIECE_BYTES)
    return Piece(payload.matching("sha256", _SHA256), number, content)


def filing_payload(
    filing: Filing, event: RecordationEvent, papers: list[Document]
) -> dict[str, object]:
    """Return an applicant's act as it travels: the whole file as it stood at that act."""
    recordation = filing.recordation
    holder = {name: " ".join(getattr(recordation.holder, name).split()) for name in _HOLDER}
    return {
        "key": str(filing.key),
        "n": event.pk,
        "act": event.act,
        "note": event.note,
        "right_type": recordation.right_type,
        "role": event.role,
        "filed_by": filing.filed_by,
        "holder": holder,
        "content": recordation.content,
        "changes": event.detail.get("changes", {}),
        "papers": [asdict(_paper_of(paper)) for paper in papers],
    }


def filing_read(data: Mapping[str, object]) -> FilingStatement:
    """Return an applicant's act that a partner passes on.

    Raises:
        InvalidInput: A field is missing or malformed.
    """
    payload = Payload(dict(data))
    return FilingStatement(
        key=payload.uuid("key"),
        n=payload.integer("n", least=1),
        act=payload.slug("act", 40),
        note=_prose(payload, "note"),
        right_type=payload.slug("right_type", 30),
        role=payload.choice("role", SENDERS),
        filed_by=payload.text("filed_by", 120),
        holder=_holder(payload.part("holder")),
        content=_content(payload.part("content")),
        changes=_content(payload.part("changes")),
        papers=tuple(map(_paper, payload.parts("papers", MOST_PAPERS))),
    )


def status_payload(filing: Filing, event: RecordationEvent) -> dict[str, object]:
    """Return what became of a file as it travels to the side where it was handed in."""
    recordation = filing.recordation
    return {
        "key": str(filing.key),
        "n": event.pk,
        "file": recordation.file_number,
        "act": event.act,
        "state": event.to_state,
        "on": event.on.isoformat(),
        "note": event.note,
        "yours": event.detail.get("through") == filing.through.code,
        "number": recordation.number,
        "expires_on": _iso(recordation),
    }


def status_read(data: Mapping[str, object]) -> StatusStatement:
    """Return what a keeper says became of a file.

    Raises:
        InvalidInput: A field is missing or malformed.
    """
    payload = Payload(dict(data))
    return StatusStatement(
        key=payload.uuid("key"),
        n=payload.integer("n", least=1),
        file=payload.text("file", 40),
        act=payload.slug("act", 40),
        state=payload.slug("state", 30),
        on=payload.day("on"),
        note=_prose(payload, "note"),
        yours=payload.flag("yours"),
        number=payload.text("number", 60, required=False),
        expires_on=payload.day("expires_on") if payload.has("expires_on") else None,
    )


_HOLDER = tuple(each.name for each in fields(HolderInput))


def _iso(recordation: Recordation) -> str | None:
    return recordation.expires_on.isoformat() if recordation.expires_on else None


def _paper_of(paper: Document) -> PaperStated:
    return PaperStated(
        paper.sha256, paper.size_bytes, paper.role, paper.filename, " ".join(paper.caption.split())
    )


def _paper(payload: Payload) -> PaperStated:
    return PaperStated(
        sha256=payload.matching("sha256", _SHA256),
        size=payload.integer("size", least=1, most=MOST_BYTES),
        role=payload.slug("role", 40),
        filename=payload.text("filename", 200),
        caption=payload.text("caption", 300, required=False),
    )


def _holder(payload: Payload) -> HolderInput:
    """Return the holder; the name is needed, the country is two letters or nothing."""
    texts = {
        name: payload.text(name, most, required=name == "name")
        for name, most in HOLDER_LENGTHS.items()
    }
    country = payload.matching("country", r"([A-Z]{2})?")
    return HolderInput(country=country, **texts)


def _content(payload: Payload) -> dict[str, object]:
    """Return a file's content, checked; a key that this version does not know would be lost."""
    _refuse_half_characters(payload.value, payload.path)
    return content_checked(payload.value)


def _refuse_half_characters(value: object, field: str) -> None:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        _refuse_half_characters(each, field)
    names = value.keys() if isinstance(value, dict) else ()
    for text in (value, *names):
        if isinstance(text, str) and any("\ud800" <= letter <= "\udfff" for letter in text):
            raise InvalidInput("payload-malformed", field=field)


def _prose(payload: Payload, name: str) -> str:
    """Return a text that may have several lines."""
    value = payload.value.get(name)
    if not isinstance(value, str) or len(value) > _LONGEST_NOTE or "\x00" in value:
        raise InvalidInput("payload-malformed", field=name)
    _refuse_half_characters(value, name)
    return value.strip()
