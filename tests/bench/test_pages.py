"""The page of results says what was met and what was missed; stages are told by frames."""

from __future__ import annotations

import pytest
from bench.report import Target
from bench.stages import report, stage_of


@pytest.mark.parametrize(
    ("value", "at_least", "verdict"),
    [
        (0.9, True, "met"),
        (0.8, True, "**missed**"),
        (0.9, False, "**missed**"),
        (0.8, False, "met"),
    ],
)
def test_a_target_is_met_or_missed(value, at_least, verdict):
    assert Target("F1", value, 0.88, at_least).row[-1] == verdict


def test_what_was_not_measured_is_said_so():
    assert Target("F1", None, 0.88).row == ["F1", "not measured", "≥ 0.880", ""]


@pytest.mark.parametrize(
    ("frames", "stage"),
    [
        ("main (cli/screen.py:1);screen (a/engines/local.py:9)", "screening"),
        ("main (cli/screen.py:1);go (a/engines/tables/csv.py:9)", "reading lines"),
        ("main (x.py:1);_load (<frozen importlib._bootstrap>:2)", "start, imports"),
        ("main (x.py:1)", "everything else"),
    ],
)
def test_a_stack_belongs_to_a_stage(frames, stage):
    assert stage_of(frames) == stage


def test_samples_become_microseconds_a_line():
    text = report(["main (x.py:1);screen (a/engines/local.py:9) 200"], lines=1_000_000)
    row = next(line for line in text.splitlines() if line.startswith("screening"))
    assert row.split()[1:] == ["1.00", "100.0%", "1.00"]
