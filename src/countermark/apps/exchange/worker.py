"""The loop of ``countermark exchange_worker``: look, deliver, wait, for ever."""

from __future__ import annotations

import logging
import threading

from django.db import InterfaceError, OperationalError, close_old_connections

from countermark.apps.exchange.selectors import outbox_unsettled_exists
from countermark.apps.exchange.services import leases_reclaim, outbox_deliver_due
from countermark.apps.exchange.services.delivery import Delivered
from countermark.apps.exchange.transport import HttpsTransport

logger = logging.getLogger(__name__)
# The database itself is away or locked: look again, but not many times a second.
TROUBLE_S = 5.0


def exchange_work(
    *, stop: threading.Event, poll_s: float, once: bool = False, until_idle: bool = False
) -> Delivered:
    """Deliver what is due until ``stop`` is set, and return what was done in all.

    Args:
        stop: Set by a signal; the batch in hand is finished first.
        poll_s: Seconds between looks where nothing was due.
        once: Look one single time.
        until_idle: Stop once no message waits for a receipt.
    """
    transport = HttpsTransport()
    done = Delivered()
    leases_reclaim()
    try:
        while not stop.is_set():
            round_, wait_s = _round(transport, poll_s)
            done += round_
            if once or (until_idle and not outbox_unsettled_exists()):
                break
            if round_.settled == 0:
                stop.wait(wait_s)
    finally:
        transport.close()
    return done


def _round(transport: HttpsTransport, poll_s: float) -> tuple[Delivered, float]:
    close_old_connections()
    try:
        return outbox_deliver_due(transport=transport), poll_s
    except (OperationalError, InterfaceError) as trouble:
        logger.warning("the database is away: %s", type(trouble).__name__)
        return Delivered(), TROUBLE_S
