from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

CURRENCIES = ("USD", "HKD", "CNY", "EUR")


def _day(label: object, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **options)  # type: ignore[arg-type]


class ConversionForm(forms.Form):
    """Into which currency amounts are converted, and at the rate of which day."""

    currency = forms.ChoiceField(
        label=_("Convert to"), choices=[(code, code) for code in CURRENCIES], required=False
    )
    rate_on = _day(_("Rate of"), required=False)

    def conversion(self) -> dict[str, Any]:
        """Return what the selectors take; the form must be valid."""
        said = self.cleaned_data
        return {"currency": said.get("currency") or CURRENCIES[0], "rate_date": said.get("rate_on")}


class PeriodForm(ConversionForm):
    """The period that is asked for, both days included."""

    start = _day(_("First day"))
    end = _day(_("Last day"))
    field_order = ("start", "end", "currency", "rate_on")

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        said = super().clean() or {}
        start, end = said.get("start"), said.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day is before the first. Change one of them."))
        return said


def last_twelve_months(today: date | None = None) -> tuple[date, date]:
    """Return the first and last day of the twelve full months before today."""
    month = (today or timezone.localdate()).replace(day=1)
    return month.replace(year=month.year - 1), month - timedelta(days=1)
