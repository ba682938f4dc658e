from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from countermark.domain.matching.types import Line
from countermark.web.refusals import sentence_of
from countermark.web.rights.forms import DateField

USUAL_MUTE = timedelta(days=90)


class MuteForm(forms.Form):
    """A phrase to hold back, why, and until when."""

    phrase = forms.CharField(widget=forms.HiddenInput, max_length=200)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever meets a muted hit reads this."),
        error_messages={"required": _("Write why the phrase is muted.")},
    )
    expires_on = DateField(
        label=_("Last day"), help_text=_("At most a year from today. Then it ends by itself.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("expires_on", timezone.localdate() + USUAL_MUTE)


class LiftForm(forms.Form):
    """Why a mute ends before its last day."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        error_messages={"required": _("Write why the mute is lifted.")},
    )


class HuntForm(forms.Form):
    """The days whose lines a retro-hunt passes."""

    first_day = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins: it has no lines to be counted either."""
        said = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and first > last:
            self.add_error("last_day", sentence_of("period-reversed", {}))
        return said

    def period(self) -> tuple[date, date]:
        """Return the first and the last day."""
        return self.cleaned_data["first_day"], self.cleaned_data["last_day"]


class TryForm(forms.Form):
    """A declaration line that is only tried."""

    goods_description = forms.CharField(
        label=_("Goods description"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    declared_brand = forms.CharField(label=_("Declared mark"), max_length=200, required=False)
    hs_code = forms.RegexField(
        "^[0-9]{2,10}$",
        label=_("HS code"),
        required=False,
        error_messages={"invalid": _("Write the HS code as digits, two to ten of them.")},
    )
    consignor = forms.CharField(label=_("Consignor"), max_length=200, required=False)
    consignee = forms.CharField(label=_("Consignee"), max_length=200, required=False)

    def line(self) -> Line:
        """Return the line as the screener reads it."""
        return Line(line_id="", **self.cleaned_data)
