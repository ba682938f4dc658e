"""Services on examiners and filings that write several rows: where the last step fails, no row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.filing import account, file_in, holder_made, speaks_for

from countermark.apps.accounts.selectors import home_administration
from countermark.apps.register.filing_payloads import StatusStatement
from countermark.apps.register.models import (
    Examiner,
    ExaminerTraining,
    Filing,
    Recordation,
    RecordationEvent,
)
from countermark.apps.register.services import (
    ExaminerInput,
    TrainingInput,
    examiner_end,
    examiner_record,
    examiner_revise,
    examiners,
    filing_begin,
    filing_follow,
    filing_take_back,
    filings,
)

pytestmark = pytest.mark.django_db


def fail(*args: object, **kwargs: object) -> None:
    raise RuntimeError("the last step fails")


@pytest.fixture
def owner(tuen_mun):
    return account("owner@x.example", tuen_mun)


@pytest.fixture
def holder(owner):
    made = holder_made()
    speaks_for(owner, made)
    return made


@pytest.fixture
def given():
    trained = TrainingInput("Handbags", "Meridian Ltd", timezone.localdate() - timedelta(days=9))
    return ExaminerInput(
        name="Chow Tsz-him", phone="+852 6123 4567", languages=("yue",), trainings=(trained,)
    )


def test_an_examiner_is_entered_whole_or_not_at_all(owner, holder, given, monkeypatch):
    monkeypatch.setattr(examiners, "audit_record", fail)
    with pytest.raises(RuntimeError):
        examiner_record(by=owner, holder=holder, given=given)
    assert not Examiner.objects.exists()
    assert not ExaminerTraining.objects.exists()


def test_an_examiner_is_revised_or_ended_whole_or_not_at_all(owner, holder, given, monkeypatch):
    row = examiner_record(by=owner, holder=holder, given=given)
    monkeypatch.setattr(examiners, "audit_record", fail)
    other = ExaminerInput(name="Fung Ka-man", phone="+852 6123 4568", languages=("yue",))
    with pytest.raises(RuntimeError):
        examiner_revise(by=owner, examiner=row, version=row.version, given=other)
    with pytest.raises(RuntimeError):
        examiner_end(by=owner, examiner=row)
    kept = Examiner.objects.get()
    assert (kept.name, kept.version, kept.ended_on) == (given.name, row.version, None)
    assert kept.trainings.count() == 1


def test_a_filing_is_begun_whole_or_not_at_all(owner, holder, hongkong, guangdong, monkeypatch):
    source = file_in("in-force", administration=hongkong, holder=holder, by=owner)
    source.documents.all().delete()
    monkeypatch.setattr(filings, "home_administration", fail)
    with pytest.raises(RuntimeError):
        filing_begin(by=owner, recordation=source, administration=guangdong)
    assert list(Recordation.objects.all()) == [source]
    assert not Filing.objects.exists()


def test_a_filing_is_taken_back_whole_or_not_at_all(
    owner, holder, hongkong, guangdong, monkeypatch
):
    row = file_in("submitted", administration=guangdong, holder=holder, by=owner)
    event = RecordationEvent.objects.create(
        recordation=row,
        act="submit",
        from_state="draft",
        to_state="submitted",
        on=timezone.localdate(),
        role="right-holder",
    )
    Filing.objects.create(recordation=row, through=home_administration(), said=event.pk)
    monkeypatch.setattr(filings, "audit_record", fail)
    with pytest.raises(RuntimeError):
        filing_take_back(by=owner, recordation=row)
    row.refresh_from_db()
    assert row.state == "submitted"
    assert row.filed_on is not None
    assert list(row.events.all()) == [event]


def test_what_the_keeper_says_is_followed_whole_or_not_at_all(
    owner, holder, hongkong, guangdong, monkeypatch
):
    row = file_in("submitted", administration=guangdong, holder=holder, by=owner)
    filing = Filing.objects.create(recordation=row, through=home_administration())
    statement = StatusStatement(
        key=filing.key,
        n=filing.heard + 1,
        file="CNGD-000001",
        act="examine",
        state="examining",
        on=timezone.localdate(),
        note="",
        yours=False,
        number="",
        expires_on=None,
    )
    with monkeypatch.context() as broken:
        broken.setattr(Filing, "save", fail)
        with pytest.raises(RuntimeError):
            filing_follow(administration=guangdong, statement=statement)
    row.refresh_from_db()
    assert row.state == "submitted"
    assert not row.events.exists()
    filing_follow(administration=guangdong, statement=statement)
    row.refresh_from_db()
    assert row.state == "examining"
