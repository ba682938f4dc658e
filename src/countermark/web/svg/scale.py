"""Round steps for the axis of a chart."""

from __future__ import annotations

STEPS = (1, 2, 5)


def ticks(maximum: int, most: int = 5) -> tuple[int, ...]:
    """Return axis marks from 0 to the first round number that reaches ``maximum``.

    Args:
        maximum: Largest value to show, in whole units; below 1 counts as 1.
        most: Largest number of steps.

    Returns:
        Evenly spaced whole numbers; the last one is at least ``maximum``.
    """
    top, power = max(1, maximum), 1
    while True:
        for step in (each * power for each in STEPS):
            if step * most >= top:
                return tuple(range(0, step * -(-top // step) + 1, step))
        power *= 10
