"""Who speaks for a right holder, and what nobody else ever sees."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.filing import account, file_in, holder_made, papers_add, speaks_for

from countermark.apps.audit.models import Entry
from countermark.apps.register.completeness import completeness
from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.models import HolderAccess, Recordation, RightHolder
from countermark.apps.register.selectors import (
    access_get,
    access_list,
    acting_role,
    holders_of,
    recordation_get,
    recordation_list,
    right_list,
)
from countermark.apps.register.services import (
    DocumentInput,
    access_approve,
    access_ask,
    access_document_add,
    access_end,
    access_refuse,
    recordation_act,
    recordation_copy,
    recordation_draft,
    recordation_write,
)
from countermark.apps.register.services import access as module
from countermark.domain.errors import (
    ActNotOpen,
    Conflict,
    InvalidInput,
    NotFound,
    NotPermitted,
)

pytestmark = pytest.mark.django_db
NEW = HolderInput(name="Aurelio S.p.A.", country="IT", email="ip@aurelio.example")


@pytest.fixture
def owner(tuen_mun):
    return account("owner@x.example", tuen_mun)


@pytest.fixture
def stranger(tuen_mun):
    return account("stranger@x.example", tuen_mun)


@pytest.fixture
def holder():
    return holder_made()


def soon():
    return timezone.localdate() + timedelta(days=30)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"capacity": "king"}, "capacity"),
        ({"capacity": "agent"}, "valid_until"),
        ({"capacity": "agent", "valid_until": timezone.localdate() - timedelta(9)}, "valid_until"),
        ({"holder": HolderInput(name=" ")}, "holder_name"),
    ],
)
def test_a_malformed_wish_is_refused_by_field(owner, changes, field):
    with pytest.raises(InvalidInput) as refused:
        access_ask(by=owner, **({"holder": NEW, "capacity": "owner"} | changes))
    assert refused.value.params["field"] == field
    assert not HolderAccess.objects.exists()


def test_asking_tells_nothing_and_lets_nobody_in(owner, holder):
    same = HolderInput(name=holder.name, country=holder.country)
    access_ask(by=owner, holder=same, capacity="owner")
    with pytest.raises(Conflict):
        access_ask(by=owner, holder=same, capacity="owner")
    assert not holders_of(account=owner, on=timezone.localdate()).exists()
    with pytest.raises(NotFound):
        acting_role(account=owner, holder=holder, on=timezone.localdate())


def test_only_those_who_examine_settle_a_wish_and_each_once(owner, lau, chan):
    asked = access_ask(by=owner, holder=NEW, capacity="owner")
    for by in (owner, chan):
        with pytest.raises(NotPermitted):
            access_approve(by=by, access=asked)
        with pytest.raises(NotPermitted):
            access_refuse(by=by, access=asked, reason="no")
        with pytest.raises(NotPermitted):
            access_end(by=by, access=asked, reason="no")
    with pytest.raises(InvalidInput):
        access_refuse(by=lau, access=asked, reason=" ")
    with pytest.raises(ActNotOpen):
        access_end(by=lau, access=asked, reason="early")
    approved = access_approve(by=lau, access=asked)
    assert approved.holder == RightHolder.objects.get(name=NEW.name)
    for act in (access_approve, access_refuse):
        with pytest.raises(ActNotOpen):
            act(by=lau, access=asked, **({"reason": "x"} if act is access_refuse else {}))
    assert acting_role(account=owner, holder=approved.holder, on=soon()) == "right-holder"
    access_end(by=lau, access=asked, reason="left")
    assert not holders_of(account=owner, on=timezone.localdate()).exists()
    assert [entry.act for entry in Entry.objects.filter(subject=owner.username)] == [
        "register.access.asked",
        "register.access.approved",
        "register.access.ended",
    ]


def test_a_holder_of_the_register_is_chosen_and_not_made_twice(owner, lau, holder):
    same = HolderInput(name=holder.name, country=holder.country)
    asked = access_ask(by=owner, holder=same, capacity="owner")
    with pytest.raises(Conflict, match="holder-known"):
        access_approve(by=lau, access=asked)
    access_approve(by=lau, access=asked, holder=holder)
    again = access_ask(by=owner, holder=NEW, capacity="owner")
    with pytest.raises(Conflict, match="approved-already"):
        access_approve(by=lau, access=again, holder=holder)


def test_an_agent_is_admitted_on_a_power_of_attorney_and_until_its_last_day(
    owner, lau, holder, tmp_path
):
    asked = access_ask(by=owner, holder=NEW, capacity="agent", valid_until=soon())
    with pytest.raises(ActNotOpen, match="power-of-attorney-missing"):
        access_approve(by=lau, access=asked, holder=holder)
    paper = b"%PDF-1.4\n<< >>\n%%EOF"
    access_document_add(
        by=owner,
        access=asked,
        given=DocumentInput(io.BytesIO(paper), "poa.pdf", module.POWER_OF_ATTORNEY),
    )
    access_approve(by=lau, access=asked, holder=holder)
    assert acting_role(account=owner, holder=holder, on=soon()) == "agent"
    with pytest.raises(NotFound):
        acting_role(account=owner, holder=holder, on=soon() + timedelta(days=1))


def test_when_the_audit_log_fails_nobody_is_admitted(owner, lau, monkeypatch):
    asked = access_ask(by=owner, holder=NEW, capacity="owner")

    def fail(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(module, "audit_record", fail)
    with pytest.raises(RuntimeError):
        access_approve(by=lau, access=asked)
    assert HolderAccess.objects.get().state == "asked"
    assert not RightHolder.objects.exists()


@pytest.mark.parametrize("state", ["draft", "submitted", "in-force", "suspended"])
def test_nobody_sees_another_holders_file_in_any_state(owner, stranger, holder, hongkong, state):
    speaks_for(owner, holder)
    speaks_for(stranger, holder_made(NEW))
    row = file_in(state, administration=hongkong, holder=holder, by=owner)
    assert recordation_get(pk=row.pk, visible_to=owner) == row
    for other in [stranger]:
        assert not recordation_list(visible_to=other).exists()
        with pytest.raises(NotFound):
            recordation_get(pk=row.pk, visible_to=other)
        with pytest.raises(NotFound):
            recordation_write(by=other, recordation=row, edition=1, changes={"goods": "mine"})
        with pytest.raises(NotFound):
            recordation_act(by=other, recordation=row, act="withdraw", note="mine")
        with pytest.raises(NotFound):
            recordation_copy(by=other, recordation=row, administration=hongkong)
    assert not right_list(visible_to=owner).exists()
    assert not access_list(visible_to=stranger).filter(account=owner).exists()
    with pytest.raises(NotFound):
        access_get(pk=owner.accesses.get().pk, visible_to=stranger)


def test_a_draft_is_not_seen_by_officers_and_a_discarded_one_never(owner, lau, holder, hongkong):
    speaks_for(owner, holder)
    row = recordation_draft(
        by=owner, holder=holder, administration=hongkong, right_type="trade-mark"
    )
    assert not recordation_list(visible_to=lau).exists()
    recordation_act(by=owner, recordation=row, act="discard")
    assert not recordation_list(visible_to=lau).exists()
    assert recordation_list(visible_to=owner).get().closed


def test_a_file_is_written_key_by_key_by_one_at_a_time(owner, holder, hongkong):
    speaks_for(owner, holder)
    row = recordation_draft(
        by=owner, holder=holder, administration=hongkong, right_type="trade-mark"
    )
    row = recordation_write(
        by=owner, recordation=row, edition=1, changes={"word": "ORLIVANE", "nice_classes": [25, 9]}
    )
    assert row.content == {"word": "ORLIVANE", "nice_classes": [9, 25]}
    with pytest.raises(Conflict):
        recordation_write(by=owner, recordation=row, edition=1, changes={"word": "OTHER"})
    row = recordation_write(by=owner, recordation=row, edition=2, changes={"goods": "bags"})
    assert row.content["word"] == "ORLIVANE"
    Recordation.objects.update(state="examining")
    with pytest.raises(ActNotOpen):
        recordation_write(by=owner, recordation=row, edition=3, changes={"word": "LATE"})


@pytest.mark.parametrize(
    "changes",
    [
        {"admin": "yes"},
        {"word": 7},
        {"word": "x" * 20_001},
        {"word": "\x00"},
        {"valid_from": "soon"},
        {"nice_classes": ["9"]},
        {"nice_classes": "9"},
        {"nice_classes": [True]},
        {"facts": ["a"]},
        {"facts": {"species": 7}},
        {"holder": {"name": "A", "role": "king"}},
        {"parties": [{"name": "A", "password": "b"}]},
        {"parties": ["A"]},
        {"parties": [{"name": "A", "valid_until": "soon"}]},
        {"contacts": {"name": "A"}},
        {"contacts": [{"name": "A"}] * 201},
    ],
)
def test_content_that_is_no_content_is_refused_and_nothing_is_written(
    owner, holder, hongkong, changes
):
    speaks_for(owner, holder)
    row = recordation_draft(
        by=owner, holder=holder, administration=hongkong, right_type="trade-mark"
    )
    with pytest.raises(InvalidInput):
        recordation_write(by=owner, recordation=row, edition=1, changes=changes)
    row.refresh_from_db()
    assert (row.content, row.edition) == ({}, 1)


def test_one_file_begins_another_with_the_other_administration_without_its_registration(
    owner, holder, hongkong, guangdong
):
    speaks_for(owner, holder)
    row = file_in("submitted", administration=hongkong, holder=holder, by=owner)
    other = recordation_copy(by=owner, recordation=row, administration=guangdong)
    assert (other.state, other.administration) == ("draft", guangdong)
    assert other.content["word"] == "VELUNDRA"
    assert "registration_number" not in other.content
    assert "valid_until" not in other.content


def test_an_accepted_transfer_moves_the_right_and_shuts_the_old_holder_out(
    owner, stranger, holder, hongkong, lau
):
    speaks_for(owner, holder)
    speaks_for(stranger, holder_made(NEW))
    row = file_in("in-force", administration=hongkong, holder=holder, by=owner)
    changes = {
        "holder": {"name": NEW.name, "country": NEW.country},
        "goods": "bags and trunks",
        "parties": [{"name": "Pelican Trading", "role": "importer"}],
    }
    recordation_act(
        by=owner,
        recordation=row,
        act="file-amendment",
        note="sold",
        detail={"changes": changes},
    )
    row = recordation_act(by=lau, recordation=row, act="accept-amendment")
    assert row.holder.name == NEW.name
    assert row.right.goods == "bags and trunks"
    assert row.right.authorised_parties.filter(name="Pelican Trading").exists()
    assert recordation_get(pk=row.pk, visible_to=stranger) == row
    with pytest.raises(NotFound):
        recordation_get(pk=row.pk, visible_to=owner)


def test_a_change_that_was_refused_is_not_carried_by_the_next(owner, holder, hongkong, lau):
    speaks_for(owner, holder)
    row = file_in("in-force", administration=hongkong, holder=holder, by=owner)
    first = {"changes": {"goods": "everything"}}
    recordation_act(by=owner, recordation=row, act="file-amendment", note="a", detail=first)
    recordation_act(by=lau, recordation=row, act="refuse-amendment", note="no proof")
    recordation_act(by=owner, recordation=row, act="file-amendment", note="contact moved")
    row = recordation_act(by=lau, recordation=row, act="accept-amendment")
    assert row.right.goods == "bags"


def test_a_registration_of_another_holder_is_not_granted(owner, stranger, holder, hongkong, lau):
    speaks_for(owner, holder)
    other = holder_made(NEW)
    speaks_for(stranger, other)
    file_in("in-force", administration=hongkong, holder=other, by=stranger)
    row = file_in("examining", administration=hongkong, holder=holder, by=owner)
    with pytest.raises(Conflict, match="right-of-another-holder"):
        recordation_act(by=lau, recordation=row, act="approve")
    row.refresh_from_db()
    assert row.right is None


def test_the_database_itself_refuses_a_file_that_cannot_be(owner, holder, hongkong):
    row = file_in("in-force", administration=hongkong, holder=holder, by=owner)
    for change in (
        {"number": ""},
        {"recorded_on": None},
        {"right": None},
        {"closed": True},
        {"state": ""},
        {"filed_on": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recordation.objects.filter(pk=row.pk).update(**change)


def test_what_a_file_lacks_is_named_and_weighs_by_what_is_required(owner, holder, hongkong):
    row = file_in("draft", administration=hongkong, holder=holder, by=owner)
    full = completeness(row)
    assert full.missing == ()
    row.documents.all().delete()
    row.content["statements"] = {}
    lacking = completeness(row)
    assert {"certificate", "examiner"} <= set(lacking.missing)
    assert 0 < lacking.percent < full.percent < 100
    papers_add(row, owner)
    assert completeness(row).percent > lacking.percent
