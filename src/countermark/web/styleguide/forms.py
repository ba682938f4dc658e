from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SampleForm(forms.Form):
    """One field of each kind, for the page of components."""

    CHOICES: ClassVar = [("hk", _("Hong Kong")), ("cn", _("The Mainland"))]

    word = forms.CharField(
        label=_("Word"),
        help_text=_("As registered, in Latin letters."),
        error_messages={"required": _("Write the word of the mark.")},
    )
    classes = forms.IntegerField(label=_("Nice class"), min_value=1, max_value=45)
    jurisdiction = forms.ChoiceField(label=_("Registered in"), choices=CHOICES)
    side = forms.ChoiceField(
        label=pgettext_lazy("sample", "Side"), choices=CHOICES, widget=forms.RadioSelect
    )
    notes = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    agreed = forms.BooleanField(label=_("In force"), required=False)
