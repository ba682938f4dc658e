from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import (
    Case,
    Count,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import within_reach
from countermark.apps.intake.selectors import party_matching
from countermark.apps.register.selectors import right_matching
from countermark.apps.screening.comparison import Comparison, compare
from countermark.apps.screening.models import Disposition, Hit, HitState
from countermark.domain.errors import InvalidInput, NotFound

DUE_WITHIN = timedelta(minutes=60)
"""A hit to be decided within this time stands before all others."""

VIEWS = ("open", "due", "snoozed", "decided", "excused")
"""The views of the queue; together they hold every hit, and ``due`` is part of ``open``."""


def hit_queue(
    *, visible_to: Officer, view: str = "open", query: str = "", min_score: float = 0
) -> QuerySet[Hit]:
    """Return the hits of a view within the officer's reach, urgent ones first, then by score.

    Args:
        visible_to: Officers of one office see the hits on its declarations.
        view: One of ``VIEWS``.
        query: Part of a hit's or declaration's number, of a mark or its holder in any script, or
            of a party's name; empty for all.
        min_score: Hits scored below are left out.

    Raises:
        InvalidInput: There is no such view.
    """
    now = timezone.now()
    if view not in VIEWS:
        raise InvalidInput("view-unknown", field="view", value=view)
    hits = _readable(visible_to).filter(_views(now)[view], score__gte=min_score)
    if query.strip():
        hits = hits.filter(_matching(query))
    if view == "decided":
        return hits.annotate(decided_at=Max("dispositions__at")).order_by("-decided_at", "-pk")
    urgent = Case(
        When(decide_by__lte=now + DUE_WITHIN, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return hits.annotate(urgency=urgent).order_by("urgency", "-score", "pk")


def hit_get(*, number: str, visible_to: Officer) -> Hit:
    """Return one hit with all that its page shows.

    Raises:
        NotFound: There is no such hit within the officer's reach.
    """
    try:
        return _readable(visible_to).prefetch_related("dispositions__by").get(number=number)
    except Hit.DoesNotExist:
        raise NotFound("hit-unknown", number=number) from None


def queue_counts(visible_to: Officer) -> Mapping[str, int]:
    """Return how many hits each view of the queue holds for the officer, in one query."""
    views = _views(timezone.now())
    hits = within_reach(
        Hit.objects.all(), of=visible_to, act="hits.read", office="line__declaration__office"
    )
    return hits.aggregate(**{view: Count("pk", filter=views[view]) for view in VIEWS})


def hit_comparison(hit: Hit) -> Comparison:
    """Return the declared text and the recorded mark side by side, differing letters marked."""
    right = hit.right
    return compare(hit.matched, (right.word, right.word_zh_hant, right.word_zh_hans))


def disposition_last(hit: Hit) -> Disposition | None:
    """Return the latest decision about a hit; the caller already holds the hit."""
    return hit.dispositions.select_related("by").order_by("-pk").first()


def _readable(visible_to: Officer) -> QuerySet[Hit]:
    hits = Hit.objects.select_related(
        "line__declaration__office",
        "line__declaration__consignor",
        "line__declaration__consignee",
        "right__holder",
        "ruleset",
        "run",
        "mute__made_by",
    )
    return within_reach(hits, of=visible_to, act="hits.read", office="line__declaration__office")


def _views(now: datetime) -> dict[str, Q]:
    """Return the condition of each view; a snoozed hit whose time has come is open again."""
    awake = Q(state=HitState.OPEN) | Q(state=HitState.SNOOZED, snoozed_until__lte=now)
    undecided = awake & Q(excused="")
    return {
        "open": undecided,
        "due": undecided & Q(decide_by__lte=now + DUE_WITHIN),
        "snoozed": Q(state=HitState.SNOOZED, snoozed_until__gt=now),
        "decided": Q(state__in=(HitState.CONFIRMED, HitState.DISMISSED)),
        "excused": awake & ~Q(excused=""),
    }


def _matching(query: str) -> Q:
    text = query.strip()
    return (
        Q(number__icontains=text)
        | Q(line__declaration__number__icontains=text)
        | right_matching(text, "right__")
        | party_matching(text, "line__declaration__consignor__")
        | party_matching(text, "line__declaration__consignee__")
    )
