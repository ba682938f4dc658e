from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from countermark.apps.cases.services import GoodsInput, PartyInput
from countermark.apps.register.selectors import right_find
from countermark.domain.errors import Refusal
from countermark.domain.money import Money
from countermark.web import labels
from countermark.web.cases.legal import procedure_choices
from countermark.web.cases.rows import Rows
from countermark.web.refusals import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.apps.accounts.models import Administration, Officer

CURRENCIES = ("HKD", "CNY", "MOP", "USD", "EUR", "JPY", "GBP", "TWD", "KRW")
EMPTY = ("", "–")


def day_field(label: object, **options: Any) -> forms.DateField:
    """Return a field for a day, as browsers show one and ISO 8601 writes it."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **options)  # type: ignore[arg-type]


def choices_set(form: forms.Form, name: str, choices: Sequence[tuple[str, object]]) -> None:
    """Give a field of a form its choices in the reader's language, at the time it is shown."""
    field = cast("forms.ChoiceField", form.fields[name])
    field.choices = cast("list[tuple[str, str]]", list(choices))


def _optional(kind: str) -> list[tuple[str, object]]:
    return [EMPTY, *labels.choices(kind)]


class CaseForm(forms.Form):
    """A case opened by hand, apart from its goods and parties."""

    title = forms.CharField(label=_("Title"), max_length=200)
    procedure_code = forms.ChoiceField(label=_("Procedure"))
    opened_on = day_field(_("Opened on"))
    office = forms.ChoiceField(label=_("Office"))
    direction = forms.ChoiceField(label=_("Direction"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    transport_mode = forms.ChoiceField(label=_("Transport"), required=False)
    control_point = forms.CharField(label=_("Control point"), max_length=120, required=False)
    departure = forms.CharField(label=_("From"), max_length=120, required=False)
    destination = forms.CharField(label=_("To"), max_length=120, required=False)

    def __init__(self, officer: Officer, offices: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = offices if officer.sees_all_offices else [officer.office]
        choices_set(self, "procedure_code", procedure_choices(officer.administration.law))
        choices_set(self, "office", [(office.code, office.name) for office in reach])
        choices_set(self, "direction", _optional("direction"))
        choices_set(self, "channel", _optional("channel"))
        choices_set(self, "transport_mode", _optional("transport"))
        self.fields["opened_on"].initial = timezone.localdate
        self.fields["office"].initial = officer.office.code


class GoodsForm(forms.Form):
    """One line of goods; an untouched row is left out."""

    description = forms.CharField(label=_("Goods"), max_length=500)
    category = forms.ChoiceField(
        label=_("Category"), required=False, help_text=_("Empty: guessed from the HS code.")
    )
    hs_code = forms.CharField(label=_("HS code"), max_length=12, required=False)
    quantity = forms.DecimalField(
        label=_("Quantity"), min_value=Decimal(0), max_digits=18, decimal_places=3
    )
    unit = forms.ChoiceField(label=_("Unit"))
    registration = forms.CharField(
        label=_("Right, by registration number"), max_length=40, required=False
    )
    amount = forms.CharField(label=_("Value"), max_length=24, required=False)
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[EMPTY, *((code, code) for code in CURRENCIES)], required=False
    )
    value_basis = forms.ChoiceField(label=_("Value basis"), required=False)
    valued_on = day_field(_("Valued on"), required=False)

    def __init__(self, *args: Any, administration: Administration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jurisdiction = administration.law
        choices_set(self, "category", _optional("category"))
        choices_set(self, "unit", labels.choices("unit"))
        choices_set(self, "value_basis", _optional("basis"))
        # The unit alone never makes a row count as filled in.
        self.fields["unit"].initial = "H87"

    def clean(self) -> dict[str, Any]:
        """Find the right and read the amount, each refused beside its field."""
        said = super().clean() or {}
        said["right"], said["money"] = None, None
        if number := said.get("registration", "").strip():
            said["right"] = self._right(number)
        if amount := said.get("amount", "").replace(",", "").strip():
            said["money"] = self._money(amount, said.get("currency", ""))
        return said

    def _right(self, number: str) -> object:
        try:
            return right_find(jurisdiction=self.jurisdiction, registration_number=number)
        except Refusal as refusal:
            self.add_error("registration", sentence(refusal))
        return None

    def _money(self, amount: str, currency: str) -> Money | None:
        if not currency:
            self.add_error("currency", _("Choose the currency of the value."))
            return None
        try:
            return Money.parse(amount, currency)
        except Refusal as refusal:
            self.add_error("amount", sentence(refusal))
        return None

    def goods(self) -> GoodsInput:
        """Return the line as the service takes it; the form must be valid."""
        said = self.cleaned_data
        money: Money | None = said["money"]
        return GoodsInput(
            description=said["description"],
            quantity=said["quantity"],
            unit=said["unit"],
            category=said["category"],
            hs_code=said["hs_code"],
            right=said["right"],
            value_minor=money.minor if money else None,
            currency=money.currency if money else "",
            value_basis=said["value_basis"] if money else "",
            valued_on=said["valued_on"] if money else None,
        )


class PartyForm(forms.Form):
    """One party; an untouched row is left out."""

    role = forms.ChoiceField(label=_("Role"))
    name = forms.CharField(label=_("Name, as recorded"), max_length=200)
    identifier = forms.CharField(label=_("Identifier"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "role", _optional("party-role"))

    def party(self) -> PartyInput:
        """Return the party as the service takes it; the form must be valid."""
        said = self.cleaned_data
        return PartyInput(said["role"], said["name"], said["identifier"])


class GoodsRows(Rows):
    """The lines of goods of one form."""

    form = GoodsForm
    prefix_name = "goods"


class PartyRows(Rows):
    """The parties of one form."""

    form = PartyForm
    prefix_name = "parties"


class HitCaseForm(forms.Form):
    """A case opened from a hit: goods, route and parties come from the declaration."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty: the mark's name.")
    )
    procedure_code = forms.ChoiceField(label=_("Procedure"))
    opened_on = day_field(_("Opened on"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason why this hit becomes a case.")},
    )

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "procedure_code", procedure_choices(officer.administration.law))
        self.fields["opened_on"].initial = timezone.localdate


class ActForm(forms.Form):
    """An act of the procedure: on which day, and why."""

    acted_on = day_field(_("Done on"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WhatIfForm(forms.Form):
    """An act of the law, as if it were done on a day."""

    act = forms.ChoiceField(label=_("If this were done"))
    on = day_field(_("On this day"))

    def __init__(self, *args: Any, acts: list[tuple[str, object]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "act", acts)


class NoteForm(forms.Form):
    """A note of an officer."""

    text = forms.CharField(
        label=_("Note"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the note first.")},
    )


class AttachmentForm(forms.Form):
    """A file to be kept with the case."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Pictures, PDF, office files without macros, or text; up to 25 MB."),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose another."),
        },
    )
