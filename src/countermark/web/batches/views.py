"""Batches of declarations: bring a file, say what its columns hold, watch it being taken in."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from countermark.apps.intake.selectors import batch_get, batch_list, rejected_row_list
from countermark.apps.screening.selectors import run_list
from countermark.domain.errors import NotFound, Refusal
from countermark.web import uploads
from countermark.web.batches.forms import MappingForm, UploadForm
from countermark.web.batches.preview import preview
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.refusals import sentence_of
from countermark.workflows.arrivals import batch_accept

PAGE_SIZE = 25
REJECTS_SHOWN = 20
PURPOSE = "batch"


@officer_required("batches.read")
def batches(request: OfficerRequest) -> HttpResponse:
    """Show the batches within reach, newest first."""
    found = batch_list(visible_to=request.officer)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    may_receive = request.officer.may("batches.receive")
    return render(request, "batches/list.html", {"page": page, "may_receive": may_receive})


@officer_required("batches.receive")
def upload(request: OfficerRequest) -> HttpResponse:
    """Take a file to be looked at; nothing is received yet."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        kept = uploads.stash(request, PURPOSE, form.cleaned_data["file"])
        try:
            preview(kept)
        except Refusal as refusal:
            uploads.drop(request, PURPOSE)
            put_on_form(form, refusal)
        else:
            return redirect("batches:columns")
    return render(request, "batches/upload.html", {"form": form}, status=_status(form))


@officer_required("batches.receive")
def columns(request: OfficerRequest) -> HttpResponse:
    """Let the officer correct what each column holds, then receive the batch."""
    kept = uploads.stashed(request, PURPOSE)
    seen = preview(kept)
    form = MappingForm(seen, request.POST or None)
    if form.is_valid():
        try:
            with kept.open() as stream:
                batch = batch_accept(
                    by=request.officer,
                    stream=stream,
                    filename=kept.filename,
                    mapping=form.cleaned_data,
                )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            uploads.drop(request, PURPOSE)
            return redirect("batches:detail", batch.number)
    context = {"form": form, "preview": seen, "filename": kept.filename}
    return render(request, "batches/columns.html", context, status=_status(form))


@officer_required("batches.read")
def detail(request: OfficerRequest, number: str) -> HttpResponse:
    """Show how far a batch has come and what became of its rows; htmx asks for that part alone."""
    batch = batch_get(number=number, visible_to=request.officer)
    run = run_list(visible_to=request.officer, batch=batch).first()
    rejected = rejected_row_list(batch=batch)[:REJECTS_SHOWN]
    context = {
        "batch": batch,
        "run": run,
        "seconds_left": run.seconds_left(timezone.now()) if run else None,
        "moving": _moving(batch.state, run.state if run else ""),
        "rejected": [(row, sentence_of(row.reason, {})) for row in rejected],
        "failure": sentence_of(batch.failure, batch.failure_params) if batch.failure else "",
    }
    template = "batches/_progress.html" if request.htmx else "batches/detail.html"
    return render(request, template, context)


@officer_required("batches.read")
def rejects(request: OfficerRequest, number: str) -> HttpResponseBase:
    """Send the file of rows that could not be loaded.

    Raises:
        NotFound: No row was rejected, or the batch is still being loaded.
    """
    batch = batch_get(number=number, visible_to=request.officer)
    if not batch.rejects:
        raise NotFound("no-reject-file", number=number)
    return FileResponse(
        batch.rejects.open("rb"), as_attachment=True, filename=f"{batch.number}-rejects.csv"
    )


def _moving(batch_state: str, run_state: str) -> bool:
    """Return whether the worker is not done with a batch yet."""
    if batch_state == "loaded":
        return run_state not in {"finished", "failed"}
    return batch_state != "failed"


def _status(form: UploadForm | MappingForm) -> int:
    return 422 if form.errors else 200
