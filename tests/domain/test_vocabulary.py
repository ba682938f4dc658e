from __future__ import annotations

import pytest

from countermark.domain.vocabulary import GoodsCategory, Names, category_guess


@pytest.mark.parametrize(
    ("hs_code", "category"),
    [
        ("4202210090", GoodsCategory.BAGS_AND_PURSES),
        ("4203.10", GoodsCategory.CLOTHING),
        ("6404", GoodsCategory.FOOTWEAR),
        ("71171900", GoodsCategory.JEWELLERY),
        ("8507 60", GoodsCategory.PHONE_ACCESSORIES),
        ("851762", GoodsCategory.ELECTRONICS),
        ("8708", GoodsCategory.VEHICLE_PARTS),
        ("24", GoodsCategory.TOBACCO),
        ("9", GoodsCategory.OTHER),
        ("", GoodsCategory.OTHER),
        ("unknown", GoodsCategory.OTHER),
    ],
)
def test_an_hs_code_suggests_the_category_of_its_longest_known_prefix(hs_code, category):
    assert category_guess(hs_code) is category


def test_a_name_is_given_in_the_language_asked_for_and_in_english_otherwise():
    names = Names(en="Seize", zh_hans="检取", zh_hant="檢取")
    assert [names.in_language(tag) for tag in ("zh-Hans", "zh-hant", "pt")] == [
        "检取",
        "檢取",
        "Seize",
    ]
