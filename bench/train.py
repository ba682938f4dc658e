"""Train the model of ``countermark.domain.matching`` on generated corpora.

    python -m bench.train [--out WEIGHTS] [--card CARD] [--check]

Writes src/countermark/domain/matching/weights.py and its card, docs/reference/model-card.json. If
WEIGHTS ends in .json it is a model file for ``countermark screen --model``. With ``--check`` it
writes nothing and fails if what it learned is not byte for byte what is there. The corpora are
made in bench/out if they are not there. Needs bench/requirements.txt; the product needs none of it.

Every finding of every line is a row of facts; it is positive where its mark is one that the corpus
accepts for the line. Correct mentions on authorised and referential lines are left out, because
the score says "this is the mark", not "this is forbidden". A first, small model chooses which
finding of a mark speaks for it on a line; the second learns from those. Some lines are among those
whose usage was counted and some are not, and some corpora have no usage, so that the score holds
for all of them. Some are of short lines, "WATCH ROLEX", as an officer types them who asks for one
name. Another corpus sets the scale and the start, so that of the hits scored 0.8 about 80 % are
right there.

Nothing is drawn by chance but with a fixed seed, and no sum depends on the number of threads: the
result is the same bit for bit with the same corpora, scikit-learn and numpy on the same kind of
processor. The card names the versions and the digest of every corpus and of all facts, so that one
sees where another result comes from.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from bench.corpora import ROOT
from bench.lessons import Corpus, Rows, corpus_digest, digest_of, rows_of
from countermark.domain.matching.core.features import FACTS
from countermark.domain.matching.core.trees import STEPS
from countermark.domain.matching.model import Model, packed
from countermark.domain.matching.screener import RULES_VERSION

TRAINING = (
    Corpus("qt-b", 50_000, 40_000, 25_000),
    Corpus("qt-e", 50_000, 40_000, 40_000),
    Corpus("qt-f", 50_000, 40_000, 30_000),
    Corpus("qt-h", 100_000, 40_000, 40_000),
    Corpus("qt-d", 200_000, 40_000, 30_000),
    Corpus("qt-c", 10_000, 40_000, 8_000),
    Corpus("qt-a", 50_000, 30_000, 0),
    Corpus("qt-a", 50_000, 30_000, 0, short=True),
    Corpus("qt-f", 50_000, 40_000, 20_000, short=True),
)
CALIBRATION = (Corpus("qh-a", 50_000, 30_000, 20_000),)

FIRST_ROUND = 40
FIRST_ONE_IN = 3
"""Of the wrong findings the first model learns from one in so many."""
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


def thinned(rows: Rows, plain: np.ndarray, one_in: int) -> Rows:
    """Return rows with one in so many of the ``plain`` ones, which stands for the others."""
    weight = np.where(plain, float(one_in), 1.0)
    kept = ~plain | (np.cumsum(plain) % one_in == 0)
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


def train(
    rows: Rows, held: Rows, rounds: int = ROUNDS
) -> tuple[Model, HistGradientBoostingClassifier]:
    """Return the model of so many trees that rows teach, calibrated on others."""
    first = boosted(thinned(rows, ~rows.right, FIRST_ONE_IN), FIRST_ROUND)
    odds = first.decision_function(rows.facts)
    best = spokesmen(rows, odds)
    rows, odds = rows[best], odds[best]
    trees = boosted(thinned(rows, (odds < PLAIN) & ~rows.right, ONE_IN), rounds)
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
        return [asdict(one) | {"digest": corpus_digest(one)} for one in corpora]

    return {
        "name": model.name,
        "digest": digest_of(packed(model).encode()),
        "training": told(TRAINING),
        "calibration": told(CALIBRATION),
        "findings": len(rows.right),
        "right": int(rows.right.sum()),
        "calibration_findings": len(held.right),
        "trees": len(model.roots),
        "nodes": len(model.nodes) // 4,
        "facts": list(FACTS),
        "settings": SETTINGS,
        "facts_digest": digest_of(rows.facts.tobytes(), held.facts.tobytes()),
        "packages": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "processor": platform.machine(),
        "reproduce": "python -m bench.train --check",
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
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it differs")
    args = parser.parse_args()
    started = time.monotonic()
    rows, held = rows_of(TRAINING), rows_of(CALIBRATION)
    print(f"{time.monotonic() - started:6.0f} s  {len(rows.right):,} findings", file=sys.stderr)
    model, _ = train(rows, held)
    card = card_of(model, rows, held)
    print(f"{time.monotonic() - started:6.0f} s  {card['digest']}", file=sys.stderr)
    as_json = args.out.suffix == ".json"
    made = {
        args.out: model_json(model) if as_json else as_module(model, card),
        args.card: json.dumps(card, indent=1) + "\n",
    }
    if args.check:
        other = [str(path) for path, text in made.items() if path.read_text("utf-8") != text]
        sys.exit(f"Not what the training makes: {', '.join(other)}" if other else 0)
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")


def model_json(model: Model) -> str:
    """Return a model as a model file."""
    return json.dumps({"name": model.name, "packed": packed(model)}, indent=1) + "\n"


if __name__ == "__main__":
    main()
