"""The forms on securities and costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from countermark.apps.cases.services import AmountInput, SecurityInput
from countermark.apps.register.selectors import right_find
from countermark.domain.errors import Refusal
from countermark.domain.money import Money
from countermark.web import labels
from countermark.web.cases.forms import choices_set, day_field
from countermark.web.refusals import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.apps.cases.models import Case
    from countermark.apps.register.models import Right


class _AmountForm(forms.Form):
    """An amount in a currency that is given, on a day."""

    amount = forms.CharField(label=_("Amount"), max_length=24)
    on = day_field(_("Day"))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["amount"].label = _("Amount in %(currency)s") % {"currency": currency}
        self.fields["amount"].widget.attrs["inputmode"] = "decimal"
        self.fields["on"].initial = timezone.localdate

    def clean_amount(self) -> Money | None:
        """Read the amount, refused beside its field."""
        try:
            return Money.parse(self.cleaned_data["amount"].replace(",", "").strip(), self.currency)
        except Refusal as refusal:
            self.add_error("amount", sentence(refusal))
        return None


class SecurityAskForm(_AmountForm):
    """A security to be asked for; ``amount`` is what the law measures by."""

    kind = forms.ChoiceField(label=_("Security"))
    form = forms.ChoiceField(label=_("Given as"))
    giver = forms.CharField(label=_("Given by"), max_length=300)
    field_order = ("kind", "giver", "form", "amount", "on")

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = _("Value of the goods in %(currency)s") % {
            "currency": self.currency
        }
        self.fields["on"].label = _("Asked on")
        words = dict(labels.choices("security-kind"))
        choices_set(self, "kind", [(kind, words[kind]) for kind in kinds])
        choices_set(self, "form", labels.choices("security-form"))

    def asked(self) -> SecurityInput:
        """Return what is asked for; the form must be valid."""
        said = self.cleaned_data
        return SecurityInput(said["kind"], said["form"], said["giver"], said["amount"], said["on"])


class GeneralAskForm(_AmountForm):
    """A general security; ``amount`` is what the holder's cases cost the year before."""

    registration = forms.CharField(
        label=_("A right of the holder, by registration number"), max_length=40
    )
    form = forms.ChoiceField(label=_("Given as"))
    valid_until = day_field(_("Covers detentions until"))
    field_order = ("registration", "form", "amount", "on", "valid_until")

    def __init__(self, *args: Any, jurisdiction: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jurisdiction = jurisdiction
        self.fields["amount"].label = _(
            "Costs of storage, keeping and disposal of last year in %(currency)s"
        ) % {"currency": self.currency}
        self.fields["on"].label = _("Covers detentions from")
        choices_set(self, "form", labels.choices("security-form"))

    def clean_registration(self) -> Right | None:
        """Find the right whose holder gives the security."""
        number = self.cleaned_data["registration"].strip()
        try:
            return right_find(jurisdiction=self.jurisdiction, registration_number=number)
        except Refusal as refusal:
            self.add_error("registration", sentence(refusal))
        return None

    def asked(self) -> SecurityInput:
        """Return what is asked for; the form must be valid."""
        said = self.cleaned_data
        holder = said["registration"].holder
        return SecurityInput(
            "general",
            said["form"],
            holder.name,
            said["amount"],
            said["on"],
            said["valid_until"],
            holder,
        )


class MoveForm(_AmountForm):
    """A movement of a security: received, drawn or returned."""

    move = forms.ChoiceField(label=_("What happened"))
    text = forms.CharField(
        label=_("Reason or paper"),
        max_length=500,
        required=False,
        help_text=_("Needed for damage found by a court, and when a trader's deposit goes back."),
    )
    case = forms.CharField(
        label=_("Number of the case it is drawn for"), max_length=20, required=False
    )
    field_order = ("move", "amount", "on", "case", "text")

    def __init__(self, *args: Any, of_case: Case | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "move", MOVES)
        if of_case is not None:
            del self.fields["case"]

    def said(self) -> AmountInput:
        """Return the amount with its day and reason; the form must be valid."""
        said = self.cleaned_data
        return AmountInput(said["amount"], said["on"], said["text"])


MOVES = [
    ("received", _("Received")),
    ("costs", _("Drawn for the costs of the case")),
    ("compensation", _("Drawn for damage found by a court")),
    ("returned", _("Returned, or the guarantor released")),
]


class CostForm(_AmountForm):
    """A cost of a case, or a payment of it."""

    kind = forms.ChoiceField(label=_("Cost"))
    text = forms.CharField(label=_("Invoice or note"), max_length=500, required=False)
    field_order = ("kind", "amount", "on", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [each for each in labels.choices("cost-kind") if each[0] != "reversed"]
        choices_set(self, "kind", kinds)

    def said(self) -> AmountInput:
        """Return the amount with its day and note; the form must be valid."""
        said = self.cleaned_data
        return AmountInput(said["amount"], said["on"], said["text"])


class ReverseForm(forms.Form):
    """Why a cost is taken back."""

    text = forms.CharField(label=_("Why it is taken back"), max_length=500)
