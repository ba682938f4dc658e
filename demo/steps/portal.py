"""A right holder's account to try the portal with: a draft, an open question, live rights."""

from __future__ import annotations

import io
from functools import partial

from allauth.account.models import EmailAddress
from django.db import transaction
from PIL import Image

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import home_administration, name_taken
from countermark.apps.accounts.services import holder_account_create
from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.models import Recordation, RightHolder
from countermark.apps.register.services import (
    DocumentInput,
    access_approve,
    access_ask,
    recordation_document_add,
    recordation_draft,
)
from countermark.apps.register.services.holders import holder_fill
from countermark.lawbook import recordation_needs, right_type
from countermark.lawbook.rights import NeedKind
from countermark.workflows.recordings import recordation_do
from demo import world
from demo.context import Context
from demo.logins import logins_ensure

KIND = "copyright"
"""Both administrations record it, and it adds nothing to what the story screens for."""
ADDRESS = "12 quai Inventé, Lyon"
ASKED = "Please send a photograph of the clasp from above."


def portal(context: Context) -> None:
    """Make the account of a right holder whose marks are recorded, with two files on the way."""
    name = world.holder_login(context.side)
    if name_taken(name):
        return
    with transaction.atomic():
        account = _account(context, name)
        holder = RightHolder.objects.get(name=world.holders()[world.PORTAL_HOLDER].name)
        access = access_ask(by=account, holder=_described(holder), capacity="owner")
        access_approve(by=context.officer("analyst"), access=access, holder=holder)
        holder = holder_fill(by=account, holder=holder, given={"address": ADDRESS})
        begin = partial(recordation_draft, by=account, holder=holder, right_type=KIND)
        home = home_administration()
        begin(administration=home, content={"word": "VELUNDRA winter catalogue"})
        asked = begin(administration=home, content=_content(home.law, account))
        _papers(asked, account)
        recordation_do(by=account, recordation=asked, act="submit")
        analyst = context.officer("analyst")
        recordation_do(by=analyst, recordation=asked, act="examine")
        recordation_do(by=analyst, recordation=asked, act="ask-more", note=ASKED)


def _account(context: Context, name: str) -> Officer:
    password = logins_ensure(context.folder)[name]
    account = holder_account_create(email=name, display_name="Odile Marchetti", password=password)
    EmailAddress.objects.create(user=account, email=name, verified=True, primary=True)
    return account


def _described(holder: RightHolder) -> HolderInput:
    return HolderInput(name=holder.name, country=holder.country, address=ADDRESS)


def _content(law: str, account: Officer) -> dict[str, object]:
    """Return content that says everything the law asks of such a work."""
    needs = recordation_needs(law, KIND)
    facts = {fact.code: "Velundra studio" for fact in right_type(KIND).facts if fact.required}
    return {
        "word": "VELUNDRA clasp, drawings",
        "registration_number": f"DEMO-{law.upper()}-WORK-1",
        "goods": "Clasps of handbags",
        "valid_from": "2012-01-01",
        "valid_until": "2062-12-31",
        "facts": facts,
        "statements": {
            need.code: "Invented for the demo." for need in needs if need.kind is NeedKind.STATEMENT
        },
        "contacts": [{"name": account.display_name, "email": account.email}],
    }


def _papers(recordation: Recordation, account: Officer) -> None:
    """Add a drawn picture for every paper and picture that the law needs."""
    drawn = io.BytesIO()
    Image.new("RGB", (480, 320), "#0d6b59").save(drawn, "PNG")
    for need in recordation_needs(recordation.administration.law, KIND):
        if need.required and need.kind in (NeedKind.DOCUMENT, NeedKind.IMAGE):
            stream = io.BytesIO(drawn.getvalue())
            given = DocumentInput(stream, f"{need.code}.png", need.code, "Invented for the demo.")
            recordation_document_add(by=account, recordation=recordation, given=given)
