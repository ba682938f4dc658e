"""Train the scorecard of ``countermark.domain.matching`` on generated corpora.

    python -m bench.train OUT [CORPUS ...]

OUT is the Python module src/countermark/domain/matching/weights.py; if it ends in .json, a model
file for ``countermark screen --model`` with the same points. Each CORPUS is a folder made by
make_corpus.py and export.py; by default the corpora of the shipped scorecard are made. Needs
bench/requirements.txt; the product needs none of it.

How the weights are set: every finding of every line is a row; it is positive where its mark is one
the corpus accepts for the line. Correct mentions on authorised and referential lines are left out,
because the score says "this is the mark", not "this is forbidden". Every level of every feature is
one indicator; a logistic regression with a quadratic penalty is fitted by Newton's method. The last
corpus is used a second time without word usage, so that the scorecard also holds where none is
known. A first fit chooses which finding of a mark speaks for it on a line; a second fit learns from
those. The result is the same bit for bit on the same corpora and numpy.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.corpora import make_corpus, read_gold, read_lines, read_register
from countermark.domain.matching import RULES_VERSION, Background, Context, Model, Screener
from countermark.domain.matching.core.columns import columns_of
from countermark.domain.matching.core.features import FEATURES, all_levels
from countermark.domain.matching.core.matrix import Matrix
from countermark.domain.matching.core.screen import LINE, MARK
from countermark.engines.local import BACKGROUND_LINES

SHIPPED = (
    ("cm-train-a", 10_000, 40_000),
    ("cm-train-b", 20_000, 40_000),
    ("cm-train-c", 5_000, 30_000),
)
"""Seed, marks and lines of the corpora that the shipped scorecard was trained on."""

PENALTY = 2.0
NEWTON_STEPS = 12

_LEVELS = list(all_levels())


class Rows(NamedTuple):
    """Findings: line and mark as one number, whether it is right, and its level ids."""

    group: np.ndarray
    right: np.ndarray
    levels: np.ndarray


def rows_of(folder: Path, first: int, *, informed: bool) -> Rows:
    """Return every finding of a corpus; groups are numbered from ``first``."""
    marks, lines, gold = read_register(folder), read_lines(folder), read_gold(folder)
    background = Background.of(lines[:BACKGROUND_LINES]) if informed else Background()
    matrix = Screener(marks, Context(background)).matrix(columns_of(lines))
    pairs = [(gold[lines[line].line_id], marks[mark].right_id) for line, mark in _places(matrix)]
    right = np.array([right_id in accepted for (accepted, _), right_id in pairs], bool)
    kept = ~right | np.array([label for (_, label), _ in pairs], bool)
    group = first + matrix.rows[:, LINE] * len(marks) + matrix.rows[:, MARK]
    return Rows(group[kept], right[kept], matrix.levels[kept])


def _places(matrix: Matrix) -> list[tuple[int, int]]:
    return [(line, mark) for line, mark in matrix.rows[:, [LINE, MARK]].tolist()]


def joined(parts: list[Rows]) -> Rows:
    return Rows(*map(np.concatenate, zip(*parts, strict=True)))


def fit(rows: Rows, name: str) -> Model:
    """Return the scorecard that a penalised logistic regression gives."""
    said = [level for level in np.unique(rows.levels).tolist() if _LEVELS[level][1]]
    said.sort(key=_LEVELS.__getitem__)
    column = np.full(len(_LEVELS), 0)
    column[said] = np.arange(1, len(said) + 1)
    design = np.zeros((len(rows.right), len(said) + 1), dtype=np.float32)
    np.put_along_axis(design, column[rows.levels], 1.0, axis=1)
    design[:, 0] = 1.0
    beta = newton(design, rows.right.astype(np.float64))
    points: dict[str, dict[str, float]] = {feature.name: {} for feature in FEATURES}
    for at, level in enumerate(said, 1):
        value = round(float(beta[at]), 3)
        if value:
            feature, named = _LEVELS[level]
            points[feature][named] = value
    return Model(name, round(float(beta[0]), 3), points)


def newton(design: np.ndarray, label: np.ndarray) -> np.ndarray:
    beta = np.zeros(design.shape[1])
    penalty = np.full(design.shape[1], PENALTY)
    penalty[0] = 1e-6
    for _ in range(NEWTON_STEPS):
        odds = 1 / (1 + np.exp(-(design @ beta)))
        gradient = design.T @ (odds - label) + penalty * beta
        curve = (odds * (1 - odds)).astype(np.float32)
        hessian = (design.T @ (design * curve[:, None])).astype(np.float64) + np.diag(penalty)
        beta -= np.linalg.solve(hessian, gradient)
    return beta


def spokesmen(rows: Rows, model: Model) -> Rows:
    """Return for each line and mark the finding that the model scores best, the first of equals."""
    points = np.array([model.points[feature].get(level, 0.0) for feature, level in _LEVELS])
    log_odds = model.start + points[rows.levels].sum(axis=1)
    order = np.lexsort((np.arange(len(log_odds)), -log_odds, rows.group))
    first = np.sort(order[np.unique(rows.group[order], return_index=True)[1]])
    return Rows(rows.group[first], rows.right[first], rows.levels[first])


def as_module(model: Model, note: list[str]) -> str:
    """Return the scorecard as a Python module, one level a line."""
    lines = [
        '"""Scorecard: generated by bench/train.py, do not edit.',
        "",
        *note,
        '"""',
        "",
        "from countermark.domain.matching.model import Model",
        "",
        "MODEL = Model(",
        f'    name="{model.name}",',
        f"    start={model.start},",
        "    points={",
    ]
    for feature, levels in model.points.items():
        lines.append(f'        "{feature}": {{')
        lines.extend(f'            "{level}": {value},' for level, value in sorted(levels.items()))
        lines.append("        },")
    return "\n".join([*lines, "    },", ")", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("corpora", type=Path, nargs="*", metavar="CORPUS")
    args = parser.parse_args()
    corpora = args.corpora or [make_corpus(s, marks=m, lines=n) for s, m, n in SHIPPED]
    jobs = [*((folder, True) for folder in corpora), (corpora[-1], False)]
    parts = [rows_of(f, at << 40, informed=known) for at, (f, known) in enumerate(jobs)]
    rows = joined(parts)
    name = f"scorecard-{RULES_VERSION}"
    first = fit(rows, name)
    model = fit(spokesmen(rows, first), name)
    if args.out.suffix == ".json":
        card = {"name": model.name, "start": model.start, "points": model.points}
        args.out.write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return
    positive = int(rows.right.sum())
    note = [
        "Points are log-odds, learned by logistic regression with a quadratic penalty from"
        f" {len(rows.right):,}",
        f"findings, {positive:,} of them right, on these corpora (seed, marks, lines;"
        " 3 % prevalence,",
        "default mix):",
        "",
        *(f"* {folder.name}" for folder in corpora),
    ]
    args.out.write_text(as_module(model, note), encoding="utf-8")


if __name__ == "__main__":
    main()
