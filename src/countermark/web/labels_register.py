"""Words for the codes of recordations' files: views, topics, papers, portal accounts.

``labels`` takes them in; nothing else reads this table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Words = dict[str, "StrPromise"]

FILE_VIEWS: Words = {
    "waiting": pgettext_lazy("files", "Waiting for us"),
    "in-force": pgettext_lazy("files", "In force"),
    "expiring": pgettext_lazy("files", "Expiring within six months"),
    "ended": pgettext_lazy("files", "Ended"),
    "all": pgettext_lazy("files", "All"),
}
ALARMS: Words = {
    "recordation-renewal": _("Recordation ends"),
    "right-renewal": _("Right itself ends"),
    "change-report": _("Change not reported here"),
}
TOPICS: Words = {
    "right": _("The right"),
    "holder": _("Right holder"),
    "contacts": _("Contacts"),
    "parties": _("Who may use the right"),
    "goods": _("Genuine goods"),
    "infringement": _("Infringement"),
    "examiner": _("Examiner"),
    "documents": _("Papers"),
    "images": _("Pictures"),
}
SCANS: Words = {
    "clean": _("scanned, nothing found"),
    "not-scanned": _("not scanned: no scanner is set up"),
}
CAPACITIES: Words = {
    "owner": pgettext_lazy("capacity", "Right holder"),
    "agent": pgettext_lazy("capacity", "Agent"),
}
ACCESS_STATES: Words = {
    "asked": pgettext_lazy("access", "To decide"),
    "approved": pgettext_lazy("access", "Admitted"),
    "refused": pgettext_lazy("access", "Refused"),
    "ended": pgettext_lazy("access", "Ended"),
}
HOLDER_FIELDS: Words = {
    "name": _("Name"),
    "name_zh_hant": _("Name in Traditional characters"),
    "name_zh_hans": _("Name in Simplified characters"),
    "country": _("Country or region"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "address": _("Address"),
}
HOLDER_VIEWS: Words = {
    "open": pgettext_lazy("my files", "All that has not ended"),
    "to-do": pgettext_lazy("my files", "Waiting for me"),
    "with-customs": pgettext_lazy("my files", "With customs"),
    "in-force": pgettext_lazy("my files", "In force"),
    "ended": pgettext_lazy("my files", "Ended"),
}
HOLDER_STAGES: Words = {
    "draft": pgettext_lazy("my file", "Draft, not submitted"),
    "asked": pgettext_lazy("my file", "Customs asks for more"),
    "with-customs": pgettext_lazy("my file", "With customs"),
    "in-force": pgettext_lazy("my file", "In force"),
    "changing": pgettext_lazy("my file", "In force, change or renewal filed"),
    "resting": pgettext_lazy("my file", "Not in force at present"),
    "ended": pgettext_lazy("my file", "Ended"),
}

REGISTER = {
    "holder-view": HOLDER_VIEWS,
    "holder-stage": HOLDER_STAGES,
    "file-view": FILE_VIEWS,
    "alarm-kind": ALARMS,
    "recordation-topic": TOPICS,
    "scan": SCANS,
    "capacity": CAPACITIES,
    "access-state": ACCESS_STATES,
    "holder-field": HOLDER_FIELDS,
}
