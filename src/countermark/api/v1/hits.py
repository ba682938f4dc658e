"""Hits that an officer may see, as signed files that prove themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Path, Router, Schema

from countermark.api.v1.http import OfficerRequest, officer_reading
from countermark.api.v1.paging import Code
from countermark.api.v1.problems import PROBLEMS
from countermark.apps.screening.selectors import hit_get
from countermark.workflows.capsules import capsule_export

router = Router(tags=["hits"])


class SignedCapsule(Schema):
    """A hit with all that it rests on, and the node's signature over it.

    Keep the bytes as they are: `countermark capsule verify` refuses a file that was written anew.
    """

    capsule: dict[str, Any]
    signature: str


@router.get(
    "/{number}/capsule",
    response={200: SignedCapsule, **PROBLEMS},
    summary="A hit as a signed file",
)
def capsule(request: OfficerRequest, number: Path[Code]) -> HttpResponse:
    """Return the capsule of a hit; that it was handed out is recorded."""
    officer = officer_reading(request, "hits.read")
    file = capsule_export(hit=hit_get(number=number, visible_to=officer), by=officer)
    answer = HttpResponse(file.content, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
