from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from countermark.apps.cases.services.trader_links import LEAST_DAYS, MOST_DAYS, USUAL_DAYS
from countermark.apps.register.inputs import PermissionInput
from countermark.apps.register.services import DocumentInput
from countermark.web.rights.forms import DateField, choices_set

PROOF = "permission-proof"
WHY = _("Whoever asked reads this.")


class NumberForm(forms.Form):
    """The second factor of a trader's link."""

    number = forms.CharField(
        label=_("Number of the declaration"),
        max_length=100,
        help_text=_("It stands on your declaration. Blanks and capitals do not matter."),
        error_messages={"required": _("Write the number of the declaration.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


class LicenceForm(forms.Form):
    """What a trader says it may do with the mark, and the paper that proves it."""

    proof = forms.FileField(
        label=_("Licence or other proof"),
        help_text=_("A PDF, or a photo or scan of the paper. At most 20 MB."),
        error_messages={
            "required": _("Choose the file that proves it."),
            "empty": _("The file is empty. Choose another."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,image/*"}),
    )
    goods = forms.CharField(
        label=_("Goods that it covers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As the licence names them, such as handbags and purses."),
        error_messages={"required": _("Write which goods it covers.")},
    )
    valid_from = DateField(label=_("Valid from"))
    valid_until = DateField(label=_("Valid until"))
    statement = forms.CharField(
        label=_("Anything else that helps"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who gave the licence, its number, whom the right holder can ask."),
    )
    may_share = forms.BooleanField(
        label=_("Customs on the other side of the boundary may be told"),
        required=False,
        help_text=_(
            "Your name, the mark, the goods and the days are sent; the paper is not. Customs there "
            "decides for itself."
        ),
    )

    def asked(self) -> PermissionInput:
        """Return what the trader says."""
        said = self.cleaned_data
        return PermissionInput(**{name: said[name] for name in said if name != "proof"})

    def document(self) -> DocumentInput:
        """Return the paper."""
        file = self.cleaned_data["proof"]
        return DocumentInput(stream=file.file, filename=file.name or "file", role=PROOF)


class LinkForm(forms.Form):
    """For whom a link is made, and for how long it works."""

    party_role = forms.ChoiceField(label=_("For"), widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=_("Days it works"), min_value=LEAST_DAYS, max_value=MOST_DAYS, initial=USUAL_DAYS
    )

    def __init__(self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "party_role", parties)


class ConfirmForm(forms.Form):
    """The last day of a permission; not later than the trader asked for."""

    valid_until = DateField(
        label=_("Last day"), help_text=_("An earlier day than the one asked for may be chosen.")
    )


class ReasonForm(forms.Form):
    """Why something is refused or ended."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=WHY,
        error_messages={"required": _("Write the reason.")},
    )


class AcceptForm(forms.Form):
    """For which right of ours a partner's offer is accepted, and until when."""

    right = forms.ChoiceField(
        label=_("Right in our register"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the right it stands for here.")},
    )
    valid_until = DateField(label=_("Last day"))

    def __init__(self, *args: Any, rights: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "right", rights)
