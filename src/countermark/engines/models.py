"""Scorecards in files: what ``countermark screen --model`` reads."""

from __future__ import annotations

import json
from pathlib import Path

from countermark.domain.errors import InvalidInput
from countermark.domain.matching import Model


def read_model(path: Path) -> Model:
    """Return the scorecard in a JSON file as ``bench/train.py`` writes it.

    Raises:
        InvalidInput: The file is not a scorecard.
    """
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        points = {
            feature: {level: float(value) for level, value in levels.items()}
            for feature, levels in card["points"].items()
        }
        return Model(str(card["name"]), float(card["start"]), points)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise InvalidInput("not-a-model", field="model", detail=repr(error)) from error
