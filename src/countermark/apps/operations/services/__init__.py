"""What can be done with joint operations. Interfaces and workflows import from here."""

from countermark.apps.operations.services.planning import (
    operation_agree,
    operation_agreement_receive,
    operation_close,
    operation_closing_receive,
    operation_plan,
    operation_receive,
    operation_run_due,
)
from countermark.apps.operations.services.results import (
    contribution_withdraw,
    result_contribute,
    result_receive,
    result_state,
)

__all__ = [
    "contribution_withdraw",
    "operation_agree",
    "operation_agreement_receive",
    "operation_close",
    "operation_closing_receive",
    "operation_plan",
    "operation_receive",
    "operation_run_due",
    "result_contribute",
    "result_receive",
    "result_state",
]
