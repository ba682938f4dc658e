"""Forms for the sections of a guide, one row each, the same for officers and right holders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from countermark.apps.register.guide_content import MOST_ROWS
from countermark.apps.register.services import InfringerInput
from countermark.web.labels import choices, label
from countermark.web.rights.forms import DateField, choices_set

if TYPE_CHECKING:
    from countermark.apps.register.guide_content import Row

TIME_ZONES: Final = (
    "Asia/Hong_Kong",
    "Asia/Shanghai",
    "Asia/Macau",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Kolkata",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Rome",
    "America/New_York",
    "America/Los_Angeles",
    "UTC",
)
EXTRA: Final = 2


def short(name: Any, *, required: bool = True, most: int = 200, **more: Any) -> forms.CharField:
    """Return a field of one line."""
    return forms.CharField(label=name, required=required, max_length=most, **more)


def long(name: Any, *, required: bool = True, **more: Any) -> forms.CharField:
    """Return a field of several lines."""
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=name, required=required, max_length=1000, widget=area, **more)


class DaysField(forms.MultipleChoiceField):
    """Days of the week, cleaned to their ISO numbers in one text."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """Return the days as ``12345``."""
        return "".join(sorted(super().clean(value)))


class LanguagesField(forms.MultipleChoiceField):
    """Languages, cleaned to their codes in one text."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """Return the codes with blanks between them."""
        return " ".join(super().clean(value))


class TimeField(forms.TimeField):
    """An hour and minute of a day, as browsers write them."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {
        "invalid": _("Write the time with hours and minutes, such as 09:00."),
    }

    def clean(self, value: Any) -> Any:
        """Return the time as text, empty for none."""
        said = super().clean(value)
        return f"{said:%H:%M}" if said else ""


class RowForm(forms.Form):
    """One row of a section.

    What a browser sends of a row that nobody touched equals its initial values: a list to choose
    from begins with one, or an empty row would count as filled.
    """

    def row(self) -> dict[str, str]:
        """Return the row as the guide keeps it."""
        said = self.cleaned_data
        return {name: str(said[name] or "") for name in self.base_fields}


class ShownForm(RowForm):
    """What a picture shows."""

    view = forms.ChoiceField(label=_("View"))
    shows = forms.ChoiceField(label=_("Shows"), choices=choices("guide-shows"))
    caption = short(_("Caption"), required=False)
    look_at = long(_("What to look at"), required=False)

    def __init__(self, *args: Any, views: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "view", [(code, label("guide-view", code)) for code in views])


class PictureForm(ShownForm):
    """What a picture that is there shows; the file itself does not change."""

    document = forms.CharField(widget=forms.HiddenInput)
    field_order = ("document", "view", "shows", "caption", "look_at")


class NewPictureForm(ShownForm):
    """A picture to be added."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP or TIFF, up to 20 MB. It is drawn again and made small."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    field_order = ("file", "view", "shows", "caption", "look_at")

    def picture(self) -> dict[str, str]:
        """Return what the picture shows."""
        return {name: self.cleaned_data[name] for name in ("view", "shows", "caption", "look_at")}


class TellForm(RowForm):
    """A feature that differs."""

    feature = short(_("Feature"), help_text=_("Such as zip, logo on the sole, stitching."))
    certainty = forms.ChoiceField(
        label=_("How sure"), choices=choices("certainty"), initial="strong"
    )
    genuine = long(_("Genuine looks so"))
    counterfeit = long(_("Fakes look so"), required=False)
    source = short(
        _("Who says so"),
        required=False,
        most=1000,
        help_text=_("Such as the maker, a laboratory, a test purchase, with the day."),
    )


class PackagingForm(RowForm):
    """A part of the packaging."""

    part = short(_("Part"), help_text=_("Such as box, dust bag, carton."))
    genuine = long(_("Genuine looks so"))
    counterfeit = long(_("Fakes look so"), required=False)


class CodeForm(RowForm):
    """A code or mark of security."""

    kind = forms.ChoiceField(label=_("Kind"))
    place = short(_("Where on the goods"))
    form = long(_("What form it has"), required=False)
    check = long(_("How an officer checks it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "kind", kinds := choices("guide-code"))
        self.fields["kind"].initial = kinds[0][0]


class PriceForm(RowForm):
    """What genuine goods cost."""

    goods = short(_("Goods"))
    unit = forms.ChoiceField(label=_("Unit"), choices=choices("unit"), initial="H87")
    currency = short(_("Currency"), most=3, help_text=_("Three letters, such as HKD or CNY."))
    least = short(_("Lowest price"), most=20)
    most = short(_("Highest price"), most=20)
    on = DateField(label=_("As of"))
    market = short(_("Market"), required=False, help_text=_("Such as shops in Hong Kong."))

    def row(self) -> dict[str, str]:
        """Return the row, the currency in capitals."""
        said = super().row()
        return said | {"currency": said["currency"].upper(), "unit": said["unit"]}


class PortForm(RowForm):
    """A place that genuine goods pass."""

    place = short(_("Port or control point"))
    direction = forms.ChoiceField(
        label=_("Direction"), choices=[("", _("Any")), *choices("direction")], required=False
    )
    route = long(_("Route and carrier"), required=False)


class ContactForm(RowForm):
    """Somebody who answers at once."""

    name = short(_("Name"))
    phone = short(_("Telephone"), most=40, help_text=_("With the country code."))
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=200)
    languages = LanguagesField(label=_("Languages"), choices=choices("spoken"), required=False)
    days = DaysField(label=_("Days"), choices=choices("weekday"), initial=list("1234567"))
    opens = TimeField(label=_("From"), required=False)
    closes = TimeField(label=_("To"), required=False, help_text=_("Both empty: around the clock."))
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(each, each) for each in TIME_ZONES],
        initial=TIME_ZONES[0],
    )


class InfringerForm(forms.Form):
    """Somebody of whom fakes came before."""

    name = short(_("Name"))
    address = short(_("Address"), required=False, most=300)
    identifier = short(_("Identifier"), required=False, most=60)
    since = DateField(label=_("Known since"))
    source = short(
        _("Where this is known from"), help_text=_("Such as a case number or a test purchase.")
    )
    note = long(_("Note"), required=False)
    keep_until = DateField(
        label=_("Keep until"),
        required=False,
        help_text=_("The entry is erased after this day; two years on where it is empty."),
    )

    def infringer(self) -> InfringerInput:
        """Return the entry as the register takes it."""
        return InfringerInput(**self.cleaned_data)


FORMS: Final[dict[str, type[RowForm]]] = {
    "pictures": PictureForm,
    "tells": TellForm,
    "packaging": PackagingForm,
    "codes": CodeForm,
    "prices": PriceForm,
    "ports": PortForm,
    "contacts": ContactForm,
}


def section_formset(
    section: str, rows: Iterable[Row], data: Any = None, *, views: Iterable[str] = ()
) -> BaseFormSet[RowForm]:
    """Return the rows of a section as forms, with empty ones to add rows without a script.

    Args:
        section: A key of ``FORMS``.
        rows: The rows as they are.
        data: What was sent, or None.
        views: Codes of the standard views, for pictures.
    """
    made = formset_factory(
        FORMS[section],
        extra=0 if section == "pictures" else EXTRA,
        can_delete=True,
        max_num=MOST_ROWS,
        validate_max=True,
    )
    return made(
        data,
        initial=[_initial(row) for row in rows],
        prefix=section,
        form_kwargs={"views": list(views)} if section == "pictures" else {},
    )


def _initial(row: Row) -> dict[str, object]:
    said: dict[str, object] = asdict(row)
    if "languages" in said:
        said |= {"languages": str(said["languages"]).split(), "days": list(str(said["days"]))}
    return said
