"""Importing rights: bring a file, see what it would do, let it do exactly that."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from countermark.apps.register.services import rights_preview, rights_upload
from countermark.domain.errors import NotFound, Refusal
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.refusals import sentence, sentence_of
from countermark.web.rights.forms import ImportForm
from countermark.workflows.watching import rights_bring

PAGE_SIZE = 50
STATUSES = ("new", "changed", "unchanged", "rejected")
REJECTS = "rights-rejects"


@officer_required("rights.import")
def upload(request: OfficerRequest) -> HttpResponse:
    """Take a file and lead to what it would do."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            key = rights_upload(by=request.officer, stream=file, filename=file.name)
            rights_preview(by=request.officer, upload=key)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("rights:preview", key)
    status = 422 if form.errors else 200
    return render(request, "rights/import.html", {"form": form}, status=status)


@officer_required("rights.import")
def preview(request: OfficerRequest, key: str) -> HttpResponse:
    """Show row by row what the file would do; a post does it, if that is still the same."""
    message = ""
    if request.method == "POST":
        try:
            result = rights_bring(
                by=request.officer, upload=key, expected=request.POST.get("digest", "")
            )
        except Refusal as refusal:
            message = sentence(refusal)
        else:
            request.session[REJECTS] = result.rejects
            return render(request, "rights/imported.html", {"result": result})
    plan = rights_preview(by=request.officer, upload=key)
    chosen = request.GET.get("status", "")
    rows = [row for row in plan.rows if not chosen or row.status == chosen]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "page": page,
        "message": message,
        "chosen": chosen,
        "statuses": [(status, plan.count(status)) for status in STATUSES],
        "rows": [
            (row, [(each.field, sentence_of(each.reason, {})) for each in row.problems])
            for row in page.object_list
        ],
    }
    return render(request, "rights/preview.html", context, status=409 if message else 200)


@officer_required("rights.import")
def rejects(request: OfficerRequest) -> HttpResponseBase:
    """Send the rows that this session's last import could not take.

    Raises:
        NotFound: That import rejected nothing.
    """
    stored = request.session.get(REJECTS)
    if not stored:
        raise NotFound("no-reject-file")
    file = default_storage.open(stored, "rb")
    return FileResponse(file, as_attachment=True, filename="rights-rejects.csv")
