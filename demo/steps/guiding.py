"""What a right holder tells officers at the dock, and a trader who asks to be let through."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import transaction
from PIL import Image, ImageDraw

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_get
from countermark.apps.cases.services import trader_ask, trader_link_make
from countermark.apps.register.inputs import PermissionInput
from countermark.apps.register.models import Permission, Right
from countermark.apps.register.services import (
    DocumentInput,
    ExaminerInput,
    InfringerInput,
    TrainingInput,
    examiner_record,
    guide_picture_add,
    guide_write,
    infringer_report,
    permission_confirm,
)
from countermark.apps.screening.models import Hit, HitState
from demo import world
from demo.context import Context

WRITTEN = ("tells", "packaging", "codes", "prices", "ports", "contacts")
TRADERS = 2
"""How many traders ask: the holder confirms the first, the last still waits for an answer."""


@transaction.atomic
def guides(context: Context) -> None:
    """Write the guide of one mark, name an examiner, and note a known infringer."""
    told = world.table("guide")
    right = Right.objects.get(word=told["mark"], jurisdiction=context.side.law)
    if right.guide_editions.exists():
        return
    holder = _holder(context)
    edition = 0
    for section in WRITTEN:
        made = guide_write(
            by=holder, right=right, edition=edition, section=section, rows=told[section]
        )
        edition = made.number if made else edition
    for row in told["pictures"]:
        given = DocumentInput(io.BytesIO(_bag(fake=row["shows"] != "genuine")), "bag.png", "")
        edition = guide_picture_add(
            by=holder, right=right, edition=edition, given=given, picture=row
        ).number
    examiner_record(by=holder, holder=right.holder, given=_examiner(context, told["examiner"]))
    infringer_report(
        by=context.officer("supervisor"),
        right=right,
        given=InfringerInput(since=context.today - timedelta(days=90), **told["infringer"]),
    )


@transaction.atomic
def traders(context: Context) -> None:
    """Let traders whose goods wait for a decision send a licence; the holder answers one."""
    if Permission.objects.exists():
        return
    for number, hit in enumerate(_waiting()):
        _, token = trader_link_make(
            by=context.officer("supervisor"), hit=hit, party_role="consignor"
        )
        asked = PermissionInput(
            valid_from=context.today,
            valid_until=context.today + timedelta(days=365),
            goods="Goods of the kind that were declared",
            statement="Invented for the demo: we have been a licensee since last year.",
            may_share=True,
        )
        proof = DocumentInput(io.BytesIO(_bag(fake=False)), "licence.png", "proof")
        permission = trader_ask(token=token, asked=asked, proof=proof)
        if number + 1 < TRADERS:
            permission_confirm(by=_holder(context), permission=permission)


def _waiting() -> Iterator[Hit]:
    """Yield open hits on rights of the holder who has an account, each of another trader."""
    holder = world.holders()[world.PORTAL_HOLDER].name
    found = Hit.objects.filter(state=HitState.OPEN, excused="", right__holder__name=holder)
    firms: set[int] = set()
    for hit in found.select_related("line__declaration").order_by("-score", "pk"):
        firm = hit.line.declaration.consignor_id
        if firm and firm not in firms and len(firms) < TRADERS:
            firms.add(firm)
            yield hit


def _holder(context: Context) -> Officer:
    return officer_get(username=world.holder_login(context.side))


def _examiner(context: Context, told: dict[str, Any]) -> ExaminerInput:
    said = dict(told)
    training = TrainingInput(
        said.pop("training"), said.pop("given_by"), context.today - timedelta(days=200)
    )
    return ExaminerInput(**said | {"languages": tuple(said["languages"])}, trainings=(training,))


@cache
def _bag(*, fake: bool) -> bytes:
    """Return a drawn bag; on the fake the flap hangs lower on one side."""
    picture = Image.new("RGB", (640, 480), "#f4efe6")
    draw = ImageDraw.Draw(picture)
    draw.arc((200, 40, 440, 320), 180, 360, fill="#5a3a22", width=14)
    draw.rounded_rectangle((120, 180, 520, 430), 26, fill="#8a5a33", outline="#5a3a22", width=6)
    low = 330 if fake else 300
    draw.polygon([(120, 190), (520, 190), (520, 300), (120, low)], fill="#7a4c28")
    draw.line([(128, low - 14), (512, 286)], fill="#e3c9a4", width=3)
    draw.rounded_rectangle((295, 280, 345, 320), 8, fill="#cfa94e", outline="#8c6d20", width=3)
    draw.text((286, 360), "VELUNDRA", fill="#e3c9a4")
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()
