"""Words for the codes of cases, operations, exchange and figures; ``labels`` takes them in."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = dict[str, Promise]

DEADLINE_ENDS: Words = {
    "": pgettext_lazy("deadline", "Running"),
    "met": pgettext_lazy("deadline", "Met"),
    "expired": pgettext_lazy("deadline", "Expired"),
    "superseded": pgettext_lazy("deadline", "Replaced by a later one"),
    "moot": pgettext_lazy("deadline", "No longer needed"),
}
VERIFICATIONS: Words = {
    "verified": _("Checked against the text of the law"),
    "verified-old-edition": _("Checked against an older edition only"),
    "verified-weak": _("Checked against a secondary source only"),
    "inferred": _("Inferred, not checked"),
    "recalled": _("From memory, not checked"),
    "computed": _("Computed, not gazetted"),
}
DAY_KINDS: Words = {
    "working": pgettext_lazy("day", "Working day"),
    "make-up": pgettext_lazy("day", "Make-up working day"),
    "holiday": pgettext_lazy("day", "Holiday"),
    "rest": pgettext_lazy("day", "Day of rest"),
}
OPERATION_STATES: Words = {
    "proposed": pgettext_lazy("operation", "Proposed"),
    "agreed": pgettext_lazy("operation", "Agreed"),
    "running": pgettext_lazy("operation", "Running"),
    "closed": pgettext_lazy("operation", "Closed"),
    "cancelled": pgettext_lazy("operation", "Cancelled"),
}
SENT_STATES: Words = {
    "ready": pgettext_lazy("message sent", "Waiting"),
    "received": pgettext_lazy("message sent", "Received"),
    "applied": pgettext_lazy("message sent", "Applied"),
    "refused": pgettext_lazy("message sent", "Refused"),
    "quarantined": pgettext_lazy("message sent", "Set aside by the partner"),
    "skipped": pgettext_lazy("message sent", "Passed over"),
}
INBOX_STATES: Words = {
    "held": pgettext_lazy("message received", "Held until the one before it comes"),
    "applied": pgettext_lazy("message received", "Applied"),
    "refused": pgettext_lazy("message received", "Refused"),
    "quarantined": pgettext_lazy("message received", "Set aside, needs a decision"),
    "skipped": pgettext_lazy("message received", "Passed over"),
}
PARTNER_STATES: Words = {
    "proposed": pgettext_lazy("partner", "Not verified yet"),
    "verified": pgettext_lazy("partner", "Verified"),
    "suspended": pgettext_lazy("partner", "Suspended"),
}
MESSAGE_TYPES: Words = {
    "ctl.receipt/1": _("Receipt"),
    "case.referral/1": _("Case summary"),
    "recordation.piece/1": _("Part of a paper"),
    "recordation.filing/1": _("Application passed on"),
    "recordation.status/1": _("State of an application"),
    "op.create/1": _("Proposal of an operation"),
    "op.agree/1": _("Agreement to an operation"),
    "op.result/1": _("Result of an operation"),
    "op.close/1": _("Closing of an operation"),
    "permit.offer/1": _("Offer of a trader's permission"),
    "permit.answer/1": _("Answer to an offered permission"),
    "permit.withdraw/1": _("Withdrawal of a permission"),
    "stats.bundle/1": _("Figures of a period"),
}
ROUNDINGS: Words = {
    "half-up": _("rounded half up"),
    "half-even": _("rounded half to even"),
    "down": _("rounded down"),
}
TERRITORIES: Words = {
    "cn": _("The Mainland"),
    "hk": _("Hong Kong"),
    "mo": _("Macao"),
}

GOODS_FIELDS: Words = {
    "parcel_number": _("Parcel number"),
    "description": _("Goods"),
    "brand": _("Mark on the goods"),
    "registration": _("Registration number"),
    "quantity": _("Quantity"),
    "unit": _("Unit"),
    "hs_code": _("HS code"),
    "category": _("Category"),
    "value": _("Value"),
    "currency": _("Currency"),
    "value_basis": _("Value basis"),
    "valued_on": _("Valued on"),
}
GOODS_CHANGES: Words = {
    "amended": pgettext_lazy("goods", "Put right"),
    "split": pgettext_lazy("goods", "Split"),
    "withdrawn": pgettext_lazy("goods", "Withdrawn"),
    "restored": pgettext_lazy("goods", "Restored"),
}

COOPERATION: dict[str, Words] = {
    "goods-field": GOODS_FIELDS,
    "goods-change": GOODS_CHANGES,
    "deadline-end": DEADLINE_ENDS,
    "verification": VERIFICATIONS,
    "day-kind": DAY_KINDS,
    "operation-state": OPERATION_STATES,
    "sent-state": SENT_STATES,
    "inbox-state": INBOX_STATES,
    "partner-state": PARTNER_STATES,
    "message-type": MESSAGE_TYPES,
    "rounding": ROUNDINGS,
    "territory": TERRITORIES,
}
