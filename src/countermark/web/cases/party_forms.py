"""Forms for what is known of parties and transport, and for what is said of two parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from countermark.apps.cases.inputs import DETAIL_TAGS
from countermark.apps.cases.services import ConveyanceInput, DetailInput
from countermark.web import labels
from countermark.web.cases.forms import EMPTY, PartyForm, choices_set

if TYPE_CHECKING:
    from countermark.apps.cases.models import Case


class OnePartyForm(PartyForm):
    """A party named after the case was opened."""


class DetailForm(forms.Form):
    """A further name, address, telephone or identifier of a party."""

    party = forms.TypedChoiceField(label=_("Party"), coerce=int)
    kind = forms.ChoiceField(label=_("What it is"))
    tag = forms.ChoiceField(
        label=_("Script or kind"),
        required=False,
        help_text=_("Of a name its script, of an identifier its kind."),
    )
    value = forms.CharField(label=_("As written"), max_length=300)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "party", [(str(each.pk), each.name) for each in case.parties.all()])
        choices_set(self, "kind", labels.choices("detail-kind"))
        choices_set(self, "tag", [EMPTY, *labels.choices("detail-tag")])

    def detail(self) -> DetailInput:
        """Return the detail as the service takes it; a tag that does not fit the kind is none."""
        said = self.cleaned_data
        tag = said["tag"] if said["tag"] in DETAIL_TAGS.get(said["kind"], ()) else ""
        return DetailInput(said["kind"], said["value"], tag)


class ConveyanceForm(forms.Form):
    """A means of transport."""

    kind = forms.ChoiceField(label=_("What it is"))
    value = forms.CharField(label=_("Number or name"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "kind", labels.choices("conveyance-kind"))

    def conveyance(self) -> ConveyanceInput:
        """Return it as the service takes it."""
        return ConveyanceInput(self.cleaned_data["kind"], self.cleaned_data["value"])


class ReasonWhyForm(forms.Form):
    """A reason that is kept for good."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        error_messages={"required": _("Write the reason first.")},
    )


class JudgeForm(ReasonWhyForm):
    """What an officer says of two parties."""

    party = forms.IntegerField()
    other = forms.IntegerField()
    verdict = forms.ChoiceField(label=_("They are"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "verdict", labels.choices("party-verdict"))
