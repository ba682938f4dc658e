from __future__ import annotations

import stat

import pytest
from tests.apps.exchange.partner import Guangdong

from countermark.apps.audit.models import Entry
from countermark.apps.exchange import keyring
from countermark.apps.exchange.models import KeyStatement, OwnKey, Partner, PartnerKey
from countermark.apps.exchange.selectors import own_encryption_keys, own_key_current, partner_get
from countermark.apps.exchange.services import (
    identity,
    node_key_rotate,
    node_keys_ensure,
    pairing,
    pairing_bundle,
    partner_pair,
)
from countermark.apps.exchange.services.pairing import statement_learn
from countermark.domain.envelopes.fingerprint import fingerprint_digits
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.envelopes.statement import bundle_open, statement_hash, statement_open
from countermark.domain.errors import (
    Conflict,
    EnvelopeRefused,
    InvalidInput,
    NotFound,
    NotPermitted,
)


def test_a_node_makes_its_keys_once(hongkong):
    first = node_keys_ensure()
    assert node_keys_ensure() == first
    assert sorted(OwnKey.objects.values_list("use", flat=True)) == sorted(KeyUse)
    assert KeyStatement.objects.count() == 1


def test_private_keys_are_files_only_their_owner_can_read(hongkong, var_dir):
    node_keys_ensure()
    files = list((var_dir / "keys").iterdir())
    assert {file.stem for file in files} == set(OwnKey.objects.values_list("kid", flat=True))
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((var_dir / "keys").stat().st_mode) == 0o700


def test_nothing_private_is_in_the_database(hongkong):
    node_keys_ensure()
    stored = repr(list(OwnKey.objects.values())) + repr(list(KeyStatement.objects.values()))
    for row in OwnKey.objects.all():
        pair = keyring.key_load(KeyUse(row.use), row.kid)
        assert pair.private.private_bytes_raw().hex() not in stored
        assert row.x == pair.public.x


def test_a_node_without_an_administration_makes_no_keys(db):
    with pytest.raises(NotFound, match="administration-unknown"):
        node_keys_ensure()


def test_keys_are_all_there_or_not_at_all(hongkong, monkeypatch):
    def fail(*args, **detail):
        raise RuntimeError("the last step")

    monkeypatch.setattr(identity, "audit_record", fail)
    with pytest.raises(RuntimeError):
        node_keys_ensure()
    assert not OwnKey.objects.exists()
    assert not KeyStatement.objects.exists()


def test_a_lost_key_file_is_said_by_name(hongkong, var_dir):
    node_keys_ensure()
    for file in (var_dir / "keys").iterdir():
        file.write_bytes(b"not a key")
    with pytest.raises(NotFound, match="private-key-missing"):
        own_key_current(KeyUse.SIGN)


def test_a_key_file_under_another_name_is_not_believed(hongkong, var_dir):
    node_keys_ensure()
    sign, root = (OwnKey.objects.get(use=use).kid for use in (KeyUse.SIGN, KeyUse.ROOT))
    (var_dir / "keys" / f"{sign}.pem").write_bytes((var_dir / "keys" / f"{root}.pem").read_bytes())
    with pytest.raises(NotFound, match="private-key-missing"):
        own_key_current(KeyUse.SIGN)


def test_the_bundle_holds_what_a_partner_needs(hongkong, settings):
    made = pairing_bundle()
    opened = bundle_open(made["bundle"])
    assert (opened.node, opened.base_url) == ("hk", settings.COUNTERMARK_BASE_URL)
    assert made["digits"] == fingerprint_digits(opened.root)


def test_a_new_key_is_stated_before_the_old_one_which_still_opens(hongkong, lin):
    node_keys_ensure()
    old = own_key_current(KeyUse.ENCRYPT).kid
    former = KeyStatement.objects.get().token
    statement = node_key_rotate(use=KeyUse.ENCRYPT, by=lin)
    new = own_key_current(KeyUse.ENCRYPT).kid
    root = own_key_current(KeyUse.ROOT).public
    stated = statement_open(statement.token, node="hk", root=root)
    boxes = [key.public.kid for key in stated.keys if key.public.use is KeyUse.ENCRYPT]
    assert boxes == [new, old]
    assert (stated.number, stated.previous) == (2, statement_hash(former))
    assert set(own_encryption_keys()) == {old, new}


def test_only_who_may_pair_replaces_keys(hongkong, chan):
    node_keys_ensure()
    with pytest.raises(NotPermitted):
        node_key_rotate(use=KeyUse.SIGN, by=chan)
    assert KeyStatement.objects.count() == 1


def test_a_partner_is_paired_when_an_officer_heard_its_fingerprint(paired, gd, lin, guangdong):
    assert partner_get(administration=guangdong) == paired
    assert (paired.state, paired.verified_by) == (Partner.State.VERIFIED, lin)
    assert PartnerKey.objects.filter(current=True).count() == 3
    entry = Entry.objects.get(act="exchange.partner.paired")
    assert (entry.subject, entry.actor) == ("cn-gd", "lin")
    assert entry.detail["fingerprint"] == paired.fingerprint


@pytest.mark.parametrize("said", ["", "lusab-babad", None])
def test_there_is_no_trust_on_first_use(gd, lin, guangdong, said):
    fingerprint = Guangdong().words if said is None else said
    with pytest.raises(InvalidInput, match="fingerprint-differs"):
        partner_pair(bundle=gd.bundle, fingerprint=fingerprint, fingerprint_confirmed_by=lin)
    assert not Partner.objects.exists()


def test_who_may_not_pair_is_refused(gd, chan, guangdong):
    with pytest.raises(NotPermitted):
        partner_pair(bundle=gd.bundle, fingerprint=gd.words, fingerprint_confirmed_by=chan)


def test_a_node_does_not_pair_with_itself(hongkong, lin):
    own = pairing_bundle()
    with pytest.raises(Conflict, match="partner-is-self"):
        partner_pair(bundle=own["bundle"], fingerprint=own["words"], fingerprint_confirmed_by=lin)


def test_an_administration_nobody_recorded_cannot_be_paired(lin):
    macao = Guangdong(node="mo")
    with pytest.raises(NotFound):
        partner_pair(bundle=macao.bundle, fingerprint=macao.words, fingerprint_confirmed_by=lin)


def test_pairing_writes_all_or_nothing(gd, lin, guangdong, monkeypatch):
    def fail(*args, **detail):
        raise RuntimeError("the last step")

    monkeypatch.setattr(pairing, "audit_record", fail)
    with pytest.raises(RuntimeError):
        partner_pair(bundle=gd.bundle, fingerprint=gd.words, fingerprint_confirmed_by=lin)
    assert not Partner.objects.exists()
    assert not PartnerKey.objects.exists()


def test_pairing_again_brings_the_keys_up_to_date(paired, gd, lin):
    gd.rotate(KeyUse.ENCRYPT)
    again = partner_pair(bundle=gd.bundle, fingerprint=gd.words, fingerprint_confirmed_by=lin)
    assert again.pk == paired.pk
    current = PartnerKey.objects.get(use=KeyUse.ENCRYPT, current=True)
    assert current.kid == gd.keys[KeyUse.ENCRYPT].kid
    assert PartnerKey.objects.filter(use=KeyUse.ENCRYPT).count() == 2


def test_another_root_key_under_a_known_name_is_refused(paired, lin):
    impostor = Guangdong()
    with pytest.raises(Conflict, match="partner-root-differs"):
        partner_pair(
            bundle=impostor.bundle, fingerprint=impostor.words, fingerprint_confirmed_by=lin
        )
    paired.refresh_from_db()
    assert paired.root_public_key != impostor.keys[KeyUse.ROOT].public.x


def test_keys_never_go_back(paired, gd):
    old = gd.statement
    gd.rotate(KeyUse.SIGN)
    statement_learn(paired, gd.statement)
    statement_learn(paired, old)
    paired.refresh_from_db()
    assert (paired.statement_number, paired.statement) == (2, gd.statement)


def test_keys_the_confirmed_root_did_not_sign_are_refused(paired):
    with pytest.raises(EnvelopeRefused, match="kid-unknown"):
        statement_learn(paired, Guangdong(number=9).statement)
    paired.refresh_from_db()
    assert paired.statement_number == 1


def test_a_statement_without_a_key_for_each_use_is_refused(paired, gd):
    gd.rotate(KeyUse.SIGN)
    gd.keys[KeyUse.ENCRYPT] = gd.keys[KeyUse.TRANSPORT]
    with pytest.raises(EnvelopeRefused, match="statement-malformed"):
        statement_learn(paired, gd.statement)
    assert PartnerKey.objects.filter(current=True).count() == 3
