"""Files that people send: what is kept, what is refused, and who may open it."""

from __future__ import annotations

import io
import socket
import struct
import threading
import zlib

import pytest
from django.core.files.storage import default_storage
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from tests.filing import account, file_in, holder_made, speaks_for

from countermark.apps.audit.models import Entry
from countermark.apps.register import files, scanning
from countermark.apps.register.files import image_kept, paper_kept
from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.models import Document
from countermark.apps.register.selectors import document_get, document_open
from countermark.apps.register.services import (
    DocumentInput,
    access_ask,
    access_document_add,
    document_remove,
    recordation_document_add,
    right_document_add,
)
from countermark.domain.errors import ActNotOpen, InvalidInput, NotFound, NotPermitted, Refusal

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    written = io.BytesIO()
    mode = "RGBA" if kind == "PNG" else "RGB"
    Image.new(mode, size, "teal").save(written, kind, **options)
    return written.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 pixels wide and as high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))
        )

    head = struct.pack("!IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"0" * 99))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_is_drawn_again_with_its_size(kind):
    kept = image_kept(io.BytesIO(picture(kind)))
    assert (kept.width, kept.height) == (40, 20)
    assert Image.open(io.BytesIO(kept.content)).size == (40, 20)
    assert kept.media_type in {"image/jpeg", "image/png"}


def test_nothing_but_pixels_of_a_picture_is_kept():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "<script>alert(1)</script>")
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    for sent in (picture("PNG", pnginfo=text), picture("JPEG", exif=exif)):
        kept = image_kept(io.BytesIO(sent + b"PK\x03\x04 a zip behind the picture"))
        assert b"script" not in kept.content
        assert b"home" not in kept.content
        assert b"zip" not in kept.content


def test_a_picture_is_turned_upright_and_made_smaller(monkeypatch):
    exif = Image.Exif()
    exif[0x0112] = 6
    monkeypatch.setattr(files, "LONGEST_SIDE", 30)
    kept = image_kept(io.BytesIO(picture("JPEG", (80, 40), exif=exif)))
    assert (kept.width, kept.height) == (15, 30)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"MZ\x90\x00 not a picture", "picture-unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "picture-unknown"),
        (b"GIF89a", "picture-unknown"),
        (picture()[:200], "picture-broken"),
        (bomb(), "picture-too-large"),
        (PDF, "picture-unknown"),
    ],
)
def test_what_is_no_sound_picture_is_refused(sent, code):
    with pytest.raises(InvalidInput) as refused:
        image_kept(io.BytesIO(sent))
    assert refused.value.code == code


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(files, "MOST_PIXELS", 799)
    with pytest.raises(InvalidInput) as refused:
        image_kept(io.BytesIO(picture()))
    assert refused.value.code == "picture-too-large"


@given(st.binary(max_size=300), st.integers(0, 300), st.sampled_from(["JPEG", "PNG", "GIF"]))
@example(b"II*\x00\x08\x00\x00\x00", 0, "JPEG")  # A TIFF whose directory is missing.
def test_whatever_is_sent_a_picture_is_kept_or_the_file_is_refused(noise, at, kind):
    sent = picture(kind)
    for spoilt in (noise, sent[:at] + noise + sent[at:]):
        try:
            kept = image_kept(io.BytesIO(spoilt))
        except InvalidInput:
            continue
        assert Image.open(io.BytesIO(kept.content)).size == (kept.width, kept.height)


def packed(objects: bytes) -> bytes:
    stream = zlib.compress(objects)
    head = b"2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n"
    return PDF.replace(b"trailer", head + stream + b"\nendstream\nendobj\ntrailer")


def test_a_pdf_is_kept_as_it_came_and_a_scanned_paper_is_drawn_again():
    assert paper_kept(io.BytesIO(PDF)).content == PDF
    looks = PDF.replace(b"trailer", b"stream\n/JS /AA random bytes\nendstream\ntrailer")
    assert paper_kept(io.BytesIO(looks)).content == looks
    assert paper_kept(io.BytesIO(packed(b"<< /Type /Page >>"))).media_type == "application/pdf"
    assert paper_kept(io.BytesIO(picture())).media_type == "image/jpeg"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"MZ" + PDF, "paper-not-plain"),
        (PDF + b"<html><script>alert(1)</script></html>", "paper-not-plain"),
        (PDF[:40], "paper-not-plain"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"), "paper-active"),
        (PDF.replace(b"/Catalog", b"/Catalog << /S /J#61vaScript >>"), "paper-active"),
        (PDF.replace(b"/Catalog", b"/Catalog /Names << /EmbeddedFiles 2 0 R >>"), "paper-active"),
        (packed(b"<< /S /Launch /F (calc.exe) >>"), "paper-active"),
        (PDF.replace(b"/Catalog", b"/Catalog /Encrypt 3 0 R"), "paper-encrypted"),
        (b"<html>not a paper</html>", "picture-unknown"),
    ],
)
def test_a_paper_that_is_no_plain_pdf_is_refused(sent, code):
    with pytest.raises(InvalidInput) as refused:
        paper_kept(io.BytesIO(sent))
    assert refused.value.code == code


@pytest.fixture
def owner(tuen_mun):
    return account("owner@x.example", tuen_mun)


@pytest.fixture
def draft(owner, hongkong):
    holder = holder_made()
    speaks_for(owner, holder)
    return file_in("draft", administration=hongkong, holder=holder, by=owner)


def sent(content: bytes, role: str = "certificate", name: str = "../../My paper.pdf"):
    return DocumentInput(io.BytesIO(content), name, role)


@pytest.mark.django_db
def test_a_file_is_stored_under_its_digest_and_audited(owner, draft):
    row = recordation_document_add(by=owner, recordation=draft, given=sent(PDF))
    assert row.stored == f"documents/{row.sha256[:2]}/{row.sha256}.pdf"
    assert "/" not in row.filename
    assert row.scan == "not-scanned"
    with document_open(row) as file:
        assert file.read() == PDF
    entry = Entry.objects.get(act="register.document.added")
    assert entry.detail["sha256"] == row.sha256


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "code"),
    [
        (sent(b""), "empty-file"),
        (sent(b"<html>"), "picture-unknown"),
        (sent(PDF, "genuine_image"), "picture-unknown"),
        (sent(PDF, "love_letter"), "code-unknown"),
    ],
)
def test_a_refused_file_leaves_nothing_behind(owner, draft, given, code):
    before = Document.objects.count()
    with pytest.raises(InvalidInput) as refused:
        recordation_document_add(by=owner, recordation=draft, given=given)
    assert refused.value.code == code
    assert Document.objects.count() == before
    assert not default_storage.exists("documents")


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused(owner, draft, monkeypatch):
    monkeypatch.setattr("countermark.apps.register.services.documents.MOST_BYTES", 10)
    with pytest.raises(InvalidInput) as refused:
        recordation_document_add(by=owner, recordation=draft, given=sent(PDF))
    assert refused.value.code == "file-too-large"


@pytest.mark.django_db
def test_a_removed_file_is_no_longer_opened_and_its_row_stays(owner, draft):
    row = recordation_document_add(by=owner, recordation=draft, given=sent(PDF))
    document_remove(by=owner, document=row)
    with pytest.raises(NotFound):
        document_get(pk=row.pk, visible_to=owner)
    with pytest.raises(NotFound):
        document_remove(by=owner, document=row)
    assert Document.objects.get(pk=row.pk).removed_at


@pytest.mark.django_db
def test_a_file_is_opened_by_its_own_people_and_officers_once_it_is_submitted(
    owner, draft, lau, kwok, tuen_mun
):
    row = recordation_document_add(by=owner, recordation=draft, given=sent(PDF))
    stranger = account("stranger@x.example", tuen_mun)
    assert document_get(pk=row.pk, visible_to=owner) == row
    for other in (stranger, lau):
        with pytest.raises(NotFound):
            document_get(pk=row.pk, visible_to=other)
    type(draft).objects.update(state="submitted", filed_on="2026-01-05")
    assert document_get(pk=row.pk, visible_to=lau) == row
    with pytest.raises(ActNotOpen):
        recordation_document_add(by=owner, recordation=draft, given=sent(PDF))
    with pytest.raises(NotFound):
        recordation_document_add(by=stranger, recordation=draft, given=sent(PDF))
    with pytest.raises(NotPermitted):
        recordation_document_add(by=kwok, recordation=draft, given=sent(PDF))


@pytest.mark.django_db
def test_a_power_of_attorney_belongs_to_the_account_that_asks(owner, tuen_mun, lau, chan):
    access = access_ask(by=owner, holder=HolderInput(name="Other Ltd"), capacity="owner")
    stranger = account("stranger@x.example", tuen_mun)
    with pytest.raises(NotFound):
        access_document_add(by=stranger, access=access, given=sent(PDF))
    row = access_document_add(by=owner, access=access, given=sent(PDF, "power_of_attorney"))
    assert document_get(pk=row.pk, visible_to=owner) == row
    assert document_get(pk=row.pk, visible_to=lau) == row
    for other in (stranger, chan):
        with pytest.raises(NotFound):
            document_get(pk=row.pk, visible_to=other)


@pytest.mark.django_db
def test_a_picture_of_a_right_is_added_by_its_keepers_and_its_holder_only(
    owner, hongkong, lau, chan, tuen_mun
):
    holder = holder_made()
    speaks_for(owner, holder)
    right = file_in("in-force", administration=hongkong, holder=holder, by=owner).right
    for by in (owner, lau):
        given = DocumentInput(io.BytesIO(picture()), "front.jpg", "front", "Front", image=True)
        row = right_document_add(by=by, right=right, given=given)
        assert (row.kind, row.width) == ("image", 40)
        assert document_get(pk=row.pk, visible_to=chan) == row
    for by in (chan, account("stranger@x.example", tuen_mun)):
        with pytest.raises(Refusal):
            right_document_add(by=by, right=right, given=given)


class Finds:
    """A scanner that finds something in everything."""

    def scan(self, stream):
        return "Eicar-Test"


class Gone:
    """A scanner that gives no answer."""

    def scan(self, stream):
        raise scanning.ScannerUnreachable("gone")


class Clean:
    """A scanner that finds nothing."""

    def scan(self, stream):
        return ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "code"), [("Finds", "file-malicious"), ("Gone", "scanner-unreachable")]
)
def test_a_file_the_scanner_does_not_pass_is_not_kept(owner, draft, settings, name, code):
    settings.COUNTERMARK_SCANNER = f"{__name__}.{name}"
    with pytest.raises(InvalidInput) as refused:
        recordation_document_add(by=owner, recordation=draft, given=sent(PDF))
    assert refused.value.code == code
    assert not default_storage.exists("documents")


@pytest.mark.django_db
def test_a_scanned_file_says_so(owner, draft, settings):
    settings.COUNTERMARK_SCANNER = f"{__name__}.Clean"
    row = recordation_document_add(by=owner, recordation=draft, given=sent(PDF))
    assert row.scan == "clean"


@pytest.mark.parametrize(
    ("answer", "found"),
    [(b"stream: OK\0", ""), (b"stream: Eicar-Test FOUND\0", "Eicar-Test"), (b"huh\0", None)],
)
def test_clamav_is_asked_as_its_manual_says(tmp_path, settings, answer, found):
    heard, path = bytearray(), tmp_path / "clamd"
    settings.COUNTERMARK_CLAMAV = str(path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen(1)

        def serve() -> None:
            peer, _ = listening.accept()
            with peer:
                while not heard.endswith(b"\0\0\0\0"):
                    heard.extend(peer.recv(4096))
                peer.sendall(answer)

        daemon = threading.Thread(target=serve)
        daemon.start()
        if found is None:
            with pytest.raises(scanning.ScannerUnreachable):
                scanning.ClamAV().scan(io.BytesIO(b"goods"))
        else:
            assert scanning.ClamAV().scan(io.BytesIO(b"goods")) == found
        daemon.join()
    assert bytes(heard) == b"zINSTREAM\0\x00\x00\x00\x05goods\0\0\0\0"


def test_a_daemon_that_is_not_there_is_said_to_be_unreachable(tmp_path, settings):
    settings.COUNTERMARK_CLAMAV = str(tmp_path / "nobody")
    with pytest.raises(scanning.ScannerUnreachable):
        scanning.ClamAV().scan(io.BytesIO(b"goods"))
