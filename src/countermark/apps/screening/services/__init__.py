"""What can be done in screening: run the screener, decide hits."""

from countermark.apps.screening.services.hits import (
    UNDO_WITHIN,
    hit_dispose,
    hit_rely,
    hit_undo,
)
from countermark.apps.screening.services.runs import run_abandon, run_execute, run_start

__all__ = [
    "UNDO_WITHIN",
    "hit_dispose",
    "hit_rely",
    "hit_undo",
    "run_abandon",
    "run_execute",
    "run_start",
]
