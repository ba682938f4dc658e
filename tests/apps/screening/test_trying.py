"""Trying a line: at once, with reasons, against the register of this very second."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.trade import recorded, right_input

from countermark.apps.audit.services import audit_record
from countermark.apps.register.services import (
    recordation_withdraw,
    right_revise,
    right_withdraw,
)
from countermark.apps.screening.models import Hit
from countermark.apps.screening.services import line_try, standing
from countermark.domain.errors import InvalidInput, NotPermitted
from countermark.domain.matching.types import Line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LINE = Line("", goods_description="ladies' handbag", declared_brand="VELUNDRA", hs_code="420222")


def marks(lau) -> list[str]:
    return [hit.right.label for hit in line_try(line=LINE, by=lau).hits if hit.kept]


def test_a_recorded_right_is_found_at_once_and_a_withdrawn_one_no_more(lau, hongkong):
    assert marks(lau) == []
    right = recorded(lau, hongkong)
    assert marks(lau) == ["VELUNDRA"]
    revised = right_revise(by=lau, right=right, change=right_input(word="ORLIVANE"))
    assert marks(lau) == []
    right_revise(by=lau, right=revised, change=right_input())
    assert marks(lau) == ["VELUNDRA"]
    right_withdraw(by=lau, right=right, reason="surrendered")
    assert marks(lau) == []


def test_a_withdrawn_recordation_counts_at_once_too(lau, hongkong):
    right = recorded(lau, hongkong)
    assert marks(lau) == ["VELUNDRA"]
    recordation_withdraw(by=lau, recordation=right.recordations.get(), reason="expired")
    assert marks(lau) == []


def test_an_expiry_counts_from_midnight(lau, hongkong, clock):
    recorded(lau, hongkong, expires_on=date(2013, 10, 22))
    assert marks(lau) == ["VELUNDRA"]
    clock.shift(timedelta(days=1))
    assert marks(lau) == []


def test_without_a_change_nothing_is_read_but_one_row(lau, hongkong, django_assert_num_queries):
    recorded(lau, hongkong)
    marks(lau)
    finder = standing._process["kept"].standing.finder
    with django_assert_num_queries(2):
        marks(lau)
    assert standing._process["kept"].standing.finder is finder


def test_what_others_record_is_no_reason_to_read_the_register(lau, hongkong):
    recorded(lau, hongkong)
    marks(lau)
    finder = standing._process["kept"].standing.finder
    audit_record("cases.note.added", subject="HK-2013-000001", by=lau)
    marks(lau)
    assert standing._process["kept"].standing.finder is finder


def test_reasons_add_up_and_nothing_is_written(lau, hongkong):
    recorded(lau, hongkong)
    trial = line_try(line=LINE, by=lau)
    found = trial.hits[0].finding.found
    assert sum(each.points for each in found.contributions) == pytest.approx(found.score)
    assert trial.register_version
    assert trial.rules_version
    assert not Hit.objects.exists()


def test_who_may_try_what(lau, chan):
    with pytest.raises(NotPermitted):
        line_try(line=LINE, by=chan)
    with pytest.raises(InvalidInput):
        line_try(line=Line("", goods_description="  "), by=lau)
    with pytest.raises(InvalidInput):
        line_try(line=Line("", goods_description="x" * 20_001), by=lau)
