"""In which language letters to a holder are written."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from countermark.apps.register.selectors import holders_of
from countermark.apps.register.services import letter_language_choose
from countermark.web.http import OfficerRequest
from countermark.web.portal.gate import holder_required


@require_POST
@holder_required
def language(request: OfficerRequest) -> HttpResponse:
    """Choose the language of letters for every holder for whom the account speaks.

    Raises:
        InvalidInput: The program does not speak that language.
    """
    chosen = request.POST.get("language", "")
    with transaction.atomic():
        for holder in holders_of(account=request.officer, on=timezone.localdate()):
            letter_language_choose(by=request.officer, holder=holder, language=chosen)
    return redirect("portal:home")
