"""Rights, recordations and authorised parties: what is written, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.trade import recorded, right_input

from countermark.apps.audit.models import Entry
from countermark.apps.register.convert import right_input as input_of
from countermark.apps.register.inputs import (
    AuthorisedPartyInput,
    ContactInput,
    HolderInput,
    RecordationInput,
)
from countermark.apps.register.models import (
    AuthorisedParty,
    Recordation,
    Representative,
    Right,
    RightHolder,
)
from countermark.apps.register.services import (
    authorised_party_add,
    holder_record,
    recordation_record,
    recordation_withdraw,
    representative_add,
    right_record,
    right_revise,
    right_withdraw,
)
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(lau) -> RightHolder:
    return holder_record(by=lau, holder=HolderInput(name="Meridian Ltd", country="GB"))


@pytest.fixture
def right(lau, hongkong) -> Right:
    return recorded(lau, hongkong)


def test_a_right_is_recorded_with_its_recordation_and_both_are_audited(lau, right):
    assert right.label == "VELUNDRA"
    assert right.version == 1
    assert right.recordations.get().number == "R-300000001"
    acts = Entry.objects.filter(subject=right.reference).values_list("act", "actor")
    assert list(acts) == [
        ("register.right.recorded", "lau"),
        ("register.recordation.recorded", "lau"),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"registration_number": ""}, "registration_number", "missing"),
        ({"word": " ", "word_zh_hans": "", "word_zh_hant": ""}, "word", "word-missing"),
        ({"word": "x" * 201}, "word", "too-long"),
        ({"nice_classes": ()}, "nice_classes", "missing"),
        ({"nice_classes": (0,)}, "nice_classes", "class-out-of-range"),
        ({"nice_classes": (46,)}, "nice_classes", "class-out-of-range"),
        ({"nice_classes": (9, 9)}, "nice_classes", "class-repeated"),
        ({"valid_until": date(2009, 12, 31)}, "valid_until", "dates-not-in-order"),
        ({"right_type": "song"}, "right_type", "right-type-unknown"),
        ({"jurisdiction": "xx"}, "jurisdiction", "jurisdiction-unknown"),
    ],
)
def test_a_malformed_right_is_refused_by_field_and_writes_nothing(
    lau, holder, changes, field, code
):
    with pytest.raises(InvalidInput) as refused:
        right_record(by=lau, holder=holder, right=right_input(**changes))
    assert (refused.value.params["field"], refused.value.code) == (field, code)
    assert not Right.objects.exists()


def test_only_those_who_keep_the_register_may_write_in_it(chan, holder, right, hongkong):
    calls = [
        lambda: holder_record(by=chan, holder=HolderInput("Other Ltd")),
        lambda: representative_add(by=chan, holder=holder, contact=ContactInput("Agent")),
        lambda: right_record(by=chan, holder=holder, right=right_input(registration_number="9")),
        lambda: right_revise(by=chan, right=right, change=right_input(word="OTHER")),
        lambda: right_withdraw(by=chan, right=right, reason="lapsed"),
        lambda: authorised_party_add(by=chan, right=right, party=AuthorisedPartyInput("Pelican")),
        lambda: recordation_withdraw(by=chan, recordation=right.recordations.get(), reason="asked"),
        lambda: recordation_record(
            by=chan, right=right, recordation=RecordationInput(hongkong, "R-2", date(2020, 1, 1))
        ),
    ]
    before = Entry.objects.count()
    for call in calls:
        with pytest.raises(NotPermitted):
            call()
    assert Entry.objects.count() == before


def test_one_registration_is_recorded_once(lau, holder, right):
    with pytest.raises(Conflict) as refused:
        right_record(by=lau, holder=holder, right=right_input())
    assert refused.value.code == "right-recorded-already"


def test_when_a_recordation_is_refused_the_right_is_not_recorded_either(
    lau, holder, hongkong, right
):
    taken = RecordationInput(hongkong, "R-300000001", date(2020, 1, 1))
    with pytest.raises(Conflict):
        right_record(
            by=lau,
            holder=holder,
            right=right_input(registration_number="300000002"),
            recordations=[taken],
        )
    assert Right.objects.get() == right


def test_when_the_audit_log_fails_nothing_of_a_right_is_written(lau, holder, hongkong, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("countermark.apps.register.services.rights.audit_record", fails)
    with pytest.raises(RuntimeError):
        right_record(
            by=lau,
            holder=holder,
            right=right_input(),
            recordations=[RecordationInput(hongkong, "R-1", date(2020, 1, 1))],
        )
    assert not Right.objects.exists()
    assert not Recordation.objects.exists()


def test_a_right_is_recorded_only_where_it_is_registered(lau, right, guangdong):
    elsewhere = RecordationInput(guangdong, "T2020-1", date(2020, 1, 1))
    with pytest.raises(InvalidInput) as refused:
        recordation_record(by=lau, right=right, recordation=elsewhere)
    assert refused.value.code == "jurisdiction-elsewhere"


@pytest.mark.parametrize(
    ("number", "code"),
    [("R-300000001", "recordation-number-taken"), ("R-2", "recordation-in-force-already")],
)
def test_a_right_has_one_recordation_in_force_with_an_administration(
    lau, right, hongkong, number, code
):
    with pytest.raises(Conflict) as refused:
        recordation_record(
            by=lau, right=right, recordation=RecordationInput(hongkong, number, date(2020, 1, 1))
        )
    assert refused.value.code == code


def test_a_withdrawn_recordation_makes_room_for_the_next(lau, right, hongkong):
    recordation_withdraw(by=lau, recordation=right.recordations.get(), reason="asked for it")
    made = recordation_record(
        by=lau, right=right, recordation=RecordationInput(hongkong, "R-2", date(2020, 1, 1))
    )
    assert made.state == "in-force"
    with pytest.raises(ActNotOpen):
        recordation_withdraw(
            by=lau, recordation=right.recordations.get(number="R-300000001"), reason="again"
        )


def test_a_revision_raises_the_version_and_says_what_changed(lau, right):
    revised = right_revise(by=lau, right=right, change=right_input(nice_classes=(18, 25)))
    assert (revised.version, revised.nice_classes) == (2, [18, 25])
    detail = Entry.objects.get(act="register.right.revised").detail
    assert detail == {"nice_classes": ["(18,)", "(18, 25)"]}


def test_a_revision_without_a_difference_writes_nothing(lau, right):
    before = Entry.objects.count()
    assert right_revise(by=lau, right=right, change=right_input()).version == 1
    assert Entry.objects.count() == before


def test_a_revision_of_an_outdated_copy_is_refused(lau, right):
    right_revise(by=lau, right=right, change=right_input(goods="Handbags"))
    with pytest.raises(Conflict) as refused:
        right_revise(by=lau, right=right, change=right_input(goods="Purses"))
    assert refused.value.code == "right-changed-meanwhile"


def test_a_revision_cannot_take_another_rights_registration(lau, hongkong, right):
    other = recorded(lau, hongkong, registration_number="300000002", word="ORLIVANE")
    with pytest.raises(Conflict):
        right_revise(by=lau, right=other, change=right_input())


def test_withdrawing_needs_a_reason_ends_every_recordation_and_is_final(lau, right):
    with pytest.raises(InvalidInput):
        right_withdraw(by=lau, right=right, reason=" ")
    right_withdraw(by=lau, right=right, reason="surrendered")
    assert right.recordations.get().state == "withdrawn"
    for act in (
        lambda: right_withdraw(by=lau, right=right, reason="again"),
        lambda: right_revise(by=lau, right=right, change=right_input(word="OTHER")),
        lambda: authorised_party_add(by=lau, right=right, party=AuthorisedPartyInput("Pelican")),
    ):
        with pytest.raises(ActNotOpen):
            act()


def test_an_authorised_party_raises_the_version_because_hits_change(lau, right):
    authorised_party_add(by=lau, right=right, party=AuthorisedPartyInput("Pelican Trading"))
    right.refresh_from_db()
    assert right.version == 2
    with pytest.raises(Conflict):
        authorised_party_add(by=lau, right=right, party=AuthorisedPartyInput("PELICAN trading"))


@pytest.mark.parametrize(
    "party",
    [
        AuthorisedPartyInput(" "),
        AuthorisedPartyInput("Pelican", role="friend"),
        AuthorisedPartyInput("x" * 201),
        AuthorisedPartyInput("Pelican", valid_from=date(2020, 1, 2), valid_until=date(2020, 1, 1)),
    ],
)
def test_a_malformed_party_is_refused(lau, right, party):
    with pytest.raises(InvalidInput):
        authorised_party_add(by=lau, right=right, party=party)
    assert not AuthorisedParty.objects.exists()


def test_a_holder_is_known_again_by_name_in_any_case_and_by_country(lau, holder):
    again = holder_record(
        by=lau, holder=HolderInput(name="MERIDIAN  LTD", country="GB", phone="+44 1")
    )
    other = holder_record(by=lau, holder=HolderInput(name="Meridian Ltd", country="FR"))
    assert again.pk == holder.pk
    assert again.phone == "+44 1"
    assert other.pk != holder.pk


@pytest.mark.parametrize(
    "holder", [HolderInput(""), HolderInput("!!"), HolderInput("A", country="gbr")]
)
def test_a_malformed_holder_is_refused(lau, holder):
    with pytest.raises(InvalidInput):
        holder_record(by=lau, holder=holder)
    assert not RightHolder.objects.exists()


def test_a_representative_is_added_once_and_kept_up_to_date(lau, holder):
    representative_add(by=lau, holder=holder, contact=ContactInput("Agent", email="a@x.example"))
    representative_add(by=lau, holder=holder, contact=ContactInput("Agent", email="b@x.example"))
    assert Representative.objects.get().email == "b@x.example"
    with pytest.raises(InvalidInput):
        representative_add(by=lau, holder=holder, contact=ContactInput(" "))


@pytest.mark.parametrize(
    "change",
    [
        {"valid_until": date(2009, 1, 1)},
        {"state": "asleep"},
        {"version": 0},
    ],
)
def test_the_database_itself_refuses_what_no_right_can_be(right, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Right.objects.filter(pk=right.pk).update(**change)


def test_the_database_itself_refuses_a_recordation_that_ends_before_it_begins(right):
    with pytest.raises(IntegrityError), transaction.atomic():
        right.recordations.update(expires_on=date(2011, 12, 31))


def test_the_input_of_a_right_is_what_was_given(right):

    assert input_of(right) == right_input()
