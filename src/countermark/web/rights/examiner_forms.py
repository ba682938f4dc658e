"""The form of an examiner, with rows for trainings and absences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from countermark.apps.register.services import ExaminerInput, TrainingInput
from countermark.web.labels import choices
from countermark.web.rights.forms import ClassesField, DateField
from countermark.web.rights.guide_forms import DaysField, LanguagesField, TimeField, short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from countermark.apps.accounts.models import Office
    from countermark.apps.register.models import Examiner, Right, RightHolder

EXTRA = 2


class KeysField(forms.MultipleChoiceField):
    """Rows of the database to tick, cleaned to their keys."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """Return the keys as whole numbers."""
        return tuple(map(int, super().clean(value)))


class ExaminerForm(forms.Form):
    """Who the examiner is, and when and for what the examiner can be called."""

    holder = forms.ChoiceField(label=_("Right holder"))
    name = short(_("Name"))
    phone = short(_("Telephone"), most=60, help_text=_("With the country code."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    languages = LanguagesField(label=_("Languages"), choices=choices("spoken"), required=False)
    places = KeysField(label=_("Can come to"), required=False)
    days = DaysField(label=_("Days"), choices=choices("weekday"), initial=list("12345"))
    opens = TimeField(label=_("From"), required=False)
    closes = TimeField(label=_("To"), required=False, help_text=_("Both empty: the whole day."))
    rights = KeysField(
        label=_("For these rights"),
        required=False,
        help_text=_("Nothing ticked and no class: for all rights of the holder."),
    )
    nice_classes = ClassesField(
        label=_("For these classes"), required=False, help_text=_("Numbers, such as 18, 25.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        holders: Iterable[RightHolder],
        offices: Iterable[Office],
        rights: QuerySet[Right],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["holder"].choices = [(each.pk, each.name) for each in holders]
        fields["places"].choices = [(each.pk, each.name) for each in offices]
        fields["rights"].choices = [
            (each.pk, f"{each.label} · {each.registration_number}") for each in rights
        ]
        if len(fields["holder"].choices) == 1:
            fields["holder"].initial = fields["holder"].choices[0][0]
            fields["holder"].widget = forms.HiddenInput()


class TrainingForm(forms.Form):
    """One training."""

    subject = short(_("Trained in"))
    given_by = short(_("By whom"))
    held_on = DateField(label=_("On"))
    valid_until = DateField(label=_("Counts until"), required=False)


class AbsenceForm(forms.Form):
    """Days away."""

    first = DateField(label=_("Away from"))
    last = DateField(label=_("Until and including"))


def training_formset(examiner: Examiner | None, data: Any = None) -> BaseFormSet[TrainingForm]:
    """Return the trainings of an examiner as forms, with empty ones to add."""
    names = tuple(TrainingForm.base_fields)
    initial = list(examiner.trainings.values(*names)) if examiner else []
    made = formset_factory(TrainingForm, extra=EXTRA, can_delete=True, max_num=40)
    return made(data, initial=initial, prefix="trainings")


def absence_formset(examiner: Examiner | None, data: Any = None) -> BaseFormSet[AbsenceForm]:
    """Return the absences of an examiner as forms, with empty ones to add."""
    initial = list(examiner.absences.values("first", "last")) if examiner else []
    made = formset_factory(AbsenceForm, extra=EXTRA, can_delete=True, max_num=40)
    return made(data, initial=initial, prefix="absences")


def examiner_initial(examiner: Examiner) -> dict[str, object]:
    """Return what the form shows of an examiner."""
    plain = ("name", "phone", "email", "opens", "closes", "version", "languages")
    return {name: getattr(examiner, name) for name in plain} | {
        "holder": examiner.holder_id,
        "days": list(examiner.days),
        "nice_classes": ", ".join(map(str, examiner.nice_classes)),
        "places": [each.pk for each in examiner.places.all()],
        "rights": [each.pk for each in examiner.rights.all()],
    }


def examiner_input(
    form: ExaminerForm, trainings: BaseFormSet[TrainingForm], absences: BaseFormSet[AbsenceForm]
) -> ExaminerInput:
    """Return the examiner as the register takes one."""
    said = {k: v for k, v in form.cleaned_data.items() if k not in ("holder", "version")}
    said["languages"] = tuple(said["languages"].split())
    held = [TrainingInput(**row) for row in _rows(trainings)]
    away = [(row["first"], row["last"]) for row in _rows(absences)]
    return ExaminerInput(**said, trainings=tuple(held), absences=tuple(away))


def _rows(formset: BaseFormSet[Any]) -> list[dict[str, Any]]:
    """Return what the rows say that are filled and stay."""
    return [
        {k: v for k, v in form.cleaned_data.items() if k != "DELETE"}
        for form in formset
        if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]
