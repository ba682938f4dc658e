"""What the commands on the law share: languages, days, and refusals in words."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from countermark.domain.errors import ActNotOpen, NotFound, Refusal, TermNotInForce
from countermark.lawbook import lawbook

if TYPE_CHECKING:
    from countermark.domain.procedures import Procedure

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
GOOD, UNUSABLE = 0, 2


def day(text: str) -> date:
    """Read a day as ISO 8601 writes it, for ``argparse``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2014-09-25") from None


def procedure_on(code: str, on: date) -> Procedure:
    """Return a procedure as it was law on a day.

    Raises:
        NotFound: ``known`` names the procedures there are.
        TermNotInForce: ``known`` says when its versions were law.
    """
    versions = [
        each for law in lawbook().laws.values() for each in law.procedures if each.code == code
    ]
    codes = {each.code for law in lawbook().laws.values() for each in law.procedures}
    if not versions:
        raise NotFound("procedure-unknown", known=", ".join(sorted(codes)))
    for each in versions:
        if each.in_force_from <= on <= each.in_force_to:
            return each
    spans = ", ".join(f"{each.in_force_from} to {each.in_force_to}" for each in versions)
    raise TermNotInForce("procedure-not-in-force", known=spans)


def refused(command: str, refusal: Refusal) -> int:
    """Say on standard error why a command cannot be carried out, and return its exit status."""
    words = {
        "procedure-unknown": "no law file has this procedure. Known: {known}",
        "procedure-not-in-force": "this procedure was not law on that day. It was: {known}",
        "act-unknown": "this procedure has no such act. Known: {known}",
        "term-not-in-force": "the act starts a term ({term}) that was not law on that day",
        "security-unknown": "no security is asked for under this code. Known: {known}",
        "currencies-differ": "the rule is in {right}, not in {left}",
    }
    text = words.get(refusal.code, str(refusal)).format(**refusal.params)
    print(f"countermark {command}: {text}", file=sys.stderr)
    return UNUSABLE


def act_check(procedure: Procedure, act: str) -> None:
    """Refuse an act that a procedure does not have, naming those it has.

    Raises:
        ActNotOpen: ``known`` names the acts.
    """
    codes = [each.code for each in procedure.acts]
    if act not in codes:
        raise ActNotOpen("act-unknown", known=", ".join(codes))
