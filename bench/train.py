"""Train the model of ``countermark.domain.matching`` on generated corpora.

    python -m bench.train [--out WEIGHTS] [--card CARD] [--check SEED ...]

Writes src/countermark/domain/matching/weights.py and its card, docs/reference/model-card.json. If
WEIGHTS ends in .json it is a model file for ``countermark screen --model``. The corpora are made
if they are not there. Needs bench/requirements.txt; the product needs none of it.

Every finding of every line is a row of facts; it is positive where its mark is one that the corpus
accepts for the line. Correct mentions on authorised and referential lines are left out, because
the score says "this is the mark", not "this is forbidden". A first, small model chooses which
finding of a mark speaks for it on a line; the second learns from those. Some lines are among those
whose usage was counted and some are not, and one corpus has no usage, so that the score holds for
all of them. Another corpus sets the scale and the start, so that of the hits scored 0.8 about
80 % are right there. The result is the same bit for bit with the same corpora and packages.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from bench.corpora import ROOT, make_corpus, read_gold, read_lines, read_register
from countermark.domain.matching.core.background import Background
from countermark.domain.matching.core.columns import columns_of
from countermark.domain.matching.core.features import FACTS
from countermark.domain.matching.core.trees import STEPS
from countermark.domain.matching.model import Model, packed
from countermark.domain.matching.screener import RULES_VERSION, Context, Screener


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus to make: seed and sizes, and how many of its first lines tell the usage."""

    seed: str
    marks: int
    lines: int
    learned: int


TRAINING = (
    Corpus("qt-b", 50_000, 40_000, 25_000),
    Corpus("qt-e", 50_000, 40_000, 40_000),
    Corpus("qt-f", 50_000, 40_000, 30_000),
    Corpus("qt-h", 100_000, 40_000, 40_000),
    Corpus("qt-d", 200_000, 40_000, 30_000),
    Corpus("qt-c", 10_000, 40_000, 8_000),
    Corpus("qt-a", 50_000, 30_000, 0),
)
CALIBRATION = (Corpus("qh-a", 50_000, 30_000, 20_000),)

FIRST_ROUND = 40
ROUNDS = 240
PLAIN = -6.0
"""Log-odds of the first model below which one wrong finding in ``ONE_IN`` stands for all."""
ONE_IN = 6
HOPE = 0.001
"""Share of the right findings that the first trees may give up."""
GIVE_UP_AFTER = 40
SETTINGS: dict[str, Any] = {
    "learning_rate": 0.07,
    "max_leaf_nodes": 20,
    "min_samples_leaf": 20,
    "l2_regularization": 2.0,
    "early_stopping": False,
    "random_state": 0,
}


@dataclass(frozen=True, slots=True)
class Rows:
    """Findings to learn from: facts, whether each is right, and which mark and line it is of."""

    facts: np.ndarray
    right: np.ndarray
    group: np.ndarray
    weight: np.ndarray

    def __getitem__(self, chosen: np.ndarray) -> Rows:
        return Rows(*(getattr(self, name)[chosen] for name in Rows.__slots__))


def rows_of(corpora: Sequence[Corpus]) -> Rows:
    """Return the findings of corpora, corpus by corpus."""
    parts = [_rows_of(corpus) for corpus in corpora]
    groups = [part.group + (at << 56) for at, part in enumerate(parts)]
    return Rows(
        np.concatenate([part.facts for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate(groups),
        np.concatenate([part.weight for part in parts]),
    )


def _rows_of(corpus: Corpus) -> Rows:
    folder = make_corpus(corpus.seed, marks=corpus.marks, lines=corpus.lines)
    marks, lines, gold = read_register(folder), read_lines(folder), read_gold(folder)
    background = Background.of(lines[: corpus.learned])
    screener = Screener(marks, Context(background))
    found = screener.matrix(columns_of(lines))
    line, mark = found.rows[:, 0], found.rows[:, 1]
    known = [gold[one.line_id] for one in lines]
    right = np.array(
        [marks[m].right_id in known[at][0] for at, m in zip(line, mark, strict=True)], bool
    )
    infringing = np.array([label for _, label in known], bool)[line]
    # Whether a mention only refers to the mark is for the excuse to say, not for the score.
    found.facts[:, FACTS.index("referential")] = 0
    rows = Rows(found.facts, right, (line << 24) + mark, np.ones(len(right)))
    return rows[infringing | ~right]


def boosted(rows: Rows, rounds: int) -> HistGradientBoostingClassifier:
    """Return trees that learned from all rows."""
    trees = HistGradientBoostingClassifier(max_iter=rounds, **SETTINGS)
    return trees.fit(rows.facts, rows.right, sample_weight=rows.weight)


def spokesmen(rows: Rows, odds: np.ndarray) -> np.ndarray:
    """Return the numbers of the best finding of each mark on each line, in order."""
    order = np.lexsort((-odds, rows.group))
    group = rows.group[order]
    first = np.concatenate([[True], group[1:] != group[:-1]])
    return np.sort(order[first])


def thinned(rows: Rows, odds: np.ndarray) -> Rows:
    """Return rows with few of those that are plainly wrong, each of which stands for several."""
    plain = (odds < PLAIN) & ~rows.right
    weight = np.where(plain, float(ONE_IN), 1.0)
    kept = ~plain | (np.cumsum(plain) % ONE_IN == 0)
    return Rows(rows.facts, rows.right, rows.group, weight)[kept]


def scale_of(odds: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Return scale and shift of log-odds that make them true on other rows (Platt's method)."""
    scale, shift = 1.0, 0.0
    for _ in range(30):
        share = 1 / (1 + np.exp(-(scale * odds + shift)))
        wrong, curve = share - right, share * (1 - share) + 1e-9
        slope = np.array([(wrong * odds).sum(), wrong.sum()])
        across = (curve * odds).sum()
        bend = np.array([[(curve * odds * odds).sum(), across], [across, curve.sum()]])
        step = np.linalg.solve(bend, slope)
        scale, shift = scale - step[0], shift - step[1]
    return float(scale), float(shift)


def as_model(trees: HistGradientBoostingClassifier, scale: float, shift: float) -> Model:
    """Return trees as a model; nothing is given up yet.

    The log-odds of a node are the mean of the leaves below it, weighted by the rows they hold.
    """
    nodes: list[int] = []
    roots: list[int] = []
    for (tree,) in trees._predictors:
        roots.append(len(nodes) // 4)
        nodes.extend(_flat(tree.nodes, 0, scale)[0])
    start = round(STEPS * (scale * float(trees._baseline_prediction.item()) + shift))
    return Model(f"trees-{RULES_VERSION}", start, 0, 0, tuple(nodes), tuple(roots))


def _flat(nodes: np.ndarray, at: int, scale: float) -> tuple[list[int], float, int]:
    """Return a node and those below it as numbers, its mean and its count."""
    node = nodes[at]
    count = int(node["count"])
    if node["is_leaf"]:
        value = scale * float(node["value"])
        return [-1, 0, 0, round(STEPS * value)], value, count
    left, one, few = _flat(nodes, int(node["left"]), scale)
    right, two, more = _flat(nodes, int(node["right"]), scale)
    value = (one * few + two * more) / (few + more)
    limit = int(np.floor(node["num_threshold"]))
    own = [int(node["feature_idx"]), limit, len(left) // 4 + 1, round(STEPS * value)]
    return own + left + right, value, count


def train(rows: Rows, held: Rows) -> tuple[Model, HistGradientBoostingClassifier]:
    """Return the model that rows teach, calibrated on others."""
    first = boosted(rows, FIRST_ROUND)
    odds = first.decision_function(rows.facts)
    best = spokesmen(rows, odds)
    trees = boosted(thinned(rows[best], odds[best]), ROUNDS)
    odds = trees.decision_function(held.facts)
    best = spokesmen(held, odds)
    scale, shift = scale_of(odds[best], held.right[best])
    model = as_model(trees, scale, shift)
    early = _early(trees, held.facts[held.right]) * scale + shift
    hopeless = int(np.floor(STEPS * np.quantile(early, HOPE)))
    return Model(model.name, model.start, GIVE_UP_AFTER, hopeless, model.nodes, model.roots), trees


def _early(trees: HistGradientBoostingClassifier, facts: np.ndarray) -> np.ndarray:
    """Return the log-odds after the first trees."""
    stages = trees._staged_raw_predict(facts)
    for _ in range(GIVE_UP_AFTER):
        odds = next(stages)
    return odds[:, 0]


def card_of(model: Model, rows: Rows, held: Rows) -> dict[str, Any]:
    """Return what is to be known about a model."""
    import sklearn  # noqa: PLC0415 - only its version

    def told(corpora: Sequence[Corpus]) -> list[dict[str, Any]]:
        return [{k: getattr(one, k) for k in Corpus.__slots__} for one in corpora]

    return {
        "name": model.name,
        "digest": blake2b(packed(model).encode(), digest_size=16).hexdigest(),
        "training": told(TRAINING),
        "calibration": told(CALIBRATION),
        "findings": len(rows.right),
        "right": int(rows.right.sum()),
        "calibration_findings": len(held.right),
        "trees": len(model.roots),
        "nodes": len(model.nodes) // 4,
        "facts": list(FACTS),
        "settings": SETTINGS,
        "packages": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    }


def as_module(model: Model, card: dict[str, Any]) -> str:
    """Return a model as a Python module."""
    text = packed(model)
    lines = [f'    "{text[at : at + 92]}"' for at in range(0, len(text), 92)]
    return "\n".join(
        [
            '"""Model: generated by bench/train.py, do not edit.',
            "",
            f"{card['trees']} trees learned from {card['findings']:,} findings, {card['right']:,}"
            " of them right; the card is",
            "docs/reference/model-card.json.",
            '"""',
            "",
            "from countermark.domain.matching.model import unpacked",
            "",
            "MODEL = unpacked(",
            *lines,
            ")",
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    matching = ROOT / "src/countermark/domain/matching"
    parser.add_argument("--out", type=Path, default=matching / "weights.py")
    parser.add_argument("--card", type=Path, default=ROOT / "docs/reference/model-card.json")
    args = parser.parse_args()
    rows, held = rows_of(TRAINING), rows_of(CALIBRATION)
    model, _ = train(rows, held)
    card = card_of(model, rows, held)
    as_json = args.out.suffix == ".json"
    text = model_json(model) if as_json else as_module(model, card)
    args.out.write_text(text, encoding="utf-8")
    args.card.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def model_json(model: Model) -> str:
    """Return a model as a model file."""
    return json.dumps({"name": model.name, "packed": packed(model)}, indent=1) + "\n"


if __name__ == "__main__":
    main()
