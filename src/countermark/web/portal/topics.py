"""One topic of a file on one page: write, add papers, save, go on or come back later."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from countermark.apps.register.selectors import recordation_get
from countermark.apps.register.services import document_remove, recordation_write
from countermark.apps.register.services.holders import holder_fill
from countermark.domain.errors import ActNotOpen, Conflict, NotFound, Refusal
from countermark.lawbook import recordation_rules
from countermark.lawbook.rights import NeedKind
from countermark.web.cases.legal import named
from countermark.web.http import OfficerRequest
from countermark.web.portal.faults import Fault, faults_of
from countermark.web.portal.gate import holder_required
from countermark.web.portal.present import sources_of, step_of
from countermark.web.portal.rows import FORMS, Rows, rows_changed, rows_sent, rows_shown
from countermark.web.portal.topic_forms import TopicForm, holder_known, needs_of, topics_of
from countermark.web.portal.uploads import Upload, upload_of, upload_take
from countermark.web.refusals import sentence

if TYPE_CHECKING:
    from django.http import QueryDict

    from countermark.apps.register.models import Recordation
    from countermark.lawbook import Need

PAPERS = (NeedKind.DOCUMENT, NeedKind.IMAGE)
GO_ON, LATER, UPLOAD = "continue", "later", "upload"


@dataclass(slots=True)
class TopicPage:
    """A topic as its page shows it, empty or as it was sent."""

    recordation: Recordation
    topic: str
    form: TopicForm
    rows: list[Rows]
    uploads: list[Upload]
    problems: list[str] = field(default_factory=list)

    @property
    def known(self) -> list[tuple[str, str]]:
        """What the register has of the holder already, and is not asked for again."""
        return [
            (named(need.names), said)
            for need in self.form.needs
            if (said := holder_known(need, self.recordation))
        ]

    @property
    def faults(self) -> list[Fault]:
        """What is wrong on the page, in its order."""
        return faults_of([self.form], self.rows, self.uploads, self.problems)

    def valid(self, *, strict: bool) -> bool:
        """Return whether all that was sent can be kept; every part is judged."""
        parts = [self.form.is_valid(), *(rows.valid(strict=strict) for rows in self.rows)]
        return all(parts)

    def changes(self) -> dict[str, object]:
        """Return the keys of the content that the page speaks of."""
        return self.form.changes() | {rows.key: rows.values() for rows in self.rows}

    def lacking_papers(self) -> bool:
        """Say at each need whose paper is missing that it is; return whether one is."""
        for upload in self.uploads:
            if upload.need.required and not upload.there and not upload.error:
                upload.error = gettext("This is needed. Choose a file.")
        return any(upload.error for upload in self.uploads)


@never_cache
@holder_required
def topic(request: OfficerRequest, pk: int, topic: str) -> HttpResponse:
    """Show one topic of a file; take what is written and added there.

    Raises:
        NotFound: The law asks for no such topic, or the file is another holder's.
    """
    recordation = recordation_get(pk=pk, visible_to=request.officer)
    if topic not in topics_of(recordation):
        raise NotFound("page-closed")
    if recordation.state not in recordation_rules(recordation.administration.law).editable:
        return redirect("portal:file", pk)
    if request.method != "POST":
        return _page(request, _shown(recordation, topic))
    act = request.POST.get("do", GO_ON)
    if act.startswith(("add-", "drop-")):
        return _page(request, _relaid(recordation, topic, request.POST, act))
    if act.startswith("remove-"):
        return _remove(request, recordation, topic, act.removeprefix("remove-"))
    return _save(request, recordation, topic, act)


def _save(request: OfficerRequest, recordation: Recordation, code: str, act: str) -> HttpResponse:
    """Keep what was sent; papers first, since a browser does not send them twice."""
    strict = act == GO_ON
    page = _sent(recordation, code, request.POST, strict=strict)
    taken = sum([upload_take(request, recordation, upload) for upload in page.uploads])
    if taken:
        recordation = recordation_get(pk=recordation.pk, visible_to=request.officer)
        errors = [upload.error for upload in page.uploads]
        page.uploads = _uploads(recordation, code)
        for upload, error in zip(page.uploads, errors, strict=True):
            upload.error = error
    sound = page.valid(strict=strict)
    refused = any(upload.error for upload in page.uploads) or (strict and page.lacking_papers())
    if sound:
        try:
            _keep(request, page)
        except Refusal as refusal:
            page.problems.append(sentence(refusal))
            sound = False
    if not sound or refused:
        return _page(request, page, status=422)
    return redirect(_next(recordation, code, act, request.POST.get("back", "")))


def _keep(request: OfficerRequest, page: TopicPage) -> None:
    """Write the texts of a page.

    Raises:
        Conflict: Somebody else wrote in the file since the page was opened.
        ActNotOpen: The file cannot be written any more.
        InvalidInput: A value is malformed.
    """
    recordation = page.recordation
    if request.POST.get("seen") != seen_of(_shown(recordation, page.topic)):
        raise Conflict("file-changed-meanwhile", file=recordation.file_number)
    if filled := page.form.holder_said():
        holder_fill(by=request.officer, holder=recordation.holder, given=filled)
    changes = page.changes()
    content = recordation.content
    if any(content.get(key, type(value)()) != value for key, value in changes.items()):
        recordation_write(
            by=request.officer,
            recordation=recordation,
            edition=recordation.edition,
            changes=changes,
        )


def _remove(
    request: OfficerRequest, recordation: Recordation, code: str, document: str
) -> HttpResponse:
    """Take one paper of this very file out of it."""
    page = _shown(recordation, code)
    mine = {str(each.pk): each for upload in page.uploads for each in upload.there}
    try:
        if document not in mine:
            raise NotFound("document-unknown", pk=document[:20])
        document_remove(by=request.officer, document=mine[document])
    except (NotFound, ActNotOpen, Conflict) as refusal:
        page.problems.append(sentence(refusal))
        return _page(request, page, status=422)
    return redirect("portal:topic", recordation.pk, code)


def _next(recordation: Recordation, code: str, act: str, back: str) -> str:
    """Return where a saved page leads to."""
    if act == LATER:
        return reverse("portal:file", args=[recordation.pk])
    if act == UPLOAD:
        return reverse("portal:topic", args=[recordation.pk, code])
    topics = topics_of(recordation)
    after = topics[topics.index(code) + 1 :]
    if back == "check" or not after:
        return reverse("portal:check", args=[recordation.pk])
    return reverse("portal:topic", args=[recordation.pk, after[0]])


def _shown(recordation: Recordation, code: str) -> TopicPage:
    content = recordation.content
    return TopicPage(
        recordation,
        code,
        TopicForm(recordation, code),
        [rows_shown(need, content.get(key, [])) for need, key in _lists(recordation, code)],
        _uploads(recordation, code),
    )


def _sent(recordation: Recordation, code: str, data: QueryDict, *, strict: bool) -> TopicPage:
    form = TopicForm(recordation, code, strict=strict, data=data)
    rows = [rows_sent(need, data) for need, _ in _lists(recordation, code)]
    return TopicPage(recordation, code, form, rows, _uploads(recordation, code))


def _relaid(recordation: Recordation, code: str, data: QueryDict, act: str) -> TopicPage:
    """Return a page as it was sent with a row more or less; nothing of it is kept yet."""
    shown = TopicForm(recordation, code, initial={name: data.get(name, "") for name in data})
    rows = [rows_changed(need, data, act) for need, _ in _lists(recordation, code)]
    return TopicPage(recordation, code, shown, rows, _uploads(recordation, code))


def seen_of(page: TopicPage) -> str:
    """Return a digest of what a page shows of the file, to tell whether it was changed since."""
    form = page.form
    said = {name: str(form.initial.get(name, "")) for name in form.fields}
    lists = [[row.initial for row in rows.forms] for rows in page.rows]
    return hashlib.sha256(repr((sorted(said.items()), lists)).encode()).hexdigest()[:16]


def _lists(recordation: Recordation, code: str) -> list[tuple[Need, str]]:
    needs = [need for need in needs_of(recordation) if need.topic == code]
    return [(need, FORMS[need.kind][0]) for need in needs if need.kind in FORMS]


def _uploads(recordation: Recordation, code: str) -> list[Upload]:
    needs = needs_of(recordation)
    return [upload_of(n, recordation) for n in needs if n.topic == code and n.kind in PAPERS]


def _page(request: OfficerRequest, page: TopicPage, status: int = 200) -> HttpResponse:
    recordation = page.recordation
    context = {
        "file": recordation,
        "page": page,
        "step": step_of(recordation, page.topic),
        "sources": sources_of(recordation, page.topic),
        "seen": request.POST.get("seen") or seen_of(page),
        "back": request.POST.get("back") or request.GET.get("back", ""),
    }
    return render(request, "portal/topic.html", context, status=status)
