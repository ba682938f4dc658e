"""Files of recordations for the tests: complete ones, in any state, under any side's law."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from countermark.apps.accounts.models import Administration, Office, Officer
from countermark.apps.register.content import content_right
from countermark.apps.register.convert import right_values
from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.keys import keys_refresh
from countermark.apps.register.models import (
    Document,
    HolderAccess,
    Recordation,
    Right,
    RightHolder,
)
from countermark.apps.register.services.access import _new_holder
from countermark.lawbook import recordation_needs, recordation_rules, right_type

HOLDER = HolderInput(
    name="Meridian Ltd", country="GB", address="1 Quay, London", email="ip@meridian.example"
)


def account(username: str, office: Office) -> Officer:
    """An account of the portal."""
    row = Officer(
        username=username, email=username, display_name=username, office=office, role="right-holder"
    )
    row.set_unusable_password()
    row.save()
    return row


def speaks_for(who: Officer, holder: RightHolder, capacity: str = "owner", **dates: date) -> None:
    """Let an account speak for a holder."""
    until = timezone.localdate() + timedelta(days=365) if capacity == "agent" else None
    HolderAccess.objects.create(
        account=who,
        holder=holder,
        capacity=capacity,
        state="approved",
        **{"valid_until": until} | dates,
    )


def holder_made(given: HolderInput = HOLDER) -> RightHolder:
    """A holder of the register."""
    return _new_holder(given)


def complete(law: str, kind: str, number: str = "12345678") -> dict[str, object]:
    """Content that says everything the law asks for."""
    needs = recordation_needs(law, kind)
    return {
        "registration_number": number,
        "word": "VELUNDRA",
        "goods": "bags",
        "valid_from": "2020-01-01",
        "valid_until": (timezone.localdate() + timedelta(days=9000)).isoformat(),
        "nice_classes": [18] if right_type(kind).has_classes else [],
        "facts": {fact.code: "2019-05-05" for fact in right_type(kind).facts if fact.required},
        "statements": {need.code: "said" for need in needs if need.kind == "statement"},
        "contacts": [{"name": "Ng Suk-fan", "email": "ng@meridian.example"}],
        "parties": [{"name": "Pelican Bags Ltd", "role": "licensee"}],
    }


def papers_add(recordation: Recordation, by: Officer) -> None:
    """Every document and image the law asks for, as rows; nothing is stored."""
    law = recordation.administration.law
    for need in recordation_needs(law, recordation.right_type):
        if need.required and need.kind in ("document", "image"):
            Document.objects.create(
                recordation=recordation,
                role=need.code,
                kind="image" if need.kind == "image" else "paper",
                filename="paper.pdf",
                media_type="application/pdf",
                stored="nowhere",
                sha256="0" * 64,
                received_sha256="0" * 64,
                size_bytes=1,
                scan="not-scanned",
                uploaded_by=by,
            )


def file_in(
    state: str,
    *,
    administration: Administration,
    holder: RightHolder,
    by: Officer,
    kind: str = "trade-mark",
    expires_on: date | None = None,
    number: str = "12345678",
) -> Recordation:
    """A complete file in a state of the law file, put there by hand."""
    rules = recordation_rules(administration.law)
    content = complete(administration.law, kind, number)
    granted = state not in rules.editable | {"submitted", "examining", "refused"}
    right = None
    if granted:
        given = content_right(content, law=administration.law, right_type=kind)
        right = Right.objects.create(holder=holder, **right_values(given))
    row = Recordation.objects.create(
        administration=administration,
        applicant=holder,
        right=right,
        right_type=kind,
        content=content,
        state=state,
        in_force=state in rules.in_force,
        closed=rules.final(state),
        number=f"R-{number}" if granted else "",
        filed_on=None if state == rules.procedure.starts_in else date(2026, 1, 5),
        recorded_on=date(2026, 2, 2) if granted else None,
        expires_on=expires_on if granted else None,
        created_by=by,
    )
    papers_add(row, by)
    if right:
        keys_refresh([right.pk])
    return row
