"""Batches: bring a file, say what its columns hold, see what became of every row."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.trade import loaded, received, row, table
from tests.web.reading import LANGUAGES, errors, read, send, soup_of, text

from countermark.apps.intake.models import Batch
from countermark.workflows.arrivals import batch_arrive

pytestmark = pytest.mark.django_db


def file_of(rows, name="lines.csv"):
    return {"file": SimpleUploadedFile(name, table(rows).getvalue())}


def brought(client, officer, rows):
    """Upload rows and return the page that asks which column holds what."""
    answer, _ = send(client, officer, "/batches/new/", file_of(rows))
    assert answer["Location"] == "/batches/new/columns/"
    return soup_of(client.get(answer["Location"]))


def chosen(soup) -> dict[str, str]:
    """Return what the selects of the page stand on."""
    return {
        select["name"]: (select.select_one("[selected]") or {}).get("value", "")
        for select in soup.select("main select")
    }


def test_columns_are_guessed_and_the_first_rows_are_shown(client, chan):
    soup = brought(client, chan, [row(line) for line in range(1, 9)])
    guess = chosen(soup)
    assert guess["goods_description"] == "goods_description"
    assert guess["number"] == "number"
    assert len(soup.select("#samples ~ *, table tbody tr")) >= 5
    assert "plastic storage boxes" in text(soup.select_one("table"))
    assert not Batch.objects.exists()


def test_a_corrected_mapping_is_what_the_batch_is_received_with(client, chan):
    lines = [{k: v for k, v in row(n).items() if k != "direction"} for n in (1, 2)]
    soup = brought(client, chan, lines)
    form = chosen(soup)
    assert form["direction"] == ""
    answer, refused = send(client, chan, "/batches/new/columns/", form)
    assert answer.status_code == 422
    assert errors(refused) == ["Direction: Choose the column that holds this."]
    answer, _ = send(client, chan, "/batches/new/columns/", form | {"direction": "=import"})
    batch = Batch.objects.get()
    assert answer["Location"] == f"/batches/{batch.number}/"
    assert batch.mapping["direction"] == "=import"
    batch_arrive(batch=batch)
    batch.refresh_from_db()
    assert batch.rows_loaded == 2


def test_the_same_file_again_leads_to_the_earlier_batch(client, chan):
    lines = [row()]
    earlier = received(chan, lines)
    soup = brought(client, chan, lines)
    answer, soup = send(client, chan, "/batches/new/columns/", chosen(soup))
    assert answer.status_code == 422
    assert errors(soup) == [
        f"This file was received before, as batch {earlier.number}. Open that batch."
    ]


def test_the_page_polls_until_the_worker_is_done(client, chan):
    batch = received(chan, [row()])
    address = f"/batches/{batch.number}/"
    part = read(client, chan, address)[1].find(id="progress")
    assert part["hx-get"] == address
    assert "Waiting to be loaded" in text(part)
    batch_arrive(batch=batch)
    _, soup = read(client, chan, address, hx_request="true")
    assert soup.html is None
    assert not soup.find(id="progress").has_attr("hx-get")
    assert "Screened" in text(soup)


def test_the_counts_add_up_and_the_rejects_can_be_downloaded(client, chan):
    rows = [row(1), row(1), row(2), row(3, quantity="many"), row(4, goods_description="")]
    batch = loaded(chan, rows)
    _, soup = read(client, chan, f"/batches/{batch.number}/")
    total, *parts = [int(text(dd)) for dd in soup.select("#progress .stats")[0].select("dd")]
    assert total == sum(parts) == 5
    reasons = [text(tr) for tr in soup.select("tbody tr")]
    assert reasons == [
        "5 Quantity Write a plain number, without unit or currency.",
        "6 Goods description Fill in this field.",
    ]
    file = client.get(f"/batches/{batch.number}/rejects")
    assert file["Content-Disposition"].startswith("attachment")
    assert b"".join(file.streaming_content).decode("utf-8-sig").count("\n") == 3


def test_a_batch_without_rejects_has_no_file_of_them(client, chan):
    batch = loaded(chan, [row()])
    assert read(client, chan, f"/batches/{batch.number}/rejects")[0].status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "The file is empty. Choose another."), (b"PK\x03\x04nonsense", "The file is damaged")],
)
def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(client, chan, content, said, var_dir):
    file = {"file": SimpleUploadedFile("lines.xlsx", content)}
    answer, soup = send(client, chan, "/batches/new/", file)
    assert answer.status_code == 422
    assert said in errors(soup)[0]
    kept = var_dir / "files" / "uploads"
    assert not kept.exists() or not list(kept.iterdir())


def test_a_second_file_takes_the_place_of_the_first(client, chan, var_dir):
    brought(client, chan, [row(1)])
    brought(client, chan, [row(2)])
    assert len(list((var_dir / "files" / "uploads").iterdir())) == 1


def test_columns_without_a_file_are_not_found(client, chan):
    assert read(client, chan, "/batches/new/columns/")[0].status_code == 404


def test_another_offices_batch_does_not_exist_for_an_outsider(client, chan, ho):
    batch = loaded(chan, [row()])
    assert read(client, ho, f"/batches/{batch.number}/")[0].status_code == 404
    assert "No batch has been received yet" in text(read(client, ho, "/batches/")[1].main)


def test_who_only_reads_may_not_bring_a_file(client, mak):
    assert not read(client, mak, "/batches/")[1].select("a[href='/batches/new/']")
    assert read(client, mak, "/batches/new/")[0].status_code == 403


@pytest.mark.parametrize(("code", "tag"), LANGUAGES.items())
def test_the_pages_speak_three_languages(client, chan, code, tag):
    batch = loaded(chan, [row()])
    for address in ("/batches/", "/batches/new/", f"/batches/{batch.number}/"):
        response, soup = read(client, chan, address, accept_language=code)
        assert (response.status_code, soup.html["lang"]) == (200, tag)
