"""Marks and lines for properties."""

from hypothesis import strategies as st

from countermark.domain.matching import Line, RecordedMark

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
LATIN = st.text(alphabet="abdegiklmnorstuvxyz", min_size=2, max_size=14)
HAN = st.text(alphabet="耐克阿迪达斯劳力士奥运华为路易威登", min_size=2, max_size=6)


def mark(word="Nike", hans="", hant="", *, right_id="1", classes=(25,), parties=()):
    """Return a recorded mark with plain defaults."""
    return RecordedMark(
        right_id=right_id,
        kind="trade-mark",
        word=word,
        word_zh_hans=hans,
        word_zh_hant=hant,
        nice_classes=tuple(classes),
        holder="Meridian Holdings",
        authorised_parties=tuple(parties),
    )


def line(description="", brand="", **values):
    """Return a declaration line of shoes with plain defaults."""
    values = {"line_id": "7", "hs_code": "64039900"} | values
    return Line(goods_description=description, declared_brand=brand, **values)


MARKS = st.lists(
    st.builds(mark, word=LATIN, hans=HAN, hant=st.just("")), min_size=1, max_size=6
).map(lambda marks: [mark(m.word, m.word_zh_hans, right_id=str(i)) for i, m in enumerate(marks)])
