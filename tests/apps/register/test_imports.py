"""Importing rights: what is shown is what is done; good rows are never lost to bad ones."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trade import recorded, table

from countermark.apps.audit.models import Entry
from countermark.apps.register.columns import ALIASES, TITLES
from countermark.apps.register.entries import read_classes
from countermark.apps.register.inputs import AuthorisedPartyInput
from countermark.apps.register.models import Recordation, Right, RightHolder
from countermark.apps.register.services import (
    authorised_party_add,
    right_withdraw,
    rights_import,
    rights_preview,
    rights_upload,
)
from countermark.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted
from countermark.domain.titles import title_key

pytestmark = pytest.mark.django_db

RIGHT = {
    "registration_number": "300000001",
    "word": "VELUNDRA",
    "word_zh_hans": "薇伦卓",
    "word_zh_hant": "薇倫卓",
    "nice_classes": "18",
    "goods": "Handbags; purses",
    "valid_from": "2010-01-01",
    "valid_until": "2030-01-01",
    "holder_name": "Meridian Ltd",
    "holder_country": "GB",
    "representative_name": "Harbour Agents",
    "recordation_number": "R-1",
    "recorded_on": "2012年1月1日",
    "expires_on": "",
    "authorised_parties": "Pelican Trading; Harbour Light Ltd",
}


def right(number: int = 1, **changes: str) -> dict[str, str]:
    return (
        RIGHT
        | {"registration_number": f"30000000{number}", "recordation_number": f"R-{number}"}
        | changes
    )


@pytest.fixture
def uploaded(lau, hongkong):
    return lambda rows, name="rights.csv": rights_upload(by=lau, stream=table(rows), filename=name)


@pytest.fixture
def imported(lau, uploaded):
    return lambda rows: rights_import(by=lau, upload=uploaded(rows))


def rejects_of(name: str) -> list[dict[str, str]]:
    with default_storage.open(name) as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))


def test_a_preview_shows_what_would_be_done_and_writes_nothing(lau, uploaded):
    preview = rights_preview(by=lau, upload=uploaded([right(1), right(2, nice_classes="99")]))
    assert (preview.new, preview.rejected) == (1, 1)
    assert not Right.objects.exists()


def test_an_import_records_everything_a_row_says(lau, imported):
    result = imported([right(1)])
    made = Right.objects.get()
    assert (result.created, result.rejected, result.rejects) == (1, 0, "")
    assert (made.jurisdiction, made.nice_classes, made.version) == ("hk", [18], 1)
    assert made.recordations.get().recorded_on == date(2012, 1, 1)
    assert made.holder.representatives.get().name == "Harbour Agents"
    names = {party.name for party in made.authorised_parties.all()}
    assert names == {"Pelican Trading", "Harbour Light Ltd"}
    acts = list(Entry.objects.values_list("act", flat=True))
    assert acts == ["register.right.recorded", "register.rights.imported"]


def test_the_same_file_again_changes_nothing(lau, imported):
    imported([right(1), right(2)])
    again = imported([right(1), right(2)])
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    assert set(Right.objects.values_list("version", flat=True)) == {1}


def test_a_changed_row_is_shown_field_by_field_and_only_that_is_changed(lau, imported, uploaded):
    imported([right(1), right(2)])
    changed = right(
        1,
        nice_classes="18 25",
        expires_on="2031-12-31",
        holder_country="GB",
        authorised_parties="Pelican Trading; Crane Ltd",
    )
    upload = uploaded([changed, right(2)])
    preview = rights_preview(by=lau, upload=upload)
    shown = {d.field: (d.before, d.after) for d in preview.rows[0].differences}
    assert shown == {
        "nice_classes": ("18", "18 25"),
        "expires_on": ("", "2031-12-31"),
        "authorised_parties": ("", "Crane Ltd"),
    }
    result = rights_import(by=lau, upload=upload, expected=preview.digest)
    assert (result.changed, result.unchanged) == (1, 1)
    first = Right.objects.get(registration_number="300000001")
    assert (first.nice_classes, first.version) == ([18, 25], 2)
    assert first.recordations.get().expires_on == date(2031, 12, 31)
    assert first.authorised_parties.count() == 3
    assert rights_preview(by=lau, upload=upload).unchanged == 2


def test_a_change_of_holder_leaves_the_former_holder_as_it_was(lau, imported):
    imported([right(1)])
    imported([right(1, holder_name="Crane Ltd", representative_name="Other Agents")])
    assert Right.objects.get().holder.name == "Crane Ltd"
    former = RightHolder.objects.get(name="Meridian Ltd")
    assert [agent.name for agent in former.representatives.all()] == ["Harbour Agents"]


def test_details_of_holder_and_representative_are_changed_in_place(lau, imported, uploaded):
    imported([right(1)])
    rows = [
        right(1) | {"holder_email": "ip@meridian.example", "representative_email": "a@b.example"}
    ]
    fields = {d.field for d in rights_preview(by=lau, upload=uploaded(rows)).rows[0].differences}
    assert fields == {"holder_email", "representative_email"}
    imported(rows)
    holder = RightHolder.objects.get()
    assert holder.email == "ip@meridian.example"
    assert holder.representatives.get().email == "a@b.example"


def test_a_column_the_file_does_not_have_leaves_the_register_alone(lau, imported):
    imported([right(1)])
    short = {
        name: right(1, nice_classes="18 25")[name]
        for name in ("registration_number", "word", "nice_classes", "valid_from", "valid_until")
    }
    result = imported([short | {"holder_name": "Meridian Ltd"}])
    assert result.changed == 1
    made = Right.objects.get()
    assert made.goods == "Handbags; purses"
    assert made.word_zh_hant == "薇倫卓"
    assert made.holder.country == "GB"
    assert RightHolder.objects.count() == 1


def test_a_new_recordation_number_takes_the_place_of_the_old_one(lau, imported):
    imported([right(1)])
    imported([right(1, recordation_number="R-9")])
    states = dict(Recordation.objects.values_list("number", "state"))
    assert states == {"R-1": "withdrawn", "R-9": "in-force"}


def test_a_right_may_come_without_a_recordation(lau, imported):
    imported([right(1, recordation_number="", recorded_on="")])
    assert Right.objects.count() == 1
    assert not Recordation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"registration_number": ""}, "registration_number", "missing"),
        ({"nice_classes": "shoes"}, "nice_classes", "class-malformed"),
        ({"nice_classes": "46"}, "nice_classes", "class-out-of-range"),
        ({"nice_classes": ""}, "nice_classes", "missing"),
        ({"valid_from": "01/02/2010"}, "valid_from", "date-malformed"),
        ({"valid_until": ""}, "valid_until", "missing"),
        ({"valid_until": "2009-01-01"}, "valid_until", "dates-not-in-order"),
        ({"word": "", "word_zh_hans": "", "word_zh_hant": "-"}, "word", "word-missing"),
        ({"holder_name": " "}, "holder_name", "missing"),
        ({"holder_country": "Britain"}, "holder_country", "country-malformed"),
        ({"recorded_on": ""}, "recorded_on", "missing"),
        ({"expires_on": "2011-12-31"}, "expires_on", "dates-not-in-order"),
        ({"recordation_number": "R-8"}, "recordation_number", "recordation-number-taken"),
        ({"authorised_parties": "x" * 201}, "authorised_parties", "too-long"),
        ({"registration_number": "300000008"}, "registration_number", "right-withdrawn"),
    ],
)
def test_a_bad_row_is_rejected_with_field_and_reason_and_the_good_one_kept(
    lau, imported, changes, field, reason
):
    hongkong = lau.administration
    recorded(lau, hongkong, registration_number="300000007", word="OTHER")
    Recordation.objects.update(number="R-8")
    gone = recorded(lau, hongkong, registration_number="300000008", word="GONE")
    right_withdraw(by=lau, right=gone, reason="surrendered")
    result = imported([right(1), right(2, **changes)])
    assert (result.created, result.rejected) == (1, 1)
    rejected = rejects_of(result.rejects)
    assert [tuple(r.values())[:3] for r in rejected] == [("3", field, reason)]


def test_every_problem_of_a_row_is_named(lau, uploaded):
    preview = rights_preview(
        by=lau, upload=uploaded([right(1, nice_classes="x", valid_from="y", valid_until="")])
    )
    assert [p.field for p in preview.rows[0].problems] == [
        "nice_classes",
        "valid_from",
        "valid_until",
    ]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (right(1), "repeated-in-file"),
        (right(2, recordation_number="R-1"), "recordation-number-taken"),
        (right(2, jurisdiction="xx", recordation_number=""), "jurisdiction-unknown"),
        (right(2, jurisdiction="cn"), "jurisdiction-elsewhere"),
    ],
)
def test_what_contradicts_an_earlier_row_or_the_node_is_rejected(
    lau, guangdong, imported, second, reason
):
    first = right(1) | {"jurisdiction": "hk"}
    result = imported([first, {"jurisdiction": "hk"} | second])
    assert (result.created, result.rejected) == (1, 1)
    assert rejects_of(result.rejects)[0]["reject_reason"] == reason


def test_no_cell_of_the_reject_file_acts_as_a_formula(lau, imported):
    result = imported([right(1, word="=HYPERLINK(0)", nice_classes="+1")])
    rejected = rejects_of(result.rejects)[0]
    assert (rejected["word"], rejected["nice_classes"]) == ("'=HYPERLINK(0)", "'+1")


def test_when_the_last_write_fails_nothing_is_imported(lau, imported, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("countermark.apps.register.services.imports.audit_record_all", fails)
    with pytest.raises(RuntimeError):
        imported([right(1), right(2)])
    assert not Right.objects.exists()
    assert not RightHolder.objects.exists()


def test_an_import_that_would_do_other_than_was_shown_is_refused(lau, hongkong, uploaded):
    upload = uploaded([right(1)])
    seen = rights_preview(by=lau, upload=upload)
    recorded(lau, hongkong, registration_number="300000001")
    with pytest.raises(Conflict):
        rights_import(by=lau, upload=upload, expected=seen.digest)
    assert Right.objects.get().goods == ""


def test_a_preview_of_a_right_with_another_role_does_not_take_it_away(lau, imported):
    imported([right(1)])
    made = Right.objects.get()
    authorised_party_add(by=lau, right=made, party=AuthorisedPartyInput("Maker", "manufacturer"))
    assert imported([right(1)]).unchanged == 1
    assert made.authorised_parties.count() == 3


def test_only_those_who_may_import_rights_do(chan, lau, uploaded):
    upload = uploaded([right(1)])
    for act in (
        lambda: rights_upload(by=chan, stream=table([right(1)]), filename="rights.csv"),
        lambda: rights_preview(by=chan, upload=upload),
        lambda: rights_import(by=chan, upload=upload),
    ):
        with pytest.raises(NotPermitted):
            act()


@pytest.mark.parametrize("upload", ["../../secret.key", "a" * 64 + ".csv", "", "x.csv"])
def test_a_key_that_was_never_given_out_leads_nowhere(lau, hongkong, upload):
    with pytest.raises(NotFound):
        rights_preview(by=lau, upload=upload)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "rights.csv", "empty-file"),
        (b"PK\x03\x04 not a workbook", "rights.xlsx", "unreadable-file"),
        (b"PAR1 not a table", "rights.parquet", "unreadable-file"),
        (b"registration_number,word\n1,A\n", "rights.csv", "columns-missing"),
        (
            b"registration_number,nice_classes,valid_from,valid_until,holder\n",
            "rights.csv",
            "columns-missing",
        ),
        (b"word,word\n1,2\n", "rights.csv", "duplicate-column"),
    ],
)
def test_a_hostile_or_broken_file_is_a_clear_refusal(lau, hongkong, content, name, code):
    with pytest.raises(InvalidInput) as refused:
        rights_preview(
            by=lau, upload=rights_upload(by=lau, stream=io.BytesIO(content), filename=name)
        )
    assert refused.value.code == code


def test_a_file_beyond_the_limits_is_refused(lau, hongkong, monkeypatch, uploaded):
    monkeypatch.setattr("countermark.apps.register.services.imports.MOST_ROWS", 1)
    with pytest.raises(InvalidInput) as refused:
        rights_preview(by=lau, upload=uploaded([right(1), right(2)]))
    assert refused.value.code == "too-many-rows"
    monkeypatch.setattr("countermark.apps.register.services.imports.MOST_BYTES", 10)
    with pytest.raises(InvalidInput) as refused:
        uploaded([right(3)])
    assert refused.value.code == "file-too-large"


def test_both_sides_official_titles_are_known(lau, hongkong):
    chinese = {
        "注册号": "300000001",
        "商标": "VELUNDRA",
        "商标类别": "第18类；第25类",
        "注册日期": "2010年1月1日",
        "有效期届满日": "2030年1月1日",
        "知识产权权利人": "Meridian Ltd",
        "海关备案号": "R-1",
        "备案日期": "2012.1.1",
        "合法使用人": "Pelican Trading；Crane Ltd",
    }
    english = {
        "註冊編號": "300000002",
        "商標": "ORLIVANE",
        "類別": "14",
        "註冊日期": "2010/01/01",
        "有效期屆滿日": "20300101",
        "權利持有人": "Meridian Ltd",
        "備案編號": "R-2",
        "備案日期": "2012-01-01",
        "獲授權使用人": "",
    }
    for row in (chinese, english):
        upload = rights_upload(by=lau, stream=table([row]), filename="r.csv")
        assert rights_import(by=lau, upload=upload).created == 1
    assert Right.objects.get(word="VELUNDRA").nice_classes == [18, 25]
    assert Recordation.objects.count() == 2


def test_no_title_belongs_to_two_fields():
    keys = [
        key
        for field, titles in ALIASES.items()
        for key in {title_key(title) for title in (field.replace("_", " "), *titles)}
    ]
    assert len(keys) == len(set(keys))
    assert set(TITLES.required) <= set(ALIASES)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("18", (18,)),
        ("25, 18", (18, 25)),
        ("9、14；25", (9, 14, 25)),
        ("第18类 第25類", (18, 25)),
        ("Class 3", None),
        ("class3/5", (3, 5)),
        ("", ()),
    ],
)
def test_lists_of_classes_are_read_as_people_write_them(text, classes):
    if classes is None:
        with pytest.raises(InvalidInput):
            read_classes(text)
    else:
        assert read_classes(text) == classes


CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
ROWS = st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(RIGHT, CELLS)), min_size=1)


@settings(max_examples=30)
@given(rows=ROWS)
def test_whatever_stands_in_the_cells_every_row_is_accounted_for(lau, hongkong, rows):
    changed = [right(n % 10) | row for n, row in enumerate(rows)]
    upload = rights_upload(by=lau, stream=table(changed), filename="rights.csv")
    with transaction.atomic():
        result = rights_import(by=lau, upload=upload)
        transaction.set_rollback(True)
    counts = (result.created, result.changed, result.unchanged, result.rejected)
    assert sum(counts) == len(rows)
    assert len(rejects_of(result.rejects) if result.rejects else []) == result.rejected


def test_a_file_cut_short_by_a_killed_process_is_saved_again(lau):
    whole = table([right(1), right(2)])
    upload = rights_upload(by=lau, stream=whole, filename="rights.csv")
    path = Path(default_storage.path(f"imports/{upload}"))
    path.write_bytes(path.read_bytes()[:-10])
    assert rights_upload(by=lau, stream=whole, filename="rights.csv") == upload
    assert path.read_bytes() == whole.getvalue()


def test_a_recordation_from_a_file_begins_its_history_as_any_other(lau, imported):
    imported([right(1)])
    [event] = Recordation.objects.get().events.all()
    assert (event.act, event.to_state, event.by, event.role) == (
        "record",
        "in-force",
        lau,
        "analyst",
    )
    assert event.on == Recordation.objects.get().recorded_on


def test_a_recordation_that_another_number_replaces_says_so_in_its_history(lau, imported):
    imported([right(1)])
    imported([right(1, recordation_number="R-2")])
    old, new = Recordation.objects.order_by("pk")
    assert [event.to_state for event in old.events.all()] == ["in-force", old.state]
    assert old.closed
    assert [event.act for event in new.events.all()] == ["record"]
