"""How the tests ask the core's index and the plain one, and registers and windows to ask with."""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from tests.reference.index import Index as PlainIndex
from tests.reference.windows import Text, Window

from countermark.domain.matching.core.chars import char_tables, points_of
from countermark.domain.matching.core.memo import Memo, new_memo
from countermark.domain.matching.core.registered import Index
from countermark.domain.matching.core.resemblance import DETAILS, MOST_CHANGED, RESEMBLANCES
from countermark.domain.matching.core.search import search
from countermark.domain.matching.core.work import Work, new_work
from countermark.domain.matching.types import RecordedMark

SMALL = st.text("abcehiknostuwxy", min_size=1, max_size=14)
SPELLINGS = st.sampled_from(
    [
        *("Nike", "Nyke", "Phillips", "Filips", "Quicksilver", "Kwikzilver", "Samsung", "5amsung"),
        *("Adidas", "Addidas", "Adiads", "ADID@S", "Knight Watch", "Xerox", "Tchibo", "Schibo"),
        *("Louis Vuitton", "Luois Viutton", "Louisvuiton", "Naike", "Laolishi", "Nago", "Wrangler"),
        *("A B C D E F", "a-b-c-d-e-f-g", "one two three four five six", "x" * 41, "y" * 40),
        *(
            "888",
            "42",
            "7",
            "é",
            "Ⅷ",
            "①②③④",
            "½½½½½",
            "ﷺﷺ",
            "a\ud800b",
            "\udfff",
            "\u0000",
            "ĳsberg",
        ),
        *(
            "耐克",
            "耐 克",
            "奈克",
            "勞力士",
            "劳力士",
            "老力士",
            "劳 力 士",
            "劳力土",
            "阿迪达斯",
            "阿迪打斯",
        ),
        *(
            "重庆长安",
            "重慶長安",
            "行長樂",
            "銀行",
            "〇〇",
            "々々",
            "𠮷野家",
            "中国人民共和国大饭店股份有限公司",
        ),
        *("aabbccdd", "abababab", "aaaaaaaa", "baaaaaaa", "abcdefgh", "abcdefghi", "abcdefghij"),
    ]
)
ODD = st.text(st.characters(exclude_categories=()), max_size=9)
HAN = st.text("耐克阿迪达斯劳力士奥运华为路易威登行长乐重", min_size=1, max_size=9)
WORD = st.one_of(
    st.just(""), SMALL, SPELLINGS, ODD, HAN, st.lists(SPELLINGS, max_size=3).map(" ".join)
)


def recorded(right_id: str, word: str, hans: str = "", hant: str = "") -> RecordedMark:
    """Return a mark of which only the words matter."""
    return RecordedMark(right_id, "trade-mark", word, hans, hant, (25,), "Meridian", ())


MARKS = st.lists(st.tuples(WORD, WORD, WORD), max_size=8).map(
    lambda rows: [recorded(str(at), *row) for at, row in enumerate(rows)]
)


@st.composite
def nearby(draw, words: list[str]) -> str:
    """Return a text that is some word of the register, changed a little or not."""
    word = draw(st.sampled_from(words)) if words else draw(WORD)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(word)))
        change = draw(st.sampled_from(("insert", "delete", "swap", "blank", "cut", "glue")))
        letter = draw(st.sampled_from("aeinskx1@0$ 耐士"))
        word = {
            "insert": word[:at] + letter + word[at:],
            "delete": word[:at] + word[at + 1 :],
            "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            "blank": word[:at] + " " + word[at:],
            "cut": word[: max(0, len(word) - 2)],
            "glue": word + letter + "pro",
        }[change]
    return word


@st.composite
def registers_and_lines(draw) -> tuple[list[RecordedMark], list[str]]:
    """Return a register and texts that are like its marks, or like anything."""
    marks = draw(MARKS)
    words = [word for m in marks for word in (m.word, m.word_zh_hans, m.word_zh_hant) if word]
    return marks, draw(st.lists(st.one_of(nearby(words), WORD), max_size=6))


class Asked(NamedTuple):
    """An index with what is needed to ask it."""

    index: Index
    memo: Memo
    work: Work


def asked(index: Index, *, places: int = 1 << 8) -> Asked:
    """Return an index ready to be asked, with a memo of so many places."""
    return Asked(index, new_memo(places), new_work(index.arrays))


def matches(core: Asked, window: Window, *, exact_only: bool = False) -> list[tuple[object, ...]]:
    """Return what the core finds for a window: mark, key of the form, what, edits and detail."""
    key, pieces = points_of("??" + window.key), np.array((0, *window.pieces), dtype=np.int32)
    found = search(
        core.index.arrays,
        char_tables(),
        core.memo,
        core.work,
        key,
        2,
        len(key),
        pieces,
        1,
        len(pieces),
        window.han,
        window.strong,
        exact_only,
    )
    forms = core.index.arrays.forms
    rows = core.work.out[:found].tolist()
    return [
        (
            int(forms.mark[form]),
            forms.points[forms.starts[form] : forms.starts[form + 1]].tobytes(),
            RESEMBLANCES[resemblance],
            edits,
            DETAILS[detail],
        )
        for form, resemblance, edits, detail in rows
    ]


def plain_matches(
    index: PlainIndex, window: Window, *, exact_only: bool = False
) -> list[tuple[object, ...]]:
    """Return the same from the plain index."""
    return [
        (
            match.form.mark,
            points_of(match.form.key).tobytes(),
            match.resemblance,
            match.distance,
            _capped(match.detail) if match.resemblance == "han-homophone" else match.detail,
        )
        for match in index.matches(window, exact_only=exact_only)
    ]


def _capped(detail: str) -> str:
    changed, _, size = detail.partition("-of-")
    return f"{min(int(changed), MOST_CHANGED)}-of-{size}"


def windows_of(texts: list[str], index: PlainIndex) -> list[Window]:
    """Return the windows of texts, once in a description and once in a brand field."""
    fields = ("goods_description", "declared_brand")
    return [
        window
        for value in texts
        for field in fields
        for window in Text.of(field, value).windows(index.needs)
    ]
