"""The screener in plain Python: slow, and what the compiled core must equal.

It is written for reading: a dictionary for each layer, regular expressions for cues, a list of
findings. ``Screener`` here has the methods of the product's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.reference.background import Background, own_key, texts_of
from tests.reference.cues import names_no_brand
from tests.reference.features import Finding, facts_of
from tests.reference.index import Index
from tests.reference.layers import Match
from tests.reference.parties import party_keys
from tests.reference.trees import score_of
from tests.reference.windows import Text, Window

from countermark.domain.matching.goods import agreement
from countermark.domain.matching.model import Model
from countermark.domain.matching.screener import LEAST_SCORE, TOP
from countermark.domain.matching.types import Contribution, Excuse, Field, Hit, Line, RecordedMark
from countermark.domain.matching.weights import MODEL


@dataclass(frozen=True, slots=True)
class Context:
    """What the screener knows besides the register: how words are used, and what reasons weigh."""

    background: Background = field(default_factory=Background)
    model: Model = MODEL


@dataclass(frozen=True, slots=True)
class Scored:
    """A finding with its score and the reasons for it."""

    finding: Finding
    score: float
    contributions: tuple[Contribution, ...]


class Screener:
    """Screens declaration lines against a fixed register.

    Args:
        marks: The recorded marks in force.
        context: Word usage and scorecard; by default no usage is known.
    """

    def __init__(self, marks: Iterable[RecordedMark], context: Context | None = None) -> None:
        self.marks = tuple(marks)
        self.context = context or Context()
        self._index = Index(self.marks)
        self._authorised = [party_keys((m.holder, *m.authorised_parties)) for m in self.marks]
        self._ascii = [m.word.isascii() for m in self.marks]

    def screen(self, line: Line, top: int = TOP) -> list[Hit]:
        """Return the ``top`` best hits on a line, best first, at most one for each mark."""
        texts = {text.field: text for text in texts_of(line)}
        scored = self.scored(line, texts)
        best: dict[int, Scored] = {}
        for item in scored:
            mark = item.finding.match.form.mark
            if mark not in best or _merit(item) > _merit(best[mark]):
                best[mark] = item
        kept = sorted(best.values(), key=self._rank)[:top]
        excuses = self._excuses(line, kept)
        return [
            self._hit(line, texts[item.finding.field], item, excuse)
            for item, excuse in zip(kept, excuses, strict=True)
            if item.score >= LEAST_SCORE
        ]

    def findings(self, line: Line, texts: Iterable[Text] | None = None) -> list[Finding]:
        """Return every mark found anywhere in a line, before scoring; also what training reads."""
        declared = _declared(line)
        found = [
            self._finding(line, text, window, match, declared)
            for text in (texts_of(line) if texts is None else texts)
            for window in text.windows(self._index.needs)
            for match in self._index.matches(window, exact_only=self._ordinary(window))
        ]
        found = strongest(found)
        compare(found)
        return found

    def _ordinary(self, window: Window) -> bool:
        return not window.strong and self.context.background.ordinary_window(window)

    def _finding(
        self, line: Line, text: Text, window: Window, match: Match, declared: str
    ) -> Finding:
        mark = self.marks[match.form.mark]
        start, end = text.folded.span(window.start, window.end)
        return Finding(
            match=match,
            field=text.field,
            window=window,
            original=text.folded.original[start:end],
            place=text.places.place(window.start, window.end),
            referential=text.places.referential(window.start),
            goods=agreement(mark.nice_classes, line.hs_code),
            declared=declared,
            capitals=text.in_capitals(start, end),
            recorded_ascii=self._ascii[match.form.mark],
        )

    def scored(self, line: Line, texts: Mapping[Field, Text]) -> list[Scored]:
        """Return every finding of a line with its score."""
        found = self.findings(line, texts.values())
        background = self.context.background
        counted = own_key(line) in background.occurs
        facts = facts_of(found, texts, background, counted=counted)
        scores = (score_of(self.context.model, row) for row in facts)
        return [Scored(one, *score) for one, score in zip(found, scores, strict=True)]

    def _rank(self, item: Scored) -> tuple[float, str]:
        return -item.score, self.marks[item.finding.match.form.mark].right_id

    def _excuses(self, line: Line, kept: list[Scored]) -> list[Excuse | None]:
        """Return why no alert is due for each hit.

        A name is explained once: where words are an excused mention of one mark, their weaker
        resemblances to other marks are excused with it.
        """
        parties = party_keys((line.consignor, line.consignee))
        found = [item.finding for item in kept]
        own = [self._own_excuse(finding, parties) for finding in found]
        return [
            excuse
            or next(
                (
                    other
                    for better, other in zip(found, own, strict=True)
                    if other and overlaps(better, one) and _strength(better) > _strength(one)
                ),
                None,
            )
            for one, excuse in zip(found, own, strict=True)
        ]

    def _own_excuse(self, finding: Finding, parties: frozenset[str]) -> Excuse | None:
        if parties & self._authorised[finding.match.form.mark]:
            return "authorised"
        if finding.referential and finding.field == "goods_description":
            return "referential"
        return None

    def _hit(self, line: Line, text: Text, item: Scored, excuse: Excuse | None) -> Hit:
        finding = item.finding
        return Hit(
            line_id=line.line_id,
            right_id=self.marks[finding.match.form.mark].right_id,
            score=item.score,
            resemblance=finding.match.resemblance,
            span=text.folded.span(finding.start, finding.end),
            field=finding.field,
            matched=finding.original,
            contributions=item.contributions,
            excused=excuse,
        )


def strongest(found: list[Finding]) -> list[Finding]:
    """Return the findings without those whose words are a stronger resemblance to the same mark."""
    by_mark: dict[int, list[Finding]] = {}
    for finding in found:
        by_mark.setdefault(finding.match.form.mark, []).append(finding)
    return [
        one
        for one in found
        if not any(
            overlaps(one, other) and _strength(other) > _strength(one)
            for other in by_mark[one.match.form.mark]
        )
    ]


def compare(found: list[Finding]) -> None:
    """Set on each finding how other marks do in the same words, and where else its mark stands."""
    for one in found:
        mark = one.match.form.mark
        others = [o for o in found if o.match.form.mark != mark and overlaps(one, o)]
        one.outdone = any(_strength(o) > _strength(one) for o in others)
        one.rivals = sum(_strength(o) == _strength(one) for o in others)
        one.fields = len({o.field for o in found if o.match.form.mark == mark})


def overlaps(one: Finding, other: Finding) -> bool:
    """Tell whether two findings share words of a field."""
    return one.field == other.field and one.start < other.end and other.start < one.end


def _strength(finding: Finding) -> tuple[int, int, int]:
    """Return how strong a resemblance is: family, then fewer edits, then more letters."""
    family = ("reading", "near", "same").index(finding.family)
    return family, -finding.match.distance, len(finding.match.form.key)


def _merit(item: Scored) -> tuple[float, tuple[int, int, int]]:
    """Return what decides between two findings of one mark: the score, then the resemblance."""
    return item.score, _strength(item.finding)


def _declared(line: Line) -> str:
    """Return what the brand field says: ``empty``, ``none`` for "no brand", or ``names``."""
    if not line.declared_brand.strip():
        return "empty"
    return "none" if names_no_brand(line.declared_brand) else "names"
