from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DECISIONS = ("confirm", "dismiss", "snooze", "reopen")
SNOOZES = {
    "1": _("for 1 hour"),
    "4": _("for 4 hours"),
    "24": _("until this time tomorrow"),
    "72": _("for 3 days"),
}


class DecisionForm(forms.Form):
    """A decision about a hit with its reason; a snooze says for how many hours."""

    decision = forms.ChoiceField(choices=[(code, code) for code in DECISIONS])
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        error_messages={"required": _("Write the reason for the decision.")},
    )
    hours = forms.ChoiceField(label=_("Snooze"), choices=list(SNOOZES.items()), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a snooze that does not say for how long."""
        said = super().clean() or {}
        if said.get("decision") == "snooze" and not said.get("hours"):
            self.add_error("hours", _("Choose how long to snooze."))
        return said

    def snooze_until(self) -> datetime | None:
        """Return when a snoozed hit comes back; None for every other decision."""
        if self.cleaned_data["decision"] != "snooze":
            return None
        return timezone.now() + timedelta(hours=int(self.cleaned_data["hours"]))
