"""The benchmark's measures are the shared scorer's, and weights do what they say."""

from __future__ import annotations

import json

import pytest
from bench.corpora import draw_sample
from hypothesis import given
from hypothesis import strategies as st

from bench import measures

SCORES = st.sampled_from([-1.0, 0.1, 0.2, 0.25, 0.5, 0.7, 0.9, 1.0])


@st.composite
def scored_lines(draw):
    rows = []
    for _ in range(draw(st.integers(1, 40))):
        label = draw(st.integers(0, 1))
        evasion = draw(st.sampled_from(["exact", "leet"])) if label else ""
        wrong = draw(SCORES)
        mark = draw(st.integers(1, 4)) if wrong >= 0 else None
        rows.append((label, "plain", evasion, draw(SCORES), wrong, mark))
    return [*rows, (1, "infringing", "exact", 0.6, -1.0, None)]


@given(scored_lines())
def test_without_weights_the_quality_is_the_shared_scorers(scored):
    theirs, ours = measures.score.report(scored), measures.quality(scored)
    assert ours.f1 == pytest.approx(theirs["f1"], abs=1e-4)
    assert ours.recall_at_precision_80 == pytest.approx(theirs["recall_at_precision_0.8"], abs=1e-4)
    assert ours.candidate_recall == pytest.approx(theirs["candidate_recall"], abs=1e-4)


@given(scored_lines(), st.integers(2, 5))
def test_a_line_of_weight_n_counts_as_n_lines(scored, times):
    weighted = measures.quality(scored, [times] * len(scored))
    assert weighted.f1 == pytest.approx(measures.quality(scored * times).f1)


def test_nothing_found_is_no_quality():
    assert measures.quality([(1, "infringing", "exact", -1.0, -1.0, None)]).f1 == 0.0


def test_a_sample_stands_for_all_lines(corpus):
    labels = [bool(row["label"]) for row in measures.read_gold(corpus)]
    path, numbers, weights = draw_sample(corpus, labels, positives=30, negatives=60)
    positives = sum(w for n, w in zip(numbers, weights, strict=True) if labels[n])
    assert len(numbers) == 90
    assert sum(weights) == pytest.approx(len(labels))
    assert positives == pytest.approx(sum(labels))
    assert len(path.read_text(encoding="utf-8").splitlines()) == 91


def test_calibration_compares_scores_with_what_is_right(tmp_path):
    gold = [{"line": n, "label": 1, "marks": [7]} for n in range(4)]
    hits = tmp_path / "hits.jsonl"
    found = [(0, 7, 0.95), (1, 7, 0.95), (2, 7, 0.95), (3, 8, 0.95)]
    rows = [{"line_id": n, "right_id": mark, "score": score} for n, mark, score in found]
    hits.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    bands = measures.calibration(gold, hits)
    assert [(band.hits, band.right) for band in bands] == [(4, 0.75)]
    assert measures.calibration_error(bands) == pytest.approx(0.2)


def test_correct_mentions_of_authorised_lines_are_not_judged(tmp_path):
    hits = tmp_path / "hits.jsonl"
    hits.write_text(json.dumps({"line_id": 0, "right_id": 7, "score": 0.9}) + "\n")
    assert measures.calibration([{"line": 0, "label": 0, "marks": [7]}], hits) == []
