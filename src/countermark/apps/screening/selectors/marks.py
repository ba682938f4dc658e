"""How well each mark is found: hits, what officers made of them, and false alarms by phrase.

A false alarm is a hit that an officer dismissed. Precision is the share of confirmed hits among
those decided; excused hits are never queued and count in neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from django.db.models import Count, F, FloatField, Max, Q, QuerySet
from django.db.models.functions import Cast, NullIf

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import within_reach
from countermark.apps.register.models import Right
from countermark.apps.register.selectors import right_matching
from countermark.apps.screening.models import Excuse, Hit, HitState
from countermark.domain.measures import Interval, wilson

FEW_DECIDED: Final = 10
"""With fewer decided hits a mark's precision is too few to tell."""

FEW_FALSE_ALARMS: Final = 20
"""With fewer false alarms in all, each of them would be more than ``NOISY_SHARE``."""

NOISY_SHARE: Final = 0.05
"""A mark that causes more than this share of all false alarms is named to the analyst."""

_QUEUED = Q(excused="")
_COUNTS: Final[dict[str, Count]] = {
    "hits": Count("pk"),
    "confirmed": Count("pk", filter=Q(state=HitState.CONFIRMED)),
    "dismissed": Count("pk", filter=Q(state=HitState.DISMISSED)),
    "open": Count("pk", filter=_QUEUED & Q(state__in=(HitState.OPEN, HitState.SNOOZED))),
    "excuses": Count("pk", filter=~_QUEUED),
    "muted": Count("pk", filter=Q(excused=Excuse.MUTED)),
}
SORTS: Final[dict[str, tuple[Any, ...]]] = {
    "false-alarms": ("-dismissed", "-hits", "right"),
    "hits": ("-hits", "right"),
    "open": ("-open", "-hits", "right"),
    "confirmed": ("-confirmed", "-hits", "right"),
    "precision": (F("precision").asc(nulls_last=True), "-dismissed", "right"),
    "mark": ("right__word", "right__word_zh_hant", "right"),
}
"""The orders in which marks can be listed; the first is the usual one."""


@dataclass(frozen=True, slots=True)
class MarkFigures:
    """What became of the hits on one mark in a period."""

    right: Right
    hits: int
    confirmed: int
    dismissed: int
    open: int
    excuses: int
    muted: int
    false_alarms: int

    @property
    def decided(self) -> int:
        """How many hits officers have confirmed or dismissed."""
        return self.confirmed + self.dismissed

    @property
    def precision(self) -> float | None:
        """The share of decided hits that were confirmed; None where too few are decided."""
        return self.confirmed / self.decided if self.decided >= FEW_DECIDED else None

    @property
    def interval(self) -> Interval | None:
        """What the precision may truly be, at 95 %; None where nothing is decided."""
        return wilson(self.confirmed, self.decided) if self.decided else None

    @property
    def share(self) -> float:
        """The mark's share of the false alarms of all marks."""
        return self.dismissed / self.false_alarms if self.false_alarms else 0.0

    @property
    def noisy(self) -> bool:
        """Whether the mark is to be named as a cause of false alarms."""
        return self.false_alarms >= FEW_FALSE_ALARMS and self.share > NOISY_SHARE


@dataclass(frozen=True, slots=True)
class PhraseFigures:
    """What became of the hits on one mark by the same words; ``example`` is one as declared."""

    phrase: str
    example: str
    resemblance: str
    hits: int
    confirmed: int
    dismissed: int
    open: int
    excuses: int
    muted: int


def mark_list(
    *, visible_to: Officer, since: datetime, query: str = "", sort: str = "false-alarms"
) -> QuerySet[Hit, dict[str, Any]]:
    """Return the counts of each mark that has hits since an instant; ``mark_figures`` reads them.

    Args:
        visible_to: Without ``screening.rules`` the list is empty.
        since: Hits found before are left out.
        query: Part of the mark in any script, of its holder, or of a number; empty for all.
        sort: One of ``SORTS``; anything else is the first.
    """
    hits = _hits(visible_to, since)
    if query.strip():
        hits = hits.filter(right_matching(query, "right__"))
    rows = _counted(hits, "right")
    decided = NullIf(F("confirmed") + F("dismissed"), 0)
    rows = rows.annotate(precision=Cast("confirmed", FloatField()) / Cast(decided, FloatField()))
    return rows.order_by(*SORTS.get(sort, SORTS["false-alarms"]))


def mark_figures(
    rows: Sequence[Mapping[str, Any]], *, visible_to: Officer, since: datetime
) -> list[MarkFigures]:
    """Return the figures of some rows of ``mark_list``, in their order."""
    rights = Right.objects.select_related("holder").in_bulk([row["right"] for row in rows])
    total = _false_alarms(visible_to, since)
    return [
        MarkFigures(
            right=rights[row["right"]],
            false_alarms=total,
            **{name: row[name] for name in _COUNTS},
        )
        for row in rows
    ]


def noisy_list(*, visible_to: Officer, since: datetime) -> list[MarkFigures]:
    """Return the marks that each cause more than ``NOISY_SHARE`` of all false alarms, worst first.

    Empty while there are fewer than ``FEW_FALSE_ALARMS`` in all.
    """
    total = _false_alarms(visible_to, since)
    if total < FEW_FALSE_ALARMS:
        return []
    rows = mark_list(visible_to=visible_to, since=since)
    noisy = rows.filter(Q(dismissed__gt=NOISY_SHARE * total))
    return mark_figures(list(noisy), visible_to=visible_to, since=since)


def mark_of(*, right: Right, visible_to: Officer, since: datetime) -> MarkFigures:
    """Return the figures of one mark, all zero where it has no hits."""
    row = mark_list(visible_to=visible_to, since=since).filter(right=right).first()
    return mark_figures(
        [row or {"right": right.pk, **dict.fromkeys(_COUNTS, 0)}],
        visible_to=visible_to,
        since=since,
    )[0]


def phrase_list(
    *, visible_to: Officer, right: Right, since: datetime
) -> QuerySet[Hit, dict[str, Any]]:
    """Return the counts of each phrase that was taken for a mark, false alarms first."""
    hits = _hits(visible_to, since).filter(right=right).exclude(phrase="")
    rows = _counted(hits, "phrase").annotate(example=Max("matched"), resemblance=Max("resemblance"))
    order = ("-dismissed", "-hits", "phrase")
    return rows.order_by(*order)


def phrase_figures(
    *, visible_to: Officer, right: Right, since: datetime, phrase: str
) -> PhraseFigures | None:
    """Return the figures of one phrase, or None where no hit has it."""
    rows = phrase_list(visible_to=visible_to, right=right, since=since)
    row = rows.filter(phrase=phrase).first()
    return PhraseFigures(**row) if row else None


def _counted(hits: QuerySet[Hit], by: str) -> QuerySet[Hit, dict[str, Any]]:
    return cast("QuerySet[Hit, dict[str, Any]]", hits.values(by).annotate(**_COUNTS))


def _hits(visible_to: Officer, since: datetime) -> QuerySet[Hit]:
    hits = Hit.objects.filter(found_at__gte=since)
    return within_reach(
        hits, of=visible_to, act="screening.rules", office="line__declaration__office"
    )


def _false_alarms(visible_to: Officer, since: datetime) -> int:
    return _hits(visible_to, since).filter(state=HitState.DISMISSED).count()
