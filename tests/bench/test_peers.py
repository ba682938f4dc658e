"""Peers get folded windows and answer in the benchmark's terms."""

from __future__ import annotations

import pytest
from bench.peers import matchers, windows

from bench import costs, measures

ROW = windows.Row("1", "leather case, brand: puma one, 耐克牌 鞋", "")


def found(name):
    return next(window for window in windows.windows(ROW) if window.text == name)


def test_windows_are_words_and_pieces_of_chinese_text():
    texts = {window.text for window in windows.windows(ROW)}
    assert {"leather", "leather case", "puma one", "耐克"} <= texts
    assert "case brand puma" in texts


def test_a_window_knows_whether_it_stands_where_a_brand_is_named():
    assert found("puma").cued
    assert found("耐克").cued
    assert not found("leather").cued


def test_the_register_is_read_as_words_with_their_rights(corpus):
    words = windows.read_words(corpus / "register.csv", fold=True)
    assert len(words) == 300
    assert words["apple"] == ["0"]


def test_the_stop_list_has_the_words_of_the_trade_and_no_brands(corpus):
    stop = windows.stop_list(corpus / "declarations.csv", fold=True)
    assert "cotton" in stop
    assert stop.isdisjoint({"kalomi", "tosvel"})


@pytest.mark.parametrize("matcher", [matchers.rapidfuzz, matchers.fts5])
def test_a_matcher_finds_a_misspelt_name_first(matcher):
    words = ["leather", "panasonic", "puma"]
    answers = matcher(words)([windows.Window("panasonix", "panasonix", cued=False)])
    assert answers[0][0][0] == 1
    assert 0.8 <= answers[0][0][1] < 1


@pytest.mark.slow
def test_a_peer_runs_as_a_process_and_its_hits_are_scored(corpus, tmp_path):
    out = tmp_path / "hits.jsonl"
    lines = corpus / "declarations.csv"
    cost, report = costs.peer("rapidfuzz", "--fold --stop", corpus, lines, out)
    quality = measures.quality(measures.line_scores(measures.read_gold(corpus), out))
    assert cost.lines == report["lines"] == 500
    assert 0 < quality.f1 <= 1


@pytest.mark.slow
def test_the_product_runs_as_a_process_and_finds_more_than_half(corpus, tmp_path):
    out = tmp_path / "hits.jsonl"
    cost = costs.screen(corpus / "register.csv", corpus / "declarations.csv", out, lines=500)
    quality = measures.quality(measures.line_scores(measures.read_gold(corpus), out))
    assert cost.peak_mb > 10
    assert quality.recall > 0.5


@pytest.mark.slow
def test_a_peer_that_fails_says_why(corpus, tmp_path):
    with pytest.raises(RuntimeError, match="nosuchpeer"):
        costs.peer("nosuchpeer", "", corpus, corpus / "declarations.csv", tmp_path / "hits")
