"""Evidence: the least of a register and of word usage from which one hit can be made again.

A hit depends on its line, on every mark that is found on that line (marks compete for words, and
the excuse of one may excuse another), and on how often the words of the line occur. All other
marks and all other counts could be anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from countermark.domain.matching.background import Background, texts_of
from countermark.domain.matching.index import Index
from countermark.domain.matching.model import Model
from countermark.domain.matching.parties import party_key, party_keys
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
        occurs = Counter({word: count[0] for word, count in self.counts.items()})
        as_brand = Counter({word: count[1] for word, count in self.counts.items() if count[1]})
        return Background(self.lines, occurs, as_brand)


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
        named = party_keys((self.line.consignor, self.line.consignee))
        marks = (m if m.right_id == right_id else _naming(m, named) for m in self.marks)
        return replace(self, marks=tuple(marks))

    def screen_again(self, model: Model, top: int = TOP) -> list[Hit]:
        """Return the hits on the line, made anew from nothing but this evidence."""
        context = Context(self.usage.background(), model)
        return Screener(self.marks, context).screen(self.line, top)


def evidence_of(screener: Screener, line: Line) -> Evidence:
    """Return what the screener's hits on a line depend on."""
    marks = _found(screener, line)
    return Evidence(line, marks, _usage(screener.context.background, _words(line, marks)))


def _found(screener: Screener, line: Line) -> tuple[RecordedMark, ...]:
    """Return every mark that is found on a line, however weakly, in order of ``right_id``."""
    found = {finding.match.form.mark for finding in screener.findings(line)}
    return tuple(sorted((screener.marks[at] for at in found), key=lambda mark: mark.right_id))


def _words(line: Line, marks: Iterable[RecordedMark]) -> set[str]:
    """Return every word of a line and of marks whose usage may be asked for."""
    index = Index(marks)
    windows = [window for text in texts_of(line) for window in text.windows(index.needs)]
    return {
        *(form.key for form in index.forms),
        *(window.key for window in windows),
        *(word for window in windows for word in window.words),
    }


def _usage(background: Background, words: Iterable[str]) -> Usage:
    counts = (
        (word, (background.occurs[word], background.as_brand[word])) for word in sorted(words)
    )
    return Usage(background.lines, {word: count for word, count in counts if count[0]})


def _naming(mark: RecordedMark, named: frozenset[str]) -> RecordedMark:
    parties = tuple(party for party in mark.authorised_parties if party_key(party) in named)
    return replace(mark, authorised_parties=parties)
