from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from countermark.apps.operations.inputs import Terms
from countermark.domain.vocabulary import Names
from countermark.web import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.apps.accounts.models import Administration


def _day(label: object) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget)  # type: ignore[arg-type]


def _title(label: object, tag: str) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=200,
        widget=forms.TextInput(attrs={"lang": tag}),
    )


class PlanForm(forms.Form):
    """The terms of an operation that the parties are asked to agree to."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("For example GD-HK-2013-1; the same on every node."),
    )
    title_en = _title(_("Title in English"), "en")
    title_zh_hant = _title(_("Title in Traditional Chinese"), "zh-Hant")
    title_zh_hans = _title(_("Title in Simplified Chinese"), "zh-Hans")
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    parties = forms.MultipleChoiceField(
        label=_("With"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one partner.")},
    )
    theme = forms.CharField(
        label=_("Theme"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    channels = forms.MultipleChoiceField(
        label=_("Channels"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Goods categories"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all."),
    )

    def __init__(self, partners: Sequence[Administration], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("parties", [(each.code, each.name) for each in partners]),
            ("channels", labels.choices("channel")),
            ("categories", labels.choices("category")),
        ):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = choices

    def terms(self, home: Administration) -> Terms:
        """Return the terms as typed; the form must be valid.

        Raises:
            InvalidInput: The terms cannot be agreed to; names the field.
        """
        said = self.cleaned_data
        return Terms(
            code=said["code"],
            title=Names(
                en=said["title_en"], zh_hans=said["title_zh_hans"], zh_hant=said["title_zh_hant"]
            ),
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            parties=(home.code, *said["parties"]),
            theme=said["theme"],
            channels=tuple(said["channels"]),
            categories=tuple(said["categories"]),
        )


class ResultForm(forms.Form):
    """What our result says besides what is counted from the cases."""

    arrests = forms.IntegerField(
        label=_("Persons arrested"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Empty: not stated."),
    )
