"""Conditions that an act may need, by name.

A law file names a guard; what the name means is here. A procedure that needs another condition is a
change of this file, reviewed as such: law files hold no expressions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from countermark.domain.errors import ActNotOpen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class ActContext:
    """What a case shows on the day of an act.

    ``due`` maps the code of each open deadline to its due date; ``answers`` holds the codes of the
    terms that the act answers, ``expires`` the codes of the terms that it follows when missed.
    ``missing`` are the codes of what a file still lacks; ``last_day`` is the last day of what is
    recorded, ``renewable_from`` the first day on which its renewal may be asked for.
    """

    acted_on: date
    reason: str = ""
    goods_lines: int = 0
    due: Mapping[str, date] = field(default_factory=dict)
    answers: frozenset[str] = frozenset()
    expires: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    last_day: date | None = None
    renewable_from: date | None = None


def in_time(context: ActContext) -> None:
    """Refuse an act after the last day of a term that it answers.

    Raises:
        ActNotOpen: ``acted_on`` is past the due date.
    """
    for code in sorted(context.answers & context.due.keys()):
        if context.acted_on > context.due[code]:
            due_on = context.due[code].isoformat()
            raise ActNotOpen("term-passed", term=code, due_on=due_on)


def term_passed(context: ActContext) -> None:
    """Refuse an act that follows a missed term while that term still runs.

    Raises:
        ActNotOpen: The last day of the term has not passed, or no such term is open.
    """
    codes = context.expires & context.due.keys()
    if not codes:
        raise ActNotOpen("term-not-open", term=",".join(sorted(context.expires)))
    for code in sorted(codes):
        if context.acted_on <= context.due[code]:
            due_on = context.due[code].isoformat()
            raise ActNotOpen("term-still-runs", term=code, due_on=due_on)


def reason_given(context: ActContext) -> None:
    """Refuse an act for which the officer gives no reason.

    Raises:
        ActNotOpen: The reason is empty.
    """
    if not context.reason.strip():
        raise ActNotOpen("reason-missing")


def goods_listed(context: ActContext) -> None:
    """Refuse to take goods that the case does not list.

    Raises:
        ActNotOpen: The case has no goods line.
    """
    if context.goods_lines < 1:
        raise ActNotOpen("goods-missing")


def complete(context: ActContext) -> None:
    """Refuse a file that lacks something the law asks for.

    Raises:
        ActNotOpen: Something is missing; ``missing`` names all of it.
    """
    if context.missing:
        raise ActNotOpen("file-incomplete", missing=list(context.missing))


def renewal_window(context: ActContext) -> None:
    """Refuse a renewal before its window opens, or where nothing ever expires.

    Raises:
        ActNotOpen: The window is not open yet, or there is none.
    """
    if context.renewable_from is None:
        raise ActNotOpen("renewal-not-needed")
    if context.acted_on < context.renewable_from:
        raise ActNotOpen("renewal-too-early", first_day=context.renewable_from.isoformat())


def ended(context: ActContext) -> None:
    """Refuse to let something lapse before its last day has passed.

    Raises:
        ActNotOpen: It has no last day, or that day has not passed.
    """
    if context.last_day is None or context.acted_on <= context.last_day:
        raise ActNotOpen("not-ended")


GUARDS: dict[str, Callable[[ActContext], None]] = {
    "in-time": in_time,
    "term-passed": term_passed,
    "reason-given": reason_given,
    "goods-listed": goods_listed,
    "complete": complete,
    "renewal-window": renewal_window,
    "ended": ended,
}
"""Every guard a law file may name."""
