"""Who vouches for the key that signed a capsule."""

from __future__ import annotations

import pytest
from tests.domain.capsules.maker import sealed_bytes, statement
from tests.domain.envelopes.cast import GD_ROOT, GD_SIGN, HK_ROOT, HK_SIGN

from countermark.domain.capsules.seal import capsule_open
from countermark.domain.capsules.trust import (
    Anchor,
    Trust,
    anchor_from_bundle,
    anchor_heard,
    trust_of,
)
from countermark.domain.envelopes.fingerprint import fingerprint_digits, fingerprint_words
from countermark.domain.envelopes.statement import Bundle, bundle_sign, statement_sign
from countermark.domain.errors import EnvelopeRefused

SEALED = capsule_open(sealed_bytes())


def bundle(node, root, *keys, revoked=()):
    token = statement_sign(statement(*keys, revoked=revoked, number=9), root)
    return bundle_sign(Bundle(node, "https://hk.example", root.public, token), root)


def test_without_a_key_nobody_vouches():
    assert trust_of(SEALED, []) is Trust.UNKNOWN
    assert trust_of(SEALED, [Anchor("cn-gd", GD_ROOT.public)]) is Trust.UNKNOWN


def test_the_bundle_of_the_node_vouches():
    anchor = anchor_from_bundle(bundle("hk", HK_ROOT, HK_SIGN))
    assert trust_of(SEALED, [anchor]) is Trust.VOUCHED


@pytest.mark.parametrize("said", [fingerprint_words, fingerprint_digits])
def test_the_fingerprint_as_heard_vouches(said):
    anchor = anchor_heard(SEALED, said(HK_ROOT.public))
    assert anchor is not None
    assert trust_of(SEALED, [anchor]) is Trust.VOUCHED


def test_another_fingerprint_does_not():
    assert anchor_heard(SEALED, fingerprint_words(GD_ROOT.public)) is None


def test_another_root_key_for_the_node_is_named_foreign():
    assert trust_of(SEALED, [Anchor("hk", GD_ROOT.public)]) is Trust.FOREIGN


def test_a_key_that_was_withdrawn_since_is_named():
    anchor = anchor_from_bundle(bundle("hk", HK_ROOT, HK_SIGN, GD_SIGN, revoked=(HK_SIGN,)))
    assert trust_of(SEALED, [anchor]) is Trust.REVOKED


def test_a_bundle_that_is_not_sound_is_refused():
    with pytest.raises(EnvelopeRefused):
        anchor_from_bundle("not.a.bundle")
