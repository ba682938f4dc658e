"""The training of the model: the same bytes from the same corpora, and lines cut short."""

from __future__ import annotations

import pytest
from bench.lessons import Corpus, Rows, findings_of, read_surfaces, short_lines
from bench.train import as_module, train
from threadpoolctl import threadpool_limits

from bench import corpora
from countermark.domain.matching.core.features import FACTS
from countermark.domain.matching.model import packed

CORPUS = Corpus("tests", 300, 500, 250)


@pytest.fixture(scope="module")
def findings(corpus):
    return findings_of(corpus, CORPUS)


def test_two_trainings_on_the_same_corpus_give_the_same_bytes(corpus, findings):
    made = []
    for threads in (1, 2):
        again = findings_of(corpus, CORPUS)
        assert (again.facts == findings.facts).all()
        with threadpool_limits(threads):
            model, _ = train(again, findings, rounds=60)
        made.append(as_module(model, {"trees": 60, "findings": 1, "right": 1}))
    assert made[0] == made[1]


def test_what_is_learned_depends_on_what_is_right(findings):
    opposite = Rows(findings.facts, ~findings.right, findings.group, findings.weight)
    models = [packed(train(rows, rows, rounds=41)[0]) for rows in (findings, opposite)]
    assert models[0] != models[1]


def test_correct_mentions_that_infringe_nothing_teach_nothing(corpus, findings):
    gold = corpora.read_gold(corpus)
    lines = corpora.read_lines(corpus)
    for group, right in zip(findings.group.tolist(), findings.right.tolist(), strict=True):
        assert gold[lines[group >> 24].line_id][1] or not right
    assert not findings.facts[:, FACTS.index("referential")].any()


def test_short_lines_keep_the_name_and_drop_the_brand_field(corpus):
    lines, names = corpora.read_lines(corpus), read_surfaces(corpus)
    for line, name, short in zip(lines, names, short_lines(lines, names), strict=True):
        assert (short.line_id, short.declared_brand) == (line.line_id, "")
        if name is None:
            assert short.goods_description == line.goods_description
        else:
            assert name in short.goods_description
