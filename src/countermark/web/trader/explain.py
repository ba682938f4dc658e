"""Why goods are held, arranged for somebody who has never heard of screening.

Nothing here tells a score, another party, an officer or what other goods were found: only the
trader's own line, the public entry of the right, the law and its clocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from countermark.apps.cases.selectors import case_of_hit, case_procedure, trader_of
from countermark.apps.screening.selectors import hit_comparison
from countermark.lawbook import protection
from countermark.web.cases.legal import cited, counted, named

if TYPE_CHECKING:
    from countermark.apps.cases.models import Case, TraderLink
    from countermark.apps.intake.models import Party
    from countermark.apps.screening.comparison import Comparison
    from countermark.apps.screening.models import Hit
    from countermark.domain.procedures import Act, Procedure
    from countermark.web.cases.legal import Counted

TRADERS_ACTS: Final = ("trader-proves", "hear-party", "receive-claim")
"""Acts of the law files that answer to what a trader does; every other is the officers' own."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Something the law lets the trader do now: the act's code, its article and its last day."""

    code: str
    cited: str
    verified: bool
    term: Counted | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a trader is told about one held line.

    ``stage`` is ``looked-at``, ``looked-into``, ``case``, ``case-closed`` or ``cleared``. ``state``
    and ``procedure`` are the law's names where there is a case.
    """

    hit: Hit
    party: Party
    comparison: Comparison
    stage: str
    procedure: str
    state: str
    law: str
    law_verified: bool
    terms: tuple[Counted, ...]
    remedies: tuple[Remedy, ...]


def explanation(link: TraderLink) -> Explanation:
    """Return what the trader of a link is told, as of now."""
    hit, case = link.hit, case_of_hit(link.hit)
    procedure = case_procedure(case) if case else None
    law, verified = _law(hit, procedure)
    terms = _terms(case, procedure)
    return Explanation(
        hit=hit,
        party=trader_of(hit, link.party_role),
        comparison=hit_comparison(hit),
        stage=_stage(hit, case),
        procedure=named(procedure.names) if procedure else "",
        state=named(procedure.state(case.state).names) if case and procedure else "",
        law=law,
        law_verified=verified,
        terms=terms,
        remedies=tuple(_remedies(case, procedure, terms)),
    )


def _stage(hit: Hit, case: Case | None) -> str:
    if case is not None:
        return "case-closed" if case.closed_on else "case"
    return {"dismissed": "cleared", "confirmed": "looked-into"}.get(hit.state, "looked-at")


def _law(hit: Hit, procedure: Procedure | None) -> tuple[str, bool]:
    """Return the article that the hold rests on, and whether it was read in the official text."""
    today = timezone.localdate()
    if procedure is not None:
        return cited(procedure.source, today), procedure.verification == "verified"
    law = hit.line.declaration.office.administration.law
    protected = protection(law, hit.right.right_type)
    if protected is None:
        return "", False
    return cited(protected.source, today), protected.verification == "verified"


def _terms(case: Case | None, procedure: Procedure | None) -> tuple[Counted, ...]:
    if case is None or procedure is None:
        return ()
    today = timezone.localdate()
    running = (row for row in case.deadlines.all() if not row.ended_as and not row.passive)
    return tuple(counted(row, procedure, today) for row in running)


def _remedies(
    case: Case | None, procedure: Procedure | None, terms: tuple[Counted, ...]
) -> list[Remedy]:
    if case is None or procedure is None:
        return []
    return [
        Remedy(
            code=act.code,
            cited=cited(act.source, timezone.localdate()),
            verified=act.verification == "verified",
            term=_term_of(act, procedure, terms),
        )
        for act in procedure.acts_from(case.state)
        if act.code in TRADERS_ACTS
    ]


def _term_of(act: Act, procedure: Procedure, terms: tuple[Counted, ...]) -> Counted | None:
    answered = procedure.terms_answered_by(act.code)
    return next((term for term in terms if term.row.code in answered), None)
