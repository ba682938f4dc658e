"""Where a right holder starts: the files, and the second factor that comes before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from countermark.apps.accounts.selectors import administration_list
from countermark.apps.register.selectors import access_list, alarms_for, holders_of, letter_language
from countermark.apps.register.selectors.mine import recordations_mine
from countermark.web.cases.legal import cited
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.portal.gate import PASSED, holder_required
from countermark.web.portal.present import stage_of

if TYPE_CHECKING:
    from datetime import date

    from countermark.apps.accounts.models import Officer
    from countermark.domain.alarms import Alarm

PAGE_SIZE = 25
SHOWS = ("open", "to-do", "with-customs", "in-force", "ended")


@holder_required
def home(request: OfficerRequest) -> HttpResponse:
    """List the files of the holders for whom the account speaks, what waits for it first."""
    account, today = request.officer, timezone.localdate()
    show = request.GET.get("show", "")
    show = show if show in SHOWS else SHOWS[0]
    query = request.GET.get("q", "").strip()[:200]
    chosen = request.GET.get("administration", "")
    rows = recordations_mine(visible_to=account, show=show, query=query, administration=chosen)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    mine = holders_of(account=account, on=today)
    context = {
        "page": page,
        "files": [(file, stage_of(file)) for file in page],
        "to_do": recordations_mine(visible_to=account, show="to-do").count(),
        "show": show,
        "shows": SHOWS,
        "query": query,
        "chosen": chosen,
        "administrations": administration_list(),
        "many_holders": mine.count() > 1,
        "speaks": mine.exists(),
        "waiting": access_list(visible_to=account).filter(state="asked"),
        "alarms": _alarms(account, today),
        "letters_in": letter_language(first) if (first := mine.first()) else "",
        "any": recordations_mine(visible_to=account).exists(),
    }
    return render(request, "portal/home.html", context)


def _alarms(account: Officer, today: date) -> list[tuple[Alarm, int, str]]:
    """Return each alarm that rings, the days left, and the article that sets its day."""
    return [
        (alarm, alarm.days_left(today), cited(alarm.source, today) if alarm.source else "")
        for alarm in alarms_for(account=account, on=today)
    ]


@officer_required("portal.use")
def second_factor(request: OfficerRequest) -> HttpResponse:
    """Say why a second factor is needed and lead to it; a demo may be looked at without one."""
    if settings.COUNTERMARK_DEMO and request.method == "POST":
        request.session[PASSED] = True
    looks = settings.COUNTERMARK_DEMO and request.session.get(PASSED)
    if looks or is_mfa_enabled(request.officer):
        return redirect("portal:home")
    return render(request, "portal/second_factor.html")
