"""The last step: each node derives the joint figures and says which receipts it has verified."""

from __future__ import annotations

from typing import Any

from countermark.apps.audit.selectors import audit_verify
from countermark.apps.exchange.models import OutboxMessage
from countermark.apps.exchange.selectors import delivery_trace, outbox_list, outbox_unsettled_exists
from countermark.apps.operations.selectors import operation_get
from countermark.apps.reports.selectors import operation_figures, period_figures
from demo import published
from demo.context import Context
from demo.derive import figures_json
from demo.steps.operating import historical_terms


def derive(context: Context) -> dict[str, Any]:
    """Return the joint figures as this node derives them, its receipts and its log's state."""
    context.wait("the last receipts", lambda: not outbox_unsettled_exists())
    liaison = context.officer("liaison")
    window, rate_date = published.window("period"), published.rate_on()
    operation = operation_get(code=historical_terms().code, visible_to=liaison)
    period = period_figures(
        start=window.start, end=window.end, visible_to=liaison, rate_date=rate_date
    )
    joint = operation_figures(operation=operation, visible_to=liaison, rate_date=rate_date)
    verdict = audit_verify()
    return {
        "period": figures_json(period),
        "operation": figures_json(joint),
        "receipts": _receipts(context),
        "audit": {"entries": verdict.entries, "intact": verdict.broken_at is None},
    }


def _receipts(context: Context) -> dict[str, int]:
    """Return how many messages were sent, and for how many an applied receipt was verified."""
    sent = list(outbox_list(visible_to=context.officer("liaison")))
    traces = [delivery_trace(message) for message in sent]
    proven = [
        trace
        for trace in traces
        if trace.proven and trace.message.state == OutboxMessage.State.APPLIED
    ]
    return {
        "sent": len(sent),
        "proven": len(proven),
        "receipts_verified": sum(trace.proven for trace in traces),
    }
