"""A hit leaves the node as a signed file that its own words can be made again from."""

from __future__ import annotations

import pytest
from tests.trade import recorded, row, screened

from countermark.apps.audit.models import Entry
from countermark.apps.exchange.anchors import anchors_pinned, own_anchor
from countermark.apps.exchange.services import node_key_rotate, node_keys_ensure
from countermark.apps.register.models import Right
from countermark.apps.screening.models import Hit, HitEvidence
from countermark.domain.capsules import seal
from countermark.domain.capsules.rerun import Outcome, rerun
from countermark.domain.capsules.seal import capsule_open
from countermark.domain.capsules.trust import Trust, trust_of
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.errors import Conflict, EnvelopeRefused, NotFound, NotPermitted
from countermark.domain.matching.weights import MODEL
from countermark.workflows import capsules
from countermark.workflows.capsules import capsule_export

BAG = {"goods_description": "ladies' handbag", "hs_code": "420222"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def hit(chan, lau, hongkong) -> Hit:
    """A handbag declared under a disguised mark, found by a node that has keys."""
    node_keys_ensure()
    recorded(lau, hongkong)
    screened(chan, [row(declared_brand="VELUNDR4", **BAG)])
    return Hit.objects.get()


def test_a_hit_is_exported_and_made_again_exactly(hit, chan):
    file = capsule_export(hit=hit, by=chan)
    sealed = capsule_open(file.content)
    assert file.name == f"{hit.number}.capsule.json"
    assert rerun(sealed.capsule, MODEL).outcome is Outcome.EXACT
    assert sealed.capsule.reference.right == hit.right.reference
    assert sealed.capsule.evidence.line.consignor == "Pelican Trading (Dongguan) Co., Ltd"
    assert trust_of(sealed, anchors_pinned()) is Trust.VOUCHED


def test_the_mark_is_as_it_was_whatever_became_of_it(hit, chan):
    Right.objects.filter(pk=hit.right_id).update(word="QUITE ANOTHER", version=9)
    sealed = capsule_open(capsule_export(hit=hit, by=chan).content)
    assert sealed.capsule.mark.word == "VELUNDRA"
    assert sealed.capsule.reference.right_version == 1
    assert rerun(sealed.capsule, MODEL).outcome is Outcome.EXACT


def test_the_export_is_recorded_with_the_hash_of_the_file(hit, chan):
    file = capsule_export(hit=hit, by=chan)
    entry = Entry.objects.latest("seq")
    assert (entry.act, entry.subject, entry.actor) == (
        "screening.hit.exported",
        hit.number,
        chan.username,
    )
    assert entry.detail["sha256"] == capsules.sha256_hex(file.content)


def test_a_capsule_signed_before_a_new_key_still_holds(hit, chan, lin):
    before = capsule_export(hit=hit, by=chan).content
    node_key_rotate(use=KeyUse.SIGN, by=lin)
    after = capsule_export(hit=hit, by=chan).content
    old, new = capsule_open(before), capsule_open(after)
    assert old.kid != new.kid
    assert {trust_of(sealed, [own_anchor()]) for sealed in (old, new)} == {Trust.VOUCHED}


def test_only_readers_of_hits_export(hit, kwok):
    with pytest.raises(NotPermitted):
        capsule_export(hit=hit, by=kwok)
    assert not Entry.objects.filter(act="screening.hit.exported").exists()


def test_a_hit_without_evidence_is_not_exported(chan, lau, hongkong, monkeypatch):
    node_keys_ensure()
    recorded(lau, hongkong)
    monkeypatch.setattr("countermark.apps.screening.services.finder.evidence_kept", lambda *_: None)
    screened(chan, [row(declared_brand="VELUNDR4", **BAG)])
    with pytest.raises(NotFound) as refusal:
        capsule_export(hit=Hit.objects.get(), by=chan)
    assert refusal.value.code == "hit-evidence-missing"


def test_a_node_without_keys_signs_nothing(chan, lau, hongkong):
    recorded(lau, hongkong)
    screened(chan, [row(declared_brand="VELUNDR4", **BAG)])
    with pytest.raises(NotFound) as refusal:
        capsule_export(hit=Hit.objects.get(), by=chan)
    assert refusal.value.code == "node-keys-missing"
    assert anchors_pinned() == []


def test_a_hit_that_cannot_be_made_again_is_not_exported(hit, chan):
    Hit.objects.filter(pk=hit.pk).update(score=0.5, contributions=[["start", 0.5]])
    with pytest.raises(Conflict) as refusal:
        capsule_export(hit=Hit.objects.get(), by=chan)
    assert refusal.value.code == "capsule-not-reproducible"
    assert not Entry.objects.filter(act="screening.hit.exported").exists()


def test_what_does_not_fit_in_the_file_is_refused(hit, chan, monkeypatch):
    monkeypatch.setattr(seal, "MAX_BYTES", 1_000)
    with pytest.raises(EnvelopeRefused) as refusal:
        capsule_export(hit=hit, by=chan)
    assert refusal.value.code == "capsule-too-large"


def test_a_partner_counts_once_its_fingerprint_is_confirmed(paired):
    nodes = {anchor.node: anchor for anchor in anchors_pinned()}
    assert sorted(nodes) == ["cn-gd", "hk"]
    assert nodes["cn-gd"].statement is not None


def test_where_the_audit_fails_nothing_is_handed_out(hit, chan, monkeypatch):
    def fail(*_args, **_detail):
        raise RuntimeError("no disk")

    monkeypatch.setattr(capsules, "audit_record", fail)
    with pytest.raises(RuntimeError):
        capsule_export(hit=hit, by=chan)
    assert not Entry.objects.filter(act="screening.hit.exported").exists()


def test_evidence_is_written_with_the_hits_or_not_at_all(chan, lau, hongkong, monkeypatch):
    recorded(lau, hongkong)

    def fail(*_args, **_options):
        raise RuntimeError("no disk")

    monkeypatch.setattr(HitEvidence.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        screened(chan, [row(declared_brand="VELUNDR4", **BAG)])
    assert not Hit.objects.exists()
