"""The screener: recorded marks in, explained hits on declaration lines out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.background import Background
from countermark.domain.matching.core.chars import char_tables
from countermark.domain.matching.core.collect import Lore, Wanted, find_lines, longest_texts
from countermark.domain.matching.core.columns import FIELDS, LineColumns, columns_of
from countermark.domain.matching.core.features import FEATURES
from countermark.domain.matching.core.lettering import lettering
from countermark.domain.matching.core.marks import MarkFacts, grown, mark_facts, right_ids
from countermark.domain.matching.core.matrix import (
    Matrix,
    room_for_findings,
    write_facts,
)
from countermark.domain.matching.core.registered import Index
from countermark.domain.matching.core.resemblance import RESEMBLANCES
from countermark.domain.matching.core.room import Room
from countermark.domain.matching.core.screen import (
    EXCUSE,
    EXCUSES,
    FIELD,
    LINE,
    MARK,
    RESEMBLANCE,
    SCORE,
    SPAN_END,
    SPAN_START,
    Hits,
    Holdings,
    judge_lines,
    room_for_hits,
)
from countermark.domain.matching.core.trees import trees_of
from countermark.domain.matching.core.words import word_table
from countermark.domain.matching.goods import NICE_BY_CHAPTER
from countermark.domain.matching.model import UNITS, Model
from countermark.domain.matching.types import Contribution, Field, Hit, Line, RecordedMark
from countermark.domain.matching.weights import MODEL

RULES_VERSION = "2026.2"
"""Version of the layers, cues and features; changes whenever the same input may score otherwise."""

LEAST_SCORE = 0.005
"""Findings scored below are not reported: fewer than one in two hundred is a use of the mark."""

TOP = 5

_PARTS = ("start", *(feature.name for feature in FEATURES))


@dataclass(frozen=True, slots=True)
class Context:
    """What the screener knows besides the register: how words are used, and what reasons weigh."""

    background: Background = field(default_factory=Background)
    model: Model = MODEL


class Screener:
    """Screens declaration lines against a register. May be used by several threads at once.

    Args:
        marks: The recorded marks in force, or an index of them.
        context: Word usage and scorecard; by default no usage is known.
        facts: What is known of the marks of an index; made if it is not given.
    """

    def __init__(
        self,
        marks: Iterable[RecordedMark] | Index,
        context: Context | None = None,
        facts: MarkFacts | None = None,
    ) -> None:
        chars = char_tables()
        if not isinstance(marks, Index):
            marks = tuple(marks)
            facts = mark_facts(marks, chars)
            marks = Index.of(marks)
        self.index = marks
        self.context = context or Context()
        self.facts = facts or mark_facts(self.marks, chars)
        self.version = self.index.version
        self.right_ids = right_ids(self.facts)
        usage = self.context.background.arrays
        self._lore = Lore(chars, word_table(), usage, lettering())
        self._all = Wanted(self.index.alive, self.index.needs())
        self._holdings = Holdings(
            forms=self.index.arrays.forms,
            marks=self.facts,
            chars=chars,
            words=word_table(),
            usage=usage,
            costs=lettering().costs,
            trees=trees_of(self.context.model),
            chapters=_chapters(),
        )
        self._rooms: list[Room] = []

    @property
    def marks(self) -> list[RecordedMark]:
        """Return the marks by position; those that were withdrawn keep theirs."""
        return [self.index.mark(position) for position in range(len(self.index))]

    def changed(
        self, added: Sequence[RecordedMark] = (), withdrawn: Iterable[str] = ()
    ) -> Screener:
        """Return a screener of the same register with some marks more and some less.

        Args:
            added: Marks recorded or changed.
            withdrawn: Ids of rights that are no longer looked for; those of changed marks too.
        """
        index = self.index.changed(added, withdrawn)
        facts = grown(self.facts, mark_facts(added, self._lore.chars))
        return Screener(index, self.context, facts)

    def knowing(self, context: Context) -> Screener:
        """Return a screener of the same register with other word usage or another scorecard."""
        return Screener(self.index, context, self.facts)

    def screen(self, line: Line, top: int = TOP) -> list[Hit]:
        """Return the ``top`` best hits on a line, best first, at most one for each mark."""
        return self.screen_lines((line,), top)

    def screen_lines(
        self,
        lines: Sequence[Line],
        top: int = TOP,
        active: npt.NDArray[np.uint8] | None = None,
    ) -> list[Hit]:
        """Return the hits on lines, in the order of the lines.

        Args:
            lines: Declaration lines.
            top: Most hits for one line.
            active: For each mark by position whether it is looked for; by default all are.
        """
        columns = columns_of(lines)
        return list(self.hits_of(columns, self.screen_columns(columns, top, active)))

    def screen_columns(
        self,
        columns: LineColumns,
        top: int = TOP,
        active: npt.NDArray[np.uint8] | None = None,
    ) -> Hits:
        """Return the hits on lines as rows of numbers, see ``core.screen``."""
        least = round(LEAST_SCORE * UNITS)
        parts = [room_for_hits(0)]
        for room, found in self._findings(columns, top, self._wanted(active)):
            hits = room_for_hits(found)
            count = judge_lines(
                columns,
                room.desk.rows,
                found,
                self._holdings,
                room.bench,
                least,
                hits,
            )
            parts.append(Hits(hits.rows[:count], hits.parts[:count]))
        return Hits(*map(np.concatenate, zip(*parts, strict=True)))

    def hits_of(self, columns: LineColumns, hits: Hits) -> Iterator[Hit]:
        """Yield rows of numbers as hits."""
        for row, parts in zip(hits.rows.tolist(), hits.parts.tolist(), strict=True):
            text = columns.text(row[LINE], row[FIELD])
            yield Hit(
                line_id=columns.text(row[LINE], _LINE_ID),
                right_id=self.right_ids[row[MARK]],
                score=row[SCORE] / UNITS,
                resemblance=RESEMBLANCES[row[RESEMBLANCE]],
                span=(row[SPAN_START], row[SPAN_END]),
                field=_FIELD_NAMES[row[FIELD]],
                matched=text[row[SPAN_START] : row[SPAN_END]],
                contributions=_contributions(parts),
                excused=EXCUSES[row[EXCUSE]],
            )

    def matrix(self, columns: LineColumns) -> Matrix:
        """Return every finding on lines, before any is chosen, with its facts."""
        parts = [room_for_findings(0)]
        for room, found in self._findings(columns, 1, self._all):
            out = room_for_findings(found)
            rows = room.desk.rows
            count = write_facts(columns, rows, found, self._holdings, room.bench, out)
            parts.append(Matrix(out.rows[:count], out.facts[:count]))
        return Matrix(*map(np.concatenate, zip(*parts, strict=True)))

    def found(self, line: Line) -> list[RecordedMark]:
        """Return every mark that is found on a line, however weakly, in order of ``right_id``."""
        positions = set(self.matrix(columns_of((line,))).rows[:, MARK].tolist())
        return sorted(map(self.index.mark, positions), key=lambda mark: mark.right_id)

    def _wanted(self, active: npt.NDArray[np.uint8] | None) -> Wanted:
        if active is None:
            return self._all
        mask = active & self.index.alive
        return Wanted(mask, self.index.needs(mask))

    def _findings(
        self, columns: LineColumns, top: int, wanted: Wanted
    ) -> Iterator[tuple[Room, int]]:
        """Yield rooms with the findings of the next lines, and how many these are."""
        room, line = self._room(columns, top), 0
        while line < len(columns.starts):
            before = line
            line, count = find_lines(
                columns, line, self._lore, self.index.arrays, wanted, room.desk
            )
            if line == before:
                room = room.with_more_rows()
            else:
                yield room, count
        self._rooms.append(room)

    def _room(self, columns: LineColumns, top: int) -> Room:
        """Return memory to work in, which nobody else is using."""
        folded, written = longest_texts(columns, self._lore.chars)
        top = max(1, min(top, len(self.index)))
        try:
            room = self._rooms.pop()
        except IndexError:
            room = Room.of(self.index, self._all.needs, len(self._holdings.trees.roots))
        return room.fitting(folded, written, top, self._all.needs)


_FIELD_NAMES: tuple[Field, Field] = ("goods_description", "declared_brand")
_LINE_ID = FIELDS.index("line_id")


def _chapters() -> npt.NDArray[np.uint64]:
    """Return the Nice classes usual for each HS chapter, as bits."""
    chapters = np.zeros(100, np.uint64)
    for chapter, classes in NICE_BY_CHAPTER.items():
        chapters[int(chapter)] = sum(1 << number for number in classes)
    return chapters


def _contributions(parts: Sequence[int]) -> tuple[Contribution, ...]:
    return tuple(
        Contribution(name, units / UNITS)
        for at, (name, units) in enumerate(zip(_PARTS, parts, strict=True))
        if units or not at
    )
