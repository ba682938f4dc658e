"""Every component on one page, as the place to look at them and to check them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from countermark.domain.money import Money
from countermark.web.icons import NAMES
from countermark.web.styleguide.forms import SampleForm

SAMPLE_SCORES = (0.94, 0.71, 0.52)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with invented content."""
    context = {
        "form": SampleForm(),
        "bad_form": SampleForm({"word": "", "classes": "99"}, auto_id="bad_%s"),
        "icons": NAMES,
        "scores": SAMPLE_SCORES,
        "amount": Money(13_800_000, "HKD"),
        "now": timezone.now(),
        "page": Paginator(range(60), 25).get_page(2),
    }
    return render(request, "styleguide/page.html", context)
