"""Evidence: the least of a register and of word usage from which one hit can be made again.

A hit depends on its line, on every mark that is found on that line (marks compete for words, and
the excuse of one may excuse another), and on how often the words of the line occur. All other
marks and all other counts could be anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from countermark.domain.matching.core.background import Background
from countermark.domain.matching.core.parties import name_key
from countermark.domain.matching.core.questions import words_asked
from countermark.domain.matching.core.registered import Index
from countermark.domain.matching.model import Model
from countermark.domain.matching.screener import TOP, Context, Screener
from countermark.domain.matching.types import Hit, Line, RecordedMark

Counts = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Usage:
    """How often words occur in a stream: in ``lines`` lines; a word not counted never occurred.

    ``counts``: word to in how many lines it occurs, and in how many of them as a brand.
    """

    lines: int = 0
    counts: Counts = field(default_factory=dict)

    def background(self) -> Background:
        """Return the usage as the screener reads it."""
        return Background.from_counts(self.lines, self.counts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line, the marks found on it in order of ``right_id``, and the usage of its words."""

    line: Line
    marks: tuple[RecordedMark, ...]
    usage: Usage

    def about(self, right_id: str) -> Evidence:
        """Return the evidence for the hit of one right.

        The other marks keep only those authorised parties that the line names: no others can
        matter.
        """
        named = frozenset(map(name_key, (self.line.consignor, self.line.consignee))) - {b""}
        marks = (m if m.right_id == right_id else _naming(m, named) for m in self.marks)
        return replace(self, marks=tuple(marks))

    def screen_again(self, model: Model, top: int = TOP) -> list[Hit]:
        """Return the hits on the line, made anew from nothing but this evidence."""
        context = Context(self.usage.background(), model)
        return Screener(self.marks, context).screen(self.line, top)


def evidence_of(screener: Screener, line: Line) -> Evidence:
    """Return what the screener's hits on a line depend on."""
    marks = tuple(screener.found(line))
    words = words_asked(line, Index.of(marks))
    return Evidence(line, marks, _usage(screener.context.background, words))


def _usage(background: Background, words: Iterable[str]) -> Usage:
    counts = ((word, background.count(word)) for word in sorted(words))
    return Usage(background.lines, {word: count for word, count in counts if count[0]})


def _naming(mark: RecordedMark, named: frozenset[bytes]) -> RecordedMark:
    parties = tuple(party for party in mark.authorised_parties if name_key(party) in named)
    return replace(mark, authorised_parties=parties)
