"""Every worked case of the law folder comes out as it was counted by hand."""

from __future__ import annotations

import tomllib

import pytest

from countermark.domain.errors import Refusal
from countermark.domain.procedures import ActContext
from countermark.lawbook import law_folder, lawbook, procedure_in_force, working_calendars

FILES = sorted(law_folder().glob("*/examples/*.toml"))
EXAMPLES = [
    pytest.param(example, id=f"{path.stem}: {example['title']}")
    for path in FILES
    for example in tomllib.loads(path.read_text(encoding="utf-8"))["examples"]
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_worked_case_comes_out_as_counted(example):
    assert example["reasoning"].strip()
    procedure = procedure_in_force(example["procedure"], on=example["opened_on"])
    calendars = working_calendars(procedure.law)
    state, due = procedure.starts_in, {}
    for step in example["steps"]:
        act, on = step["act"], step["on"]
        context = ActContext(
            acted_on=on,
            reason="worked example",
            goods_lines=1,
            due=due,
            answers=procedure.terms_answered_by(act),
            expires=procedure.terms_expiring_in(act),
        )
        refused = None
        after = procedure.state_after(state, act)
        try:
            procedure.act_check(act, role=procedure.act(act).who[0], context=context)
        except Refusal as refusal:
            refused = refusal.code
        assert refused == step.get("refused"), (act, on)
        if refused:
            continue
        deadlines = procedure.deadlines_from(act, on, calendars)
        assert {each.term.code: each.due_on for each in deadlines} == step.get("due", {})
        assert any(each.provisional for each in deadlines) == step.get("provisional", False)
        state = after
        assert state == step["state"]
        due |= {each.term.code: each.due_on for each in deadlines}
    assert len(example["steps"]) > 1


def test_every_procedure_has_a_worked_case():
    shown = {parameter.values[0]["procedure"] for parameter in EXAMPLES}
    written = {each.code for law in lawbook().laws.values() for each in law.procedures}
    assert shown == written
