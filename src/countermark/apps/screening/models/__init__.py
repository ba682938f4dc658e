"""The tables of screening: rules and runs, hits and what is decided about them, mutes."""

from countermark.apps.screening.models.evidence import HitEvidence
from countermark.apps.screening.models.hits import Decision, Disposition, Excuse, Hit, HitState
from countermark.apps.screening.models.mutes import Mute
from countermark.apps.screening.models.runs import Cause, Ruleset, Run, RunKind, RunState

__all__ = [
    "Cause",
    "Decision",
    "Disposition",
    "Excuse",
    "Hit",
    "HitEvidence",
    "HitState",
    "Mute",
    "Ruleset",
    "Run",
    "RunKind",
    "RunState",
]
