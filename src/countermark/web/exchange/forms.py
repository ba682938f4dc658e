from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PairingForm(forms.Form):
    """The other side's bundle, and its fingerprint as an officer heard it."""

    bundle = forms.CharField(
        label=_("The partner's bundle"),
        help_text=_("Paste the whole text that the partner's officer sent you."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    fingerprint = forms.CharField(
        label=_("Fingerprint as you heard it"),
        help_text=_(
            "Ten words or ten groups of digits, read to you by the partner's officer over the "
            "telephone or face to face. Do not copy them from a message."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    confirmed = forms.BooleanField(
        label=_("I know the officer who read it to me and recognised the voice or face."),
    )
