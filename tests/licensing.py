"""Permissions of traders for the tests: proofs, questions and answers, one function each."""

from __future__ import annotations

import io
from datetime import date, timedelta

from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.register.inputs import PermissionInput, TraderInput
from countermark.apps.register.models import Permission, Right
from countermark.apps.register.services import (
    DocumentInput,
    permission_ask,
    permission_confirm,
)

PELICAN = TraderInput("Pelican Trading (Dongguan) Co., Ltd", "4419000001")


def proof(note: str = "licence") -> DocumentInput:
    """A licence as a PDF; another note makes another file."""
    content = f"%PDF-1.4\n% {note}\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"
    return DocumentInput(stream=io.BytesIO(content.encode()), filename="licence.pdf", role="proof")


def asked(**changes: object) -> PermissionInput:
    """What an honest trader says: bags, for a year from today."""
    today = timezone.localdate()
    given: dict[str, object] = {
        "goods": "handbags and purses",
        "statement": "Licence of 2 January with the holder",
        "valid_from": today,
        "valid_until": today + timedelta(days=365),
        "may_share": True,
    }
    return PermissionInput(**given | changes)  # type: ignore[arg-type]


def question(
    right: Right, trader: TraderInput = PELICAN, note: str = "licence", **changes: object
) -> Permission:
    """A permission that a trader has asked for."""
    return permission_ask(right=right, trader=trader, asked=asked(**changes), proof=proof(note))


def permitted(
    right: Right,
    by: Officer,
    trader: TraderInput = PELICAN,
    valid_until: date | None = None,
    **changes: object,
) -> Permission:
    """A permission in force."""
    made = question(right, trader, **changes)
    return permission_confirm(by=by, permission=made, valid_until=valid_until)
