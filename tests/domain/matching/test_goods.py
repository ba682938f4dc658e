"""Goods: which classes go with which chapters."""

import pytest

from countermark.domain.matching.goods import NICE_BY_CHAPTER, agreement, classes_of


def test_every_hs_chapter_of_the_tariff_has_classes_of_goods():
    chapters = {f"{number:02d}" for number in range(1, 98)} - {"77"}
    assert set(NICE_BY_CHAPTER) == chapters
    assert all(classes <= set(range(1, 35)) for classes in NICE_BY_CHAPTER.values())


@pytest.mark.parametrize(
    ("classes", "code", "expected"),
    [
        ((25,), "6403.99", "agrees"),
        ((14,), "64039900", "differs"),
        ((35, 41), "64039900", "services"),
        ((), "64039900", "unknown"),
        ((25,), "", "unknown"),
        ((25,), "99", "unknown"),
    ],
)
def test_goods_agree_with_the_classes_of_a_mark(classes, code, expected):
    assert agreement(classes, code) == expected


def test_an_hs_code_of_any_writing_is_read():
    assert classes_of("85.17") == classes_of("8517120000") == NICE_BY_CHAPTER["85"]
