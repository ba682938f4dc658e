"""What can be done in screening: run the screener, hunt back, decide hits, mute phrases."""

from countermark.apps.screening.services.hits import (
    UNDO_WITHIN,
    hit_dispose,
    hit_rely,
    hit_undo,
)
from countermark.apps.screening.services.hunts import hunt_execute, hunt_start
from countermark.apps.screening.services.mutes import LONGEST_MUTE, mute_add, mute_lift
from countermark.apps.screening.services.runs import (
    run_abandon,
    run_ensure,
    run_execute,
    run_start,
)
from countermark.apps.screening.services.standing import standing_forget, standing_refresh
from countermark.apps.screening.services.trying import Trial, TriedHit, line_try

__all__ = [
    "LONGEST_MUTE",
    "UNDO_WITHIN",
    "Trial",
    "TriedHit",
    "hit_dispose",
    "hit_rely",
    "hit_undo",
    "hunt_execute",
    "hunt_start",
    "line_try",
    "mute_add",
    "mute_lift",
    "run_abandon",
    "run_ensure",
    "run_execute",
    "run_start",
    "standing_forget",
    "standing_refresh",
]
