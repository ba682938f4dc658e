"""The files of those for whom a portal account speaks, as its own pages list them."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.register.convert import name_key
from countermark.apps.register.models import Recordation, RightHolder
from countermark.apps.register.selectors.recordations import recordation_list
from countermark.apps.register.selectors.rights import right_matching
from countermark.lawbook import lawbook


def recordations_mine(
    *, visible_to: Officer, show: str = "", query: str = "", administration: str = ""
) -> QuerySet[Recordation]:
    """Return the files of the holders for whom an account speaks, narrowed as it asks.

    Args:
        visible_to: The portal account.
        show: ``to-do`` for what waits for the account, ``with-customs``, ``in-force``, ``ended``;
            all that is not ended where it is none of these.
        query: Part of a mark in any script, of a holder's name or of a number.
        administration: Code of an administration, empty for all.
    """
    rows = recordation_list(visible_to=visible_to)
    rows = rows.filter(_SHOWN.get(show, lambda: Q(closed=False))())
    if administration:
        rows = rows.filter(administration__code=administration)
    if query.strip():
        rows = rows.filter(_matching(query.strip()))
    return rows.order_by("closed", "-created_at", "-pk")


def waits_for_holder() -> Q:
    """Return the condition that a file waits for its applicant: a draft, or more is asked for."""
    return _states("editable")


def recordable_elsewhere(recordation: Recordation) -> list[Administration]:
    """Return the other administrations that record this kind of right and have no such file yet.

    A file counts as the same by its holder, its kind and its words: a registration protects only
    where it was made, so the numbers differ.
    """
    there = Recordation.objects.filter(
        applicant=recordation.holder, right_type=recordation.right_type, closed=False
    )
    said = [recordation.content.get(key, "") for key in WORDS]
    taken = {
        row.administration_id
        for row in there
        if [row.content.get(key, "") for key in WORDS] == said
    }
    others = Administration.objects.exclude(pk__in={*taken, recordation.administration_id})
    return [each for each in others if _records(each.law, recordation.right_type)]


WORDS = ("word", "word_zh_hant", "word_zh_hans")


def _records(law: str, right_type: str) -> bool:
    known = lawbook().laws
    return law in known and right_type in known[law].rights.protections


def _states(group: str) -> Q:
    """Return the condition that a file is in a state of a group that its own law names."""
    condition = Q(pk__in=[])
    for code, law in lawbook().laws.items():
        states = getattr(law.recordation, group)
        condition |= Q(administration__law=code, state__in=sorted(states))
    return condition


_SHOWN: dict[str, Callable[[], Q]] = {
    "to-do": waits_for_holder,
    "with-customs": lambda: _states("waiting"),
    "in-force": lambda: Q(in_force=True),
    "ended": lambda: Q(closed=True),
}


def _matching(query: str) -> Q:
    said = Q(number__icontains=query)
    if folded := name_key(query):
        said |= Q(applicant__in=RightHolder.objects.filter(folded__contains=folded))
    for key in (*WORDS, "registration_number"):
        said |= Q(**{f"content__{key}__icontains": query})
    return said | right_matching(query, "right__")
