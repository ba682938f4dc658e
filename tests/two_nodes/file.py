"""What holder and officer do with a file that travels: ``python -m tests.two_nodes.file VERB``.

``submit``   a holder hands a whole file for Guangdong in through Hong Kong's portal
``grant``    an officer of Guangdong examines and approves it
"""

from __future__ import annotations

import io
import sys

import django

django.setup()

from PIL import Image  # noqa: E402 - models can be imported only after the set-up
from tests.filing import account, complete, holder_made, speaks_for  # noqa: E402

from countermark.apps.accounts.models import Administration, Office  # noqa: E402
from countermark.apps.accounts.services import officer_create  # noqa: E402
from countermark.apps.register.models import Recordation  # noqa: E402
from countermark.apps.register.services import (  # noqa: E402
    DocumentInput,
    recordation_document_add,
    recordation_draft,
)
from countermark.lawbook import recordation_needs  # noqa: E402
from countermark.workflows.recordings import recordation_do  # noqa: E402

KIND = "trade-mark"


def submit() -> None:
    owner, holder = account("owner@x.example", Office.objects.get()), holder_made()
    speaks_for(owner, holder)
    guangdong = Administration.objects.get(code="cn-gd")
    content = complete(guangdong.law, KIND)
    file = recordation_draft(
        by=owner, holder=holder, right_type=KIND, administration=guangdong, content=content
    )
    for number, need in enumerate(recordation_needs(guangdong.law, KIND)):
        if need.required and need.kind in ("document", "image"):
            given = DocumentInput(io.BytesIO(_picture(number)), f"{need.code}.png", need.code)
            recordation_document_add(by=owner, recordation=file, given=given)
    recordation_do(by=owner, recordation=file, act="submit")


def grant() -> None:
    analyst = officer_create(
        username="analyst",
        display_name="Analyst",
        office=Office.objects.get(),
        role="analyst",
        password="a long enough phrase",
    )
    file = Recordation.objects.get()
    for act, detail in (("examine", None), ("approve", {"number": "CN-77"})):
        file = recordation_do(by=analyst, recordation=file, act=act, detail=detail)


def _picture(number: int) -> bytes:
    """Noise: it does not compress, so that the file is longer than one piece."""
    stream = io.BytesIO()
    Image.effect_noise((260 + number, 240), 90).convert("RGB").save(stream, "PNG")
    return stream.getvalue()


if __name__ == "__main__":
    {"submit": submit, "grant": grant}[sys.argv[1]]()
