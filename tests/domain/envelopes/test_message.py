import pytest
from tests.domain.envelopes.cast import GD_SIGN, MESSAGE, lookup, message

from countermark.domain.envelopes.canonical import json_bytes
from countermark.domain.envelopes.chain import Position
from countermark.domain.envelopes.jose import token_sign
from countermark.domain.envelopes.message import INNER_TYP, _content, inner_open, inner_sign
from countermark.domain.errors import EnvelopeRefused


def open_content(content):
    token = token_sign(json_bytes(content), typ=INNER_TYP, key=GD_SIGN)
    return inner_open(token, lookup(GD_SIGN))


def test_a_message_is_a_cloudevent_with_extension_attributes():
    content = _content(MESSAGE)
    assert content["specversion"] == "1.0"
    assert content["source"] == "urn:countermark:node:cn-gd"
    assert all(name.isascii() and name.islower() and name.isalnum() for name in content)


@pytest.mark.parametrize("name", sorted(set(_content(MESSAGE))))
def test_no_attribute_may_be_missing(name):
    content = _content(MESSAGE)
    del content[name]
    with pytest.raises(EnvelopeRefused, match="attribute-malformed"):
        open_content(content)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("specversion", "0.3"),
        ("id", "1"),
        ("source", "https://elsewhere.example"),
        ("aud", "HK"),
        ("type", "case"),
        ("time", "yesterday"),
        ("lane", "case:1"),
        ("prev", "0"),
        ("seq", 0),
        ("seq", True),
        ("seq", 1.0),
        ("epoch", "1"),
        ("epoch", 2**53),
        ("tlp", "PURPLE"),
        ("data", []),
        ("idemkey", ""),
        ("subject", "x" * 121),
        ("datacontenttype", "text/html"),
    ],
)
def test_an_attribute_of_another_form_is_refused(name, value):
    with pytest.raises(EnvelopeRefused) as caught:
        open_content({**_content(MESSAGE), name: value})
    assert caught.value.code in {"attribute-malformed", "lane-malformed"}


def test_what_could_not_be_opened_is_never_signed():
    with pytest.raises(EnvelopeRefused, match="attribute-malformed"):
        inner_sign(message(place=Position(1, 0, "0" * 64)), GD_SIGN)


def test_an_extension_never_overrides_an_attribute():
    signed = inner_sign(message(extensions={"aud": "mo", "legalbasis": "x"}), GD_SIGN)
    opened = inner_open(signed.token, lookup(GD_SIGN)).message
    assert (opened.recipient, opened.extensions) == ("hk", {"legalbasis": "x"})


def test_signing_twice_gives_the_same_bytes():
    assert inner_sign(MESSAGE, GD_SIGN).token == inner_sign(MESSAGE, GD_SIGN).token
