"""The file of a capsule: what goes in comes out, and nothing else is accepted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.capsules.maker import capsule, sealed_bytes, statement
from tests.domain.envelopes.cast import GD_SIGN, HK_BOX, HK_ROOT, HK_SIGN, MALLORY_SIGN
from tests.domain.matching.strategies import line

from countermark.domain.capsules.content import capsule_json
from countermark.domain.capsules.reading import capsule_read
from countermark.domain.capsules.seal import MAX_BYTES, capsule_open, capsule_seal
from countermark.domain.envelopes.statement import statement_sign
from countermark.domain.errors import EnvelopeRefused, InvalidInput, Refusal

WHOLE = sealed_bytes()


def test_what_is_sealed_is_opened_as_it_was():
    sealed = capsule_open(WHOLE)
    assert sealed.capsule == capsule()
    assert (sealed.kid, sealed.root) == (HK_SIGN.kid, HK_ROOT.public)


def test_a_capsule_can_be_read_by_eye_and_is_small():
    assert "ladies' VELUNDR4 handbag 手袋" in WHOLE.decode()
    assert len(WHOLE) < 8_000


def test_the_mark_of_the_hit_is_there_as_it_was_and_others_only_as_they_matter():
    opened = capsule_open(WHOLE).capsule
    assert opened.mark.authorised_parties == ("Harbour Light Ltd",)
    assert [mark.right_id for mark in opened.evidence.marks] == ["1", "2"]
    assert opened.evidence.marks[1].authorised_parties == ()


@settings(max_examples=400)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_refused(at, change):
    changed = bytearray(WHOLE)
    changed[at] ^= change
    with pytest.raises(Refusal):
        capsule_open(bytes(changed))


@given(st.integers(0, len(WHOLE)), st.binary(min_size=1, max_size=4))
def test_any_added_byte_is_refused(at, added):
    with pytest.raises(Refusal):
        capsule_open(WHOLE[:at] + added + WHOLE[at:])


@given(st.integers(0, len(WHOLE) - 1))
def test_a_file_cut_short_is_refused(size):
    with pytest.raises(Refusal):
        capsule_open(WHOLE[:size])


@given(st.binary(max_size=300))
def test_no_file_makes_the_reader_fail_otherwise_than_by_refusing(raw):
    with pytest.raises(Refusal):
        capsule_open(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)


def places(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for name, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(child, (*path, name))


PLACES = [path for path in places(capsule_json(capsule())) if path]


@settings(max_examples=400)
@given(st.sampled_from(PLACES), JSON)
def test_content_that_says_anything_is_read_or_refused(path, value):
    content = json.loads(json.dumps(capsule_json(capsule())))
    inner = content
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    try:
        read = capsule_read(content)
    except (EnvelopeRefused, InvalidInput):
        return
    assert json.loads(json.dumps(capsule_json(read))) == content


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (b'"VELUNDR4"', "signature-bad"),
        (b"\n", "capsule-not-canonical"),
    ],
)
def test_the_refusal_says_what_is_wrong(change, code):
    other = change.replace(b"4", b"5") if b"4" in change else b"\r\n"
    with pytest.raises(EnvelopeRefused) as refusal:
        capsule_open(WHOLE.replace(change, other))
    assert refusal.value.code == code


def test_another_node_cannot_sign_under_this_nodes_statement():
    with pytest.raises(EnvelopeRefused) as refusal:
        capsule_open(sealed_bytes(MALLORY_SIGN))
    assert refusal.value.code == "kid-unknown"


def test_a_statement_that_the_root_did_not_sign_is_refused():
    forged = statement_sign(statement(GD_SIGN), GD_SIGN)
    with pytest.raises(EnvelopeRefused):
        capsule_open(sealed_bytes(GD_SIGN, statement=forged))


def test_a_key_that_is_not_for_signing_does_not_count():
    stated = statement_sign(statement(HK_BOX), HK_ROOT)
    with pytest.raises(EnvelopeRefused) as refusal:
        capsule_open(sealed_bytes(statement=stated))
    assert refusal.value.code == "kid-unknown"


def test_a_signed_capsule_whose_points_do_not_add_up_is_refused():
    content = capsule_json(capsule())
    content["hit"]["score"] = 0.0001
    with pytest.raises(InvalidInput):
        capsule_read(content)


def test_a_signed_capsule_whose_words_do_not_stand_in_its_line_is_refused():
    content = capsule_json(capsule())
    content["hit"]["matched"] = "VELUNDRA"
    with pytest.raises(InvalidInput) as refusal:
        capsule_read(content)
    assert refusal.value.params["field"] == "hit.matched"


def test_a_later_format_is_named():
    content = capsule_json(capsule()) | {"format": "countermark-hit-capsule/2"}
    with pytest.raises(EnvelopeRefused) as refusal:
        capsule_read(content)
    assert refusal.value.params["format"] == "countermark-hit-capsule/2"


def test_what_does_not_fit_in_64_kib_is_not_made():
    long = line("x" * MAX_BYTES, "VELUNDRA")
    with pytest.raises(EnvelopeRefused) as refusal:
        capsule_seal(capsule(one=long), HK_SIGN)
    assert refusal.value.code == "capsule-too-large"
    with pytest.raises(EnvelopeRefused) as refusal:
        capsule_open(WHOLE + b" " * MAX_BYTES)
    assert refusal.value.code == "capsule-too-large"


def test_half_a_character_cannot_be_sealed():
    with pytest.raises(EnvelopeRefused) as refusal:
        capsule_seal(capsule(one=line("\ud800", "VELUNDRA")), HK_SIGN)
    assert refusal.value.code == "capsule-not-text"


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_whatever_a_declarant_writes_survives(text):
    one = line(text, "VELUNDRA", consignee=text)
    made = capsule(one=one)
    assert capsule_open(capsule_seal(made, HK_SIGN)).capsule == made
