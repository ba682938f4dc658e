"""Forms with rows that grow without a script: a button posts the form and gets a row more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.forms import BaseFormSet
from django.forms.renderers import get_default_renderer

if TYPE_CHECKING:
    from django.http import QueryDict

MOST_ROWS = 200
GROW, CLONE = "add-row", "clone-row"


def asked_to_grow(data: QueryDict) -> bool:
    """Return whether the form was posted to get another row, not to be saved."""
    return GROW in data or CLONE in data


class Rows(BaseFormSet[Any]):
    """Rows of which every one may stay empty; an empty one is left out."""

    prefix_name: ClassVar[str]
    extra = min_num = 0
    max_num = absolute_max = MOST_ROWS
    can_order = can_delete = can_delete_extra = False
    validate_min = validate_max = False
    edit_only = False
    renderer = get_default_renderer()

    @classmethod
    def get_default_prefix(cls) -> str:
        """Return the name that the fields of these rows begin with."""
        return cls.prefix_name

    def initial_form_count(self) -> int:
        """Return 0: no row was there before, so that any may be emptied again."""
        return 0

    def total_form_count(self) -> int:
        """Return how many rows are shown: those posted, those filled in before, or one."""
        if self.is_bound:
            return super().total_form_count()
        return len(self.initial or ()) or 1

    @classmethod
    def grown(cls, data: QueryDict) -> list[dict[str, str]]:
        """Return the posted rows as they were typed, with the row more that was asked for.

        ``add-row`` names the rows that grow; ``clone-row`` holds ``<rows>-<number>``.
        """
        rows = cls._posted(data)
        source = data.get(CLONE, "").removeprefix(f"{cls.prefix_name}-")
        if len(rows) >= MOST_ROWS:
            return rows
        if data.get(GROW) == cls.prefix_name:
            rows.append({})
        elif source.isdigit() and int(source) < len(rows):
            rows.append(dict(rows[int(source)]))
        return rows

    @classmethod
    def _posted(cls, data: QueryDict) -> list[dict[str, str]]:
        total = data.get(f"{cls.prefix_name}-TOTAL_FORMS", "")
        count = min(int(total), MOST_ROWS) if total.isdigit() else 0
        names = cls.form.base_fields
        return [
            {name: data.get(f"{cls.prefix_name}-{row}-{name}", "") for name in names}
            for row in range(count)
        ]
