from dataclasses import replace

import pytest
from tests.domain.envelopes.cast import GD_ROOT, HK_BOX, HK_ROOT, HK_SIGN, encrypting, signing

from countermark.domain.envelopes.canonical import json_bytes
from countermark.domain.envelopes.fingerprint import (
    _word,
    fingerprint_digits,
    fingerprint_hex,
    fingerprint_matches,
    fingerprint_words,
)
from countermark.domain.envelopes.jose import token_sign
from countermark.domain.envelopes.keys import KeyUse, PublicKey
from countermark.domain.envelopes.statement import (
    BUNDLE_TYP,
    STATEMENT_TYP,
    Bundle,
    StatedKey,
    Statement,
    bundle_open,
    bundle_sign,
    statement_hash,
    statement_open,
    statement_sign,
)
from countermark.domain.errors import EnvelopeRefused

SINCE = "2014-01-01T00:00:00.000000Z"
STATEMENT = Statement(
    "hk", 2, (StatedKey(HK_SIGN.public, SINCE), StatedKey(HK_BOX.public, SINCE, revoked=True))
)
TOKEN = statement_sign(STATEMENT, HK_ROOT)
BUNDLE = Bundle("hk", "http://127.0.0.1:8001", HK_ROOT.public, TOKEN)


def open_statement(token, node="hk", root=HK_ROOT):
    return statement_open(token, node=node, root=root.public)


def test_a_statement_says_what_the_root_key_signed():
    assert open_statement(TOKEN) == STATEMENT
    assert len(statement_hash(TOKEN)) == 64


def test_a_statement_by_another_root_or_for_another_node_is_refused():
    with pytest.raises(EnvelopeRefused, match="kid-unknown"):
        open_statement(TOKEN, root=GD_ROOT)
    with pytest.raises(EnvelopeRefused, match="statement-node-wrong"):
        open_statement(TOKEN, node="cn-gd")


GOOD_KEY = {
    "kid": HK_SIGN.kid,
    "use": "sign",
    "x": HK_SIGN.public.x,
    "not_before": SINCE,
    "revoked": False,
}


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 0},
        {"number": "1"},
        {"previous": None},
        {"keys": []},
        {"keys": "none"},
        {"keys": ["x"]},
        {"keys": [GOOD_KEY] * 65},
        {"keys": [{**GOOD_KEY, "use": "root"}]},
        {"keys": [{**GOOD_KEY, "kid": GD_ROOT.kid}]},
        {"keys": [{**GOOD_KEY, "revoked": "no"}]},
        {"keys": [{**GOOD_KEY, "not_before": "x" * 81}]},
        {"keys": [{**GOOD_KEY, "x": 7}]},
    ],
)
def test_a_statement_of_another_form_is_refused(changes):
    content = {"node": "hk", "number": 1, "previous": "", "keys": [GOOD_KEY]}
    assert open_statement(token_sign(json_bytes(content), typ=STATEMENT_TYP, key=HK_ROOT))
    token = token_sign(json_bytes({**content, **changes}), typ=STATEMENT_TYP, key=HK_ROOT)
    with pytest.raises(EnvelopeRefused, match="statement-malformed"):
        open_statement(token)


@pytest.mark.parametrize("x", ["", "!!", "AAAA", "A" * 43 + "="])
def test_a_key_that_is_no_key_is_refused(x):
    with pytest.raises(EnvelopeRefused, match="key-malformed"):
        PublicKey(KeyUse.SIGN, x).verifier()


def test_the_id_of_a_key_is_computed_from_the_key():
    # RFC 8037, appendix A.3: the thumbprint of the specification's own Ed25519 key.
    key = PublicKey(KeyUse.SIGN, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    assert key.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_a_private_key_shows_itself_nowhere():
    assert "PrivateKey" not in repr(HK_SIGN)
    assert repr(HK_SIGN) == f"KeyPair({HK_SIGN.public!r})"


def test_a_bundle_is_sound_in_itself():
    assert bundle_open(bundle_sign(BUNDLE, HK_ROOT)) == BUNDLE


def test_a_real_node_is_reached_by_https():
    bundle = replace(BUNDLE, base_url="https://hk.customs.example:8443")
    assert bundle_open(bundle_sign(bundle, HK_ROOT)) == bundle


def test_a_bundle_signed_by_another_key_than_the_one_it_names_is_refused():
    with pytest.raises(EnvelopeRefused, match="kid-unknown"):
        bundle_open(bundle_sign(BUNDLE, GD_ROOT))


def test_a_bundle_with_another_nodes_statement_is_refused():
    foreign = statement_sign(replace(STATEMENT, node="mo"), HK_ROOT)
    with pytest.raises(EnvelopeRefused, match="statement-node-wrong"):
        bundle_open(bundle_sign(replace(BUNDLE, statement=foreign), HK_ROOT))


@pytest.mark.parametrize(
    "content",
    [
        {"root": 5},
        {"root": HK_ROOT.public.x, "node": 1, "base_url": "https://x", "statement": TOKEN},
        {"root": HK_ROOT.public.x, "node": "h k", "base_url": "https://x", "statement": TOKEN},
        {"root": HK_ROOT.public.x, "node": "hk", "base_url": "file:///etc", "statement": TOKEN},
        {"root": HK_ROOT.public.x, "node": "hk", "base_url": "https://a@b", "statement": TOKEN},
        {"root": HK_ROOT.public.x, "node": "hk", "base_url": "http://gd.example", "statement": ""},
        {"root": HK_ROOT.public.x, "node": "hk", "base_url": "https://x/path", "statement": TOKEN},
    ],
)
def test_a_bundle_of_another_form_is_refused(content):
    token = token_sign(json_bytes(content), typ=BUNDLE_TYP, key=HK_ROOT)
    with pytest.raises(EnvelopeRefused, match="bundle-malformed"):
        bundle_open(token)


@pytest.mark.parametrize("token", ["", "a.b", "a.!.c"])
def test_a_bundle_that_is_no_token_is_refused(token):
    with pytest.raises(EnvelopeRefused, match="bundle-malformed"):
        bundle_open(token)


def test_a_fingerprint_has_ten_words_and_ten_groups_of_the_same_bits():
    words, digits = fingerprint_words(HK_ROOT.public), fingerprint_digits(HK_ROOT.public)
    assert [len(word) for word in words.split("-")] == [5] * 10
    assert [int(group) for group in digits.split("-")] == [
        int(fingerprint_hex(HK_ROOT.public)[at : at + 4], 16) for at in range(0, 40, 4)
    ]


def test_the_words_are_those_of_the_proquint_article():
    # 127.0.0.1 reads lusab-babad in the article that defines the encoding.
    assert [_word(0x7F00), _word(0x0001)] == ["lusab", "babad"]


def test_a_fingerprint_is_recognised_as_people_type_it():
    root = HK_ROOT.public
    words, digits = fingerprint_words(root), fingerprint_digits(root)
    for said in (words, words.upper().replace("-", "  "), digits, f" {digits} "):
        assert fingerprint_matches(root, said)
    for said in ("", words.rpartition("-")[0], fingerprint_words(GD_ROOT.public)):
        assert not fingerprint_matches(root, said)


def test_different_keys_have_different_ids_and_words():
    roots = [signing(seed, KeyUse.ROOT).public for seed in range(20, 60)]
    assert len({root.kid for root in roots}) == len({*map(fingerprint_words, roots)}) == 40
    assert encrypting(1).kid != signing(1).kid
