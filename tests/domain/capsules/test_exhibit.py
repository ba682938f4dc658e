"""The page: three languages, one caution, nothing loaded, nothing run."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.capsules.maker import capsule, sealed_bytes
from tests.domain.matching.strategies import line

from countermark.domain.capsules import words
from countermark.domain.capsules.exhibit import exhibit_html, verified
from countermark.domain.capsules.rerun import Outcome, rerun
from countermark.domain.capsules.seal import capsule_open
from countermark.domain.capsules.trust import Trust
from countermark.domain.capsules.words import Words
from countermark.domain.matching import RULES_VERSION
from countermark.domain.matching.core.features import FAMILIES, FEATURES
from countermark.domain.matching.weights import MODEL


def page(trust=Trust.VOUCHED, model=MODEL, **changes):
    raw = sealed_bytes(**changes)
    sealed = capsule_open(raw)
    return exhibit_html(verified(raw, sealed, trust, rerun(sealed.capsule, model)))


def every_word():
    for table in vars(words).values():
        values = table.values() if isinstance(table, dict) else [table]
        yield from (each for each in values if isinstance(each, Words))


def test_it_says_in_three_languages_that_a_score_is_no_finding():
    soup = BeautifulSoup(page(), "html.parser")
    caution = soup.select_one(".caution")
    assert [each["lang"] for each in caution.select("p")] == ["en", "zh-Hant-HK", "zh-Hans-CN"]
    assert "not a finding" in caution.text
    assert "並非侵權的裁定" in caution.text
    assert "不是对侵权的认定" in caution.text


def test_it_shows_the_line_the_mark_and_points_that_add_up():
    soup = BeautifulSoup(page(), "html.parser")
    assert "ladies' VELUNDR4 handbag 手袋" in soup.text
    assert soup.select("mark")[0].text == "VELUNDR4"
    *parts, total = [float(each.text) for each in soup.select("td.points")]
    assert sum(parts) == pytest.approx(total)
    assert total == pytest.approx(100 * capsule().hit.score, abs=0.005)


@given(st.text(max_size=40))
def test_what_a_declarant_wrote_is_never_markup(text):
    made = text.replace("\x00", "").encode("utf-8", "ignore").decode()
    html = page(one=line(f"<script>{made}</script>", "VELUNDRA", consignee=f"</td>{made}<b>"))
    tags = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _attributes: tags.add(tag)
    parser.feed(html)
    assert not tags & {"script", "b", "img", "link"}


def test_it_loads_nothing():
    assert not re.search(r"src=|url\(|@import|<link|https?:", page())


@pytest.mark.parametrize("trust", list(Trust))
def test_every_state_of_trust_has_its_sentence(trust):
    assert words.TRUSTS[trust].zh_hant.format(node="hk").split("。")[0] in page(trust)


def test_differences_are_listed_and_not_hidden():
    other = replace(MODEL, name="another", start=MODEL.start - 4096)
    html = page(model=other)
    assert "scorecard" in html
    assert (
        words.OUTCOMES[Outcome.DIFFERS_BY_OTHER_RULES].zh_hans.format(
            rules=RULES_VERSION, model="another"
        )
        in html
    )


def test_long_texts_are_cut_around_the_words_that_match():
    html = page(one=line("x" * 900, "VELUNDRA " + "z" * 900, hs_code="420222"))
    assert html.count("[…]") >= 3
    assert "z" * 200 not in html


def test_every_word_stands_in_three_languages_and_fills_the_same_blanks():
    found = list(every_word())
    assert len(found) > 60
    for each in found:
        assert all(each), each
        assert len({tuple(sorted(re.findall(r"\{\w+\}", text))) for text in each}) == 1


def test_every_code_of_the_rules_has_its_words():
    assert set(words.RESEMBLANCES) == set(FAMILIES)
    assert {"start", *(feature.name for feature in FEATURES)} <= set(words.REASONS)


def test_neither_chinese_borrows_from_the_other():
    hant, hans = (
        re.compile("[个们时会对关开单发处说认这还进过种类线级统计报]"),
        re.compile("[個們時會對關開單發處說認這還進過種類線級統計報]|檔案|資料|當"),
    )
    assert [w.zh_hant for w in every_word() if hant.search(w.zh_hant)] == []
    assert [w.zh_hans for w in every_word() if hans.search(w.zh_hans)] == []
