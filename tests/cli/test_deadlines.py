"""Deadlines are printed for other programs, and an overdue one is an exit status."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command

from countermark.apps.cases.services import GoodsInput, case_act, case_open

pytestmark = pytest.mark.django_db


@pytest.fixture
def seized(chan, tuen_mun):
    """Goods seized on 1 November 2026: notice and claim are due by the 30th."""
    with time_machine.travel(datetime(2026, 11, 2, 4, tzinfo=UTC), tick=False):
        case = case_open(
            by=chan,
            office=tuen_mun,
            procedure_code="hk/import-export-seizure",
            opened_on=date(2026, 11, 1),
            title="Purses",
            goods=[GoodsInput(description="Purses", quantity=Decimal(5), unit="H87")],
        )
        case_act(case=case, act="seize", acted_on=date(2026, 11, 1), by=chan)
    return case


def listed(capsys, today: int, **options):
    with time_machine.travel(datetime(2026, 12, today, 4, tzinfo=UTC), tick=False):
        call_command("deadlines", **options)
    return [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def test_deadlines_ahead_are_listed_with_day_case_and_source(seized, capsys):
    with time_machine.travel(datetime(2026, 11, 27, 4, tzinfo=UTC), tick=False):
        call_command("deadlines", username="chan")
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert rows
    assert {row[1] for row in rows} == {seized.number}
    assert rows == sorted(rows)
    assert rows[0][0] == "2026-11-30"
    assert all(row[2].startswith("hk/cap-60#27") for row in rows)


def test_an_overdue_deadline_is_status_three(seized, capsys):
    with pytest.raises(CommandError) as ended:
        listed(capsys, 5, username="chan")
    assert ended.value.returncode == 3


def test_an_outsider_is_shown_nothing(seized, ho, capsys):
    assert listed(capsys, 5, username="ho") == []


def test_an_unknown_officer_is_refused():
    with pytest.raises(CommandError, match="officer-unknown"):
        call_command("deadlines", username="nobody")


def test_the_clockwork_says_what_it_changed(seized, capsys):
    call_command("clockwork")
    said = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert {"deadlines", "recordations-lapsed", "permissions-ended", "letters-written"} <= set(said)
    assert set(said.values()) == {"0"}
