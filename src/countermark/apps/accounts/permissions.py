"""What each role may do: one table, read by ``Officer.may``, shown in the reference."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an account is on this node. The codes are stored; interfaces name them.

    ``RIGHT_HOLDER`` is no officer: it is the account of somebody who uses the right holders' portal
    and may do nothing else.
    """

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ANALYST = "analyst"
    LIAISON = "liaison"
    IP_OFFICE = "ip-office"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    RIGHT_HOLDER = "right-holder"


_FRONT_LINE = {"hits.read", "hits.decide", "cases.read", "cases.open", "cases.act"}
_REFERENCE = {"rights.read", "operations.read", "reports.read"}

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.OFFICER: frozenset(_FRONT_LINE | _REFERENCE | {"batches.read", "batches.receive"}),
    Role.SUPERVISOR: frozenset(
        _FRONT_LINE
        | _REFERENCE
        | {"batches.read", "batches.receive", "operations.contribute", "exchange.read"}
        | {"exchange.send", "rights.examine"}
    ),
    Role.ANALYST: frozenset(
        _REFERENCE
        | {"hits.read", "hits.decide", "cases.read", "batches.read", "batches.receive"}
        | {"rights.import", "rights.export", "rights.edit", "rights.examine"}
        | {"screening.rules"}
    ),
    Role.LIAISON: frozenset(
        _REFERENCE
        | {"hits.read", "cases.read", "operations.plan", "operations.contribute"}
        | {"exchange.read", "exchange.send", "exchange.pair"}
    ),
    Role.IP_OFFICE: frozenset(
        _REFERENCE | {"rights.import", "rights.export", "rights.edit", "rights.examine"}
    ),
    Role.AUDITOR: frozenset(
        _REFERENCE | {"hits.read", "cases.read", "batches.read", "exchange.read", "audit.read"}
    ),
    Role.ADMINISTRATOR: frozenset(
        {"accounts.manage", "exchange.read", "exchange.pair", "audit.read", "rights.read"}
    ),
    Role.RIGHT_HOLDER: frozenset({"portal.use"}),
}
ACTS = frozenset().union(*PERMISSIONS.values())

# The others see what belongs to their own office.
SEE_ALL_OFFICES = frozenset(
    {Role.SUPERVISOR, Role.ANALYST, Role.LIAISON, Role.AUDITOR, Role.ADMINISTRATOR}
)
