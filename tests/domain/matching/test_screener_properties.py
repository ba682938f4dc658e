"""What holds for every register and every line."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.matching.strategies import ANY_TEXT, HAN, LATIN, MARKS, line, mark
from tests.reference.cues import names_no_brand

from countermark.domain.matching import Background, Context, Line, Screener
from countermark.domain.matching.core.columns import columns_of
from countermark.domain.matching.core.screen import RESEMBLANCE, SPAN_END, SPAN_START
from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import tokenise

LINES = st.builds(Line, line_id=st.just("1"), goods_description=ANY_TEXT, declared_brand=ANY_TEXT)


def as_written(hit, of):
    return getattr(of, hit.field)[slice(*hit.span)]


@given(st.lists(ANY_TEXT, min_size=1, max_size=4), LINES)
def test_screening_never_fails_and_spans_slice_the_original(words, one):
    marks = [mark(word, word, word, right_id=str(n)) for n, word in enumerate(words)]
    for hit in Screener(marks, Context(Background.of([one] * 9))).screen(one):
        assert hit.matched == as_written(hit, one)
        assert 0 <= hit.score <= 1


@given(MARKS, st.data())
def test_contributions_add_up_to_the_score(marks, data):
    word = data.draw(st.sampled_from(marks)).word
    template = data.draw(
        st.sampled_from(["{}", "shoes {} 12", "BRAND: {}", "for {}", "{}x", "a{}"])
    )
    one = line(template.format(word), data.draw(st.sampled_from(["", word, "other"])))
    for hit in Screener(marks).screen(one):
        assert round(sum(part.points for part in hit.contributions), 4) == hit.score


@given(ANY_TEXT)
def test_a_mark_finds_itself(word):
    written = line("", word)
    if names_no_brand(word) or not tokenise(folded_text(word)):
        return
    hits = Screener([mark(word)]).screen(written)
    hans = [token for token in tokenise(folded_text(word)) if token.han]
    if len(hans) in {0, len(tokenise(folded_text(word)))}:
        assert hits
        assert hits[0].resemblance == "exact"


@given(LATIN, HAN, st.sampled_from(["BRAND: {} 12", "{} shoes", "x/{}/y"]))
def test_a_mark_finds_itself_within_a_line(latin, han, template):
    screener = Screener([mark(latin, han)])
    for word in (latin, han):
        text = template.format(word)
        exact = [
            row for row in screener.matrix(columns_of([line(text)])).rows if not row[RESEMBLANCE]
        ]
        assert word in {text[row[SPAN_START] : row[SPAN_END]] for row in exact}


@given(MARKS, LINES, st.data())
def test_authorising_a_party_never_raises_a_score(marks, one, data):
    one = replace(one, goods_description=f"shoes {marks[0].word}", consignor="Meridian Trading")
    before = Screener(marks).screen(one)
    chosen = data.draw(st.integers(0, len(marks) - 1))
    marks[chosen] = replace(marks[chosen], authorised_parties=("MERIDIAN TRADING",))
    after = Screener(marks).screen(one)
    assert [(h.right_id, h.score) for h in after] == [(h.right_id, h.score) for h in before]
    assert all(a.excused or not b.excused for a, b in zip(after, before, strict=True))


@given(MARKS, st.lists(LINES, max_size=5))
def test_what_was_screened_before_does_not_matter(marks, lines):
    used, fresh = Screener(marks), Screener(marks)
    for one in lines:
        used.screen(one)
    last = line(f"shoes {marks[0].word}pro", marks[-1].word)
    assert used.screen(last) == fresh.screen(last)
