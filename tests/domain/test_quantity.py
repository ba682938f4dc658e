from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.errors import InvalidInput
from countermark.domain.quantity import UNITS, Quantity, articles, quantity_in, unit_read

VALUES = st.decimals(0, 10**9, places=3)
QUANTITIES = st.builds(Quantity, VALUES, st.sampled_from(sorted(UNITS)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pcs", "H87"),
        ("个", "H87"),
        ("雙", "PR"),
        (" Pairs ", "PR"),
        ("kgm", "KGM"),
        ("千克", "KGM"),
    ],
)
def test_a_unit_is_read_from_its_code_or_its_usual_spelling(text, code):
    assert unit_read(text) == code


@pytest.mark.parametrize("text", ["", "bushel", "12"])
def test_an_unknown_unit_is_refused(text):
    with pytest.raises(InvalidInput) as refused:
        unit_read(text)
    assert refused.value.params["field"] == "unit"


def test_every_spelling_leads_to_a_known_unit():
    from countermark.domain.quantity import _SPELLINGS  # noqa: PLC0415 - the table itself is tested

    assert set(_SPELLINGS.values()) <= set(UNITS)


@given(QUANTITIES, VALUES)
def test_quantities_of_one_unit_add_up(quantity, value):
    assert (quantity + Quantity(value, quantity.unit)).value == quantity.value + value


def test_grams_and_kilograms_add_up_and_pieces_and_kilograms_do_not():
    total = Quantity(Decimal(2), "KGM") + Quantity(Decimal(500), "GRM")
    assert total == Quantity(Decimal("2.5"), "KGM")
    with pytest.raises(InvalidInput) as refused:
        Quantity(Decimal(2), "KGM") + Quantity(Decimal(1), "H87")
    assert refused.value.code == "units-differ"


@pytest.mark.parametrize("unit", ["KGM", "XYZ"])
def test_a_count_is_not_converted_to_what_it_is_not(unit):
    with pytest.raises(InvalidInput):
        quantity_in(Quantity(Decimal(1), "PR"), unit)


@pytest.mark.parametrize(("value", "unit"), [("-1", "H87"), ("NaN", "H87"), ("1", "XXX")])
def test_a_quantity_is_a_number_of_known_units(value, unit):
    with pytest.raises(InvalidInput):
        Quantity(Decimal(value), unit)


def test_a_pair_counts_as_one_article_and_what_is_weighed_as_none():
    counted = [("3", "PR"), ("2", "H87"), ("1", "DZN"), ("40", "KGM")]
    assert articles([Quantity(Decimal(value), unit) for value, unit in counted]) == 17
