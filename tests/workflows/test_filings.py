"""A file that is handed in with one administration and kept by another: it travels, once."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from functools import cache

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from tests.apps.exchange.partner import Guangdong
from tests.filing import HOLDER, account, file_in, holder_made, speaks_for

from countermark.apps.audit.models import Entry
from countermark.apps.exchange.models import OutboxMessage
from countermark.apps.exchange.services import partner_pair
from countermark.apps.register.filing_payloads import PIECE_BYTES
from countermark.apps.register.models import Filing, FilingPiece, Recordation, RightHolder
from countermark.apps.register.selectors import recordation_queue, recorded_marks
from countermark.apps.register.services import filing_begin, filings, filings_kept
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound, NotPermitted
from countermark.workflows import filings as workflow
from countermark.workflows.admission import HANDLERS
from countermark.workflows.filings import filing_correct, filing_refusal, filings_tell_due
from countermark.workflows.recordings import recordation_do

pytestmark = pytest.mark.django_db
MESSAGE = "0197a3c4-0000-7000-8000-000000000001"


@cache
def picture() -> bytes:
    """A picture whose file is longer than one piece."""
    noise = Image.effect_noise((220, 220), 90).convert("RGB")
    stream = io.BytesIO()
    noise.save(stream, "PNG")
    assert len(stream.getvalue()) > PIECE_BYTES
    return stream.getvalue()


def paper(number: int) -> bytes:
    """A paper unlike every other."""
    return b"%%PDF-1.4\n1 0 obj<</Type/Catalog/N %d>>endobj\n%%%%EOF\n" % number


def store(row: Recordation) -> None:
    """Give every paper of a file bytes of its own."""
    for number, document in enumerate(row.documents.all()):
        content = picture() if document.kind == "image" else paper(number)
        document.sha256 = document.received_sha256 = hashlib.sha256(content).hexdigest()
        document.size_bytes, document.stored = len(content), f"paper-{row.pk}-{number}"
        default_storage.save(document.stored, ContentFile(content))
        document.save()


@pytest.fixture
def owner(tuen_mun):
    return account("owner@x.example", tuen_mun)


@pytest.fixture
def holder(owner):
    made = holder_made()
    speaks_for(owner, made)
    return made


@pytest.fixture
def draft(owner, holder, guangdong, hongkong):
    """A whole file for Guangdong, written in Hong Kong's portal and not sent yet."""
    row = file_in("draft", administration=guangdong, holder=holder, by=owner)
    store(row)
    return row


@pytest.fixture
def recorded(owner, holder, hongkong):
    return file_in("in-force", administration=hongkong, holder=holder, by=owner)


@pytest.fixture
def travelling(draft, owner, paired, sent):
    """The same file, sent, and every message of it in order."""
    done = recordation_do(by=owner, recordation=draft, act="submit")
    return done, [(message["type"], message["data"]) for message in sent()]


@pytest.fixture
def elsewhere(settings, lin):
    """Let this node be Guangdong's from now on, paired with Hong Kong's."""

    def go() -> None:
        for model in (OutboxMessage,):
            model.objects.all().delete()
        settings.COUNTERMARK_ADMINISTRATION = "cn-gd"
        hk = Guangdong(node="hk")
        partner_pair(bundle=hk.bundle, fingerprint=hk.words, fingerprint_confirmed_by=lin)

    return go


@pytest.fixture
def keeper(travelling, elsewhere, hongkong):
    """Guangdong's node, which has taken in the filing; ``travelling`` is no longer here."""
    row, messages = travelling
    forget(row)
    elsewhere()
    give(hongkong, messages)
    return Recordation.objects.get()


@pytest.fixture
def copy_of(settings, holder, guangdong, hongkong, owner):
    """Be Hong Kong again, with the applicant's copy of the file that Guangdong keeps."""

    def back(keeper: Recordation) -> Recordation:
        key = keeper.filing.key
        forget(keeper)
        settings.COUNTERMARK_ADMINISTRATION = "hk"
        copy = file_in("submitted", administration=guangdong, holder=holder, by=owner)
        Filing.objects.create(key=key, recordation=copy, through=hongkong, said=1)
        return copy

    return back


def forget(row: Recordation) -> None:
    """Take a file out of the database, as if this were another node."""
    from django.db import connection  # noqa: PLC0415 - only here

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS register_recordationevent_no_delete")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE register_recordationevent DISABLE TRIGGER USER")
    Filing.objects.all().delete()
    row.documents.all().delete()
    row.events.all().delete()
    row.delete()


def give(administration, messages) -> None:
    for kind, data in messages:
        HANDLERS[kind](administration=administration, data=data, message_id=MESSAGE)


def counted() -> tuple[int, ...]:
    models = (Recordation, Filing, FilingPiece, OutboxMessage, Entry, RightHolder)
    return tuple(model.objects.count() for model in models)


def test_a_file_begun_elsewhere_carries_what_the_other_side_asks_for_and_no_registration(
    recorded, owner, guangdong
):
    store(recorded)
    made = filing_begin(by=owner, recordation=recorded, administration=guangdong)
    assert (made.administration, made.state) == (guangdong, "draft")
    assert made.content["word"] == "VELUNDRA"
    assert made.content["contacts"] == recorded.content["contacts"]
    assert not made.content.keys() & {"registration_number", "valid_from", "valid_until"}
    assert "examiner" not in made.content["statements"]
    assert {each.role for each in made.documents.all()} == {"genuine_image"}
    again = filing_begin(by=owner, recordation=recorded, administration=guangdong)
    assert again.pk == made.pk


def test_a_file_of_an_imported_right_is_begun_from_what_is_recorded(recorded, owner, guangdong):
    Recordation.objects.filter(pk=recorded.pk).update(content={})
    made = filing_begin(by=owner, recordation=recorded, administration=guangdong)
    assert made.content["word"] == "VELUNDRA"
    assert made.content["nice_classes"] == [18]


def test_a_draft_or_the_same_administration_cannot_be_filed_elsewhere(
    draft, recorded, owner, hongkong, guangdong
):
    with pytest.raises(ActNotOpen, match="file-not-filed"):
        filing_begin(by=owner, recordation=draft, administration=hongkong)
    with pytest.raises(InvalidInput, match="administration-same"):
        filing_begin(by=owner, recordation=recorded, administration=hongkong)


def test_what_the_other_side_does_not_record_is_not_begun_there(owner, holder, hongkong, guangdong):
    row = file_in("in-force", administration=guangdong, holder=holder, by=owner, kind="design")
    with pytest.raises(InvalidInput, match="right-type-not-recorded"):
        filing_begin(by=owner, recordation=row, administration=hongkong)


def test_a_stranger_cannot_file_for_a_holder(recorded, guangdong, tuen_mun):
    stranger = account("stranger@x.example", tuen_mun)
    with pytest.raises(NotFound):
        filing_begin(by=stranger, recordation=recorded, administration=guangdong)


def test_submitting_sends_every_paper_in_pieces_and_then_the_file(travelling):
    row, messages = travelling
    assert row.state == "submitted"
    *pieces, (kind, filing) = messages
    assert kind == "recordation.filing/1"
    assert {each for each, _ in pieces} == {"recordation.piece/1"}
    assert {piece["sha256"] for _, piece in pieces} == {each["sha256"] for each in filing["papers"]}
    assert max(piece["number"] for _, piece in pieces) > 0
    assert (filing["act"], filing["role"]) == ("submit", "right-holder")
    assert filing["holder"]["name"] == "Meridian Ltd"
    lanes = set(OutboxMessage.objects.values_list("lane__name", flat=True))
    assert lanes == {f"rec:{row.filing.key}"}


def test_without_a_partner_node_the_draft_stays_a_draft(draft, owner, guangdong):
    before = counted()
    with pytest.raises(Conflict, match="partner-not-paired"):
        recordation_do(by=owner, recordation=draft, act="submit")
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert counted() == before


def test_a_message_that_cannot_be_written_undoes_the_act(draft, owner, paired, monkeypatch):
    before = counted()

    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(workflow, "filing_payload", fail)
    with pytest.raises(RuntimeError):
        recordation_do(by=owner, recordation=draft, act="submit")
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert counted() == before


def test_a_draft_that_never_left_is_thrown_away_without_a_word(draft, owner, paired):
    assert recordation_do(by=owner, recordation=draft, act="discard").closed
    assert not OutboxMessage.objects.exists()


def test_the_keeper_has_a_submitted_file_with_its_papers(keeper, lau, hongkong):
    assert (keeper.state, keeper.administration.code) == ("submitted", "cn-gd")
    assert keeper.filing.through == hongkong
    assert keeper.filing.filed_by == "owner@x.example"
    assert keeper.holder.name == HOLDER.name
    assert [each.pk for each in recordation_queue(visible_to=lau)] == [keeper.pk]
    roles = {each.role: each for each in keeper.documents.all()}
    assert {"certificate", "right_image", "genuine_image"} <= roles.keys()
    assert roles["certificate"].uploaded_by is None
    assert not FilingPiece.objects.exists()
    [status] = OutboxMessage.objects.all()
    assert status.message_type == "recordation.status/1"


def test_the_same_filing_again_is_one_file_and_writes_nothing(keeper, travelling, hongkong):
    _, messages = travelling
    before = Recordation.objects.count(), Filing.objects.count(), Entry.objects.count()
    give(hongkong, messages[-1:])
    assert before == (Recordation.objects.count(), Filing.objects.count(), Entry.objects.count())


def test_what_the_keeper_decides_comes_back_to_the_applicants_copy(
    keeper, sent, lau, guangdong, copy_of
):
    for act, note in (("examine", ""), ("ask-more", "A clearer photograph, please.")):
        keeper = recordation_do(by=lau, recordation=keeper, act=act, note=note)
    asked = [(each["type"], each["data"]) for each in sent("recordation.status/1")]
    assert [data["state"] for _, data in asked] == ["submitted", "examining", "more-asked"]
    copy = copy_of(keeper)
    give(guangdong, asked)
    give(guangdong, asked)
    copy.refresh_from_db()
    assert copy.state == "more-asked"
    assert copy.filing.file_there == asked[0][1]["file"]
    told = [(event.act, event.note) for event in copy.events.all()]
    assert told == [("examine", ""), ("ask-more", "A clearer photograph, please.")]


def test_a_grant_comes_back_with_its_number_and_is_not_screened_against_here(
    keeper, sent, lau, guangdong, copy_of
):
    for act, detail in (("examine", None), ("approve", {"number": "CN-77"})):
        keeper = recordation_do(by=lau, recordation=keeper, act=act, detail=detail)
    ends = keeper.expires_on
    said = [(each["type"], each["data"]) for each in sent("recordation.status/1")]
    right = keeper.right
    copy = copy_of(keeper)
    assert right is not None
    give(guangdong, said)
    copy.refresh_from_db()
    assert (copy.state, copy.number, copy.expires_on) == ("in-force", "CN-77", ends)
    assert copy.right.registration_number == "12345678"
    assert recorded_marks(timezone.localdate()) == []


def test_a_keeper_whose_partner_is_away_acts_all_the_same_and_tells_later(
    keeper, sent, lau, hongkong
):
    told = len(sent("recordation.status/1"))
    hongkong.exchange_partner.state = "suspended"
    hongkong.exchange_partner.save()
    recordation_do(by=lau, recordation=keeper, act="examine")
    assert len(sent("recordation.status/1")) == told
    hongkong.exchange_partner.state = "verified"
    hongkong.exchange_partner.save()
    assert filings_tell_due() == 1
    assert filings_tell_due() == 0
    assert len(sent("recordation.status/1")) == told + 1


def test_what_the_keeper_refused_can_be_corrected_and_sent_again(travelling, owner):
    row, _ = travelling
    with pytest.raises(ActNotOpen, match="filing-not-refused"):
        filing_correct(by=owner, recordation=row)
    refused = OutboxMessage.objects.filter(message_type="recordation.filing/1")
    refused.update(state="refused", reason="file-incomplete")
    assert filing_refusal(row).reason == "file-incomplete"
    row = filing_correct(by=owner, recordation=row)
    assert (row.state, row.filed_on, row.due_on) == ("draft", None, None)
    pieces = OutboxMessage.objects.filter(message_type="recordation.piece/1").count()
    row = recordation_do(by=owner, recordation=row, act="submit")
    assert refused.count() == 2
    assert OutboxMessage.objects.filter(message_type="recordation.piece/1").count() == pieces
    assert filing_refusal(row) is None


def bad(messages, **changes):
    *pieces, (kind, filing) = messages
    return [*pieces, (kind, filing | changes)]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"act": "approve"}, ActNotOpen),
        ({"act": "answer"}, ActNotOpen),
        ({"right_type": "geographical-indication"}, InvalidInput),
        ({"content": {}}, ActNotOpen),
        ({"papers": []}, ActNotOpen),
    ],
    ids=lambda each: str(each)[:40],
)
def test_a_filing_that_our_law_does_not_let_in_is_refused_and_writes_nothing(
    travelling, elsewhere, hongkong, changes, refusal
):
    row, messages = travelling
    forget(row)
    elsewhere()
    *pieces, filing = bad(messages, **changes)
    give(hongkong, pieces)
    before = counted()
    with pytest.raises(refusal):
        give(hongkong, [filing])
    assert counted() == before


def test_a_paper_that_is_not_whole_is_refused(travelling, elsewhere, hongkong):
    row, messages = travelling
    forget(row)
    elsewhere()
    with pytest.raises(InvalidInput, match="paper-not-whole"):
        give(hongkong, messages[1:])
    assert not Recordation.objects.exists()


def test_a_failure_at_the_last_step_leaves_nothing_of_a_filing(
    travelling, elsewhere, hongkong, monkeypatch
):
    row, messages = travelling
    forget(row)
    elsewhere()
    give(hongkong, messages[:-1])
    before = counted()

    def fail(*args: object, **details: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(filings_kept, "audit_record", fail)
    with pytest.raises(RuntimeError):
        give(hongkong, messages[-1:])
    assert counted() == before


def test_a_failure_at_the_last_step_leaves_a_file_where_it_was(draft, owner, paired, monkeypatch):
    before = counted()

    def fail(*args: object, **details: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(filings, "audit_record", fail)
    with pytest.raises(RuntimeError):
        recordation_do(by=owner, recordation=draft, act="submit")
    assert counted() == before


def test_a_partner_cannot_do_what_is_the_keepers_to_do(keeper, travelling, hongkong):
    _, messages = travelling
    kind, filing = messages[-1]
    before = counted()
    with pytest.raises(NotPermitted):
        give(hongkong, [(kind, filing | {"n": filing["n"] + 1, "act": "examine"})])
    assert counted() == before


def test_another_partner_cannot_touch_the_file(keeper, travelling, guangdong):
    _, messages = travelling
    kind, filing = messages[-1]
    with pytest.raises(NotFound, match="filing-unknown"):
        give(guangdong, [(kind, filing | {"n": filing["n"] + 1, "act": "withdraw", "note": "x"})])


def test_a_status_of_a_file_that_we_never_sent_is_refused(travelling, guangdong, hongkong):
    row, _ = travelling
    data = {
        "key": str(row.filing.key),
        "n": 1,
        "file": "cn-gd/F000001",
        "act": "examine",
        "state": "examining",
        "on": "2026-01-05",
        "note": "",
        "yours": False,
        "number": "",
        "expires_on": None,
    }
    with pytest.raises(NotFound):
        give(hongkong, [("recordation.status/1", data)])
    with pytest.raises(InvalidInput):
        give(guangdong, [("recordation.status/1", data | {"state": "lost"})])
    give(guangdong, [("recordation.status/1", data)])
    row.refresh_from_db()
    assert row.state == "examining"


def test_pieces_that_never_became_a_paper_are_forgotten(travelling, hongkong, guangdong):
    _, messages = travelling
    give(guangdong, messages[:1])
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert filings_kept.pieces_forget(before=timezone.localdate()) == 0
    assert filings_kept.pieces_forget(before=tomorrow) == 1
