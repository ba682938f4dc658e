import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe, jws
from joserfc.jwk import OctKey, OKPKey
from tests.domain.envelopes.cast import (
    GD_BOX,
    GD_SIGN,
    HK_BOX,
    HK_OLD_BOX,
    HK_SIGN,
    MALLORY_SIGN,
    MESSAGE,
    lookup,
    message,
    own,
)

from countermark.domain.envelopes.canonical import json_bytes
from countermark.domain.envelopes.jose import MAX_CONTENT_BYTES, token_sign
from countermark.domain.envelopes.message import INNER_TYP, inner_open, inner_sign
from countermark.domain.envelopes.seal import (
    MAX_ENVELOPE_CHARACTERS,
    envelope_label,
    envelope_open,
    envelope_seal,
)
from countermark.domain.errors import EnvelopeRefused

INNER = inner_sign(MESSAGE, GD_SIGN)


def seal(inner, key):
    return envelope_seal(inner.token, sender="cn-gd", recipient="hk", recipient_key=key)


ENVELOPE = seal(INNER, HK_BOX.public)
BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\u00e9"


def open_at_hk(envelope, *, me="hk", sender="cn-gd", boxes=(HK_BOX,), keys=(GD_SIGN,)):
    return envelope_open(envelope, me=me, sender=sender, own_keys=own(*boxes), keys=lookup(*keys))


def refused(code, envelope=ENVELOPE, **context):
    with pytest.raises(EnvelopeRefused) as caught:
        open_at_hk(envelope, **context)
    assert caught.value.code == code


def header_of(token):
    segment = token.split(".")[0]
    return json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))


def with_header(token, **changes):
    header = {**header_of(token), **changes}
    raw = json_bytes({name: value for name, value in header.items() if value is not None})
    segment = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return ".".join([segment, *token.split(".")[1:]])


def jwe_of(plaintext, **changes):
    header = {**header_of(ENVELOPE), **changes}
    del header["epk"]
    registry = jwe.JWERegistry(
        algorithms=["ECDH-ES+A256KW", "ECDH-ES", "A256GCM", "A128GCM", "DEF"],
        strict_check_header=False,
    )
    return jwe.encrypt_compact(
        header, plaintext, OKPKey.import_key(HK_BOX.public.recipient()), registry=registry
    )


def test_a_sealed_message_opens_at_its_recipient():
    opened = open_at_hk(ENVELOPE)
    assert (opened.message, opened.sha256, opened.kid) == (MESSAGE, INNER.sha256, GD_SIGN.kid)


@given(
    st.dictionaries(st.text(max_size=10), st.text(max_size=40) | st.integers(), max_size=4),
    st.dictionaries(st.from_regex(r"\Ax[a-z0-9]{1,18}\Z"), st.text(max_size=20), max_size=3),
    st.from_regex(r"\A.{0,120}\Z"),
)
def test_whatever_is_said_arrives_and_unknown_attributes_are_kept(data, extensions, subject):
    said = message(data=data, extensions=extensions, subject=subject)
    envelope = seal(inner_sign(said, GD_SIGN), HK_BOX.public)
    assert open_at_hk(envelope).message == said


@given(st.integers(0, len(ENVELOPE) - 1), st.sampled_from(BASE64URL))
def test_no_changed_character_of_an_envelope_opens(at, letter):
    if ENVELOPE[at] == letter:
        return
    with pytest.raises(EnvelopeRefused):
        open_at_hk(ENVELOPE[:at] + letter + ENVELOPE[at + 1 :])


@given(st.integers(0, len(INNER.token) - 1), st.sampled_from(BASE64URL))
def test_no_changed_character_of_a_signed_message_passes(at, letter):
    if INNER.token[at] == letter:
        return
    with pytest.raises(EnvelopeRefused):
        inner_open(INNER.token[:at] + letter + INNER.token[at + 1 :], lookup(GD_SIGN))


@given(st.integers(0, len(ENVELOPE)))
def test_no_truncated_envelope_opens(length):
    if length == len(ENVELOPE):
        return
    with pytest.raises(EnvelopeRefused):
        open_at_hk(ENVELOPE[:length])


def test_sealing_again_for_a_new_key_keeps_the_identity():
    again = seal(INNER, HK_OLD_BOX.public)
    assert again != ENVELOPE
    assert open_at_hk(again, boxes=(HK_OLD_BOX,)).sha256 == INNER.sha256


def test_two_seals_of_one_message_share_no_ciphertext():
    again = seal(INNER, HK_BOX.public)
    assert not set(again.split(".")[1:]) & set(ENVELOPE.split(".")[1:])


def test_an_envelope_for_another_node_is_refused():
    refused("recipient-wrong", me="mo")


def test_an_envelope_handed_over_by_another_node_is_refused():
    refused("sender-wrong", sender="mo")


def test_an_envelope_for_a_destroyed_key_says_which():
    refused("kid-unknown", boxes=(HK_OLD_BOX,))


def test_a_forger_with_the_senders_key_id_is_refused():
    forged = jws.serialize_compact(
        {"alg": "Ed25519", "kid": GD_SIGN.kid, "typ": INNER_TYP},
        b"{}",
        OKPKey.import_key(MALLORY_SIGN.private),
        algorithms=["Ed25519"],
    )
    with pytest.raises(EnvelopeRefused, match="signature-bad"):
        inner_open(forged, lookup(GD_SIGN))


def test_a_forger_with_his_own_key_is_unknown():
    envelope = seal(inner_sign(MESSAGE, MALLORY_SIGN), HK_BOX.public)
    refused("kid-unknown", envelope)


def test_an_unsigned_message_is_refused():
    unsigned = with_header(INNER.token, alg="none").rpartition(".")[0] + "."
    with pytest.raises(EnvelopeRefused, match="algorithm-refused"):
        inner_open(unsigned, lookup(GD_SIGN))


def test_a_message_authenticated_with_the_public_key_as_a_secret_is_refused():
    confused = jws.serialize_compact(
        {"alg": "HS256", "kid": GD_SIGN.kid, "typ": INNER_TYP},
        json_bytes({}),
        OctKey.import_key(GD_SIGN.public.raw),
        algorithms=["HS256"],
    )
    with pytest.raises(EnvelopeRefused, match="algorithm-refused"):
        inner_open(confused, lookup(GD_SIGN))


@pytest.mark.parametrize("extra", ["jwk", "jku", "crit", "b64", "x5c", "cty"])
def test_a_signature_header_with_a_further_member_is_refused(extra):
    with pytest.raises(EnvelopeRefused, match="header-refused"):
        inner_open(with_header(INNER.token, **{extra: "x"}), lookup(GD_SIGN))


def test_a_header_member_that_is_no_text_is_refused():
    with pytest.raises(EnvelopeRefused, match="header-refused"):
        inner_open(with_header(INNER.token, kid=["x"]), lookup(GD_SIGN))


def test_a_receipt_never_passes_for_a_message():
    token = token_sign(b"{}", typ="cmk-receipt", key=GD_SIGN)
    with pytest.raises(EnvelopeRefused, match="token-type-wrong"):
        inner_open(token, lookup(GD_SIGN))


def test_a_compressed_envelope_is_refused_before_it_is_inflated():
    refused("header-refused", jwe_of(INNER.token, zip="DEF"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"enc": "A128GCM"}, "algorithm-refused"),
        ({"alg": "ECDH-ES"}, "algorithm-refused"),
        ({"suite": "S2"}, "suite-unknown"),
        ({"pv": "2.0"}, "version-unknown"),
        ({"crit": ["cty"]}, "header-refused"),
        ({"ih": "0" * 64}, "inner-hash-wrong"),
    ],
)
def test_an_envelope_of_another_form_is_refused(changes, code):
    refused(code, jwe_of(INNER.token, **changes))


def test_a_minor_version_ahead_is_still_read():
    assert open_at_hk(jwe_of(INNER.token, pv="1.7")).message == MESSAGE


def test_a_message_for_another_audience_is_refused_although_the_label_is_right():
    forwarded = inner_sign(message(recipient="mo"), GD_SIGN)
    envelope = jwe_of(forwarded.token, ih=forwarded.sha256)
    refused("audience-wrong", envelope)


def test_a_message_of_another_sender_is_refused_although_the_label_is_right():
    relayed = inner_sign(message(sender="mo"), GD_SIGN)
    refused("sender-wrong", jwe_of(relayed.token, ih=relayed.sha256))


def test_an_envelope_with_no_text_inside_is_refused():
    refused("decryption-failed", jwe_of(b"\xff\xfe"))


def test_what_is_too_large_is_refused_unread():
    refused("envelope-too-large", "x" * (MAX_ENVELOPE_CHARACTERS + 1))
    with pytest.raises(EnvelopeRefused, match="token-too-large"):
        inner_open("x" * MAX_ENVELOPE_CHARACTERS, lookup(GD_SIGN))


def test_a_message_of_the_largest_size_fits_and_one_byte_more_is_never_signed():
    room = MAX_CONTENT_BYTES - len(json_bytes({"x": ""}))
    token_sign(json_bytes({"x": "y" * room}), typ=INNER_TYP, key=GD_SIGN)
    with pytest.raises(EnvelopeRefused, match="content-too-large"):
        token_sign(json_bytes({"x": "y" * (room + 1)}), typ=INNER_TYP, key=GD_SIGN)


def test_a_large_message_survives_its_two_wrappings():
    said = message(data={"text": "税" * 40_000})
    envelope = seal(inner_sign(said, GD_SIGN), HK_BOX.public)
    assert len(envelope) <= MAX_ENVELOPE_CHARACTERS
    assert open_at_hk(envelope).message == said


def test_the_label_tells_what_the_outside_claims():
    label = envelope_label(ENVELOPE)
    assert (label.sender, label.recipient) == ("cn-gd", "hk")
    assert (label.inner_sha256, label.kid) == (INNER.sha256, HK_BOX.kid)


def test_nothing_of_the_content_is_readable_outside():
    outside = json.dumps(header_of(ENVELOPE)) + ENVELOPE
    assert "GD-2014-000123" not in outside
    assert MESSAGE.lane not in outside


def test_keys_have_one_use():
    with pytest.raises(EnvelopeRefused, match="key-use-wrong"):
        HK_SIGN.public.recipient()
    with pytest.raises(EnvelopeRefused, match="key-use-wrong"):
        GD_BOX.public.verifier()
