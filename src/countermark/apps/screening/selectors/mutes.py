"""Mutes: which phrases are held back for which marks, on any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.register.models import Right
from countermark.apps.register.selectors import right_matching
from countermark.apps.screening.models import Mute
from countermark.domain.errors import NotFound

MUTE_VIEWS = ("in-force", "expired", "lifted", "all")


def mute_list(
    *, visible_to: Officer, view: str = "all", right: Right | None = None, query: str = ""
) -> QuerySet[Mute]:
    """Return mutes, newest first, each with ``held``: how many hits it holds back.

    Args:
        visible_to: Without ``screening.rules`` the list is empty.
        view: One of ``MUTE_VIEWS``; anything else is ``all``.
        right: Only those of one right.
        query: Part of the phrase, or of the mark, its holder or a number; empty for all.
    """
    if not visible_to.may("screening.rules"):
        return Mute.objects.none()
    mutes = Mute.objects.select_related("right__holder", "made_by", "lifted_by").filter(
        _views(timezone.localdate()).get(view, Q())
    )
    if right is not None:
        mutes = mutes.filter(right=right)
    if query.strip():
        mutes = mutes.filter(Q(phrase__icontains=query.strip()) | right_matching(query, "right__"))
    return mutes.annotate(held=Count("hits")).order_by("-made_at", "-pk")


def mute_get(*, pk: int, visible_to: Officer) -> Mute:
    """Return one mute.

    Raises:
        NotFound: There is no such mute, or the officer may not read the rules.
    """
    try:
        return mute_list(visible_to=visible_to).get(pk=pk)
    except Mute.DoesNotExist:
        raise NotFound("mute-unknown", pk=pk) from None


def mutes_in_force(on: date) -> Mapping[int, Mapping[str, int]]:
    """Return, by right and phrase, the keys of the mutes that are not lifted and not expired."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows = Mute.objects.filter(_views(on)["in-force"]).order_by("pk")
    for right, phrase, pk in rows.values_list("right", "phrase", "pk"):
        found[right][phrase] = pk
    return dict(found)


def _views(today: date) -> dict[str, Q]:
    stands = Q(lifted_at__isnull=True)
    return {
        "in-force": stands & Q(expires_on__gte=today),
        "expired": stands & Q(expires_on__lt=today),
        "lifted": ~stands,
    }
