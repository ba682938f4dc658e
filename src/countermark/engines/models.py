"""Models in files: what ``countermark screen --model`` reads."""

from __future__ import annotations

import json
from pathlib import Path

from countermark.domain.errors import InvalidInput
from countermark.domain.matching import Model
from countermark.domain.matching.model import unpacked


def read_model(path: Path) -> Model:
    """Return the model in a JSON file as ``bench/train.py`` writes it.

    Raises:
        InvalidInput: The file is not a model.
    """
    try:
        return unpacked(json.loads(path.read_text(encoding="utf-8"))["packed"])
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput("not-a-model", field="model", detail=repr(error)) from error
