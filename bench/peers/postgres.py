"""The pg_trgm peer: a real PostgreSQL with a GIN index of trigrams, in a cluster of its own."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from contextlib import ExitStack

import psycopg
from tools.postgres import cluster

from bench.peers.matchers import Find, Found, squeezed
from bench.peers.windows import Window

LEAST_SIMILARITY = 0.45

_QUERY = """
    select n, at, score from asked cross join lateral (
        select at, similarity(word, key) as score from marks where word % key
        order by score desc, at limit 3
    ) as near order by n, score desc, at"""


def pg_trgm(words: Sequence[str]) -> Find:
    """Ask with the ``%`` operator for words of at least 0.45 trigram similarity."""
    stack = ExitStack()
    address = stack.enter_context(cluster())
    atexit.register(stack.close)  # only now: it must run before the cluster's folder is removed
    with psycopg.connect(address, autocommit=True) as first:
        # In the C locale pg_trgm takes Chinese characters for punctuation.
        first.execute("create database bench template template0 locale 'C.UTF-8'")
    address = address.replace("/postgres?", "/bench?")
    base = stack.enter_context(psycopg.connect(address, autocommit=True))
    base.execute("create extension pg_trgm")
    base.execute("create table marks (at int, word text)")
    _fill(base, "marks", list(enumerate(squeezed(words))))
    base.execute("create index on marks using gin (word gin_trgm_ops)")
    base.execute("analyze marks")
    base.execute(f"set pg_trgm.similarity_threshold = {LEAST_SIMILARITY}")
    base.execute("set max_parallel_workers_per_gather = 0")
    base.execute("create temp table asked (n int, key text)")

    def find(windows: Sequence[Window]) -> list[Found]:
        found: list[Found] = [[] for _ in windows]
        base.execute("truncate asked")
        _fill(base, "asked", [(n, window.key) for n, window in enumerate(windows)])
        for n, at, score in base.execute(_QUERY):
            found[n].append((at, score))
        return found

    return find


def _fill(base: psycopg.Connection, table: str, rows: Sequence[tuple[int, str]]) -> None:
    with base.cursor().copy(f"copy {table} from stdin") as copy:
        for row in rows:
            copy.write_row(row)
