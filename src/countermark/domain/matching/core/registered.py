"""The index of a register: built from marks, changed by changes, asked by the core."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core import register as records
from countermark.domain.matching.core.buffers import MOST_HAN, Needs, needs_of
from countermark.domain.matching.core.build import empty_index, grown
from countermark.domain.matching.core.index import (
    HAN_FORM,
    UNUSUAL_FORM,
    IndexArrays,
)
from countermark.domain.matching.core.register import Register
from countermark.domain.matching.types import RecordedMark

Mask = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Index:
    """The marks of a register and where they are looked up; never changed, only replaced.

    A mark keeps its position for ever: a withdrawn one is no longer ``alive``, an added one comes
    last. Searches find the dead as well; whoever asks passes over those not in his mask.

    Attributes:
        register: The marks as recorded.
        alive: For every position 1, or 0 where the mark has been withdrawn.
        arrays: What searches read.
    """

    register: Register
    alive: Mask
    arrays: IndexArrays

    @classmethod
    def of(cls, marks: Iterable[RecordedMark]) -> Index:
        """Return the index of marks; of two that are the same in everything, one counts."""
        listed = tuple(marks)
        register = records.register_of(listed)
        return cls(register, records.first_of_each(register), grown(empty_index(), listed, 0))

    def __len__(self) -> int:
        """Return the number of positions, those of withdrawn marks included."""
        return len(self.alive)

    def mark(self, position: int) -> RecordedMark:
        """Return the mark at a position, also a withdrawn one."""
        return records.mark_at(self.register, position)

    @cached_property
    def version(self) -> str:
        """Return the version of the register: of its living marks, however they came together."""
        return records.version_of(self.register, self.alive)

    @property
    def nbytes(self) -> int:
        """Return the bytes of all arrays of this register."""
        parts = (*self.arrays[:3], self.register)
        return sum(array.nbytes for part in parts for array in part) + self.alive.nbytes

    def changed(self, added: Sequence[RecordedMark] = (), withdrawn: Iterable[str] = ()) -> Index:
        """Return the index after changes of the register; this one stays as it is.

        Args:
            added: New marks; one whose right is recorded already takes its place.
            withdrawn: Rights whose marks no longer count; unknown ones are passed over.
        """
        fresh = list({mark.right_id: mark for mark in added}.values())
        alive = self.alive.copy()
        gone = (*withdrawn, *(mark.right_id for mark in fresh))
        alive[records.positions_of(self.register, gone)] = 0
        if not fresh:
            return replace(self, alive=alive)
        more = records.register_of(fresh)
        return Index(
            records.joined(self.register, more),
            np.concatenate((alive, np.ones(len(fresh), dtype=np.uint8))),
            grown(self.arrays, fresh, len(self)),
        )

    def compacted(self) -> Index:
        """Return the index built anew from the living marks, at new positions."""
        return Index.of(self.mark(int(position)) for position in np.flatnonzero(self.alive))

    def needs(self, active: Mask | None = None) -> Needs:
        """Return the windows that marks need beyond the ordinary.

        Args:
            active: For every position whether the mark counts; by default the living ones do.
        """
        forms = self.arrays.forms
        counts = (self.alive if active is None else active & self.alive)[forms.mark] != 0
        sizes = np.diff(forms.starts)
        unusual = np.flatnonzero(counts & (forms.flags & UNUSUAL_FORM != 0))
        pieces = {
            tuple(forms.pieces[forms.piece_starts[form] : forms.piece_starts[form + 1]].tolist())
            for form in unusual
        }
        long = counts & (forms.flags & HAN_FORM != 0) & (sizes > MOST_HAN)
        return needs_of(sorted(pieces), np.unique(sizes[long]).tolist())
