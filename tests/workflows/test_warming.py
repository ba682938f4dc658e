"""Warming: nobody waits for the screener or the register."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from threading import Event

import pytest
import time_machine
from django.db import OperationalError
from tests.trade import recorded

from countermark.apps.screening.services import line_try, standing
from countermark.domain.matching.types import Line
from countermark.workflows import warming
from countermark.workflows.patience import MOST_TRIES, patiently

NOW = datetime(2013, 10, 22, 8, 0, tzinfo=UTC)
LINE = Line("", goods_description="ladies' handbag", declared_brand="VELUNDRA")


@pytest.mark.django_db
def test_a_warm_process_reads_no_register_for_the_first_line(
    lau, hongkong, caplog, django_assert_num_queries
):
    recorded(lau, hongkong)
    with caplog.at_level(logging.INFO, "countermark.workflows.warming"):
        warming.screening_warm()
    assert "register of 1 rights ready" in caplog.text
    with django_assert_num_queries(2):
        assert line_try(line=LINE, by=lau).hits


@pytest.mark.django_db
def test_word_usage_is_counted_anew_before_a_request_has_to(lau, hongkong):
    recorded(lau, hongkong)
    with time_machine.travel(NOW, tick=False) as clock:
        warming._keep_up()
        known = standing._process["kept"].standing.finder.watch
        clock.shift(standing.CONTEXT_FOR - warming.EARLY * 2)
        warming._keep_up()
        assert standing._process["kept"].standing.finder.watch is known
        clock.shift(warming.EARLY)
        warming._keep_up()
    later = standing._process["kept"].standing.finder.watch
    assert later.context is not known.context
    assert later.whole.index is known.whole.index


def test_a_database_that_is_not_made_yet_is_asked_again(monkeypatch, caplog):
    stop, calls = Event(), []

    def fails():
        calls.append("warm")
        if len(calls) == 2:
            stop.set()
        raise OperationalError("no such table: audit_head")

    monkeypatch.setattr(warming, "screening_warm", fails)
    monkeypatch.setattr(warming.connection, "close", lambda: None)
    warming._keep(stop, 0)
    assert calls == ["warm", "warm"]
    assert "cannot be read yet" in caplog.text


def test_a_locked_database_is_waited_for_and_other_errors_are_not():
    errors = [OperationalError("database is locked")] * 2

    def step() -> str:
        if errors:
            raise errors.pop()
        return "done"

    assert patiently(step) == "done"
    errors.append(OperationalError("disk I/O error"))
    with pytest.raises(OperationalError):
        patiently(step)
    errors.extend([OperationalError("database is locked")] * (MOST_TRIES + 1))
    with pytest.raises(OperationalError):
        patiently(step)
    assert len(errors) == 1
