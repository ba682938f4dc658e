"""Memory in which a screener works, made once and used again for the next lines."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core.buffers import Needs, new_text
from countermark.domain.matching.core.chars import LONGEST_FOLD
from countermark.domain.matching.core.collect import Desk
from countermark.domain.matching.core.facts import FACT_COUNT
from countermark.domain.matching.core.lettering import LONGEST_READ
from countermark.domain.matching.core.memo import new_memo
from countermark.domain.matching.core.parties import KEY_ROOM
from countermark.domain.matching.core.registered import Index
from countermark.domain.matching.core.screen import Bench
from countermark.domain.matching.core.work import new_work


@dataclass(frozen=True, slots=True)
class Room:
    """Memory for one call at a time; what it holds between calls never changes a result.

    Attributes:
        desk: To find in.
        bench: To judge in.
        folded: Characters of the longest text there is room for, folded.
        written: Characters of the longest name.
    """

    desk: Desk
    bench: Bench
    folded: int = 0
    written: int = 0

    @classmethod
    def of(cls, index: Index, needs: Needs, trees: int) -> Room:
        """Return a room for a register and so many trees, without place for texts yet."""
        marks = len(index)
        desk = Desk(
            description=new_text(0, needs),
            brand=new_text(0, needs),
            memo=new_memo(),
            work=new_work(index.arrays),
            place=np.zeros(f.PLACE_COLUMNS, np.int64),
            least=np.zeros(LONGEST_READ + 1, np.int64),
            rows=np.zeros((f.FIRST_ROWS, f.COLUMNS), np.int64),
        )
        bench = Bench(
            order=np.zeros(f.FIRST_ROWS, np.int64),
            fields=np.zeros(marks, np.uint8),
            best=np.zeros(marks, np.int64),
            kept=np.zeros(2, np.int64),
            excuses=np.zeros(2, np.int64),
            facts=np.zeros((f.FIRST_ROWS, FACT_COUNT), np.uint8),
            left=np.zeros(trees, np.uint32),
            folded=np.zeros(LONGEST_FOLD, np.uint32),
            party=np.zeros(KEY_ROOM, np.uint8),
        )
        return cls(desk, bench)

    def fitting(self, folded: int, written: int, top: int, needs: Needs) -> Room:
        """Return a room for texts and names of these lengths and for so many hits of a line."""
        room = self
        if folded > self.folded:
            size = 2 * folded
            texts = {"description": new_text(size, needs), "brand": new_text(size, needs)}
            room = replace(room, desk=room.desk._replace(**texts), folded=size)
        if written > self.written:
            size = 2 * written
            bench = room.bench._replace(
                folded=np.zeros(LONGEST_FOLD * (size + 1), np.uint32),
                party=np.zeros(KEY_ROOM * (size + 1), np.uint8),
            )
            room = replace(room, bench=bench, written=size)
        if top + 1 != len(self.bench.kept):
            places = {"kept": np.zeros(top + 1, np.int64), "excuses": np.zeros(top + 1, np.int64)}
            room = replace(room, bench=room.bench._replace(**places))
        return room

    def with_more_rows(self) -> Room:
        """Return a room in which twice as many findings have place."""
        size = 2 * len(self.desk.rows)
        return replace(
            self,
            desk=self.desk._replace(rows=np.zeros((size, f.COLUMNS), np.int64)),
            bench=self.bench._replace(
                order=np.zeros(size, np.int64), facts=np.zeros((size, FACT_COUNT), np.uint8)
            ),
        )
