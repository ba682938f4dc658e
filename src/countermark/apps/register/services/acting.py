"""One act on one file: asked of the law, applied, moved on."""

from __future__ import annotations

from countermark.apps.register.checks import file_problems
from countermark.apps.register.keys import keys_refresh
from countermark.apps.register.models import Recordation
from countermark.apps.register.rules import refuse_first
from countermark.apps.register.selectors import recordation_context
from countermark.apps.register.services.effects import effect_apply
from countermark.apps.register.services.moving import Step, move
from countermark.lawbook import recordation_rules

NEEDS_WHOLE = "complete"
"""The guard of the law files on acts that hand a file in, or decide on it."""


def act_take(recordation: Recordation, step: Step) -> Recordation:
    """Do one act to a locked file, if its law lets the role of the step do it in this state.

    The caller knows that whoever acts has that role on this file.

    Raises:
        NotPermitted: The role may not do this act.
        ActNotOpen: The state knows no such act, or something stands against it.
        InvalidInput: What the file says cannot be recorded.
        Conflict: The registration or the number is recorded already.
    """
    rules = recordation_rules(recordation.administration.law)
    rules.procedure.state_after(recordation.state, step.act)
    context = recordation_context(recordation, on=step.on, reason=step.note)
    rules.procedure.act_check(step.act, role=step.role, context=context)
    if NEEDS_WHOLE in rules.procedure.act(step.act).needs and recordation.right is None:
        refuse_first(iter(file_problems(recordation)))
    to_state = rules.procedure.act(step.act).to_state
    if recordation.filed_on is None and not rules.final(to_state):
        recordation.filed_on = step.on
    effect = rules.effects.get(step.act)
    if effect:
        effect_apply(effect, recordation, step)
    move(recordation, step)
    if effect and recordation.right_id:
        keys_refresh([recordation.right_id])
    return recordation
