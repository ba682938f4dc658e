"""Whatever the name: how it is written does not matter, and one thing more never weakens a link."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.correlation import (
    KeyKind,
    address_key,
    container_check,
    container_key,
    name_key,
    phone_key,
    score,
)

PAIRS = list(
    zip("貿國際龍東廣灣運業華車門馬達電訊", "贸国际龙东广湾运业华车门马达电讯", strict=True)
)
HAN = st.lists(st.sampled_from(PAIRS), min_size=2, max_size=8)
WORDS = st.lists(st.text("bcdfghjkqvwxyz", min_size=4, max_size=9), min_size=1, max_size=4)
HAN_FORM = st.sampled_from(["", "有限公司", "有限責任公司", "股份有限公司", "（有限公司）"])
LATIN_FORM = st.sampled_from(["", " Ltd", " Co., Ltd.", " COMPANY LIMITED", " Inc"])
KINDS = st.lists(st.sampled_from(list(KeyKind)), max_size=12)


@given(HAN, HAN_FORM, HAN_FORM)
def test_traditional_simplified_and_company_forms_give_one_key(pairs, form, other):
    traditional = "".join(pair[0] for pair in pairs) + form
    simplified = "".join(pair[1] for pair in pairs) + other
    assert name_key(traditional) == name_key(simplified)


@given(WORDS, LATIN_FORM, LATIN_FORM)
def test_case_and_company_forms_of_latin_names_give_one_key(words, form, other):
    assert name_key(" ".join(words) + form) == name_key("-".join(words).upper() + other)


@given(HAN, st.data())
def test_one_character_more_gives_another_key(pairs, data):
    name = "".join(pair[0] for pair in pairs)
    place = data.draw(st.integers(0, len(name)))
    assert name_key(name) != name_key(f"{name[:place]}鵬{name[place:]}")


@given(st.text(max_size=60))
def test_any_text_at_all_can_be_asked(text):
    assert isinstance(name_key(text), str)
    assert isinstance(address_key(text), str)
    assert isinstance(phone_key(text, "852"), str)


@given(st.integers(20_000_000, 99_999_999), st.sampled_from(["852", "853"]))
def test_a_number_is_one_with_and_without_its_country(number, country):
    said = str(number)
    assert phone_key(f"+{country} {said[:4]} {said[4:]}", "86") == phone_key(said, country)


@given(st.integers(0, 999_999), st.integers(0, 9))
def test_only_the_right_check_digit_makes_a_container(serial, digit):
    body = f"msku{serial:06d}"
    assert bool(container_key(f"{body}{digit}")) == (container_check(body) == digit)


@given(KINDS, st.sampled_from(list(KeyKind)))
def test_a_key_more_never_weakens_a_link(kinds, more):
    assert 0 <= score(kinds) <= score([*kinds, more]) <= 100
