"""Pages of long lists: keys first, rows after, so that a page deep in the list costs no more."""

from __future__ import annotations

from functools import cached_property
from typing import Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


class KeyPaginator(Paginator[M], Generic[M]):
    """Pages over a query whose rows are wide: it sorts and counts keys, and reads 25 rows.

    Args:
        rows: The query, ordered.
        per_page: How many rows a page holds.
        whole: What the query was narrowed from, if it searches text: the keys that it finds are
            read once, to be counted and cut, and the rows of a page are read from here.
    """

    def __init__(
        self, rows: QuerySet[M], per_page: int, *, whole: QuerySet[M] | None = None
    ) -> None:
        super().__init__(rows, per_page)
        self._rows = rows
        self._searched = whole is not None
        self._source = rows if whole is None else whole

    @cached_property
    def keys(self) -> list[object]:
        """The keys of all rows, in order."""
        return list(self._keys())

    @cached_property
    def count(self) -> int:
        """How many rows there are in all."""
        return len(self.keys) if self._searched else self._keys().order_by().count()

    def page(self, number: int | str) -> Page[M]:
        """Return a page with its rows read.

        Raises:
            InvalidPage: There is no such page.
        """
        valid = self.validate_number(number)
        first = (valid - 1) * self.per_page
        source = self.keys if self._searched else self._keys()
        keys = list(source[first : first + self.per_page])
        by_key = self._source.order_by().in_bulk(keys)
        return Page([by_key[key] for key in keys if key in by_key], valid, self)

    def _keys(self) -> QuerySet[M, object]:
        return self._rows.select_related(None).prefetch_related(None).values_list("pk", flat=True)
