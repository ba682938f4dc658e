"""The reference of the statistics says what the definitions say."""

from __future__ import annotations

from pathlib import Path

from tools.build_statistics import PAGE, page

from countermark.domain.measures import DIMENSIONS, MEASURES, PARTS, SCOPES, SELECTIONS


def test_the_page_is_made_from_the_definitions():
    assert Path(PAGE).read_text(encoding="utf-8") == page()


def test_every_definition_is_complete():
    for measure in MEASURES.values():
        assert measure.name
        assert measure.counting_rule
        assert measure.source
        assert bool(measure.currency_rule) == bool(measure.basis_rule) == (measure.unit == "money")
    for group in (SCOPES, SELECTIONS, DIMENSIONS, PARTS):
        for code, each in group.items():
            assert code == each.code
            assert each.name
            assert each.rule.endswith(".")
