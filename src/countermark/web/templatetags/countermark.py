"""Filters and tags of the pages: figures as the reader's language writes them, codes as words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from countermark.apps.screening.comparison import Comparison, Piece
from countermark.domain.money import Money
from countermark.web import formats, icons, labels

if TYPE_CHECKING:
    from countermark.apps.screening.models import Mute

register = template.Library()

SCORE_COLOURS = ((80, "#a81e16"), (60, "#b57a00"), (0, "#6d7b87"))
FOR_COLOUR, AGAINST_COLOUR = "#a81e16", "#4d7d95"


@register.filter
def number(value: float | Decimal | None) -> str:
    """Return a number grouped for the reader; nothing for None."""
    return "" if value is None else formats.number_text(value)


@register.filter
def percent(share: float | None) -> str:
    """Return a share of 0 to 1 in whole per cent; nothing for None."""
    return "" if share is None else formats.percent_text(share)


@register.filter
def duration(seconds: int | None) -> str:
    """Return about how long something takes; nothing for None."""
    return "" if seconds is None else formats.duration_text(seconds)


@register.filter
def money(minor: int | Money | None, currency: str = "") -> str:
    """Return an amount with its currency, from ``Money`` or from minor units and a code."""
    if minor is None:
        return ""
    return formats.money_text(minor if isinstance(minor, Money) else Money(minor, currency))


@register.filter
def day(value: date | None) -> str:
    """Return a day in full in the reader's language; nothing for None."""
    return "" if value is None else formats.day_text(value)


@register.filter
def iso(value: date | None) -> str:
    """Return a day as tables write it in every language, ``2026-01-16``."""
    return "" if value is None else value.isoformat()


@register.filter
def moment(value: datetime | None) -> str:
    """Return an instant to the minute in the reader's language; nothing for None."""
    return "" if value is None else formats.moment_text(value)


@register.filter
def time_left(due: datetime) -> str:
    """Return how long there is to decide."""
    return formats.deadline_text(due, timezone.now())


@register.filter
def urgency(due: datetime) -> str:
    """Return the class that colours a deadline."""
    return formats.urgency(due, timezone.now())


@register.filter
def label(code: str, kind: str) -> str:
    """Return the words for a code of one of ``labels.KINDS``."""
    return labels.label(kind, code)


@register.filter
def mute_state(mute: Mute, day: date) -> str:
    """Return how a mute stands on a day, a code of ``mute-state``."""
    return mute.state_on(day)


@register.filter
def points(score: float) -> int:
    """Return a score of 0 to 1 as points of 100."""
    return round(score * 100)


@register.filter
def differences(comparison: Comparison) -> str:
    """Return in a sentence what the marked letters of a comparison show to the eye."""
    declared, recorded = _runs(comparison.declared), _runs(comparison.recorded)
    if not declared and not recorded:
        return gettext("No letter differs but for its case.")
    if not "".join(declared + recorded).strip():
        return gettext("Only the spaces differ.")
    params = {"declared": _listed(declared), "recorded": _listed(recorded)}
    return gettext("Letters that differ: declared %(declared)s; recorded %(recorded)s.") % params


def _runs(pieces: Iterable[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.differs]


def _listed(runs: list[str]) -> str:
    quoted = [gettext("“%(letters)s”") % {"letters": run} for run in runs if run.strip()]
    return pgettext("between items of a list", ", ").join(quoted) or gettext("nothing")


@register.filter
def change(value: Any) -> str:
    """Return a detail of the audit log; a pair of values reads as from one to the other."""
    if isinstance(value, list) and len(value) == 2:
        before, after = value
        return gettext("%(before)s → %(after)s") % {"before": before or "–", "after": after or "–"}
    return str(value)


@register.filter
def is_check(field: BoundField) -> bool:
    """Return whether a form field is a single box to tick, whose label follows it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon."""
    return icons.icon_svg(name)


@register.simple_tag
def seal() -> SafeString:
    """Draw the seal of Countermark."""
    return icons.seal_svg()


@register.simple_tag
def score_bar(score: float) -> SafeString:
    """Draw a score of 0 to 1 as a short bar, coloured by its height."""
    colour = next(colour for floor, colour in SCORE_COLOURS if round(score * 100) >= floor)
    return icons.bar_svg(score, 34, colour)


@register.simple_tag
def contribution_bar(signed: float, largest: float) -> SafeString:
    """Draw what a signal adds to a score, or leftwards what it takes away."""
    share = abs(signed) / largest if largest else 0
    return icons.bar_svg(
        share, 118, AGAINST_COLOUR if signed < 0 else FOR_COLOUR, from_right=signed < 0
    )
