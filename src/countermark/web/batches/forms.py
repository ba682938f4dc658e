from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from countermark.apps.intake.columns import REQUIRED
from countermark.domain.titles import FIXED
from countermark.web.batches.preview import Preview
from countermark.web.labels import choices
from countermark.web.labels_workbench import BATCH_FIELDS

FIXED_VALUES = {"direction": "direction", "channel": "channel", "transport_mode": "transport"}
"""Fields that one value can fill for every row, with the kind of their words."""


class UploadForm(forms.Form):
    """A file of declarations."""

    file = forms.FileField(
        label=_("File of declarations"),
        help_text=_("CSV, XLSX, JSON Lines or Parquet; one row for each declaration line."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another."),
        },
    )


class MappingForm(forms.Form):
    """One select for each field: the column that fills it, or one value for every row."""

    def __init__(self, preview: Preview, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, words in BATCH_FIELDS.items():
            self.fields[field] = forms.ChoiceField(
                label=words,
                choices=_choices(field, preview),
                required=field in REQUIRED,
                initial=preview.guess.get(field, ""),
                error_messages={"required": _("Choose the column that holds this.")},
            )

    def needed(self) -> list[forms.BoundField]:
        """Return the fields without which a file cannot be loaded."""
        return [self[field] for field in self.fields if field in REQUIRED]

    def others(self) -> list[forms.BoundField]:
        """Return the fields that a file may lack."""
        return [self[field] for field in self.fields if field not in REQUIRED]


def _choices(field: str, preview: Preview) -> list[Any]:
    options: list[Any] = [("", _("No column")), *((name, name) for name in preview.columns)]
    if kind := FIXED_VALUES.get(field):
        group = [(FIXED + code, words) for code, words in choices(kind)]
        options.append((gettext("The same in every row"), group))
    return options
