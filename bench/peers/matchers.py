"""Fuzzy peers in this process: the words of a register in, the best matches of windows out."""

# ruff: noqa: PLC0415 - a peer's package is imported where the peer runs

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.peers.windows import Window

Found = list[tuple[int, float]]
Find = Callable[[Sequence[Window]], list[Found]]
"""For every window, the words (as positions) it may be, with a similarity from 0 to 1."""

BEST = 3
"""Words kept for one window."""
SHORTLIST = 10
"""Words that a full-text index proposes and an edit ratio then ranks."""


def squeezed(words: Sequence[str]) -> list[str]:
    """Return words without the blanks between their parts."""
    return [word.replace(" ", "") for word in words]


def rapidfuzz(words: Sequence[str]) -> Find:
    """Compare every window with every word: normalised indel ratio of at least 0.8."""
    from rapidfuzz import fuzz, process

    keys = squeezed(words)

    def find(windows: Sequence[Window]) -> list[Found]:
        return [
            [
                (at, score / 100)
                for _, score, at in process.extract(
                    window.key, keys, scorer=fuzz.ratio, score_cutoff=80, limit=BEST
                )
            ]
            for window in windows
        ]

    return find


def tfidf(words: Sequence[str], best: int = BEST) -> Find:
    """Cosine of TF-IDF vectors of two to four letters, multiplied by sparse_dot_topn."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), dtype=np.float32)
    table = vectoriser.fit_transform(words).T.tocsr()

    def find(windows: Sequence[Window]) -> list[Found]:
        if not windows:
            return []
        asked = vectoriser.transform([window.text for window in windows])
        near = sp_matmul_topn(asked, table, top_n=best, threshold=0.5, sort=True)
        rows = zip(near.indptr[:-1], near.indptr[1:], strict=True)
        return [
            [(int(near.indices[i]), float(near.data[i])) for i in range(first, last)]
            for first, last in rows
        ]

    return find


def tantivy(words: Sequence[str]) -> Find:
    """Ask a Tantivy index of trigrams (BM25), rank its shortlist by edit ratio."""
    import tantivy as engine
    from rapidfuzz.fuzz import ratio

    keys = squeezed(words)
    grams = (engine.TextAnalyzerBuilder(engine.Tokenizer.ngram(min_gram=2, max_gram=3))).build()
    schema = engine.SchemaBuilder()
    schema.add_text_field("word", tokenizer_name="grams", index_option="freq")
    schema.add_unsigned_field("at", stored=True)
    schema = schema.build()
    index = engine.Index(schema)
    index.register_tokenizer("grams", grams)
    writer = index.writer(num_threads=1)
    for at, key in enumerate(keys):
        writer.add_document(engine.Document(word=key, at=at))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def one(window: Window) -> Found:
        terms = dict.fromkeys(grams.analyze(window.key))
        query = engine.Query.boolean_query(
            [(engine.Occur.Should, engine.Query.term_query(schema, "word", t)) for t in terms]
        )
        hits = searcher.search(query, limit=SHORTLIST, count=False).hits
        ids = [searcher.doc(address)["at"][0] for _, address in hits]
        return ranked([(at, ratio(window.key, keys[at]) / 100) for at in ids])

    return lambda windows: [one(window) for window in windows]


def fts5(words: Sequence[str]) -> Find:
    """Ask an SQLite FTS5 index of trigrams (BM25), rank its shortlist by edit ratio."""
    import sqlite3

    from rapidfuzz.fuzz import ratio

    keys = squeezed(words)
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table marks using fts5(word, tokenize='trigram')")
    base.executemany("insert into marks(rowid, word) values (?, ?)", enumerate(keys))
    query = "select rowid from marks where word match ? order by rank limit ?"

    def one(window: Window) -> Found:
        key = window.key.replace('"', "")
        grams = dict.fromkeys(key[i : i + 3] for i in range(len(key) - 2))
        if not grams:
            return []
        text = " OR ".join(f'"{gram}"' for gram in grams)
        ids = [row[0] for row in base.execute(query, (text, SHORTLIST))]
        return ranked([(at, ratio(window.key, keys[at]) / 100) for at in ids])

    return lambda windows: [one(window) for window in windows]


def duckdb(words: Sequence[str]) -> Find:
    """Join on the first two letters in DuckDB, rank by Jaro-Winkler of at least 0.85."""
    import duckdb as engine
    import pyarrow as pa

    base = engine.connect(config={"threads": 1})
    keys = pa.table({"mark": range(len(words)), "word": squeezed(words)})
    base.register("given", keys)
    base.execute("create table marks as select mark, word, word[1:2] as block from given")
    query = """
        select n, mark, jaro_winkler_similarity(key, word) as score
        from asked join marks on asked.key[1:2] = marks.block
         and abs(length(key) - length(word)) <= 3
        where score >= 0.85
        qualify row_number() over (partition by n order by score desc, mark) <= 3
        order by n, score desc, mark"""

    def find(windows: Sequence[Window]) -> list[Found]:
        found: list[Found] = [[] for _ in windows]
        keys = [window.key for window in windows]
        asked = pa.table({"n": range(len(keys)), "key": keys})
        base.register("asked", asked)
        for n, mark, score in base.execute(query).fetchall():
            found[n].append((mark, score))
        return found

    return find


def logic_v2(words: Sequence[str]) -> Find:
    """Rank the TF-IDF shortlist with OpenSanctions' current matcher."""
    from nomenklatura.matching import LogicV2

    return _opensanctions(words, LogicV2)


def logic_v1(words: Sequence[str]) -> Find:
    """Rank the TF-IDF shortlist with OpenSanctions' earlier matcher."""
    from nomenklatura.matching import LogicV1

    return _opensanctions(words, LogicV1)


def _opensanctions(words: Sequence[str], matcher: object) -> Find:
    from followthemoney import EntityProxy

    # Ids must differ: the matcher remembers entities by id and would answer for another one.
    def entity(name: str, text: str) -> EntityProxy:
        data = {"id": name, "schema": "Company", "properties": {"name": [text]}}
        return EntityProxy.from_dict(data)

    config = matcher.default_config()
    shortlist = tfidf(words)
    entities = [entity(f"mark-{at}", word) for at, word in enumerate(words)]
    asked = 0

    def find(windows: Sequence[Window]) -> list[Found]:
        nonlocal asked
        found = []
        for window, near in zip(windows, shortlist(windows), strict=True):
            asked += 1
            query = entity(f"window-{asked}", window.text) if near else None
            scores = [(at, matcher.compare(query, entities[at], config).score) for at, _ in near]
            found.append(ranked(scores))
        return found

    return find


def ranked(found: Found) -> Found:
    """Return the best of a shortlist, best first, nothing under one half."""
    kept = [pair for pair in found if pair[1] >= 0.5]
    return sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:BEST]
