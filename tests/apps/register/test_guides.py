"""Guides that tell genuine goods from fake: written by whom, seen by whom, and never rewritten."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.register.test_documents import picture
from tests.filing import account, holder_made, speaks_for
from tests.trade import recorded

from countermark.apps.audit.models import Entry
from countermark.apps.register.guide_content import SECTIONS, rows_checked, rows_read
from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.models import Document, GuideEdition, KnownInfringer
from countermark.apps.register.selectors import (
    document_get,
    guide_editions,
    guide_get,
    guide_lacking,
    guide_rights,
    infringer_get,
    infringer_list,
)
from countermark.apps.register.services import (
    DocumentInput,
    InfringerInput,
    guide_copy,
    guide_picture_add,
    guide_write,
    infringer_erase,
    infringer_report,
    infringers_expire,
    right_withdraw,
)
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound, NotPermitted

pytestmark = pytest.mark.django_db

TELL = {"feature": "Zip pull", "genuine": "Engraved on both sides", "certainty": "certain"}
PRICE = {
    "goods": "Shoulder bag",
    "unit": "H87",
    "currency": "HKD",
    "least": "4200",
    "most": "9800.50",
    "on": "2026-03-01",
}
CONTACT = {"name": "Ng Suk-fan", "phone": "+852 2345 6789", "days": "12345", "languages": "en yue"}
SEEN = {"view": "front", "shows": "genuine", "caption": "Front flap"}


@pytest.fixture
def right(lau, hongkong):
    """A recorded right of Meridian Ltd."""
    return recorded(lau, hongkong)


@pytest.fixture
def owner(right, tuen_mun):
    """An account that speaks for Meridian Ltd."""
    who = account("owner@meridian.example", tuen_mun)
    speaks_for(who, right.holder)
    return who


@pytest.fixture
def stranger(right, tuen_mun):
    """An account that speaks for another holder."""
    who = account("someone@else.example", tuen_mun)
    speaks_for(who, holder_made(HolderInput(name="Another Ltd", country="FR")))
    return who


def upload(**changes: object) -> DocumentInput:
    return DocumentInput(io.BytesIO(picture(**changes)), "front.jpg", "")


def add_picture(by, right, edition=0, **fields):
    return guide_picture_add(
        by=by, right=right, edition=edition, given=upload(), picture=SEEN | fields
    )


def tell(by, right, edition=0, **fields):
    return guide_write(by=by, right=right, edition=edition, section="tells", rows=[TELL | fields])


def test_holder_and_officer_write_one_guide_in_turn(right, owner, lau):
    assert tell(owner, right).number == 1
    prices = guide_write(by=lau, right=right, edition=1, section="prices", rows=[PRICE])
    assert (prices.number, prices.role) == (2, "analyst")
    guide = guide_get(right=right, visible_to=owner)
    assert [each.feature for each in guide.rows["tells"]] == ["Zip pull"]
    least, most = guide.rows["prices"][0].span
    assert (least.minor, most.minor, most.currency) == (420000, 980050, "HKD")
    assert guide.lacking == ("pictures", "contacts")
    said = Entry.objects.filter(act="register.guide.written").values_list("actor", flat=True)
    assert list(said) == [owner.username, "lau"]


def test_what_was_seen_on_a_day_can_be_told(right, lau):
    with time_machine.travel(date(2026, 3, 2)):
        tell(lau, right)
    with time_machine.travel(date(2026, 5, 2)):
        tell(lau, right, 1, genuine="Engraved on one side only")
    march = guide_get(right=right, visible_to=lau, on=date(2026, 4, 1))
    assert march.number == 1
    assert march.rows["tells"][0].genuine == "Engraved on both sides"
    assert guide_get(right=right, visible_to=lau, on=date(2026, 3, 1)).number == 0
    assert guide_get(right=right, visible_to=lau, number=1).rows == march.rows
    assert [each.number for each in guide_editions(right=right, visible_to=lau)] == [2, 1]
    with pytest.raises(NotFound):
        guide_get(right=right, visible_to=lau, number=3)


def test_an_edition_is_never_rewritten_by_anybody(right, lau):
    tell(lau, right)
    for change in (
        lambda: GuideEdition.objects.update(content={}),
        lambda: GuideEdition.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_the_same_rows_again_make_no_edition(right, lau):
    first = tell(lau, right)
    assert tell(lau, right, 1) == first
    assert guide_write(by=lau, right=right, edition=1, section="ports", rows=[]) == first
    assert GuideEdition.objects.count() == 1


def test_who_changes_an_old_edition_is_told_so(right, owner, lau):
    tell(lau, right)
    with pytest.raises(Conflict, match="guide-changed-meanwhile"):
        tell(owner, right, 0, genuine="Another text")


def test_nobody_else_writes_and_no_other_holder_reads(right, owner, stranger, chan, kwok):
    tell(owner, right)
    for who, refusal in ((stranger, NotFound), (chan, NotPermitted), (kwok, NotPermitted)):
        with pytest.raises(refusal):
            tell(who, right, 1, genuine="Something else")
    for ask in (guide_get, guide_editions):
        with pytest.raises(NotFound):
            ask(right=right, visible_to=stranger)
    assert list(guide_rights(visible_to=stranger)) == []
    assert [each.guide_number for each in guide_rights(visible_to=owner)] == [1]
    assert guide_get(right=right, visible_to=chan).number == 1


def test_a_withdrawn_right_keeps_its_guide_as_it_is(right, lau):
    tell(lau, right)
    right_withdraw(by=lau, right=right, reason="sold")
    with pytest.raises(ActNotOpen):
        tell(lau, right, 1, genuine="Something else")
    assert guide_get(right=right, visible_to=lau).number == 1


def test_a_picture_is_drawn_again_and_stands_in_the_guide(right, owner, stranger, chan):
    add_picture(owner, right)
    guide = guide_get(right=right, visible_to=chan)
    [shown] = guide.rows["pictures"]
    assert guide.pictures[shown.document].media_type == "image/jpeg"
    pk = int(shown.document)
    assert document_get(pk=pk, visible_to=owner).pk == pk
    with pytest.raises(NotFound):
        document_get(pk=pk, visible_to=stranger)


def test_a_picture_taken_out_is_still_there_in_the_old_edition(right, owner):
    add_picture(owner, right)
    guide_write(by=owner, right=right, edition=1, section="pictures", rows=[])
    before = guide_get(right=right, visible_to=owner, number=1)
    assert list(before.pictures) == [before.rows["pictures"][0].document]
    assert guide_get(right=right, visible_to=owner).pictures == {}


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"view": "moon"}, "code-unknown"), ({"shows": "both"}, "code-unknown")],
)
def test_a_picture_that_cannot_be_shown_is_not_kept(right, owner, fields, code):
    with pytest.raises(InvalidInput, match=code):
        add_picture(owner, right, **fields)
    assert not Document.objects.exists()


def test_a_picture_is_kept_with_its_edition_or_not_at_all(right, owner, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the last step fails")

    monkeypatch.setattr("countermark.apps.register.services.guides.audit_record", fail)
    with pytest.raises(RuntimeError):
        add_picture(owner, right)
    assert not Document.objects.exists()
    assert not GuideEdition.objects.exists()
    assert not Entry.objects.filter(act="register.document.added").exists()


def test_another_holders_picture_cannot_be_put_into_a_guide(right, owner, lau, hongkong):
    other = recorded(lau, hongkong, registration_number="2", word="ORLIVANE")
    other.holder = holder_made(HolderInput(name="Another Ltd"))
    other.save()
    add_picture(lau, other)
    theirs = guide_get(right=other, visible_to=lau).rows["pictures"][0].document
    with pytest.raises(InvalidInput, match="document-unknown"):
        guide_write(
            by=owner,
            right=right,
            edition=0,
            section="pictures",
            rows=[SEEN | {"document": theirs}],
        )


def test_a_guide_is_taken_over_for_another_right_of_the_holder(right, owner, lau, hongkong):
    second = recorded(lau, hongkong, registration_number="300000002")
    add_picture(owner, right)
    tell(owner, right, 1)
    guide_copy(by=owner, right=second, edition=0, source=right)
    copied = guide_get(right=second, visible_to=owner)
    assert copied.rows == guide_get(right=right, visible_to=owner).rows
    with pytest.raises(InvalidInput, match="guide-of-another"):
        guide_copy(by=owner, right=second, edition=1, source=second)


def test_what_a_guide_lacks_is_told_for_many_rights_at_once(
    right, lau, hongkong, django_assert_num_queries
):
    second = recorded(lau, hongkong, registration_number="300000002")
    tell(lau, right)
    guide_write(by=lau, right=right, edition=1, section="contacts", rows=[CONTACT])
    with django_assert_num_queries(1):
        lacking = guide_lacking([right, second])
    assert lacking == {
        right.pk: ("pictures", "prices"),
        second.pk: ("pictures", "tells", "prices", "contacts"),
    }


@pytest.mark.parametrize(
    ("section", "row", "field", "code"),
    [
        ("tells", {"feature": "Zip"}, "genuine", "missing"),
        ("tells", TELL | {"certainty": "sure"}, "certainty", "code-unknown"),
        ("tells", TELL | {"colour": "red"}, "colour", "field-unknown"),
        ("tells", TELL | {"genuine": "x" * 1001}, "genuine", "too-long"),
        ("codes", {"kind": "spell", "place": "inside"}, "kind", "code-unknown"),
        ("prices", PRICE | {"most": "4199.99"}, "most", "prices-not-in-order"),
        ("prices", PRICE | {"least": "-1"}, "most", "prices-not-in-order"),
        ("prices", PRICE | {"least": "4.200,00"}, "least", "amount-malformed"),
        ("prices", PRICE | {"currency": "XXX"}, "currency", "currency-unknown"),
        ("prices", PRICE | {"unit": "bags"}, "unit", "code-unknown"),
        ("prices", PRICE | {"on": "March"}, "on", "date-malformed"),
        ("ports", {"place": "Yantian", "direction": "up"}, "direction", "code-unknown"),
        ("contacts", CONTACT | {"phone": "call me"}, "phone", "phone-malformed"),
        ("contacts", CONTACT | {"days": "18"}, "days", "days-malformed"),
        ("contacts", CONTACT | {"opens": "09:00"}, "closes", "missing"),
        ("contacts", CONTACT | {"opens": "9", "closes": "18:00"}, "opens", "time-malformed"),
        ("contacts", CONTACT | {"languages": "la"}, "languages", "code-unknown"),
        ("contacts", CONTACT | {"time_zone": "Moon/Base"}, "time_zone", "time-zone-unknown"),
        ("rumours", {}, "section", "section-unknown"),
    ],
)
def test_a_row_that_says_something_wrong_is_refused_by_its_field(section, row, field, code):
    with pytest.raises(InvalidInput) as refused:
        rows_checked(section, [row], right_type="trade-mark")
    assert (refused.value.code, refused.value.params["field"]) == (code, field)


@given(st.sampled_from(sorted(SECTIONS)), st.lists(st.dictionaries(st.text(max_size=9), st.text())))
def test_whatever_is_given_is_refused_or_reads_back_as_it_was_kept(section, rows):
    try:
        kept = rows_checked(section, rows, right_type="trade-mark")
    except InvalidInput:
        return
    assert len(rows_read({section: kept}, section)) == len(kept)


def reported(by, right, **changes):
    fields = {"name": "Tolland Cargo", "source": "case HK-2025-000003", "since": date(2025, 1, 5)}
    return infringer_report(by=by, right=right, given=InfringerInput(**fields | changes))


def test_known_infringers_are_for_officers_and_a_holder_sees_its_own_reports_only(
    right, owner, stranger, chan, kwok
):
    by_officer, by_holder = reported(chan, right), reported(owner, right, name="Dunmore Freight")
    assert set(infringer_list(right=right, visible_to=chan)) == {by_officer, by_holder}
    assert list(infringer_list(right=right, visible_to=owner)) == [by_holder]
    assert list(infringer_list(right=right, visible_to=stranger)) == []
    assert list(infringer_list(right=right, visible_to=kwok)) == []
    with pytest.raises(NotFound):
        infringer_get(pk=by_officer.pk, right=right, visible_to=owner)
    with pytest.raises(NotFound):
        infringer_erase(by=owner, infringer=by_officer, reason="ours")
    for who, refusal in ((stranger, NotFound), (kwok, NotPermitted)):
        with pytest.raises(refusal):
            reported(who, right)
        with pytest.raises(refusal):
            infringer_erase(by=who, infringer=by_holder, reason="wrong")


def test_an_erased_person_is_nowhere_any_more(right, chan):
    row = infringer_erase(by=chan, infringer=reported(chan, right), reason="acquitted")
    row.refresh_from_db()
    assert (row.name, row.source, row.erased_why) == ("", "", "acquitted")
    assert list(infringer_list(right=right, visible_to=chan)) == []
    assert "Tolland" not in "".join(str(each.detail) for each in Entry.objects.all())
    with pytest.raises(ActNotOpen, match="infringer-erased"):
        infringer_erase(by=chan, infringer=row, reason="again")


def test_an_entry_is_hidden_when_its_time_has_passed_and_then_erased(right, chan):
    row = reported(chan, right)
    late = row.keep_until + timedelta(days=1)
    assert list(infringer_list(right=right, visible_to=chan, on=row.keep_until)) == [row]
    assert list(infringer_list(right=right, visible_to=chan, on=late)) == []
    assert infringers_expire(on=row.keep_until) == 0
    assert (infringers_expire(on=late), infringers_expire(on=late)) == (1, 0)
    assert KnownInfringer.objects.get().erased_why == "keep-until-passed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "missing"),
        ({"source": ""}, "missing"),
        ({"since": date(2100, 1, 1)}, "day-in-future"),
        ({"keep_until": date(2100, 1, 1)}, "kept-too-long"),
        ({"note": "x" * 1001}, "too-long"),
    ],
)
def test_an_entry_without_reason_or_end_is_refused(right, chan, changes, code):
    with pytest.raises(InvalidInput, match=code):
        reported(chan, right, **changes)
    assert not KnownInfringer.objects.exists()
