"""The register as it stood on the days of the lines: each is held against its own day's marks."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from countermark.apps.register.convert import RecordedRight
from countermark.domain.matching import register_version as marks_version
from countermark.domain.matching.screener import Context, Screener
from countermark.domain.matching.types import RecordedMark


class Watch:
    """Screeners for some days; days between two changes of the register share one.

    Args:
        rights: Every right recorded on some of the days.
        context: What the screeners know besides the register.
    """

    def __init__(self, rights: Sequence[RecordedRight], context: Context) -> None:
        self._rights = rights
        self._context = context
        self._turning = sorted({day for right in rights for day in right.turning_days()})
        self._by_id = {str(right.right_id): right for right in rights}
        self._latest: tuple[int, Screener] | None = None

    @property
    def context(self) -> Context:
        """What the screeners know besides the register."""
        return self._context

    def period(self, day: date) -> int:
        """Return the number of the stretch of days, without a change in between, of a day."""
        return bisect_right(self._turning, day)

    def screener(self, day: date) -> Screener:
        """Return the screener of a day; ask in order of days, for only the latest is kept."""
        period = self.period(day)
        if self._latest is None or self._latest[0] != period:
            self._latest = period, Screener(self._marks(day), self._context)
        return self._latest[1]

    def alone(self, right_id: str, day: date) -> Screener:
        """Return a screener of a day that knows one right only."""
        mark = self._by_id[right_id].mark_on(day)
        return Screener([] if mark is None else [mark], self._context)

    def right_version(self, right_id: str) -> int:
        """Return the version of the right that a hit of these screeners names."""
        return self._by_id[right_id].version

    def version(self, days: Iterable[date]) -> str:
        """Return the digest of all marks looked for on some days.

        Where the register did not change between them, it is the digest of the register itself.
        """
        first_days = {self.period(day): day for day in sorted(days, reverse=True)}
        digests = [marks_version(self._marks(day)) for _, day in sorted(first_days.items())]
        if len(digests) == 1:
            return digests[0]
        return hashlib.sha256("\n".join(digests).encode()).hexdigest()

    def _marks(self, day: date) -> list[RecordedMark]:
        marks = (right.mark_on(day) for right in self._rights)
        return [mark for mark in marks if mark is not None]
