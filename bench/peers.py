"""Peers that run beside Countermark on the same lines: an exact scan and a fuzzy matcher.

Both get Countermark's folding, read the same CSV file and write hits of the same form. Neither has
context, for that is what they are: what a plain tool finds.
"""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.corpora import read_register
from countermark.domain.matching.forms import forms_of
from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import tokenise

Find = Callable[[str], dict[str, float]]


@dataclass(frozen=True)
class Run:
    """What one contender did: lines, seconds by the clock and of a core, and its hits."""

    name: str
    lines: int
    elapsed_s: float
    cpu_s: float
    hits: Path

    @property
    def rate(self) -> float:
        return self.lines / self.elapsed_s

    @property
    def cpu_rate(self) -> float:
        return self.lines / self.cpu_s


def words_of(corpus: Path) -> dict[str, list[str]]:
    """Return every folded word of the register with the rights that bear it."""
    words: dict[str, list[str]] = {}
    for at, mark in enumerate(read_register(corpus)):
        for form in forms_of(at, mark):
            words.setdefault(form.key, []).append(mark.right_id)
    return words


def exact_scan(corpus: Path) -> Find:
    """Return an Aho-Corasick scan of folded text for folded words, at word boundaries."""
    import ahocorasick_rs  # noqa: PLC0415 - the benchmark's own requirement

    words: dict[str, list[str]] = {}
    for at, mark in enumerate(read_register(corpus)):
        for form in forms_of(at, mark):
            text = form.key if form.han else " ".join(_pieces(form.key, form.pieces))
            words.setdefault(text, []).append(mark.right_id)
    texts = list(words)
    automaton = ahocorasick_rs.AhoCorasick(texts)

    def find(text: str) -> dict[str, float]:
        folded = folded_text(text)
        found: dict[str, float] = {}
        for at, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
            if _bounded(folded, start, end):
                for right in words[texts[at]]:
                    found[right] = min(1.0, (end - start) / 20)
        return found

    return find


def fuzzy_matcher(corpus: Path) -> Find:
    """Return rapidfuzz's best matches of every window of one to three words."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    words = words_of(corpus)
    texts = list(words)
    memo: dict[str, list[tuple[str, float]]] = {}

    def find(text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for window in set(_windows(folded_text(text))):
            if window not in memo:
                best = process.extract(window, texts, scorer=fuzz.ratio, score_cutoff=80, limit=3)
                memo[window] = [(word, score / 100) for word, score, _ in best]
            for word, score in memo[window]:
                for right in words[word]:
                    found[right] = max(found.get(right, 0.0), score)
        return found

    return find


def run(name: str, corpus: Path, make: Callable[[Path], Find], *, lines: int, out: Path) -> Run:
    """Build one peer, run it over the first ``lines`` lines and write its hits."""
    find = make(corpus)
    started, used = time.perf_counter(), time.process_time()
    count = 0
    source = (corpus / "declarations.csv").open(newline="", encoding="utf-8")
    with source as file, out.open("w", encoding="utf-8") as hits:
        for row in islice(csv.DictReader(file), lines):
            count += 1
            found = find(f"{row['goods_description']} | {row['declared_brand']}")
            best = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
            for right, score in best:
                record = {"line_id": row["line_id"], "right_id": right, "score": score}
                hits.write(json.dumps(record) + "\n")
    elapsed, cpu = time.perf_counter() - started, time.process_time() - used
    return Run(name, count, elapsed, cpu, out)


def _pieces(key: str, sizes: tuple[int, ...]) -> Iterator[str]:
    start = 0
    for size in sizes:
        yield key[start : start + size]
        start += size


def _bounded(text: str, start: int, end: int) -> bool:
    if not text[start].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _windows(folded: str) -> Iterator[str]:
    tokens = tokenise(folded)
    for at, token in enumerate(tokens):
        if token.han:
            for size in range(2, 6):
                for start in range(len(token.text) - size + 1):
                    yield token.text[start : start + size]
            continue
        joined = ""
        for other in tokens[at : at + 3]:
            if other.han:
                break
            joined += other.text
            if len(joined) >= 3:
                yield joined
