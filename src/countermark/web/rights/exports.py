"""Writing the rights of the list to a file."""

from __future__ import annotations

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from countermark.apps.register.selectors import right_list
from countermark.apps.register.services.exports import rights_export
from countermark.web.http import OfficerRequest, officer_required

MEDIA_TYPES = {"st96": "application/xml", "csv": "text/csv; charset=utf-8"}


@require_POST
@officer_required("rights.export")
def download(request: OfficerRequest) -> HttpResponseBase:
    """Send the rights that the list shows for the same search, as ST.96 or CSV.

    Raises:
        InvalidInput: There is no such format.
    """
    query = request.POST.get("q", "").strip()[:200]
    written = rights_export(
        by=request.officer,
        rights=right_list(visible_to=request.officer, query=query),
        file_format=request.POST.get("format", ""),
    )
    response = FileResponse(written.file, as_attachment=True, filename=written.filename)
    response["Content-Type"] = MEDIA_TYPES[request.POST["format"]]
    return response
