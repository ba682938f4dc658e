import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.envelopes.batch import (
    MAX_BATCH_BYTES,
    MAX_ENVELOPES,
    Answer,
    Batch,
    Result,
    answer_decode,
    answer_encode,
    batch_decode,
    batch_encode,
)
from countermark.domain.envelopes.canonical import json_bytes
from countermark.domain.errors import EnvelopeRefused

TOKENS = st.text("abc.-_", min_size=1, max_size=20)
RESULTS = st.builds(Result, receipts=st.lists(TOKENS, max_size=2).map(tuple)) | st.builds(
    Result, objection=TOKENS
)


@given(TOKENS, st.lists(TOKENS, max_size=5).map(tuple))
def test_a_batch_reads_back(statement, envelopes):
    batch = Batch("cn-gd", statement, envelopes)
    assert batch_decode(batch_encode(batch)) == batch


@given(TOKENS, st.lists(RESULTS, max_size=5).map(tuple))
def test_an_answer_reads_back(statement, results):
    answer = Answer("hk", statement, "2014-03-01T08:00:00.000000Z", results)
    assert answer_decode(answer_encode(answer), expected=len(results)) == answer


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(body):
    with pytest.raises(EnvelopeRefused):
        batch_decode(body)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pv": "2.0"}, "version-unknown"),
        ({"pv": 1}, "batch-malformed"),
        ({"from": "Not A Node"}, "batch-malformed"),
        ({"keys": None}, "batch-malformed"),
        ({"env": "x"}, "batch-malformed"),
        ({"env": [1]}, "batch-malformed"),
        ({"env": ["x"] * (MAX_ENVELOPES + 1)}, "batch-too-large"),
    ],
)
def test_a_batch_of_another_form_is_refused(changes, code):
    content = {"pv": "1.0", "from": "hk", "keys": "k", "env": ["e"]}
    assert batch_decode(json_bytes(content))
    with pytest.raises(EnvelopeRefused, match=code):
        batch_decode(json_bytes({**content, **changes}))


@pytest.mark.parametrize("results", [None, [], ["x"], [{"receipts": 1}], [{"objection": 1}]])
def test_an_answer_of_another_form_is_refused(results):
    content = {"pv": "1.0", "from": "hk", "keys": "k", "time": "t", "results": results}
    with pytest.raises(EnvelopeRefused, match="batch-malformed"):
        answer_decode(json_bytes(content), expected=1)


def test_what_is_too_large_is_refused_unread():
    with pytest.raises(EnvelopeRefused, match="batch-too-large"):
        batch_decode(b" " * (MAX_BATCH_BYTES + 1))
