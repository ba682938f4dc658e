"""A foreign key written as a string is invisible to import-linter; this test sees it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def flow() -> dict[str, int]:
    """Return the stage of each app, read from the contract that the linter checks."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(c["layers"] for c in contracts if c["id"] == "data-flow")
    return {
        name.strip(" ()"): -number
        for number, layer in enumerate(layers)
        for name in layer.split("|")
    }


def test_no_model_points_to_a_later_stage():
    stage = flow()
    uphill = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in stage
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation
        if stage.get(field.related_model._meta.app_label, -100) > stage[model._meta.app_label]
    ]
    assert uphill == []


def test_every_app_of_ours_has_its_place_in_the_flow():
    ours = {c.label for c in apps.get_app_configs() if c.name.startswith("countermark.apps.")}
    assert ours <= set(flow())
