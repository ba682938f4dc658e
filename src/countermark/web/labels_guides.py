"""Words for the codes of guides and examiners. ``labels`` takes them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from countermark.domain.vocabulary import Names
from countermark.lawbook import right_types
from countermark.lawbook.guides import guide_words
from countermark.web.labels_law import LawWords

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Words = dict[str, "StrPromise"]


def _views() -> dict[str, Names]:
    own = {code: names for each in right_types().values() for code, names in each.views.items()}
    return own | guide_words().views


def _codes() -> dict[str, Names]:
    return guide_words().codes


SECTIONS: Words = {
    "pictures": _("Pictures"),
    "tells": _("How to tell"),
    "packaging": _("Packaging"),
    "codes": _("Codes and marks of security"),
    "prices": _("Prices of genuine goods"),
    "ports": _("Usual ports and routes"),
    "contacts": _("Who answers at once"),
    "copied": _("Taken over from another right"),
}
HELP: Words = {
    "pictures": _(
        "One picture for each view, of the genuine goods and of fakes. They are made small for"
        " telephones."
    ),
    "tells": _(
        "What an officer can see, feel or measure at the dock without opening a laboratory. Surest"
        " first."
    ),
    "packaging": _("Box, bag, tissue, tape, carton: how each is, and how fakes have it."),
    "codes": _("Where the code stands, what form it has, and how an officer checks it."),
    "prices": _("From the lowest to the highest for one unit, on a day, in one market."),
    "ports": _("Where genuine goods usually pass, and which way. Anything else is worth a look."),
    "contacts": _("People who answer a call from the dock: number, hours, languages."),
}
SHOWS: Words = {
    "genuine": pgettext_lazy("goods", "Genuine"),
    "counterfeit": pgettext_lazy("goods", "Fake"),
}
CERTAINTIES: Words = {
    "certain": pgettext_lazy("certainty", "Certain"),
    "strong": pgettext_lazy("certainty", "Strong sign"),
    "hint": pgettext_lazy("certainty", "Hint"),
}
LANGUAGES: Words = {
    "en": _("English"),
    "zh-hant": _("Chinese, Traditional"),
    "zh-hans": _("Chinese, Simplified"),
    "yue": _("Cantonese"),
    "cmn": _("Putonghua"),
    "pt": _("Portuguese"),
}
WEEKDAYS: Words = {
    "1": _("Monday"),
    "2": _("Tuesday"),
    "3": _("Wednesday"),
    "4": _("Thursday"),
    "5": _("Friday"),
    "6": _("Saturday"),
    "7": _("Sunday"),
}

GUIDES = {
    "guide-section": SECTIONS,
    "guide-help": HELP,
    "guide-view": LawWords(_views),
    "guide-code": LawWords(_codes),
    "guide-shows": SHOWS,
    "certainty": CERTAINTIES,
    "spoken": LANGUAGES,
    "weekday": WEEKDAYS,
}
