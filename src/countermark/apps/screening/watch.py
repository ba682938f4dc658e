"""The register as it stood on the days of the lines: each is held against its own day's marks.

All marks of all days are in one index, and each day looks for those that were recorded on it. So
another day, another context and a change of the register cost a tenth of a second, whatever the
size of the register.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, pairwise, zip_longest
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from countermark.apps.register.convert import RecordedRight
from countermark.domain.matching.core.register import version_of
from countermark.domain.matching.screener import Context, Screener
from countermark.domain.matching.types import RecordedMark

REBUILT_FROM = 4
"""An index is made anew where one right in so many has changed: it is as quick, and smaller."""

Rights = Mapping[int, tuple[RecordedRight, ...]]


class Spans(NamedTuple):
    """For each mark of an index by position its right, and the first and last day it counts."""

    rights: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]


class Stretch(NamedTuple):
    """A mark with the parties of some days on end, and these days as ordinals."""

    mark: RecordedMark
    first: int
    last: int


@dataclass(frozen=True)
class Watch:
    """Screeners for some days; days between two changes of the register share one.

    It is never changed, only replaced, and may be used by several threads.

    Attributes:
        rights: Every right recorded on some of the days.
        whole: A screener that knows all marks of all days.
        spans: When each of its marks counts.
        turning: The days, as ordinals, from which other marks count than before.
    """

    rights: Rights
    whole: Screener
    spans: Spans
    turning: list[int]
    _latest: dict[int, Screener] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, rights: Iterable[RecordedRight], context: Context) -> Self:
        """Return a watch for rights; one that was recorded twice may be there twice.

        Args:
            rights: Every right recorded on some of the days.
            context: What the screeners know besides the register.
        """
        by_right = _by_right(rights)
        listed = [(key, stretch) for key, some in by_right.items() for stretch in _stretches(some)]
        screener = Screener([stretch.mark for _, stretch in listed], context)
        return cls._made(by_right, screener, _spans(listed))

    @classmethod
    def _made(cls, rights: Rights, whole: Screener, spans: Spans) -> Self:
        counting = spans.first <= spans.last
        days = np.concatenate((spans.first[counting], spans.last[counting] + 1))
        return cls(rights, whole, spans, np.unique(days).tolist())

    @property
    def context(self) -> Context:
        """What the screeners know besides the register."""
        return self.whole.context

    def knowing(self, context: Context) -> Self:
        """Return a watch for the same rights in another context."""
        return replace(self, whole=self.whole.knowing(context), _latest={})

    def changed(self, touched: Collection[int], rights: Iterable[RecordedRight]) -> Self:
        """Return the watch after changes of the register.

        Args:
            touched: Keys of the rights that may have changed.
            rights: What is recorded of them now; those that are not there no longer count.
        """
        now = _by_right(rights)
        touched = {*touched, *now}
        after = {key: some for key, some in self.rights.items() if key not in touched} | now
        moved = [
            key
            for key in touched
            if list(_stretches(self.rights.get(key, ()))) != list(_stretches(now.get(key, ())))
        ]
        if not moved:
            return replace(self, rights=after)
        if REBUILT_FROM * (self._dead() + len(moved)) > len(after):
            return type(self).of(chain.from_iterable(after.values()), self.context)
        return self._moved(after, moved)

    def period(self, day: date) -> int:
        """Return the number of the stretch of days, without a change in between, of a day."""
        return bisect_right(self.turning, day.toordinal())

    def screener(self, day: date) -> Screener:
        """Return the screener of a day; ask in order of days, for only the latest is kept."""
        period = self.period(day)
        known = self._latest.get(period)
        if known is None:
            index = replace(self.whole.index, alive=self._active(day))
            known = Screener(index, self.context, self.whole.facts)
            self._latest.clear()
            self._latest[period] = known
        return known

    def alone(self, right_id: str, day: date) -> Screener:
        """Return a screener of a day that knows one right only."""
        marks = (right.mark_on(day) for right in self.rights[int(right_id)])
        return Screener([mark for mark in marks if mark is not None], self.context)

    def right_version(self, right_id: str) -> int:
        """Return the version of the right that a hit of these screeners names."""
        return self.rights[int(right_id)][-1].version

    def version(self, days: Iterable[date]) -> str:
        """Return the digest of all marks looked for on some days.

        Where the register did not change between them, it is the digest of the register itself.
        """
        first_days = {self.period(day): day for day in sorted(days, reverse=True)}
        register = self.whole.index.register
        digests = [version_of(register, self._active(day)) for _, day in sorted(first_days.items())]
        if len(digests) == 1:
            return digests[0]
        return hashlib.sha256("\n".join(digests).encode()).hexdigest()

    def _active(self, day: date) -> npt.NDArray[np.uint8]:
        number = day.toordinal()
        return ((self.spans.first <= number) & (number <= self.spans.last)).astype(np.uint8)

    def _dead(self) -> int:
        return int(np.count_nonzero(self.spans.first > self.spans.last))

    def _moved(self, after: Rights, moved: Sequence[int]) -> Self:
        """Return a watch in whose index the marks of some rights come last, as they are now.

        An index takes one mark of a right at a time, so a right of several stretches, whose
        parties change with the days, takes several turns.
        """
        gone = np.isin(self.spans.rights, np.array(moved, np.int64))
        spans = self.spans._replace(last=np.where(gone, self.spans.first - 1, self.spans.last))
        listed = [[(key, each) for each in _stretches(after.get(key, ()))] for key in moved]
        whole = self.whole
        for turn in zip_longest(*listed):
            fresh = [pair for pair in turn if pair is not None]
            whole = whole.changed([stretch.mark for _, stretch in fresh])
            spans = Spans(*map(np.concatenate, zip(spans, _spans(fresh), strict=True)))
        return type(self)._made(after, whole, spans)


def _by_right(rights: Iterable[RecordedRight]) -> dict[int, tuple[RecordedRight, ...]]:
    found: defaultdict[int, list[RecordedRight]] = defaultdict(list)
    for right in rights:
        found[right.right_id].append(right)
    return {key: tuple(some) for key, some in found.items()}


def _stretches(rights: Collection[RecordedRight]) -> Iterator[Stretch]:
    """Yield the marks of one right, each with the days on which it has just these parties."""
    if not rights:
        return
    first = min(right.first for right in rights).toordinal()
    end = max(right.last for right in rights).toordinal() + 1
    turns = {day.toordinal() for right in rights for day in right.turning_days()}
    for turn, after in pairwise((*sorted(day for day in turns if first <= day < end), end)):
        day = date.fromordinal(turn)
        mark = next(filter(None, (right.mark_on(day) for right in rights)), None)
        if mark is not None:
            yield Stretch(mark, turn, after - 1)


def _spans(listed: Sequence[tuple[int, Stretch]]) -> Spans:
    return Spans(
        np.array([key for key, _ in listed], np.int64),
        np.array([stretch.first for _, stretch in listed], np.int64),
        np.array([stretch.last for _, stretch in listed], np.int64),
    )
