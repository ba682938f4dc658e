"""Forms of the register: the content of a right of any kind, its holder, recordation, parties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from countermark.apps.accounts.selectors import administration_list
from countermark.apps.register.inputs import (
    AuthorisedPartyInput,
    HolderInput,
    RecordationInput,
    RightInput,
)
from countermark.apps.register.rules import LONGEST_FACT
from countermark.lawbook.rights import FactKind
from countermark.web.cases.legal import named
from countermark.web.labels import choices, label
from countermark.web.labels_workbench import RIGHT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from countermark.lawbook import RightType
    from countermark.lawbook.rights import Fact

FACT = "fact-"
_NUMBERS = re.compile(r"[\s,;、，；]+")
_OF_SOME_KINDS = ("word_zh_hant", "word_zh_hans", "nice_classes", "goods")


class DateField(forms.DateField):
    """A day, written or picked as the browser writes days."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "required": _("Write the day."),
        "invalid": _("Write the day as year-month-day, such as 2026-01-16."),
    }


class ClassesField(forms.CharField):
    """Nice classes separated by blanks or commas; cleaned to a tuple of whole numbers."""

    def clean(self, value: Any) -> Any:
        """Return the classes in the order given."""
        parts = [part for part in _NUMBERS.split(super().clean(value)) if part]
        if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
            raise forms.ValidationError(_("Write the classes as numbers, such as 18, 25."))
        return tuple(map(int, parts))


def choices_set(form: forms.Form, name: str, choices: Iterable[tuple[str, str | Promise]]) -> None:
    """Give a field of choice what is known only when its form is made."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def fact_field(fact: Fact) -> forms.Field:
    """Return the field for a fact that a kind of right asks for."""
    label = named(fact.names)
    if fact.kind is FactKind.DATE:
        return DateField(label=label, required=fact.required)
    return forms.CharField(label=label, max_length=LONGEST_FACT, required=fact.required)


class FactForm(forms.Form):
    """A form with the facts of a kind of right; those that need not be given stand folded."""

    facts: tuple[Fact, ...] = ()

    @property
    def needed_facts(self) -> list[forms.BoundField]:
        """The fields of the facts that must be given."""
        return [self[f"{FACT}{fact.code}"] for fact in self.facts if fact.required]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields of the facts that need not be given."""
        return [self[f"{FACT}{fact.code}"] for fact in self.facts if not fact.required]

    @property
    def more_open(self) -> bool:
        """Whether something is written, or wrong, among the folded facts."""
        return any(field.value() or field.errors for field in self.more)


class RightForm(FactForm):
    """The content of a registration: the fields and facts of its kind of right."""

    word = forms.CharField(label=RIGHT_FIELDS["word"], max_length=200, required=False)
    word_zh_hant = forms.CharField(
        label=RIGHT_FIELDS["word_zh_hant"], max_length=200, required=False
    )
    word_zh_hans = forms.CharField(
        label=RIGHT_FIELDS["word_zh_hans"], max_length=200, required=False
    )
    jurisdiction = forms.ChoiceField(label=RIGHT_FIELDS["jurisdiction"])
    registration_number = forms.CharField(
        label=RIGHT_FIELDS["registration_number"],
        max_length=60,
        error_messages={"required": _("Write the registration number.")},
    )
    nice_classes = ClassesField(
        label=RIGHT_FIELDS["nice_classes"],
        help_text=_("Numbers from 1 to 45, such as 18, 25."),
        error_messages={"required": _("Write at least one class.")},
    )
    goods = forms.CharField(
        label=RIGHT_FIELDS["goods"], widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    valid_from = DateField(label=RIGHT_FIELDS["valid_from"])
    valid_until = DateField(label=RIGHT_FIELDS["valid_until"])

    def __init__(self, *args: Any, kind: RightType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.facts = kind, kind.facts
        for name in _OF_SOME_KINDS:
            if name not in kind.fields:
                del self.fields[name]
        self.fields |= {f"{FACT}{fact.code}": fact_field(fact) for fact in kind.facts}
        known = dict.fromkeys(administration.law for administration in administration_list())
        choices_set(self, "jurisdiction", [(law, label("jurisdiction", law)) for law in known])

    def right(self) -> RightInput:
        """Return the registration as the register takes it."""
        said = {"nice_classes": ()} | self.cleaned_data
        facts = {fact.code: _text(said[f"{FACT}{fact.code}"]) for fact in self.kind.facts}
        return RightInput(
            **{name: said[name] for name in RightForm.base_fields if name in said},
            right_type=self.kind.code,
            facts={code: text for code, text in facts.items() if text},
        )


class EditForm(RightForm):
    """A change to a right, and the version it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NewRightForm(RightForm):
    """A right with its holder and, where there is one, its recordation with us."""

    holder_name = forms.CharField(
        label=RIGHT_FIELDS["holder_name"],
        max_length=200,
        error_messages={"required": _("Write the name of the right holder.")},
    )
    holder_country = forms.RegexField(
        "^[A-Za-z]{2}$",
        label=RIGHT_FIELDS["holder_country"],
        required=False,
        help_text=_("Two letters, such as CN, HK or IT."),
        error_messages={"invalid": _("Write the country as two letters, such as IT.")},
    )
    holder_name_zh_hant = forms.CharField(
        label=RIGHT_FIELDS["holder_name_zh_hant"], max_length=200, required=False
    )
    holder_name_zh_hans = forms.CharField(
        label=RIGHT_FIELDS["holder_name_zh_hans"], max_length=200, required=False
    )
    holder_email = forms.EmailField(label=RIGHT_FIELDS["holder_email"], required=False)
    holder_phone = forms.CharField(
        label=RIGHT_FIELDS["holder_phone"], max_length=60, required=False
    )
    recordation_number = forms.CharField(
        label=RIGHT_FIELDS["recordation_number"],
        max_length=60,
        required=False,
        help_text=_("Without a recordation the right is kept but not screened for."),
    )
    recorded_on = DateField(label=RIGHT_FIELDS["recorded_on"], required=False)
    expires_on = DateField(label=RIGHT_FIELDS["expires_on"], required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a recordation that does not say its first day."""
        said = super().clean() or {}
        if said.get("recordation_number") and not said.get("recorded_on"):
            self.add_error("recorded_on", _("Write the day of recordation."))
        return said

    def holder(self) -> HolderInput:
        """Return the holder as the register takes it."""
        said = self.cleaned_data
        return HolderInput(
            name=said["holder_name"],
            name_zh_hant=said["holder_name_zh_hant"],
            name_zh_hans=said["holder_name_zh_hans"],
            country=said["holder_country"].upper(),
            email=said["holder_email"],
            phone=said["holder_phone"],
        )

    def recordations(self, administration: Any) -> list[RecordationInput]:
        """Return the recordation with an administration, or none."""
        said = self.cleaned_data
        if not said["recordation_number"]:
            return []
        return [
            RecordationInput(
                administration, said["recordation_number"], said["recorded_on"], said["expires_on"]
            )
        ]


class RecordationForm(forms.Form):
    """The entry of a right in our own administration's record."""

    recordation_number = forms.CharField(
        label=RIGHT_FIELDS["recordation_number"],
        max_length=60,
        error_messages={"required": _("Write the recordation number.")},
    )
    recorded_on = DateField(label=RIGHT_FIELDS["recorded_on"])
    expires_on = DateField(label=RIGHT_FIELDS["expires_on"], required=False)

    def recordation(self, administration: Any) -> RecordationInput:
        """Return the recordation as the register takes it."""
        said = self.cleaned_data
        return RecordationInput(
            administration, said["recordation_number"], said["recorded_on"], said["expires_on"]
        )


class PartyForm(forms.Form):
    """Somebody whom the holder allows to use the mark."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Write the name.")}
    )
    role = forms.ChoiceField(label=_("May act as"), choices=choices("authorised-role"))
    identifier = forms.CharField(label=_("Identifier"), max_length=60, required=False)
    valid_from = DateField(label=_("From"), required=False)
    valid_until = DateField(label=_("Until"), required=False)
    proof = forms.CharField(
        label=_("Proof"),
        max_length=300,
        required=False,
        help_text=_("Such as the contract, its date and where it is filed."),
    )

    def party(self) -> AuthorisedPartyInput:
        """Return the party as the register takes it."""
        return AuthorisedPartyInput(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why a right is withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        error_messages={"required": _("Write why the right is withdrawn.")},
    )


class ImportForm(forms.Form):
    """A file of rights."""

    file = forms.FileField(
        label=_("File of rights"),
        help_text=_(
            "CSV, XLSX, JSON Lines or Parquet with one row for each registration, or trade marks "
            "in WIPO ST.66 or ST.96 XML. What a file is shows from its content."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another."),
        },
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
