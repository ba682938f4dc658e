"""Screening by example: every layer, every excuse, every cue."""

import pytest
from tests.domain.matching.strategies import line, mark

from countermark.domain.matching import Background, Context, Line, Screener, register_version

MARKS = [
    mark("Nike", "耐克", right_id="nike"),
    mark(
        "Adidas", "阿迪达斯", "阿迪達斯", right_id="adidas", parties=("ADIDAS (CHINA) CO., LTD.",)
    ),
    mark("Louis Vuitton", "路易威登", right_id="lv", classes=(18,)),
    mark("Samsung", "三星", right_id="samsung", classes=(9,)),
    mark("Rolex", "劳力士", "勞力士", right_id="rolex", classes=(14,)),
    mark("Quiksilver", right_id="quiksilver"),
    mark("Case", right_id="case", classes=(9,)),
]
SCREENER = Screener(MARKS)


def best(description="", brand="", **values):
    hits = SCREENER.screen(line(description, brand, **values))
    return hits[0] if hits else None


@pytest.mark.parametrize(
    ("description", "right_id", "resemblance", "matched"),
    [
        ("SHOES, BRAND: NIKE, MODEL 4", "nike", "exact", "NIKE"),
        ("SHOES, BRAND: ＮＩＫＥ", "nike", "exact", "ＮＩＫＥ"),
        ("SHOES, BRAND: Νіке", "nike", "exact", "Νіке"),
        ("SHOES, BRAND: NI\u200bKE", "nike", "exact", "NI\u200bKE"),
        ("bags, BRAND: LOUISVUITTON", "lv", "joined", "LOUISVUITTON"),
        ("shoes ADI-DAS BRAND", "adidas", "split", "ADI-DAS"),
        ("shoes N I K E 44", "nike", "spaced", "N I K E"),
        ("shoes S.A.M.S.U.N.G phone", "samsung", "spaced", "S.A.M.S.U.N.G"),
        ("shoes BRAND: N1K3", "nike", "skeleton", "N1K3"),
        ("shoes BRAND: @DID@$", "adidas", "skeleton", "@DID@$"),
        ("shoes BRAND: ADIDSA", "adidas", "typo", "ADIDSA"),
        ("shoes BRAND: SAMSNG", "samsung", "typo", "SAMSNG"),
        ("shoes BRAND: NYKE", "nike", "typo", "NYKE"),
        ("shoes BRAND: KWIKZILVER", "quiksilver", "phonetic", "KWIKZILVER"),
        ("shoes BRAND: QUIKSIL", "quiksilver", "truncated", "QUIKSIL"),
        ("shoes BRAND: NIKEPRO", "nike", "affixed", "NIKEPRO"),
        ("运动鞋/耐克牌", "nike", "exact", "耐克"),
        ("運動鞋 品牌:阿迪達斯", "adidas", "exact", "阿迪達斯"),
        ("阿-迪-達-斯运动鞋", "adidas", "spaced", "阿-迪-達-斯"),
        ("手表 品牌:劳力仕", "rolex", "han-homophone", "劳力仕"),
        ("鞋 品牌:阿迪大斯", "adidas", "han-homophone", "阿迪大斯"),
        ("鞋 品牌:阿迪王斯", "adidas", "han-variant", "阿迪王斯"),
        ("watch BRAND: LAOLISHI", "rolex", "pinyin", "LAOLISHI"),
        ("watch BRAND: LOU LIK SI", "rolex", "jyutping", "LOU LIK SI"),
    ],
)
def test_each_way_of_resembling_is_found_and_named(description, right_id, resemblance, matched):
    hit = best(description)
    assert (hit.right_id, hit.resemblance, hit.matched) == (right_id, resemblance, matched)
    assert description[slice(*hit.span)] == matched


@pytest.mark.parametrize(
    "description", ["", "COTTON SOCKS 12 PAIRS", "$", "棉制男袜", "A-338 5055", "\ud800\udfff"]
)
def test_lines_without_a_mark_have_no_hit(description):
    assert best(description) is None


def test_the_brand_field_is_screened_too():
    hit = best("shoes", "ADIDAS")
    assert (hit.field, hit.span, hit.matched) == ("declared_brand", (0, 6), "ADIDAS")


@pytest.mark.parametrize("brand", ["NO BRAND", "无品牌", "無牌", "OEM", "n/m", "-"])
def test_a_brand_field_that_names_no_brand_is_not_screened(brand):
    assert best("shoes", brand) is None


def test_a_named_brand_scores_above_a_loose_word():
    named = best("leather CASE", "CASE", hs_code="42023200")
    loose = best("leather phone case for men", hs_code="42023200")
    assert named.score > 0.5
    assert loose is None or loose.score < named.score


def test_goods_of_the_class_score_above_other_goods():
    assert (
        best("WATCH BRAND: ROLEX", hs_code="9101").score
        > best("WATCH BRAND: ROLEX", hs_code="0101").score
    )


def test_words_of_the_trade_score_below_unseen_ones():
    stream = [line(f"phone case black {n}") for n in range(200)]
    informed = Screener(MARKS, Context(Background.of(stream)))
    there = line("phone case black 7")
    seen = [hit.score for hit in informed.screen(there) if hit.right_id == "case"]
    unseen = [hit.score for hit in SCREENER.screen(there) if hit.right_id == "case"]
    assert max(seen, default=0.0) < max(unseen, default=1.0)


@pytest.mark.parametrize("word", ["NYKE", "ADID", "NKE"])
def test_four_letters_that_are_nearly_a_mark_count_only_where_a_brand_is_named(word):
    assert best(f"cotton {word} shoes") is None
    assert best(f"shoes BRAND: {word}") is not None or word == "NKE"


@pytest.mark.parametrize("field", ["consignor", "consignee"])
@pytest.mark.parametrize("name", ["adidas (china) co ltd", "ＡＤＩＤＡＳ（CHINA）COMPANY LIMITED"])
def test_a_line_of_an_authorised_party_is_excused(field, name):
    assert best("shoes ADIDAS", **{field: name}).excused == "authorised"


def test_the_right_holder_needs_no_authority():
    assert best("shoes ADIDAS", consignor="Meridian Holdings").excused == "authorised"


def test_another_legal_person_of_the_name_is_not_authorised():
    assert best("shoes ADIDAS", consignor="ADIDAS (CHINA) TRADING CO., LTD.").excused is None


@pytest.mark.parametrize(
    "description",
    [
        "PHONE COVER FOR SAMSUNG S24",
        "BATTERY COMPATIBLE WITH SAMSUNG",
        "适用于SAMSUNG 手机壳",
        "適用於三星 電池",
        "REPLACEMENT SCREEN FITS SAMSUNG",
    ],
)
def test_a_mention_that_only_refers_is_excused(description):
    assert best(description, hs_code="8517").excused == "referential"


def test_a_brand_field_is_never_a_mere_reference():
    hits = SCREENER.screen(line("COVER", "FOR SAMSUNG", hs_code="8517"))
    assert hits[0].excused is None


def test_a_resemblance_to_an_allowed_mention_is_excused_with_it():
    marks = [*MARKS, mark("Adida", right_id="near")]
    hits = Screener(marks).screen(line("shoes ADIDAS", consignor="ADIDAS (CHINA) CO., LTD."))
    assert {hit.right_id: hit.excused for hit in hits} == dict.fromkeys(
        (hit.right_id for hit in hits), "authorised"
    )


def test_a_mark_is_reported_once_a_line():
    hits = SCREENER.screen(line("NIKE shoes NIKE N1KE 耐克", "NIKE"))
    assert [hit.right_id for hit in hits].count("nike") == 1


def test_no_more_hits_than_asked_for():
    hits = SCREENER.screen(line("NIKE ADIDAS SAMSUNG ROLEX"), top=2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


@pytest.mark.parametrize(
    "word",
    [
        "Foo (Bar)",
        "A",
        "7",
        "Procter, Gamble & Sons",
        "one two three four five six seven",
        "耐、克",
        "一二三四五六七八九十",
        "Zürich™",
        "ไทยรัฐ",
    ],
)
def test_marks_of_unusual_shape_are_found_in_the_brand_field(word):
    hit = Screener([mark(word)]).screen(line("", word))[0]
    assert hit.resemblance == "exact"


def test_the_version_of_a_register_is_its_content_and_not_its_order():
    assert register_version(MARKS) == register_version(reversed(MARKS)) == SCREENER.version
    assert register_version(MARKS[1:]) != SCREENER.version


def test_a_very_long_field_is_screened_to_its_end():
    description = "cotton socks " * 8000 + "BRAND: NIKE"
    hit = best(description)
    assert hit.span == (len(description) - 4, len(description))


def test_one_very_long_word_is_no_trouble():
    assert SCREENER.screen(Line("1", "n" * 100_000, "耐" * 2_000)) == []
