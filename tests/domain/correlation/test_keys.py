"""Keys: what is the same gives one, what is not gives two."""

from __future__ import annotations

import pytest

from countermark.domain.correlation import (
    LIMITED_KINDS,
    WEIGHTS,
    Key,
    KeyKind,
    Strength,
    address_key,
    cap_of,
    container_check,
    container_key,
    crosses_scripts,
    identifier_key,
    is_placeholder,
    mark_key,
    name_key,
    name_keys,
    phone_key,
    plate_key,
    reading_keys,
    route_key,
    score,
    strength,
    waybill_key,
)


@pytest.mark.parametrize(
    "name",
    [
        "深圳市遠洋貿易有限公司",
        "深圳市远洋贸易",
        "深圳市远洋贸易有限责任公司",
        "深圳市远洋贸易股份有限公司 Co., Ltd.",
        "　深圳市 遠洋貿易（有限公司）",
    ],
)
def test_a_name_has_one_key_in_either_script_and_with_any_company_form(name):
    assert name_key(name) == "深圳市远洋贸易"


@pytest.mark.parametrize(
    "name",
    ["Pelican Trading", "PELICAN TRADING CO. LTD.", "Ｐｅｌｉｃａｎ-Trading Company Limited"],
)
def test_a_latin_name_has_one_key_in_any_case_and_with_any_company_form(name):
    assert name_key(name) == "pelicantrading"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Pelican Trading Ltd", "Pelican Trader Ltd"),
        ("Pelican Trading Ltd", "Pelican Trading (HK) Ltd"),
        ("遠洋貿易有限公司", "遠陽貿易有限公司"),
        ("遠洋貿易有限公司", "遠洋貿易有限公司深圳分公司"),
        ("Limited Company", "Company"),
    ],
)
def test_a_near_miss_has_another_key(name, other):
    assert name_key(name) != name_key(other)


def test_a_name_that_is_only_a_company_form_stays_itself():
    assert name_key("Company Ltd") == "companyltd"
    assert name_key("有限公司") == "有限公司"


def test_a_chinese_name_and_its_romanisations_share_a_sound():
    assert set(reading_keys("Wang Daming")) < set(reading_keys("王大明"))
    assert set(reading_keys("wong daai-ming")) < set(reading_keys("王大明"))
    assert reading_keys("Li Na") == []
    assert reading_keys("7 Eleven Stores") == []
    assert reading_keys("王Daming大明") == []
    assert crosses_scripts("王大明", "Wang Daming")
    assert not crosses_scripts("王大明", "汪大鳴")


def test_the_keys_of_a_name_say_how_it_was_written():
    assert name_keys("王大明 Co Ltd")[0] == Key(KeyKind.NAME, "王大明", "王大明 Co Ltd")
    assert {key.kind for key in name_keys("王大明")} == {KeyKind.NAME, KeyKind.READING}
    assert name_keys("A") == []
    assert [key.kind for key in name_keys("同收貨人")] == [KeyKind.NAME]


@pytest.mark.parametrize(
    "text", ["UNKNOWN", "n/a", "Same as Consignee.", "不詳", "同收貨人", "0000 0000"]
)
def test_words_that_say_nothing_are_known_in_every_script(text):
    assert is_placeholder(text)
    assert not is_placeholder(f"{text} Pelican")


@pytest.mark.parametrize(
    ("text", "country", "key"),
    [
        ("2345 6789", "852", "85223456789"),
        ("+852-2345-6789", "86", "85223456789"),
        ("(00852) 23456789", "853", "85223456789"),
        ("２３４５ ６７８９ ext 12", "852", "85223456789"),
        ("2345 6789 轉 12", "852", "85223456789"),
        ("28345678", "853", "85328345678"),
        ("+853 2834 5678", "852", "85328345678"),
        ("138 0013 8001", "852", "8613800138001"),
        ("+86 138 0013 8001", "852", "8613800138001"),
        ("0755-8234 5678", "86", "8675582345678"),
        ("+86 (0)755 8234 5678", "852", "8675582345678"),
        ("+44 20 7946 0958", "852", "442079460958"),
        ("8234 5678", "86", ""),
        ("12345", "86", ""),
        ("12345", "852", ""),
        ("+1 23", "852", ""),
        ("call later", "852", ""),
    ],
)
def test_a_telephone_number_is_one_however_it_is_written(text, country, key):
    assert phone_key(text, country) == key


def test_a_container_is_known_by_its_check_digit():
    assert container_key("CSQU 305438-3") == "csqu3054383"
    assert container_key("CSQU 305438-4") == ""
    assert container_key("CSQX3054383") == ""
    assert container_check("MSKU000008") == 0, "a remainder of ten is written as nought"


def test_plates_waybills_and_identifiers_lose_their_signs_only():
    assert plate_key("粵Z·1234港") == plate_key("粤Z1234港")
    assert plate_key("A 1") == ""
    assert waybill_key("160-1234 5675") == "16012345675"
    assert waybill_key("no number") == waybill_key("12-34") == ""
    assert identifier_key("91440300-ma5xyz") == "91440300ma5xyz"
    assert identifier_key("12") == ""


def test_an_address_keeps_its_numerals_apart():
    assert address_key("Rm 12, 3/F, 5 Kwun Tong Rd") == address_key("ROOM 12 3 FL 5 Kwun Tong Road")
    assert address_key("觀塘道1-2號") != address_key("觀塘道12號")
    assert address_key("深圳灣口岸１２號") == address_key("深圳湾口岸12号")
    assert address_key("HK") == ""


def test_a_mark_is_known_by_its_words_and_a_route_by_all_its_parts():
    assert mark_key("MERIDIAN®") == mark_key("Meridian")
    assert route_key("Guangdong", "Canada", "export", "air") == "guangdong/canada/export/air"
    assert route_key("", "Canada", "export", "air") == ""


def test_every_kind_has_a_weight_and_a_cap():
    assert set(WEIGHTS) == set(KeyKind)
    assert all(0 < weight < 100 for weight in WEIGHTS.values())
    assert {kind: cap_of(kind, 50, 20) for kind in LIMITED_KINDS if cap_of(kind, 50, 20) < 50} == {
        KeyKind.MARK: 20,
        KeyKind.ROUTE: 20,
    }
    assert cap_of(KeyKind.MARK, 10, 20) == 10


def test_strength_is_said_in_words():
    assert score([]) == 0
    assert strength(score([KeyKind.IDENTIFIER])) == Strength.STRONG
    assert strength(score([KeyKind.NAME])) == Strength.FAIR
    assert strength(score([KeyKind.MARK, KeyKind.ROUTE])) == Strength.WEAK
