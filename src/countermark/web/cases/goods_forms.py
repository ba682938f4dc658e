"""Forms of the goods of a case: the paste, the choices beside it, and what is done to lines."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from countermark.apps.cases.goods_plan import NONE, Choices
from countermark.apps.cases.services import GoodsInput, GoodsPart
from countermark.apps.register.selectors import right_find
from countermark.domain.errors import InvalidInput, Refusal
from countermark.domain.goods_sheet import Defaults
from countermark.web import labels
from countermark.web.cases.forms import (
    CURRENCIES,
    EMPTY,
    GoodsForm,
    choices_set,
    day_field,
)
from countermark.web.cases.rows import Rows
from countermark.web.refusals import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.apps.accounts.models import Administration
    from countermark.apps.cases.models import GoodsLine

CHOICE, NUMBER = "right-", "number-"
_LONGEST_RUN = 20_000


class PasteForm(forms.Form):
    """Rows from a spreadsheet: pasted, or as a file."""

    rows = forms.CharField(
        label=_("Rows from a spreadsheet"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
        help_text=_(
            "Copy the rows in your spreadsheet and paste them here, with or without their titles."
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("CSV or XLSX with a row of titles; of a workbook the first sheet is read."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        said = super().clean() or {}
        if not self.errors and not said.get("file") and not said.get("rows", "").strip():
            self.add_error("rows", _("Paste the rows first, or choose a file."))
        return said


class ChoicesForm(forms.Form):
    """What the officer says for all rows of a sheet."""

    currency = forms.ChoiceField(
        label=_("Currency"), choices=[EMPTY, *((code, code) for code in CURRENCIES)], required=False
    )
    value_basis = forms.ChoiceField(label=_("Value basis"), required=False)
    valued_on = day_field(_("Valued on"), required=False)
    others = forms.ChoiceField(label=_("Marks for which nothing is chosen"), required=False)
    leave_out_same = forms.BooleanField(label=_("Leave rows out that say the same"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "value_basis", [EMPTY, *labels.choices("basis")])
        others = [("", _("Do not enter their rows")), (NONE, _("Enter the mark as words only"))]
        choices_set(self, "others", others)

    def choices(self) -> Choices:
        """Return what was said; a field that cannot be read says nothing and is marked."""
        self.full_clean()
        said = getattr(self, "cleaned_data", {})
        return Choices(
            defaults=Defaults(
                said.get("currency", ""), said.get("value_basis", ""), said.get("valued_on")
            ),
            rights=_rights(self.data),
            others=said.get("others", ""),
            leave_out_same=said.get("leave_out_same", False),
        )


def _rights(data: Mapping[str, str]) -> dict[str, str]:
    """Return what was chosen for each mark; a number that was written goes before the list."""
    chosen = {
        name.removeprefix(CHOICE): data[name]
        for name in data
        if name.startswith(CHOICE) and data[name]
    }
    for name in data:
        if name.startswith(NUMBER) and data[name].strip():
            chosen[name.removeprefix(NUMBER)] = f"no:{data[name].strip()}"
    return chosen


class LineForm(GoodsForm):
    """A line of goods to be put right."""

    description = forms.CharField(label=_("Goods"), max_length=10_000)
    parcel_number = forms.CharField(label=_("Parcel number"), max_length=40, required=False)
    brand = forms.CharField(label=_("Mark on the goods"), max_length=200, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=2000, required=False)

    def goods(self) -> GoodsInput:
        """Return the line as the service takes it; the form must be valid."""
        said = self.cleaned_data
        return replace(super().goods(), parcel_number=said["parcel_number"], brand=said["brand"])


def line_initial(line: GoodsLine, amount: str) -> dict[str, object]:
    """Return what the form of a line shows first."""
    names = ("description", "category", "hs_code", "unit", "currency", "value_basis", "valued_on")
    return {name: getattr(line, name) for name in (*names, "parcel_number", "brand")} | {
        "quantity": f"{line.quantity.normalize():f}",
        "registration": line.right.registration_number if line.right else "",
        "amount": amount,
    }


class PartForm(forms.Form):
    """One part of a line that is split; an untouched row is left out."""

    quantity = forms.DecimalField(
        label=_("Quantity"), min_value=Decimal("0.001"), max_digits=18, decimal_places=3
    )
    registration = forms.CharField(
        label=_("Right, by registration number"), max_length=60, required=False
    )
    brand = forms.CharField(label=_("Mark on the goods"), max_length=200, required=False)

    def __init__(self, *args: Any, administration: Administration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jurisdiction = administration.law

    def clean_registration(self) -> Any:
        """Return the right of that number, or None where none is named."""
        number = self.cleaned_data["registration"].strip()
        if not number:
            return None
        try:
            return right_find(jurisdiction=self.jurisdiction, registration_number=number)
        except Refusal as refusal:
            raise forms.ValidationError(sentence(refusal)) from None

    def part(self) -> GoodsPart:
        """Return the part as the service takes it; the form must be valid."""
        said = self.cleaned_data
        return GoodsPart(said["quantity"], said["registration"], said["brand"])


class PartRows(Rows):
    """The parts of a line that is split."""

    form = PartForm
    prefix_name = "parts"


class CopiesForm(forms.Form):
    """How often a line is entered again."""

    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=1000, initial=1)


class LinesForm(forms.Form):
    """Lines by their numbers, and why."""

    lines = forms.CharField(
        label=_("Lines"), max_length=1000, help_text=_("Numbers and ranges, such as 3, 7-12.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000, required=False)

    def clean_lines(self) -> set[int]:
        """Return the numbers that were written."""
        try:
            return numbers_read(self.cleaned_data["lines"])
        except InvalidInput as refusal:
            raise forms.ValidationError(sentence(refusal)) from None


def numbers_read(text: str) -> set[int]:
    """Return the numbers of ``3, 7-12``.

    Raises:
        InvalidInput: It is not written so, or names more lines than a case could have.
    """
    numbers: set[int] = set()
    for part in text.replace("，", ",").replace("、", ",").replace("–", "-").split(","):
        first, _, last = part.strip().partition("-")
        ends = [first.strip(), (last or first).strip()]
        if not all(end.isascii() and end.isdigit() and len(end) < 8 for end in ends):
            raise InvalidInput("lines-none", field="lines")
        low, high = map(int, ends)
        if not low <= high < low + _LONGEST_RUN:
            raise InvalidInput("lines-none", field="lines")
        numbers.update(range(low, high + 1))
    return numbers
