"""Lists of people in a file: as many rows as the applicant needs, with or without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from countermark.lawbook.rights import NeedKind
from countermark.web.cases.legal import named
from countermark.web.labels import choices
from countermark.web.rights.forms import DateField

if TYPE_CHECKING:
    from django.http import QueryDict

    from countermark.lawbook import Need

MOST_ROWS = 60


class RowForm(forms.Form):
    """One row; a row in which nothing is written is no row."""

    use_required_attribute = False
    name = forms.CharField(label=_("Name"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a row that says something and names nobody."""
        said = super().clean() or {}
        chosen = isinstance(self.fields.get("role"), forms.ChoiceField) and "role"
        others = [value for key, value in said.items() if key not in {"name", chosen}]
        if any(others) and not said.get("name"):
            self.add_error("name", _("Write the name."))
        return said

    def row(self) -> dict[str, str]:
        """Return the row as the file keeps it: texts, days as ISO."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class ContactForm(RowForm):
    """Somebody whom customs can reach."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)


class PartyForm(RowForm):
    """Somebody whom the holder allows to use the right."""

    role = forms.ChoiceField(label=_("May act as"), choices=choices("authorised-role"))
    identifier = forms.CharField(
        label=_("Identifier"),
        max_length=60,
        required=False,
        help_text=_("Such as a customs registration or a business number."),
    )
    valid_from = DateField(label=_("From"), required=False)
    valid_until = DateField(label=_("Until"), required=False)
    proof = forms.CharField(
        label=_("Proof"),
        max_length=300,
        required=False,
        help_text=_("The contract and its date, and where it can be seen."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        said = super().clean()
        first, last = said.get("valid_from"), said.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("This day is before the first."))
        return said


FORMS: dict[NeedKind, tuple[str, type[RowForm]]] = {
    NeedKind.CONTACT: ("contacts", ContactForm),
    NeedKind.PARTY: ("parties", PartyForm),
}
"""By the kind of a need: the key of the content, and the form of a row."""


@dataclass(slots=True)
class Rows:
    """The list that one need asks for, as rows of a form.

    ``error`` is said above the list; ``add`` and ``drop`` are values of the page's button ``do``.
    """

    need: Need
    key: str
    forms: list[RowForm]
    error: str = ""

    @property
    def label(self) -> str:
        """What the law calls it."""
        return named(self.need.names)

    @property
    def anchor(self) -> str:
        """Where the error summary leads: the first field of the list."""
        return f"id_{self.key}-0-name"

    def valid(self, *, strict: bool) -> bool:
        """Return whether every row can be kept; with ``strict``, whether one is there if needed."""
        judged = [form.is_valid() for form in self.forms]
        sound = all(judged)
        if strict and sound and self.need.required and not self.values():
            self.error = str(_("This is needed."))
        return sound and not self.error

    def values(self) -> list[dict[str, str]]:
        """Return the rows that say something, as the file keeps them."""
        found = [form.row() for form in self.forms]
        return [row for row in found if row.get("name")]


def rows_shown(need: Need, said: Sequence[Mapping[str, str]]) -> Rows:
    """Return the list as the file has it, with at least one row to write in."""
    key, form = FORMS[need.kind]
    initial = [dict(row) for row in said][:MOST_ROWS] or [{}]
    return Rows(need, key, [_form(form, key, n, initial=row) for n, row in enumerate(initial)])


def rows_sent(need: Need, data: QueryDict) -> Rows:
    """Return the list as it was sent."""
    key, form = FORMS[need.kind]
    count = _count(data, key)
    return Rows(need, key, [_form(form, key, n, data=data) for n in range(count)])


def rows_changed(need: Need, data: QueryDict, act: str) -> Rows:
    """Return the list as it was sent with one row more, or without one; nothing is judged yet.

    Args:
        need: What is asked for.
        data: The form as sent.
        act: ``add-<key>`` or ``drop-<key>-<number of the row>``.
    """
    key, form = FORMS[need.kind]
    names = form.base_fields
    said = [
        {name: data.get(f"{key}-{n}-{name}", "") for name in names}
        for n in range(_count(data, key))
    ]
    if act == f"add-{key}":
        said.append({})
    number = act.removeprefix(f"drop-{key}-")
    if number != act and number.isdigit() and int(number) < len(said):
        del said[int(number)]
    return rows_shown(need, said)


def _form(form: type[RowForm], key: str, number: int, **kwargs: Any) -> RowForm:
    return form(prefix=f"{key}-{number}", **kwargs)


def _count(data: QueryDict, key: str) -> int:
    count = data.get(f"{key}-count", "")
    return min(int(count), MOST_ROWS) if count.isdigit() else 0
