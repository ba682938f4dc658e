"""Findings of corpora, rows of facts and whether each is right: what the training learns from."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np

from bench.corpora import make_corpus, read_gold, read_lines, read_register
from countermark.domain.matching.core.background import Background
from countermark.domain.matching.core.columns import columns_of
from countermark.domain.matching.core.features import FACTS
from countermark.domain.matching.screener import Context, Screener
from countermark.domain.matching.types import Line

SHAPES = ("{name}", "{goods} {name}", "{name} {goods}", "{goods}, {name}")
"""How short lines are written."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus to make: seed and sizes, and how many of its first lines tell the usage.

    Of a ``short`` one the lines after those are cut down to a name and a word or two.
    """

    seed: str
    marks: int
    lines: int
    learned: int
    short: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Findings to learn from: facts, whether each is right, and which mark and line it is of."""

    facts: np.ndarray
    right: np.ndarray
    group: np.ndarray
    weight: np.ndarray

    def __getitem__(self, chosen: np.ndarray) -> Rows:
        return Rows(*(getattr(self, name)[chosen] for name in Rows.__slots__))


def rows_of(corpora: Sequence[Corpus]) -> Rows:
    """Return the findings of corpora, corpus by corpus."""
    parts = [findings_of(folder_of(corpus), corpus) for corpus in corpora]
    groups = [part.group + (at << 56) for at, part in enumerate(parts)]
    return Rows(
        np.concatenate([part.facts for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate(groups),
        np.concatenate([part.weight for part in parts]),
    )


def folder_of(corpus: Corpus) -> Path:
    """Return where a corpus is, made if it is not there."""
    return make_corpus(corpus.seed, marks=corpus.marks, lines=corpus.lines)


def findings_of(folder: Path, corpus: Corpus) -> Rows:
    """Return the findings of the corpus in a folder.

    Correct mentions that infringe nothing (authorised, referential) are left out.
    """
    marks, lines, gold = read_register(folder), read_lines(folder), read_gold(folder)
    background = Background.of(lines[: corpus.learned])
    if corpus.short:
        lines = short_lines(lines, read_surfaces(folder))[corpus.learned :]
    screener = Screener(marks, Context(background))
    found = screener.matrix(columns_of(lines))
    line, mark = found.rows[:, 0], found.rows[:, 1]
    known = [gold[one.line_id] for one in lines]
    right = np.array(
        [marks[m].right_id in known[at][0] for at, m in zip(line, mark, strict=True)], bool
    )
    infringing = np.array([label for _, label in known], bool)[line]
    # Whether a mention only refers to the mark is for the excuse to say, not for the score.
    found.facts[:, FACTS.index("referential")] = 0
    rows = Rows(found.facts, right, (line << 24) + mark, np.ones(len(right)))
    return rows[infringing | ~right]


def read_surfaces(folder: Path) -> list[str | None]:
    """Return for every line of a corpus the name on it as written, "" where there is none.

    None where what stands around the name is the point of the line ("for NIKE", "apple pattern").
    """
    kinds = {"infringing", "unrecorded", "authorised", "plain", "place"}
    with (folder / "gold.jsonl").open(encoding="utf-8") as file:
        rows = map(json.loads, file)
        return [row["surface"] if row["kind"] in kinds else None for row in rows]


def short_lines(lines: Sequence[Line], surfaces: Sequence[str | None]) -> list[Line]:
    """Return lines cut down to the name on them and the first two words of the goods."""
    short = []
    for at, (line, name) in enumerate(zip(lines, surfaces, strict=True)):
        text = line.goods_description
        if name is not None:
            words = re.findall(r"[^\W\d_]{2,}(?![\w:：])", text.replace(name or "\n", " "))
            shape = SHAPES[at % len(SHAPES)] if name else "{goods}"
            text = shape.format(name=name, goods=" ".join(words[:2]))
        short.append(replace(line, goods_description=text, declared_brand=""))
    return short


def digest_of(*parts: bytes) -> str:
    """Return a digest of bytes, 32 hexadecimal digits."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def corpus_digest(corpus: Corpus) -> str:
    """Return a digest of the register, the lines and what is right on them."""
    folder = folder_of(corpus)
    files = ("register.csv", "declarations.csv", "gold.jsonl")
    return digest_of(*((folder / name).read_bytes() for name in files))
