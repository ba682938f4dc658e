from __future__ import annotations

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from countermark.apps.exchange.handlers import Handlers
from countermark.apps.exchange.services import request_admit
from countermark.apps.exchange.signatures import WireRequest, headers_of_interest
from countermark.domain.errors import EnvelopeRefused

_STATUS = {
    "batch-too-large": 413,
    "batch-malformed": 400,
    "json-malformed": 400,
    "version-unknown": 400,
}
BUSY_RETRY_S = 5


@csrf_exempt
@login_not_required
@require_POST
def messages(request: HttpRequest, handlers: Handlers) -> HttpResponse:
    """Take in a partner's batch and answer with receipts; no session, no cookie, no officer."""
    # The signature must name the address this node is known by, whatever Host header arrived.
    url = settings.COUNTERMARK_BASE_URL.rstrip("/") + request.get_full_path()
    wire = WireRequest("POST", url, headers_of_interest(request.headers), request.body)
    try:
        answer = request_admit(request=wire, handlers=handlers, now=timezone.now())
    except EnvelopeRefused as refusal:
        return _problem(_STATUS.get(refusal.code, 401), refusal.code)
    except (OperationalError, InterfaceError, OSError):
        # Locked, full or gone: nothing was kept, so the partner keeps its copy and comes again.
        response = _problem(503, "busy")
        response["Retry-After"] = str(BUSY_RETRY_S)
        return response
    return HttpResponse(answer, content_type="application/json")


def _problem(status: int, code: str) -> HttpResponse:
    """Answer with a code and this node's clock, by which a refused partner can sign again."""
    body = {"status": status, "code": code, "time": timezone.now().isoformat()}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")
