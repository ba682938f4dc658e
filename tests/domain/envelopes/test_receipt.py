from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.envelopes.cast import GD_SIGN, HK_SIGN, ID, LANE, lookup

from countermark.domain.envelopes.canonical import json_bytes
from countermark.domain.envelopes.jose import token_sign
from countermark.domain.envelopes.receipt import (
    RECEIPT_TYP,
    Level,
    Objection,
    Outcome,
    ReceiptClaims,
    objection_open,
    objection_sign,
    receipt_open,
    receipt_sign,
)
from countermark.domain.errors import EnvelopeRefused

CLAIMS = ReceiptClaims(
    issuer="hk",
    audience="cn-gd",
    id=ID,
    lane=LANE,
    epoch=1,
    seq=1,
    inner_sha256="a" * 64,
    outcome="applied",
    at="2014-03-01T08:00:01.000000Z",
)
OBJECTION = Objection("hk", "cn-gd", "a" * 64, "lane-fork", "2014-03-01T08:00:01.000000Z")


def open_receipt(token, keys=(HK_SIGN,), issuer="hk", audience="cn-gd"):
    return receipt_open(token, issuer=issuer, audience=audience, keys=lookup(*keys))


@given(
    st.sampled_from(Outcome),
    st.integers(1, 2**40),
    st.integers(1, 2**40),
    st.from_regex(r"\A[a-z0-9-]{0,80}\Z"),
)
def test_a_receipt_says_what_was_signed(outcome, epoch, seq, reason):
    claims = replace(CLAIMS, outcome=outcome.value, epoch=epoch, seq=seq, reason=reason)
    assert open_receipt(receipt_sign(claims, HK_SIGN)) == claims


@pytest.mark.parametrize(
    ("outcome", "level"),
    [
        ("received", Level.RECEIVED),
        ("applied", Level.SETTLED),
        ("refused", Level.SETTLED),
        ("quarantined", Level.SETTLED),
        ("skipped", Level.SETTLED),
        ("read", Level.READ),
    ],
)
def test_each_outcome_has_its_level(outcome, level):
    assert replace(CLAIMS, outcome=outcome).level is level


def test_a_receipt_signed_by_anybody_else_is_refused():
    with pytest.raises(EnvelopeRefused, match="kid-unknown"):
        open_receipt(receipt_sign(CLAIMS, GD_SIGN))


def test_a_receipt_between_other_parties_is_refused():
    token = receipt_sign(CLAIMS, HK_SIGN)
    for parties in ({"issuer": "mo"}, {"audience": "mo"}):
        with pytest.raises(EnvelopeRefused, match="receipt-parties-wrong"):
            open_receipt(token, **parties)


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "lost"},
        {"epoch": "1"},
        {"seq": True},
        {"reason": "Not a code"},
        {"reason": None},
        {"id": 5},
        {"level": "R1"},
    ],
)
def test_a_receipt_of_another_form_is_refused(changes):
    content = {
        "issuer": "hk",
        "audience": "cn-gd",
        "id": ID,
        "lane": LANE,
        "epoch": 1,
        "seq": 1,
        "inner_sha256": "a" * 64,
        "outcome": "applied",
        "at": "",
        "reason": "",
        "level": "R2",
    }
    sign = {"typ": RECEIPT_TYP, "key": HK_SIGN}
    assert open_receipt(token_sign(json_bytes(content), **sign))
    with pytest.raises(EnvelopeRefused, match="receipt-malformed"):
        open_receipt(token_sign(json_bytes({**content, **changes}), **sign))


def test_an_objection_says_what_was_signed_and_is_no_receipt():
    token = objection_sign(OBJECTION, HK_SIGN)
    opened = objection_open(token, issuer="hk", audience="cn-gd", keys=lookup(HK_SIGN))
    assert opened == OBJECTION
    with pytest.raises(EnvelopeRefused, match="token-type-wrong"):
        open_receipt(token)
