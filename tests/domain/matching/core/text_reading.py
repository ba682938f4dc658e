"""How the tests read a field with the core and with plain Python, and hostile fields to read."""

from typing import NamedTuple

from hypothesis import strategies as st
from tests.reference.windows import NO_NEEDS, Needs, Text

from countermark.domain.matching.core import buffers, text, windows
from countermark.domain.matching.core.chars import char_tables, points_of
from countermark.domain.matching.core.hashing import Points, hash_of
from countermark.domain.matching.core.phrases import (
    BRAND_WORDS,
    BRAND_WORDS_HAN,
    COUNTED,
    NAME_WORDS,
    NO_BRAND,
    REFERENTIAL,
    REFERENTIAL_HAN,
)

PHRASES = [
    *BRAND_WORDS,
    *BRAND_WORDS_HAN,
    *NAME_WORDS,
    *sorted(NO_BRAND),
    *REFERENTIAL,
    *REFERENTIAL_HAN,
    *COUNTED,
    *("NIKE", "Adidas Air", "a b c d e f g h i", "20 CTNS", "ctns", "x", "耐克", "耐 克 士"),
    *("adid@s", "$ony", "a|b", "!!", "@@@", "(r)", "(tm)", "®", "™", "is", "为", "是", "号"),
    *(" ", "  ", " - ", "-", ":", ": ", "(", ")", '"', "'", "[", "]", "<", ">", "「", "」", "="),
    *("_", ".", ",", "|", "||", "·", "~", "…", "﷽", "ﷺ", "Ⅷ", "①", "½", "ß", "İ", "ǅ", "/"),
    *("\u0000", "\ud800", "\udfff", "\u200b", "\n", "\t", "ＮＩＫＥ", "نايك", "Ñ", "НІКЕ", "🅰"),
    *(" " * 27, " " * 28, " " * 29, "-" * 28, "x" * 45, "克" * 12, "克 " * 12, "e\u0301"),
    *("branded", "劳力士", "ΝΙΚΕ", "brand: ", "made in "),
]
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(PHRASES),
        st.text(st.characters(exclude_categories=()), max_size=6),
        st.text("abN ik耐克,-:()@", max_size=6),
    ),
    max_size=14,
).map("".join)
_SIZES = st.lists(st.integers(1, 6), min_size=1, max_size=7).map(tuple)
NEEDS = st.builds(
    Needs,
    pieces=st.lists(_SIZES, max_size=4, unique=True).map(sorted).map(tuple),
    han_lengths=st.lists(st.integers(9, 14), max_size=3, unique=True).map(sorted).map(tuple),
)


class Reading(NamedTuple):
    """A field read by the core, and what it was read from."""

    points: Points
    lo: int
    text: buffers.TextBuffer
    needs: buffers.Needs


def read(value: str, needs: Needs = NO_NEEDS, *, brand: bool = False) -> Reading:
    """Return a field read by the core from among other texts."""
    points = points_of("Xx" + value + "Yy")
    arrays = buffers.needs_of(needs.pieces, needs.han_lengths)
    room = text.folded_size(points, 2, 2 + len(value), char_tables())
    buffer = buffers.new_text(room, arrays)
    text.read_text(points, 2, 2 + len(value), brand, char_tables(), buffer)
    return Reading(points, 2, buffer, arrays)


def plain(value: str, *, brand: bool = False) -> Text:
    """Return the field as plain Python reads it."""
    return Text.of("declared_brand" if brand else "goods_description", value)


def written(points: Points) -> str:
    """Return code points as a text."""
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def windows_of(reading: Reading):
    """Return the windows of a field as tuples, with the hash of each, portion by portion."""
    buffer, found = reading.text, []
    while True:
        count = windows.find_windows(buffer, reading.needs)
        for row, number in zip(buffer.rows[:count].tolist(), buffer.hashes[:count], strict=True):
            start, end, key, key_end, sizes, sizes_end, han, strong = row
            found.append(
                (
                    (start, end, written(buffer.points[key:key_end])),
                    (tuple(buffer.pieces[sizes:sizes_end].tolist()), bool(han), bool(strong)),
                    int(number),
                )
            )
        if not windows.more(buffer):
            return found


def plain_windows(field: Text, needs: Needs):
    """Return the windows of a field by plain Python, as ``windows_of`` does."""
    return [
        (
            (one.start, one.end, one.key),
            (one.pieces, one.han, one.strong),
            int(hash_of(points_of(one.key), 0, len(one.key))),
        )
        for one in field.windows(needs)
    ]
