"""The compiled screener gives what the plain one gives: hits, spans, contributions, excuses."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.domain.matching.strategies import ANY_TEXT, line, mark
from tests.reference import background as plain_background
from tests.reference import screener as plain
from tests.reference.features import facts_of

from countermark.domain.matching import Background, Context, Line, Screener
from countermark.domain.matching.core.columns import columns_of
from countermark.domain.matching.core.features import FACTS
from countermark.domain.matching.core.resemblance import RESEMBLANCES
from countermark.domain.matching.core.screen import MARK, RESEMBLANCE, SPAN_END, SPAN_START

NAMES = [
    "Nike",
    "Mike",
    "Nikes",
    "Adidas",
    "Louis Vuitton",
    "Case",
    "Apple Pie",
    "A1",
    "7",
    "Quiksilver",
]
HAN = ["耐克", "耐客", "阿迪达斯", "阿迪達斯", "路易威登", "劳力士", "三星", "奥运会", ""]
PARTIES = ["Nike (China) Co., Ltd.", "NIKE CHINA COMPANY LIMITED", "耐克體育", "耐克体育", "", "A"]
BRANDS = ["", " ", "NO BRAND", "无品牌", "NIKE", "for Case"]
WORDS = [
    *("NIKE", "N1KE", "n i k e", "Νіке", "nikepro", "xadidas", "ADIDSA", "adid", "LOUISVUITTON"),
    *("kwiksilver", "Case", "case", "apple", "pie", "for", "BRAND:", "brand", "(", ")", "/", "，"),
    *(
        "耐克",
        "耐 客",
        "阿迪大斯",
        "naike",
        "lou lik si",
        "品牌:",
        "适用于",
        "牌",
        "®",
        "7",
        "24",
        "S0CKS",
    ),
    *("\u200b", "é", "\ud800", "\0", "|", "$ony", "!", "ǅ", "𠀀", "ﷺ", "-", "compatible with"),
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
    ANY_TEXT,
)
LINES = st.builds(
    Line,
    line_id=st.sampled_from("ab"),
    goods_description=TEXTS,
    declared_brand=st.one_of(
        st.sampled_from(["", " ", "NO BRAND", "无品牌", "NIKE", "for Case"]), TEXTS
    ),
    hs_code=st.sampled_from(["", "6403", "64.03", "9", "99", "८५", "85a17"]),
    consignor=st.sampled_from(PARTIES),
    consignee=st.sampled_from(PARTIES),
)
MARKS = st.lists(
    st.builds(
        mark,
        word=st.one_of(st.sampled_from(NAMES), ANY_TEXT),
        hans=st.sampled_from(HAN),
        hant=st.sampled_from(HAN),
        classes=st.lists(st.integers(0, 46), max_size=3),
        parties=st.lists(st.sampled_from(PARTIES), max_size=2),
    ),
    max_size=12,
).map(lambda marks: [replace(one, right_id=f"{9 - at}") for at, one in enumerate(marks)])


def both(marks, lines):
    """Return the compiled and the plain screener of some marks that know the usage in lines."""
    context = Context(Background.of(lines))
    other = plain.Context(plain_background.Background.of(lines))
    return Screener(marks, context), plain.Screener(marks, other)


@given(MARKS, st.lists(LINES, min_size=1, max_size=6), st.integers(1, 6), st.booleans())
@example([mark("A" * 300), mark("耐" * 20)], [line("A" * 300 + " " + "耐" * 20)], 5, False)
def test_the_hits_are_those_of_the_plain_screener(marks, lines, top, informed):
    fast, slow = both(marks, 9 * lines if informed else [])
    expected = [hit for one in lines for hit in slow.screen(one, top)]
    assert fast.screen_lines(lines, top) == expected
    assert [hit for one in lines for hit in fast.screen(one, top)] == expected


@given(MARKS, st.lists(LINES, min_size=1, max_size=4), st.sampled_from(["none", "others", "all"]))
def test_every_finding_has_the_facts_of_the_plain_screener(marks, lines, known):
    one = lines[0]
    stream = {"none": [], "others": 9 * lines[1:], "all": 9 * lines}[known]
    fast, slow = both(marks, stream)
    matrix = fast.matrix(columns_of([one]))
    found = [
        (int(row[MARK]), RESEMBLANCES[row[RESEMBLANCE]], dict(zip(FACTS, facts, strict=True)))
        for row, facts in zip(matrix.rows, matrix.facts.tolist(), strict=True)
    ]
    texts = {text.field: text for text in plain_background.texts_of(one)}
    expected = slow.findings(one, texts.values())
    counted = plain_background.own_key(one) in slow.context.background.occurs
    facts = facts_of(expected, texts, slow.context.background, counted=counted)
    assert found == [
        (each.match.form.mark, each.match.resemblance, dict(zip(FACTS, row, strict=True)))
        for each, row in zip(expected, facts, strict=True)
    ]
    assert all(row[SPAN_START] < row[SPAN_END] for row in matrix.rows)


@given(MARKS, LINES, st.data())
def test_marks_that_are_not_looked_for_are_as_good_as_not_recorded(marks, one, data):
    chosen = data.draw(st.lists(st.booleans(), min_size=len(marks), max_size=len(marks)))
    active = np.array(chosen, np.uint8)
    few = Screener([each for each, wanted in zip(marks, chosen, strict=True) if wanted])
    assert Screener(marks).screen_lines([one], active=active) == few.screen(one)


@given(MARKS, MARKS, LINES, st.data())
def test_a_changed_register_is_as_good_as_a_new_one(marks, more, one, data):
    withdrawn = data.draw(st.lists(st.sampled_from("0123456789"), max_size=3))
    changed = Screener(marks).changed(more, withdrawn)
    kept = {each.right_id: each for each in marks if each.right_id not in withdrawn}
    new = Screener((kept | {each.right_id: each for each in more}).values())
    assert changed.screen(one) == new.screen(one)
    assert changed.version == new.version
    assert changed.found(one) == new.found(one)


EXTREMES = {
    **{"empty": "", "letter": "n", "character": "耐", "surrogate": "\ud800"},
    **{"words": "nike " * 60, "others": "socks " * 5_000, "one word": "n" * 100_000},
    **{"characters": "耐" * 500, "apart": "耐 " * 500, "letters": "x " * 3_000},
}
"""Fields at the limits; few findings in each, because the plain screener compares all of them."""


@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES)
def test_fields_of_any_length_give_the_hits_of_the_plain_screener(text):
    fast, slow = both([mark("Nike", "耐克耐克"), mark("N", right_id="2")], [])
    for one in (line(text), line("", text[:300]), line(f"{text} BRAND: Nike")):
        assert fast.screen(one) == slow.screen(one)
