"""The parts of the plain screener: places, goods, parties, usage, scorecard, index."""

import pytest
from tests.domain.matching.strategies import line, mark
from tests.reference import index as index_module
from tests.reference.background import Background
from tests.reference.cues import Place, Places, names_no_brand
from tests.reference.forms import forms_of
from tests.reference.index import Index
from tests.reference.layers import LAYERS
from tests.reference.parties import party_key, party_keys
from tests.reference.screener import Screener
from tests.reference.windows import Text

from countermark.domain.text.fold import folded_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shoes, brand: NIKE", Place.LABELLED),
        ("shoes brand name is NIKE", Place.LABELLED),
        ("鞋 品牌：NIKE", Place.LABELLED),
        ("运动鞋/NIKE牌/棉", Place.FOLLOWED),
        ("shoes NIKE® men", Place.FOLLOWED),
        ("shoes NIKE brand", Place.FOLLOWED),
        ("shoes (NIKE) men", Place.BRACKETED),
        ("NIKE shoes", Place.LEADING),
        ("20 CTNS NIKE shoes", Place.LEADING),
        ("鞋/NIKE/棉", Place.DELIMITED),
        ("shoes NIKE men", Place.LOOSE),
        ("brandy NIKE men", Place.LOOSE),
        ("鞋NIKE牌号7", Place.LOOSE),
    ],
)
def test_the_place_of_a_name_is_told_from_its_surroundings(text, expected):
    folded = folded_text(text)
    start = folded.index("nike")
    places = Places(folded, brand_field=False)
    assert places.place(start, start + 4) is expected
    assert places.strong(start, start + 4) == (expected in {Place.LABELLED, Place.FOLLOWED})


def test_the_brand_field_is_named_whole_or_in_part():
    places = Places("nike (air)", brand_field=True)
    assert places.place(0, 4) is Place.IN_FIELD
    assert places.place(0, 9) is Place.WHOLE_FIELD
    assert places.strong(6, 9)


@pytest.mark.parametrize("value", ["", "  ", "No Brand", "Ｎ／Ａ", "無品牌", "无牌", "--"])
def test_values_that_name_no_brand(value):
    assert names_no_brand(value)


def test_other_values_name_one():
    assert not names_no_brand("Nobrando")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nike (China) Co., Ltd.", "NIKE CHINA COMPANY LIMITED"),
        ("ＡＢＣ Inc", "abc incorporated"),
        ("耐克體育（中國）有限公司", "耐克体育(中国)有限公司"),
    ],
)
def test_one_party_written_two_ways_has_one_key(left, right):
    assert party_key(left) == party_key(right)


def test_legal_forms_tell_parties_apart_and_empty_names_are_nobody():
    assert party_key("ABC Ltd") != party_key("ABC Inc")
    assert party_keys(["", " . ", "ABC"]) == {"abc"}


def test_usage_counts_lines_and_places_not_occurrences():
    stream = [line("apple apple pie"), line("shoes", "APPLE"), line("apple", "NO BRAND")]
    usage = Background.of(stream)
    assert (usage.lines, usage.occurs["apple"], usage.as_brand["apple"]) == (3, 3, 1)
    assert usage.brandness("apple") == pytest.approx(1 / 3)
    assert usage.per_10_000("pie") == pytest.approx(10_000 / 3)
    assert usage.occurs["applepie"] == 1
    assert usage.occurs["nobrand"] == 0


def test_without_lines_nothing_is_known():
    assert Background().per_10_000("x") == Background().brandness("x") == 0.0


def test_ordinary_words_are_frequent_and_hardly_ever_brands():
    usage = Background.of([line("cotton socks"), line("x", "acme")] * 10)
    assert usage.ordinary("cotton")
    assert not usage.ordinary("acme")
    assert not usage.ordinary("unseen")


def windows(text):
    return {window.key: window for window in Text.of("goods_description", text).windows()}


def test_a_window_of_ordinary_words_and_numbers_is_ordinary():
    usage = Background.of([line("cotton socks")] * 10)
    found = windows("cotton 24 x acme 棉袜")
    assert usage.ordinary_window(found["cotton"])
    assert usage.ordinary_window(found["cotton24"])
    assert not usage.ordinary_window(found["cotton24x"])  # a single letter may be a spelling
    assert not usage.ordinary_window(found["24xacme"])
    assert not usage.ordinary_window(found["棉袜"])


def test_signs_are_letters_within_a_word_and_not_between_words():
    found = windows("adid@s $ony a|b, (c!)")
    assert {"adid@s", "$ony", "a|b", "c!"} <= set(found)
    assert "b,c" not in found
    assert "bc" not in found


def test_capitals_stand_out_only_among_small_letters():
    text = Text.of("goods_description", "leather NIKE shoes")
    assert text.in_capitals(8, 12)
    assert not text.in_capitals(0, 7)
    assert not Text.of("goods_description", "LEATHER NIKE SHOES").in_capitals(8, 12)
    assert Text.of("goods_description", "leather Nike shoes").in_capitals(8, 12)


def test_a_mark_has_one_form_for_each_different_writing():
    forms = forms_of(3, mark("Li-Ning 李宁", "李宁", "李寧"))
    assert [(form.mark, form.key, form.pieces, form.han) for form in forms] == [
        (3, "lining", (2, 4), False),
        (3, "李宁", (2,), True),
    ]
    assert [form.traditional for form in forms] == ["", "李宁"]


def test_a_mark_without_letters_has_no_form():
    assert forms_of(0, mark("★")) == []
    assert Screener([mark("★")]).screen(line("★")) == []


def test_forgetting_changes_no_answer(monkeypatch):
    monkeypatch.setattr(index_module, "MEMO_SIZE", 4)
    small = Index([mark("Nike"), mark("Adidas")])
    big = Index([mark("Nike"), mark("Adidas")])
    for window in Text.of("goods_description", "n1ke adidsa nikepro NIKE brand adidas").windows():
        answer = small.matches(window, exact_only=False)
        monkeypatch.setattr(index_module, "MEMO_SIZE", 10_000)
        assert [m.resemblance for m in answer] == [
            m.resemblance for m in big.matches(window, exact_only=False)
        ]
        monkeypatch.setattr(index_module, "MEMO_SIZE", 4)


def test_every_layer_explains_itself():
    assert all(type(layer).__doc__ for layer in LAYERS)
    assert len({layer.name for layer in LAYERS}) == len(LAYERS)
