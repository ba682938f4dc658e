"""Files that travel: an applicant's acts to the administration that decides, its answers back.

What an applicant does here to a file that another administration keeps goes out in the transaction
of the act; what happens to a file that we keep and a partner passed on goes back in the same way.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import transaction

from countermark.apps.exchange.selectors import lane_sent, message_known, partner_reachable
from countermark.apps.exchange.services import message_enqueue
from countermark.apps.register.filing_payloads import (
    PIECE_BYTES,
    Piece,
    filing_payload,
    filing_read,
    piece_payload,
    piece_read,
    status_payload,
    status_read,
)
from countermark.apps.register.selectors import document_open, filing_of, filings_untold
from countermark.apps.register.services import (
    filing_follow,
    filing_piece_keep,
    filing_receive,
    filing_say,
    filing_take_back,
    filing_tell,
)
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.apps.accounts.models import Administration, Officer
    from countermark.apps.exchange.models import OutboxMessage
    from countermark.apps.register.models import Document, Filing, FilingPiece, Recordation
    from countermark.domain.envelopes.canonical import Json

PIECE, FILING, STATUS = "recordation.piece/1", "recordation.filing/1", "recordation.status/1"
MOST_SENT_BYTES = 64 << 20
"""How much the papers of one file may weigh to travel in messages."""


@transaction.atomic
def filing_pass_on(*, by: Officer, recordation: Recordation) -> None:
    """Send what was just done to a file to the side that has to know; nothing where none has.

    Raises:
        Conflict: The file is kept by an administration whose node is not connected, or was never
            handed in through this one. The act is then undone with this.
        InvalidInput: The papers are too heavy to travel.
    """
    if recordation.administration.code == settings.COUNTERMARK_ADMINISTRATION:
        _tell(filing_of(recordation))
        return
    said = filing_say(by=by, recordation=recordation)
    if said is None:
        return
    filing, event = said
    papers = list(recordation.documents.filter(removed_at__isnull=True))
    _papers_send(filing, papers)
    _send(
        filing,
        FILING,
        cast("dict[str, Json]", filing_payload(filing, event, papers)),
        f"event:{event.pk}",
    )


def filings_tell_due() -> int:
    """Report what happened to files of partners and was not reported yet; return how many files."""
    return sum(_tell(filing) for filing in filings_untold())


def filing_refusal(recordation: Recordation) -> OutboxMessage | None:
    """Return the message by which a file was sent last, if its keeper did not take it in."""
    sent = filing_last_sent(recordation)
    return sent if sent is not None and sent.state in {"refused", "skipped"} else None


def filing_last_sent(recordation: Recordation) -> OutboxMessage | None:
    """Return the message that carried an applicant's last act on a file, or None."""
    filing = filing_of(recordation)
    if filing is None or not filing.said:
        return None
    sent = lane_sent(
        administration=recordation.administration, lane=_lane(filing), type=FILING
    ).first()
    return sent if sent and sent.idempotency_key.endswith(f":event:{filing.said}") else None


@transaction.atomic
def filing_correct(*, by: Officer, recordation: Recordation) -> Recordation:
    """Bring a file back to the applicant that its keeper did not take in.

    Raises:
        NotFound: The account does not speak for the holder today.
        ActNotOpen: The keeper has not refused it.
    """
    if filing_refusal(recordation) is None:
        raise ActNotOpen("filing-not-refused", file=recordation.file_number)
    return filing_take_back(by=by, recordation=recordation)


def piece_came(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> FilingPiece:
    """Keep a piece of a paper that belongs to a filing to come."""
    return filing_piece_keep(administration=administration, piece=piece_read(data))


@transaction.atomic
def filing_came(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> Filing:
    """Do what an applicant did through a partner, and tell the partner where the file stands."""
    filing = filing_receive(administration=administration, statement=filing_read(data))
    _tell(filing)
    return filing


def status_came(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> Filing:
    """Bring our copy of a file in line with what its keeper says."""
    return filing_follow(administration=administration, statement=status_read(data))


@transaction.atomic
def _tell(filing: Filing | None) -> bool:
    """Report every event of a file that was not reported; False where there was none.

    A partner that is not connected is told later: that must not keep an officer from his act.
    """
    if filing is None or not partner_reachable(filing.through):
        return False
    events = filing_tell(filing)
    for event in events:
        message_enqueue(
            administration=filing.through,
            lane=_lane(filing),
            type=STATUS,
            data=cast("dict[str, Json]", status_payload(filing, event)),
            idempotency_key=f"{_lane(filing)}:status:{event.pk}",
            by=None,
            subject=filing.recordation.file_number,
        )
    return bool(events)


def _papers_send(filing: Filing, papers: list[Document]) -> None:
    """Send every paper that the keeper does not have yet, in pieces."""
    if sum(paper.size_bytes for paper in papers) > MOST_SENT_BYTES:
        raise InvalidInput("papers-too-heavy", field="papers", limit_mb=MOST_SENT_BYTES >> 20)
    keeper = filing.recordation.administration
    if not partner_reachable(keeper):
        raise Conflict("partner-not-paired", administration=keeper.code)
    for paper in papers:
        key = f"piece:{paper.sha256}"
        if message_known(administration=keeper, idempotency_key=f"{_lane(filing)}:{key}:0"):
            continue
        for piece in _pieces(paper):
            _send(
                filing,
                PIECE,
                cast("dict[str, Json]", piece_payload(piece)),
                f"{key}:{piece.number}",
            )


def _pieces(paper: Document) -> Iterator[Piece]:
    with document_open(paper) as stream:
        for number in itertools.count():
            content = stream.read(PIECE_BYTES)
            if not content:
                return
            yield Piece(paper.sha256, number, content)


def _send(filing: Filing, type_: str, data: dict[str, Json], key: str) -> None:
    message_enqueue(
        administration=filing.recordation.administration,
        lane=_lane(filing),
        type=type_,
        data=data,
        idempotency_key=f"{_lane(filing)}:{key}",
        by=None,
        subject=filing.recordation.file_number,
    )


def _lane(filing: Filing) -> str:
    return f"rec:{filing.key}"
