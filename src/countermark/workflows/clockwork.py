"""What time alone brings about; each job may run at any hour, twice, or after a standstill."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from countermark.apps.cases.services import deadlines_recount
from countermark.apps.operations.services import operation_run_due
from countermark.apps.register.services import KEPT_DAYS, pieces_forget, recordations_lapse
from countermark.apps.register.services.infringers import infringers_expire
from countermark.workflows.alarms import alarm_letters_send
from countermark.workflows.filings import filings_tell_due
from countermark.workflows.trading import permission_ends_tell
from countermark.workflows.watching import retro_hunts_due

if TYPE_CHECKING:
    from datetime import date


def day_begin(*, today: date) -> dict[str, int]:
    """Start due operations, recount deadlines, let recordations lapse, hunt for rights.

    Partners who could not be told of the end of a permission, or of what became of a file, are told
    now; pieces of papers that were never completed are forgotten.

    Returns:
        How many rows each job changed, by its name.
    """
    return {
        "operations-started": operation_run_due(on=today),
        "deadlines": deadlines_recount(),
        "recordations-lapsed": recordations_lapse(on=today),
        "infringers-erased": infringers_expire(on=today),
        "rights-hunted": retro_hunts_due(today=today),
        "permissions-ended": permission_ends_tell(),
        "filings-reported": filings_tell_due(),
        "letters-written": alarm_letters_send(today=today),
        "pieces-forgotten": pieces_forget(before=today - timedelta(days=KEPT_DAYS)),
    }
