"""Rights written out: what comes back is what went out."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trade import recorded, right_input

from countermark.apps.audit.models import Entry
from countermark.apps.register.convert import holder_row, right_values
from countermark.apps.register.convert import right_input as content_of
from countermark.apps.register.inputs import ContactInput, HolderInput, RightInput
from countermark.apps.register.models import Recordation, Right, RightHolder
from countermark.apps.register.selectors import right_list
from countermark.apps.register.services import (
    holder_record,
    representative_add,
    rights_import,
    rights_preview,
    rights_upload,
)
from countermark.apps.register.services.exports import rights_export
from countermark.domain.errors import InvalidInput, NotPermitted

pytestmark = pytest.mark.django_db


def exported(by, file_format: str) -> bytes:
    written = rights_export(by=by, rights=right_list(visible_to=by), file_format=file_format)
    with written.file:
        return written.file.read()


def emptied() -> None:
    Recordation.objects.all().delete()
    Right.objects.all().delete()
    RightHolder.objects.all().delete()


def brought(by, content: bytes) -> str:
    return rights_upload(by=by, stream=io.BytesIO(content), filename="rights")


WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Z")), min_size=1, max_size=12
).map(lambda text: text + "a")
HAN = st.text(st.sampled_from("薇伦倫卓马馬七匹狼"), max_size=4)
GOODS = st.text(st.sampled_from("ab <&>]\"'=:;\n第类，C lass 1825"), max_size=60).map(str.strip)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "application_number": WORDS,
        "applied_on": st.just("1999-12-31"),
        "status": st.sampled_from(["Registered", "800"]),
        "mark_feature": st.sampled_from(["Word", "Combined"]),
        "mark_description": WORDS,
        "translation": WORDS,
        "transliteration": WORDS,
        "international_number": WORDS,
        "vienna_codes": st.sampled_from(["03.01.08", "26.4 1.1.5"]),
    },
)
RIGHTS = st.builds(
    RightInput,
    jurisdiction=st.sampled_from(["hk", "cn", "us", "em"]),
    registration_number=st.just("300000001"),
    valid_from=st.dates(date(1900, 1, 1), date(2020, 1, 1)),
    valid_until=st.dates(date(2021, 1, 1), date(2099, 1, 1)),
    nice_classes=st.lists(st.integers(1, 45), min_size=1, max_size=4, unique=True).map(
        lambda classes: tuple(sorted(classes))
    ),
    word=WORDS,
    word_zh_hans=HAN,
    word_zh_hant=HAN,
    goods=GOODS,
    facts=FACTS,
)
HOLDERS = st.builds(
    HolderInput,
    name=WORDS,
    name_zh_hant=HAN,
    name_zh_hans=HAN,
    country=st.sampled_from(["", "IT", "HK"]),
    email=st.sampled_from(["", "a@b.example"]),
    phone=st.sampled_from(["", "+852 1"]),
    address=st.sampled_from(["", "1 Way, Town"]),
)


@settings(max_examples=40)
@given(given_right=RIGHTS, given_holder=HOLDERS, file_format=st.sampled_from(["st96", "csv"]))
def test_what_was_exported_imports_to_an_equal_right(
    lau, hongkong, given_right, given_holder, file_format
):
    with transaction.atomic():
        _record(lau, given_right, given_holder)
        content = exported(lau, file_format)
        assert rights_preview(by=lau, upload=brought(lau, content)).unchanged == 1
        emptied()
        assert rights_import(by=lau, upload=brought(lau, content)).created == 1
        made = Right.objects.select_related("holder").get()
        assert content_of(made) == given_right
        assert all(
            getattr(made.holder, name) == getattr(given_holder, name)
            for name in ("name", "name_zh_hant", "name_zh_hans", "country", "email", "address")
        )
        transaction.set_rollback(True)


def _record(by, right, holder):
    row = holder_row(holder)
    row.save()
    Right.objects.create(holder=row, **right_values(right))


def test_st96_names_the_standard_and_the_parties(lau, hongkong):
    right = recorded(lau, hongkong, goods="Class 18: bags\nClass 25: hats", nice_classes=(18, 25))
    representative_add(by=lau, holder=right.holder, contact=ContactInput("Harbour Agents"))
    text = exported(lau, "st96").decode()
    assert "http://www.wipo.int/standards/XMLSchema/ST96/Trademark" in text
    assert "<tmk:ClassNumber>25</tmk:ClassNumber><tmk:GoodsServicesDescriptionText>hats<" in text
    assert "<com:EntityName>Harbour Agents</com:EntityName>" in text


def test_no_cell_of_a_table_acts_as_a_formula_and_it_comes_back_as_it_was(lau, hongkong):
    recorded(lau, hongkong, word="=1+1 MARK")
    content = exported(lau, "csv")
    [row] = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert row["word"] == "'=1+1 MARK"
    assert rights_preview(by=lau, upload=brought(lau, content)).unchanged == 1


def test_a_table_carries_recordation_and_licensees(lau, hongkong):
    recorded(lau, hongkong)
    [row] = csv.DictReader(io.StringIO(exported(lau, "csv").decode("utf-8-sig")))
    assert (row["recordation_number"], row["recorded_on"]) == ("R-300000001", "2012-01-01")


def test_st96_says_how_many_rights_it_cannot_hold(lau, hongkong):
    holder = holder_record(by=lau, holder=HolderInput("Meridian Ltd"))
    design = right_input(right_type="copyright", nice_classes=(), registration_number="C1")
    Right.objects.create(holder=holder, **right_values(design))
    written = rights_export(by=lau, rights=right_list(visible_to=lau), file_format="st96")
    written.file.close()
    assert (written.count, written.left_out) == (0, 1)


def test_an_export_is_recorded_with_its_number_and_digest(lau, hongkong):
    recorded(lau, hongkong)
    exported(lau, "csv")
    entry = Entry.objects.get(act="register.rights.exported")
    assert (entry.subject, entry.detail["count"], len(entry.detail["sha256"])) == ("csv", 1, 64)


def test_who_may_not_export_gets_nothing_and_nothing_is_recorded(chan, hongkong):
    with pytest.raises(NotPermitted):
        exported(chan, "csv")
    assert not Entry.objects.filter(act="register.rights.exported").exists()


def test_a_format_that_is_not_there_is_refused(lau, hongkong):
    with pytest.raises(InvalidInput):
        exported(lau, "pdf")
