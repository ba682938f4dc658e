from __future__ import annotations

import hashlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import FileSystemStorage, default_storage

from countermark.apps.audit.models import Entry
from countermark.apps.cases.files import filename_safe, media_type_of
from countermark.apps.cases.models import Attachment, Note
from countermark.apps.cases.selectors import attachment_get, case_timeline
from countermark.apps.cases.services import attachment_add, note_add, papers
from countermark.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def office_file(*parts: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return buffer.getvalue()


DOCX = office_file("[Content_Types].xml", "word/document.xml")
MACROS = office_file("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a...", "image/gif"),
        (b"II*\x00", "image/tiff"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("檢取通知書\n".encode(), "text/plain"),
        ("扣留凭单\n".encode("gb18030"), "text/plain"),
        (b"<html><script>alert(1)</script></html>", "text/plain"),
        (b"a" * 70_000 + "檢".encode(), "text/plain"),
    ],
)
def test_a_type_is_told_from_the_content(content, media_type):
    assert media_type_of(BytesIO(content)) == media_type


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\x00", "file-type-refused"),
        (b"\x7fELF\x02\x01", "file-type-refused"),
        (b"PK\x03\x04 not an archive", "file-type-refused"),
        (office_file("setup.exe"), "file-type-refused"),
        (MACROS, "file-has-macros"),
        (b"\x01\x02\x03", "file-type-refused"),
        (b"\xff\xff\xff\xff", "file-type-refused"),
    ],
)
def test_what_is_no_document_is_refused(content, code):
    with pytest.raises(InvalidInput) as refused:
        media_type_of(BytesIO(content))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("filename", "media_type", "safe"),
    [
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\temp\\photo.png", "image/png", "photo.png"),
        ("photo.png.exe", "image/png", "photo.png.exe.png"),
        ("invoice\u202egnp.exe", "image/png", "invoicegnp.exe.png"),
        ("\x00\n.hidden", "text/plain", "hidden.txt"),
        ("檢取  通知書.PDF", "application/pdf", "檢取 通知書.pdf"),
        ("", "image/png", "file.png"),
        ("a" * 300 + ".png", "image/png", "a" * 116 + ".png"),
        ('<img src="x">.png', "image/png", "img src=x.png"),
    ],
)
def test_a_name_is_made_safe_to_show_and_to_save(filename, media_type, safe):
    assert filename_safe(filename, media_type) == safe


def attach(case, by, content=PNG, filename="photo.png"):
    return attachment_add(case=case, stream=BytesIO(content), filename=filename, by=by)


def test_a_file_is_kept_under_the_hash_of_its_content(case, chan):
    paper = attach(case, chan)
    digest = hashlib.sha256(PNG).hexdigest()
    assert (paper.sha256, paper.size_bytes, paper.media_type) == (digest, len(PNG), "image/png")
    assert paper.file.name == f"attachments/{digest[:2]}/{digest}"
    with attachment_get(pk=paper.pk, visible_to=chan).file.open() as stored:
        assert stored.read() == PNG
    assert [entry.text for entry in case_timeline(case)][-1] == "photo.png"


def test_a_file_in_two_cases_is_stored_once(case, open_case, chan):
    first, second = attach(case, chan), attach(open_case(), chan)
    assert first.file.name == second.file.name
    assert default_storage.listdir(f"attachments/{first.sha256[:2]}")[1] == [first.sha256]


def test_the_same_content_twice_in_a_case_points_at_the_earlier_file(case, chan):
    attach(case, chan)
    with pytest.raises(Conflict) as refused:
        attach(case, chan, filename="again.png")
    assert refused.value.params["filename"] == "photo.png"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file-empty"), (b"x" * (25 * 1024 * 1024 + 1), "file-too-large")],
    ids=["empty", "too-large"],
)
def test_an_empty_or_too_large_file_is_refused(case, chan, content, code):
    with pytest.raises(InvalidInput) as refused:
        attach(case, chan, content)
    assert refused.value.code == code
    assert not Attachment.objects.exists()


def test_a_full_disk_leaves_neither_row_nor_entry(case, chan, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError("no space left on device")

    entries = Entry.objects.count()
    monkeypatch.setattr(FileSystemStorage, "save", fail)
    with pytest.raises(OSError, match="space"):
        attach(case, chan)
    assert not Attachment.objects.exists()
    assert Entry.objects.count() == entries


def test_a_copy_that_somebody_else_wrote_meanwhile_serves(case, chan, monkeypatch):
    paper = attach(case, chan)
    exists, asked = FileSystemStorage.exists, []

    def not_yet(storage, name):
        asked.append(name)
        return len(asked) > 1 and exists(storage, name)

    monkeypatch.setattr(FileSystemStorage, "exists", not_yet)
    papers._store(paper, BytesIO(PNG))
    assert len(asked) > 1
    assert default_storage.listdir(f"attachments/{paper.sha256[:2]}")[1] == [paper.sha256]


def test_files_and_notes_of_a_case_are_out_of_an_outsiders_reach(case, chan, ho, mak):
    paper = attach(case, chan)
    with pytest.raises(NotFound):
        attachment_get(pk=paper.pk, visible_to=ho)
    with pytest.raises(NotPermitted):
        attach(case, mak, b"%PDF-1.7")
    with pytest.raises(NotPermitted):
        note_add(case=case, text="seen", by=mak)


def test_a_note_is_written_once_and_recorded(case, chan):
    note = note_add(case=case, text="  Photographs follow. ", by=chan)
    assert note.text == "Photographs follow."
    assert Entry.objects.latest("seq").act == "cases.note.added"


@pytest.mark.parametrize(
    ("text", "code"), [(" ", "field-missing"), ("x" * 10_001, "text-too-long")]
)
def test_an_empty_or_endless_note_is_refused(case, chan, text, code):
    with pytest.raises(InvalidInput) as refused:
        note_add(case=case, text=text, by=chan)
    assert refused.value.code == code


def test_a_note_and_its_entry_stand_or_fall_together(case, chan, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(papers, "audit_record", fail)
    with pytest.raises(OSError, match="disk"):
        note_add(case=case, text="seen", by=chan)
    assert not Note.objects.exists()
