"""Days that draw near, for officers: what ends or must be reported, on every file they may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from countermark.apps.accounts.selectors import administration_list
from countermark.apps.register.selectors import alarms_on_files
from countermark.domain.alarms import AlarmKind
from countermark.web.cases.legal import cited
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.labels_register import ALARMS

PAGE_SIZE = 25


@officer_required("rights.read")
def alarms(request: OfficerRequest) -> HttpResponse:
    """List what ends or must be reported, the nearest day first, narrowed as the officer asks."""
    today = timezone.localdate()
    kind = request.GET.get("kind", "")
    kind = kind if kind in ALARMS else ""
    administrations = list(administration_list())
    chosen = request.GET.get("administration", "")
    chosen = chosen if chosen in {each.code for each in administrations} else ""
    found = alarms_on_files(
        visible_to=request.officer,
        on=today,
        kind=AlarmKind(kind) if kind else None,
        administration=chosen,
    )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    short = {each.code: each.short for each in administrations}
    context = {
        "page": page,
        "rows": [
            (
                alarm,
                short[alarm.administration],
                alarm.days_left(today),
                cited(alarm.source, today) if alarm.source else "",
            )
            for alarm in page
        ],
        "kinds": tuple(ALARMS),
        "kind": kind,
        "administrations": administrations,
        "chosen": chosen,
    }
    return render(request, "rights/alarms.html", context)
