"""A small procedure and its terms, as the tests of procedures need them."""

from __future__ import annotations

from datetime import date

from countermark.domain.procedures import Act, FirstDay, Procedure, State, Term, TermUnit
from countermark.domain.vocabulary import Names, Verification

NAMES = Names("n", "名", "名")
SOURCE = "cn/ipr-customs-regulations#24"


def term(**changes) -> Term:
    fields = {
        "code": "answer",
        "started_by": "notify",
        "length": 3,
        "unit": TermUnit.WORKING_DAYS,
        "first_day": FirstDay.NEXT_DAY,
        "calendar": "cn/working-days",
        "answered_by": ("apply",),
        "on_expiry": "lapse",
        "names": NAMES,
        "source": SOURCE,
        "verification": Verification.VERIFIED,
        "in_force_from": date.min,
    }
    return Term(**(fields | changes))


def act(code: str, from_states: tuple[str, ...], to_state: str, *needs: str) -> Act:
    who = ("officer",)
    return Act(code, from_states, to_state, who, needs, NAMES, SOURCE, Verification.VERIFIED)


def procedure(*terms: Term) -> Procedure:
    return Procedure(
        code="cn/small",
        law="cn",
        names=NAMES,
        starts_in="found",
        states=(
            State("found", NAMES),
            State("notified", NAMES),
            State("held", NAMES),
            State("over", NAMES, final=True),
        ),
        acts=(
            act("notify", ("found",), "notified", "goods-listed"),
            act("apply", ("notified",), "held", "in-time"),
            act("lapse", ("notified",), "over", "term-passed"),
            act("give-up", ("notified", "held"), "over", "reason-given"),
        ),
        terms=terms or (term(),),
        source=SOURCE,
        verification=Verification.VERIFIED,
        in_force_from=date.min,
        in_force_to=date.max,
    )
