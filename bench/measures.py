"""Quality of hits: precision, recall, floors and calibration; weighted where peers saw a sample.

The definitions are those of ../shared/bench/text/score.py (a test holds both together). Peers see
a stratified sample, so that every line has a weight: positives stand for the prevalence of the
corpus, negatives for the rest.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.corpora import TOOLS

sys.path.insert(0, str(TOOLS))

import score

Gold = Sequence[Mapping[str, Any]]
Scored = list[tuple[int, str, str, float, float, int | None]]
FLOORS = {
    **dict.fromkeys(
        (
            *("exact", "fullwidth", "homoglyph", "invisible", "diacritic", "joined", "split"),
            *("spaced", "zh_exact", "zh_script"),
        ),
        0.97,
    ),
    **dict.fromkeys(("typo_sub", "typo_del", "typo_ins", "typo_trans"), 0.65),
    **{"leet": 0.80, "zh_homophone": 0.85, "zh_spaced": 0.95, "pinyin": 0.93, "jyutping": 0.93},
    **{"affixed": 0.80, "truncated": 0.60, "phonetic": 0.65, "mixed": 0.65},
}
"""Recall that the design asks of every evasion at the threshold of the best F1."""
HIGH_RISK_TYPO_FLOOR = 0.80
BANDS = 10


@dataclass(frozen=True, slots=True)
class Quality:
    """What one contender found, at the threshold of its best F1 unless said otherwise."""

    threshold: float
    precision: float
    recall: float
    f1: float
    recall_at_precision_80: float
    candidate_recall: float
    by_evasion: Mapping[str, tuple[float, int]]
    alarms_by_kind: Mapping[str, int]
    worst_mark_share: float


def read_gold(corpus: Path) -> list[dict[str, Any]]:
    """Return the gold rows of a corpus in order."""
    return list(score.read_jsonl(corpus / "gold.jsonl"))


def line_scores(gold: Gold, hits: Path, *, alert: bool = False) -> Scored:
    """Return the shared scorer's row of every gold line."""
    return score.line_scores(gold, score.load_hits(hits, 5, alert), alert)


def quality(scored: Scored, weights: Sequence[float] | None = None) -> Quality:
    """Return the quality of scored lines; ``weights`` has one number a line."""
    weight = np.ones(len(scored)) if weights is None else np.asarray(weights, dtype=float)
    label = np.array([bool(row[0]) for row in scored])
    right = np.array([row[3] for row in scored], dtype=float)
    wrong = np.array([row[4] for row in scored], dtype=float)
    points = _sweep(label, right, wrong, weight)
    if not points:
        return Quality(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, {}, {}, 0.0)
    threshold, precision, recall, f1 = max(points, key=lambda point: point[3])
    alarms = [row for row in scored if row[4] >= threshold > row[3]]
    worst = Counter(row[5] for row in alarms).most_common(1)
    return Quality(
        threshold=threshold,
        precision=precision,
        recall=recall,
        f1=f1,
        recall_at_precision_80=max((r for _, p, r, _ in points if p >= 0.8), default=0.0),
        candidate_recall=float(weight[label & (right >= 0)].sum() / weight[label].sum()),
        by_evasion=recall_by_evasion(scored, threshold),
        alarms_by_kind=dict(Counter(row[1] for row in alarms).most_common()),
        worst_mark_share=worst[0][1] / len(alarms) if alarms else 0.0,
    )


def _sweep(
    label: np.ndarray, right: np.ndarray, wrong: np.ndarray, weight: np.ndarray
) -> list[tuple[float, float, float, float]]:
    """Return (threshold, precision, recall, F1) at every threshold where something changes."""
    found = label & (right >= 0)
    # A line is a false alarm for thresholds in (right, wrong].
    alarm = wrong > right
    thresholds = np.unique(np.concatenate([right[found], wrong[alarm]]))
    if not len(thresholds):
        return []

    def above(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        order = np.argsort(values)
        total = np.concatenate([[0.0], np.cumsum(weights[order])])
        return total[-1] - total[np.searchsorted(values[order], thresholds, side="left")]

    hit = above(right[found], weight[found])
    false = above(wrong[alarm], weight[alarm]) - above(right[alarm], weight[alarm])
    keep = hit > 0
    precision = hit[keep] / (hit[keep] + false[keep])
    recall = hit[keep] / weight[label].sum()
    f1 = 2 * precision * recall / (precision + recall)
    return list(zip(thresholds[keep].tolist(), precision, recall, f1, strict=True))


def recall_by_evasion(scored: Scored, threshold: float) -> dict[str, tuple[float, int]]:
    """Return for every evasion the recall at a threshold and the number of lines."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for label, _, evasion, right, _, _ in scored:
        if label:
            counts[evasion][0] += right >= threshold
            counts[evasion][1] += 1
    return {name: (found / lines, lines) for name, (found, lines) in sorted(counts.items())}


def precision_at(scored: Scored, threshold: float) -> tuple[float, float]:
    """Return precision and recall of scored lines at a threshold."""
    positives = sum(row[0] for row in scored)
    found = sum(row[0] and row[3] >= threshold for row in scored)
    alarms = sum(row[4] >= threshold > row[3] for row in scored)
    return found / max(found + alarms, 1), found / max(positives, 1)


def typos_of_high_risk(
    corpus: Path, gold: Gold, scored: Scored, threshold: float
) -> tuple[float, int]:
    """Return the recall of typing errors on the hand-picked marks at risk, and their number."""
    high = {row["id"] for row in score.read_jsonl(corpus / "register.jsonl") if row["tier"] == 0}
    rows = [
        row[3] >= threshold
        for known, row in zip(gold, scored, strict=True)
        if known["evasion"].startswith("typo") and high.intersection(known["marks"])
    ]
    return (sum(rows) / len(rows) if rows else 0.0), len(rows)


@dataclass(frozen=True, slots=True)
class Band:
    """Hits with scores of one tenth: their number, mean score and the share that is right."""

    low: float
    hits: int
    mean: float
    right: float


def calibration(gold: Gold, hits: Path) -> list[Band]:
    """Return the bands of scores of reported hits.

    Correct mentions on authorised and referential lines count neither way, as in matching quality.
    """
    known = {row["line"]: row for row in gold}
    bands: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for value, right in _judged(known, hits):
        bands[min(int(BANDS * value), BANDS - 1)].append((value, right))
    return [
        Band(band / BANDS, len(found), *(float(x) for x in np.mean(found, axis=0)))
        for band, found in sorted(bands.items())
    ]


def _judged(known: Mapping[int, Mapping[str, Any]], hits: Path) -> Iterator[tuple[float, bool]]:
    with hits.open(encoding="utf-8") as file:
        for hit in map(json.loads, file):
            row = known[int(hit["line_id"])]
            right = int(hit["right_id"]) in row["marks"]
            if row["label"] or not right:
                yield float(hit["score"]), right


def calibration_error(bands: Sequence[Band], least: float = 0.0) -> float:
    """Return the expected calibration error over bands from ``least`` on, weighted by hits."""
    kept = [band for band in bands if band.low >= least]
    total = sum(band.hits for band in kept)
    return sum(band.hits * abs(band.mean - band.right) for band in kept) / max(total, 1)
