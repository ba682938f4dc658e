from __future__ import annotations

import shutil
from datetime import UTC, date, datetime

import pytest
import time_machine

from countermark.apps.audit.models import Entry
from countermark.apps.cases.models import CaseDeadline
from countermark.apps.cases.services import case_act, case_open, deadlines_recount, recounting
from countermark.lawbook import law_folder

YEAR = """year = 2027
source = "invented for this test"
verification = "verified"
note = ""
holidays = [{ day = 2027-01-01, name = "New Year's Day" }]
makeup_days = []
"""


@pytest.fixture
def detained(peng, shenzhen, goods):
    """A case detained on 1 December 2026, whose terms run into a year without a calendar."""
    with time_machine.travel(datetime(2026, 12, 2, 4, tzinfo=UTC), tick=False):
        case = case_open(
            by=peng,
            office=shenzhen,
            procedure_code="cn/ex-officio",
            opened_on=date(2026, 11, 24),
            title="Purses",
            goods=goods,
        )
        steps = [("suspend", 24), ("serve-notice", 24), ("record-application", 27)]
        for act, day in steps:
            case_act(case=case, act=act, acted_on=date(2026, 11, day), by=peng)
        case_act(case=case, act="detain", acted_on=date(2026, 12, 1), by=peng)
    return case


@pytest.fixture
def announced(detained, tmp_path, monkeypatch):
    """The same case, once the holidays of 2027 are in the law folder."""
    copy = shutil.copytree(law_folder(), tmp_path / "law")
    for side in ("cn", "hk"):
        (copy / side / "calendars" / "2027.toml").write_text(YEAR, encoding="utf-8")
    monkeypatch.setenv("COUNTERMARK_LAW", str(copy))


def due() -> dict[str, tuple[date, bool]]:
    rows = CaseDeadline.objects.filter(ended_as="")
    return {row.code: (row.due_on, row.provisional) for row in rows}


@pytest.mark.usefixtures("detained")
def test_nothing_moves_while_no_calendar_is_announced():
    before = due()
    assert before["investigation"] == (date(2027, 1, 12), True)
    assert deadlines_recount() == 0
    assert due() == before


@pytest.mark.usefixtures("announced")
def test_an_announced_year_moves_provisional_deadlines_once():
    assert deadlines_recount() == 2
    assert due() == {
        "investigation": (date(2027, 1, 13), False),
        "court-notice": (date(2027, 2, 10), False),
    }
    moved = Entry.objects.filter(act="cases.deadline.recounted")
    assert [entry.detail["term"] for entry in moved] == ["investigation", "court-notice"]
    assert deadlines_recount() == 0


@pytest.mark.usefixtures("announced")
def test_a_recount_that_cannot_be_recorded_moves_nothing(monkeypatch):
    before = due()

    def fail(*_args, **_kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(recounting, "audit_record", fail)
    with pytest.raises(OSError, match="disk"):
        deadlines_recount()
    assert due() == before
