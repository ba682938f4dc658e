"""What our administration records, what a file must hold, and why some rights are not recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from countermark.apps.accounts.selectors import home_administration
from countermark.domain.vocabulary import Verification
from countermark.lawbook import (
    Protection,
    RightType,
    protection,
    recordation_needs,
    right_types,
    unrecorded,
)
from countermark.web.cases.legal import cited, named
from countermark.web.http import OfficerRequest, officer_required


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of right as our administration's law treats it."""

    name: str
    screened: bool
    protection: Protection | None
    reason: str
    cited: str
    term_cited: str
    verified: bool
    needs: tuple[str, ...]


@officer_required("rights.read")
def kinds(request: OfficerRequest) -> HttpResponse:
    """Show every kind of right with what our administration does about it."""
    law, today = home_administration().law, timezone.localdate()
    found = [_kind(law, each, today) for each in right_types().values()]
    found.sort(key=lambda kind: kind.protection is None)
    return render(request, "rights/kinds.html", {"kinds": found})


def _kind(law: str, right_type: RightType, on: date) -> Kind:
    rule, why = protection(law, right_type.code), unrecorded(law, right_type.code)
    source = rule or why
    needs = recordation_needs(law, right_type.code)
    return Kind(
        name=named(right_type.names),
        screened=right_type.screened,
        protection=rule,
        reason=named(why.reason) if why else "",
        cited=cited(source.source, on) if source else "",
        term_cited=cited(rule.recordation_source, on) if rule and rule.recordation_source else "",
        verified=source is not None and source.verification is Verification.VERIFIED,
        needs=tuple(named(need.names) for need in needs if need.required),
    )
