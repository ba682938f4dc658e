"""Words for the codes of links between cases; ``labels`` takes them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Words = dict[str, "StrPromise"]

LINK_KINDS: Words = {
    "same-party": _("Said to be one person"),
    "identifier": _("Identifier"),
    "name": _("Name"),
    "reading": _("Name by its sound"),
    "address": _("Address"),
    "phone": _("Telephone"),
    "vehicle": _("Vehicle"),
    "container": _("Container"),
    "waybill": _("Waybill"),
    "mark": _("Mark"),
    "route": _("Route"),
}
STRENGTHS: Words = {
    "strong": pgettext_lazy("link", "Strong"),
    "fair": pgettext_lazy("link", "Fair"),
    "weak": pgettext_lazy("link", "Weak"),
}
DETAIL_KINDS: Words = {
    "name": _("Name"),
    "address": _("Address"),
    "phone": _("Telephone"),
    "identifier": _("Identifier"),
}
DETAIL_TAGS: Words = {
    "zh-Hant": _("Traditional Chinese"),
    "zh-Hans": _("Simplified Chinese"),
    "zh-Latn": _("Romanised"),
    "en": _("English"),
    "uscc": _("Unified social credit code"),
    "brn": _("Business registration number"),
    "customs": _("Customs registration number"),
    "id-card": _("Identity card"),
    "passport": _("Passport"),
    "other": _("Other"),
}
CONVEYANCE_KINDS: Words = {
    "vehicle": _("Vehicle"),
    "container": _("Container"),
    "waybill": _("Waybill"),
    "vessel": _("Vessel"),
    "flight": _("Flight"),
}
VERDICTS: Words = {
    "same": _("One person or firm"),
    "different": _("Not the same person or firm"),
    "undone": _("Taken back"),
}

LINKS: dict[str, Words] = {
    "link-kind": LINK_KINDS,
    "link-strength": STRENGTHS,
    "detail-kind": DETAIL_KINDS,
    "detail-tag": DETAIL_TAGS,
    "conveyance-kind": CONVEYANCE_KINDS,
    "party-verdict": VERDICTS,
}
