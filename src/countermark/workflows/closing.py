"""Period end: our own figures are taken down and stated to a partner."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from countermark.apps.exchange.services import message_enqueue
from countermark.apps.reports.services import own_figures_state
from countermark.apps.reports.statement import statement_payload

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Administration, Officer
    from countermark.apps.exchange.models import OutboxMessage


@transaction.atomic
def figures_share(*, start: date, end: date, to: Administration, by: Officer) -> OutboxMessage:
    """State our own figures of a period to a partner, in a message signed by this node.

    Figures that have not changed since they were last stated are not sent again: the message that
    is there is returned.

    Args:
        start: First day of the period.
        end: Last day of the period, included.
        to: The partner.
        by: In whose name they are stated.

    Raises:
        NotPermitted: ``by`` may not read reports or not send.
        InvalidInput: ``period-reversed``.
        Conflict: The partner's node is not paired with ours.
    """
    snapshot = own_figures_state(start=start, end=end, by=by)
    return message_enqueue(
        administration=to,
        lane="stats",
        type="stats.bundle/1",
        data=statement_payload(snapshot.figures, snapshot.revision, snapshot.taken_at),
        idempotency_key=f"stats:{start}:{end}:{snapshot.revision}",
        by=by,
        subject=f"{start}/{end}",
    )
