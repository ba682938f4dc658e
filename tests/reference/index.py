"""Index of a register: which marks a window may be, by every layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from tests.reference.forms import Form, forms_of
from tests.reference.layers import LAYERS, Layer, Match, Query, Sort
from tests.reference.windows import MOST_HAN, Needs, Window

from countermark.domain.matching.types import RecordedMark

MEMO_SIZE = 100_000
"""Windows whose matches are remembered; article numbers make their number unbounded."""


class Index:
    """The forms of all marks under the keys of all layers.

    The memo only saves time: what is found never depends on what was asked before.
    """

    def __init__(self, marks: Iterable[RecordedMark], layers: Sequence[Layer] = LAYERS) -> None:
        self.forms = [form for at, mark in enumerate(marks) for form in forms_of(at, mark)]
        self.needs = Needs(
            pieces=tuple(sorted({form.pieces for form in self.forms if not form.usual})),
            han_lengths=tuple(
                sorted({len(f.key) for f in self.forms if f.han and len(f.key) > MOST_HAN})
            ),
        )
        tables = [(layer, self._table(layer)) for layer in layers]
        self._layers: dict[Sort, list[tuple[Layer, dict[str, list[Form]]]]] = {
            sort: [(layer, table) for layer, table in tables if sort in layer.asked_by]
            for sort in ("word", "code", "han")
        }
        self._memo: dict[tuple[object, ...], tuple[Match, ...]] = {}

    def _table(self, layer: Layer) -> dict[str, list[Form]]:
        table: dict[str, list[Form]] = {}
        for form in self.forms:
            for key in layer.keys(form):
                table.setdefault(key, []).append(form)
        return table

    def matches(self, window: Window, *, exact_only: bool) -> tuple[Match, ...]:
        """Return the marks a window may be, each once, by its strongest layer.

        Args:
            window: A piece of a line.
            exact_only: Skip every layer but the first, for windows that are ordinary words.
        """
        question = (window.key, window.pieces, window.strong, exact_only)
        known = self._memo.get(question)
        if known is None:
            if len(self._memo) >= MEMO_SIZE:
                self._forget()
            known = self._memo[question] = self._ask(window, exact_only=exact_only)
        return known

    def _ask(self, window: Window, *, exact_only: bool) -> tuple[Match, ...]:
        query = Query.of(window)
        found: dict[int, Match] = {}
        for layer, table in self._layers[query.sort][: 1 if exact_only else None]:
            for form in self._forms(layer, table, query):
                if form.mark not in found:
                    match = layer.match(query, form)
                    if match:
                        found[form.mark] = match
        return tuple(found.values())

    @staticmethod
    def _forms(layer: Layer, table: dict[str, list[Form]], query: Query) -> list[Form]:
        """Return the forms that share a key with the query, each once, in a settled order."""
        lists = [table[probe] for probe in layer.probes(query) if probe in table]
        if len(lists) < 2:
            return lists[0] if lists else []
        return list({id(form): form for forms in lists for form in forms}.values())

    def _forget(self) -> None:
        """Drop the older half of the memo."""
        for question in list(islice(self._memo, len(self._memo) // 2)):
            del self._memo[question]
