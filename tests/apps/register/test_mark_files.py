"""Trade marks in ST.66 and ST.96: two files of a mark give one right."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.hostile import HOSTILE, Endless

from countermark.apps.register.convert import holder_key
from countermark.apps.register.models import Right, RightHolder
from countermark.apps.register.services import rights_import, rights_preview, rights_upload
from countermark.domain.errors import InvalidInput

PAIRS = Path(__file__).resolve().parents[4] / "shared" / "data" / "trademark-xml"
MARKS = ("rn2178784", "rn2713476", "sn77478018")
needs_pairs = pytest.mark.skipif(
    not PAIRS.is_dir(), reason="the sample files are kept beside the checkout and are not there"
)


def brought(lau, content: bytes, name: str = "marks.xml") -> str:
    return rights_upload(by=lau, stream=io.BytesIO(content), filename=name)


def pair(mark: str) -> list[bytes]:
    return [(PAIRS / f"{mark}-{kind}.xml").read_bytes() for kind in ("ST66", "ST96")]


@needs_pairs
@pytest.mark.django_db
@pytest.mark.parametrize("mark", MARKS)
def test_both_files_of_a_mark_are_read_as_one_and_the_same_right(lau, hongkong, mark):
    old, new = (rights_preview(by=lau, upload=brought(lau, file)).rows for file in pair(mark))
    assert [len(old), len(new)] == [1, 1]
    assert old[0].entry.right == new[0].entry.right
    assert holder_key(old[0].entry.holder) == holder_key(new[0].entry.holder)
    assert old[0].entry.contact == new[0].entry.contact
    assert (old[0].status, old[0].problems) == ("new", ())


@needs_pairs
@pytest.mark.django_db
@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("order", [1, -1])
def test_the_second_file_of_a_mark_finds_nothing_to_change(lau, hongkong, mark, order):
    first, second = pair(mark)[::order]
    assert rights_import(by=lau, upload=brought(lau, first)).created == 1
    assert rights_import(by=lau, upload=brought(lau, second)).unchanged == 1
    assert Right.objects.get().version == 1


ST66 = """<?xml version="1.0" encoding="{encoding}"?>
<Transaction xmlns="http://www.wipo.int/standards/XMLSchema/trademarks">
<TradeMarkTransactionBody><TransactionContentDetails><TransactionData><TradeMarkDetails>{marks}
</TradeMarkDetails>{parties}</TransactionData></TransactionContentDetails>
</TradeMarkTransactionBody></Transaction>"""
ST66_MARK = """<TradeMark><RegistrationOfficeCode>HK</RegistrationOfficeCode>
<ApplicationNumber>30{number}</ApplicationNumber>
<ApplicationDate>2009-12-01T09:00:00Z</ApplicationDate>
<RegistrationNumber>30{number}</RegistrationNumber>
<RegistrationDate>2010-01-01+08:00</RegistrationDate><ExpiryDate>2030-01-01</ExpiryDate>
<MarkCurrentStatusCode>{status}</MarkCurrentStatusCode><MarkFeature>Combined</MarkFeature>
<WordMarkSpecification><MarkVerbalElementText>VELUNDRA</MarkVerbalElementText>
<MarkVerbalElementText languageCode="zh">薇倫卓</MarkVerbalElementText>
</WordMarkSpecification>
<GoodsServicesDetails><GoodsServices><ClassDescriptionDetails>
<ClassDescription><ClassNumber>25</ClassNumber>
<GoodsServicesDescription languageCode="en">Hats</GoodsServicesDescription>
<GoodsServicesDescription languageCode="fr">Chapeaux</GoodsServicesDescription>
</ClassDescription>
<ClassDescription><ClassNumber>018</ClassNumber>
<GoodsServicesDescription languageCode="en">Bags;
   purses</GoodsServicesDescription>
<GoodsServicesDescription languageCode="zh">手袋</GoodsServicesDescription>
</ClassDescription></ClassDescriptionDetails></GoodsServices></GoodsServicesDetails>
{inside}</TradeMark>"""
HOLDER = """<HolderDetails><Holder><HolderNationalityCode>IT</HolderNationalityCode>
<HolderAddressBook><FormattedNameAddress><Name><FormattedName>
<OrganizationName>Meridian S.p.A.</OrganizationName></FormattedName></Name>
<Address><FreeFormatAddress><FreeFormatAddressLine>1 Via Roma</FreeFormatAddressLine>
<FreeFormatAddressLine>Milano</FreeFormatAddressLine></FreeFormatAddress></Address>
</FormattedNameAddress></HolderAddressBook></Holder></HolderDetails>"""
KEYED = """<ApplicantDetails><ApplicantKey><Identifier>{key}</Identifier></ApplicantKey>
</ApplicantDetails>"""
APPLICANT = """<ApplicantDetails><Applicant><ApplicantIdentifier>{key}</ApplicantIdentifier>
<ApplicantAddressBook><FormattedNameAddress><Name><FreeFormatName><FreeFormatNameDetails>
<FreeFormatNameLine>{name}</FreeFormatNameLine></FreeFormatNameDetails></FreeFormatName></Name>
</FormattedNameAddress></ApplicantAddressBook></Applicant></ApplicantDetails>"""


def st66(*inside: str, parties: str = "", status: str = "Registered", encoding="UTF-8") -> bytes:
    marks = "".join(
        ST66_MARK.format(number=f"000000{n}", inside=each, status=status)
        for n, each in enumerate(inside)
    )
    return ST66.format(marks=marks, parties=parties, encoding=encoding).encode(encoding)


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "Big5", "GB18030"])
def test_a_record_fills_every_field_it_speaks_of(lau, hongkong, encoding):
    upload = brought(lau, st66(HOLDER, encoding=encoding), "register.csv")
    assert rights_import(by=lau, upload=upload).created == 1
    made = Right.objects.get()
    assert (made.word, made.word_zh_hans, made.word_zh_hant) == ("VELUNDRA", "", "薇倫卓")
    assert made.nice_classes == [18, 25]
    assert made.goods == "Class 18: Bags; purses\n第18类：手袋\nClass 25: Hats"
    assert (made.valid_from, made.valid_until) == (date(2010, 1, 1), date(2030, 1, 1))
    assert made.facts == {
        "application_number": "300000000",
        "applied_on": "2009-12-01",
        "status": "Registered",
        "mark_feature": "Combined",
    }
    assert made.holder.address == "1 Via Roma, Milano"
    assert (made.holder.name, made.holder.country) == ("Meridian S.p.A.", "IT")


@pytest.mark.django_db
def test_marks_find_holders_that_stand_apart_by_their_keys(lau, hongkong):
    parties = APPLICANT.format(key="a", name="Crane Ltd") + APPLICANT.format(key="b", name="Egret")
    content = st66(KEYED.format(key="b"), KEYED.format(key="a"), parties=parties)
    rows = rights_preview(by=lau, upload=brought(lau, content)).rows
    assert [row.entry.holder.name for row in rows] == ["Egret", "Crane Ltd"]


@pytest.mark.django_db
def test_of_several_holders_none_is_guessed(lau, hongkong):
    parties = APPLICANT.format(key="a", name="Crane Ltd") + APPLICANT.format(key="b", name="Egret")
    rows = rights_preview(by=lau, upload=brought(lau, st66("", "", parties=parties))).rows
    assert {(p.field, p.reason) for row in rows for p in row.problems} == {
        ("holder_name", "missing")
    }


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["Expired", "Registration cancelled", "Application refused"])
def test_what_the_office_ended_is_rejected(lau, hongkong, status):
    [row] = rights_preview(by=lau, upload=brought(lau, st66(HOLDER, status=status))).rows
    assert [p.reason for p in row.problems] == ["right-not-in-force"]


@pytest.mark.django_db
def test_rejected_marks_come_as_a_table_that_can_be_mended_and_sent_again(lau, hongkong):
    content = st66(HOLDER).replace(b"018<", b"99<")
    result = rights_import(by=lau, upload=brought(lau, content))
    with default_storage.open(result.rejects) as file:
        mended = file.read().decode("utf-8-sig").replace("25 99", "18 25")
    assert mended.splitlines()[1].startswith("3,nice_classes,class-out-of-range,")
    assert rights_import(by=lau, upload=brought(lau, mended.encode(), "r.csv")).created == 1
    assert Right.objects.get().holder.name == "Meridian S.p.A."


@pytest.mark.django_db
def test_a_publication_changes_nothing_it_does_not_speak_of(lau, hongkong):
    rights_import(by=lau, upload=brought(lau, st66(HOLDER)))
    Right.objects.update(word_zh_hans="薇伦卓", version=1)
    RightHolder.objects.update(address="2 New Road", email="ip@meridian.example")
    assert rights_import(by=lau, upload=brought(lau, st66(HOLDER))).unchanged == 1
    assert Right.objects.get().word_zh_hans == "薇伦卓"
    assert RightHolder.objects.get().address == "2 New Road"


@pytest.mark.django_db
def test_a_fault_late_in_a_file_imports_nothing_of_it(lau, hongkong):
    upload = brought(lau, st66(HOLDER, HOLDER)[:-20])
    with pytest.raises(InvalidInput, match="xml-not-well-formed"):
        rights_import(by=lau, upload=upload)
    assert not Right.objects.exists()


@pytest.mark.django_db
def test_when_the_last_write_fails_nothing_of_the_marks_is_kept(lau, hongkong, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("countermark.apps.register.services.imports.audit_record_all", fails)
    with pytest.raises(RuntimeError):
        rights_import(by=lau, upload=brought(lau, st66(HOLDER, HOLDER)))
    assert not Right.objects.exists()
    assert not RightHolder.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html/>", "xml-kind-unknown"),
        (
            b"<Transaction xmlns='http://www.wipo.int/standards/XMLSchema/Trademark/1'/>",
            "xml-kind-unknown",
        ),
        (
            b"<t:TrademarkBag xmlns:t='http://www.wipo.int/standards/XMLSchema/ST96/Trademark'/>",
            "xml-without-marks",
        ),
    ],
)
def test_xml_of_another_kind_is_refused_by_what_it_is(lau, hongkong, content, code):
    upload = brought(lau, content, "marks.csv")
    with pytest.raises(InvalidInput) as refused:
        rights_preview(by=lau, upload=upload)
    assert refused.value.code == code


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["entity-bomb", "external-entity", "deep", "wrong-encoding"])
def test_a_hostile_file_is_refused_and_nothing_is_kept_of_it(lau, hongkong, kind):
    code, stream = HOSTILE[kind]
    content = stream().read(1 << 20)
    root = b'<all xmlns="http://www.wipo.int/standards/XMLSchema/trademarks"'
    with pytest.raises(InvalidInput) as refused:
        rights_import(by=lau, upload=brought(lau, content.replace(b"<all", root, 1)))
    assert refused.value.code in {code, "xml-kind-unknown"}
    assert not Right.objects.exists()


class Gigabyte(Endless):
    """A file of a gigabyte that can be read from its start again."""

    def seek(self, offset: int, whence: int = 0) -> int:
        assert (offset, whence) == (0, 0)
        self.__init__(b"<all>", b"<TradeMark/>" * 1_000, b"</all>")
        return 0


@pytest.mark.django_db
def test_a_file_of_a_gigabyte_is_refused_once_it_is_past_the_limit(lau, hongkong, monkeypatch):
    monkeypatch.setattr("countermark.apps.register.services.imports.MOST_BYTES", 16 << 20)
    with pytest.raises(InvalidInput) as refused:
        rights_upload(by=lau, stream=Gigabyte(b"", b" ", b""), filename="marks.xml")
    assert refused.value.code == "file-too-large"


@pytest.mark.django_db
@settings(max_examples=40)
@given(data=st.data())
def test_a_file_with_any_damage_is_read_or_refused(lau, hongkong, data):
    content = st66(HOLDER, KEYED.format(key="a"), parties=APPLICANT.format(key="a", name="Egret"))
    at = data.draw(st.integers(0, len(content)))
    junk = data.draw(
        st.sampled_from([b"", b"<", b">", b"&", b"\0", b"\xff", b"</a>", b"<b/>", b"9"])
    )
    cut = data.draw(st.integers(0, 60))
    mutated = content[:at] + junk + content[at + cut :]
    try:
        preview = rights_preview(by=lau, upload=brought(lau, mutated))
    except InvalidInput as refused:
        assert refused.code  # noqa: PT017 - either outcome is right, a crash is not
    else:
        assert preview.new + preview.changed + preview.unchanged + preview.rejected == len(
            preview.rows
        )
