"""What a refusal says to the officer: what happened and what to do, in one or two sentences.

Every code has its sentence here; a code without one falls back to the sentence of its class, with
the code in brackets so that it can be reported. ``tests/web/test_errors.py`` finds the codes that
the program raises and holds each against this table.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from countermark.domain import errors
from countermark.domain.errors import Refusal

SENTENCES: dict[str, Promise] = {
    # officers and reach
    "not-permitted": _("Your role does not include this. Ask a supervisor who may do it."),
    "role-may-not-act": _("Your role may not do this act. Ask a supervisor who may do it."),
    "role-unknown": _("There is no such role. Choose one from the list."),
    "username-taken": _("Somebody already signs in under this name. Choose another."),
    "password-weak": _("The password is too weak. Choose a longer one that is not in common use."),
    "administration-unknown": _("This administration is not known to this node."),
    "officer-unknown": _("There is no active officer of this name."),
    # amounts and quantities
    "amount-malformed": _("Write the amount as a plain number, such as 138000 or 138000.50."),
    "amount-too-fine": _("The amount has more decimals than its currency. Round it and try again."),
    "currency-unknown": _("Write the currency as three letters, such as HKD or CNY."),
    "currencies-differ": _("Amounts in different currencies are not added. Convert one first."),
    "quantity-negative": _("A quantity cannot be less than zero."),
    "unit-unknown": _("This unit is not known. Choose one from the list."),
    "units-differ": _("Quantities in different units are not added."),
    "value-negative": _("A value cannot be less than zero."),
    "parts-exceed-total": _("The parts come to more than the total. Check the figures."),
    "rate-missing": _(
        "No exchange rate is published near enough to this day. Choose another day or enter a rate."
    ),
    "period-reversed": _("The last day is before the first. Change one of them."),
}

_BY_CLASS: dict[type[Refusal], Promise] = {
    errors.NotPermitted: _("Your role does not include this. Ask a supervisor who may do it."),
    errors.NotFound: _("There is no such record, or it belongs to another office."),
    errors.InvalidInput: _("A field is missing or malformed. Correct it and try again."),
    errors.ActNotOpen: _("This cannot be done in the present state. Open the record again."),
    errors.TermNotInForce: _("This rule was not in force on that day. Check the date."),
    errors.Conflict: _("Somebody else changed this first. Open it again to see the present state."),
    errors.RateMissing: _("No exchange rate is published near enough to this day."),
    errors.EnvelopeRefused: _("A message from another node did not pass a check."),
    Refusal: _("This was refused."),
}


def sentence(refusal: Refusal) -> str:
    """Return what a refusal says to the officer in his language."""
    return sentence_of(refusal.code, refusal.params, type(refusal))


def sentence_of(
    code: str, params: Mapping[str, object], kind: type[Refusal] = errors.InvalidInput
) -> str:
    """Return the sentence of a refusal kept as its code and params, as in a reject file."""
    if known := SENTENCES.get(code):
        return str(known) % {name: _shown(value) for name, value in params.items()}
    general = next(_BY_CLASS[base] for base in kind.__mro__ if base in _BY_CLASS)
    return gettext("%(sentence)s [%(code)s]") % {"sentence": general, "code": code}


def _shown(value: object) -> object:
    if isinstance(value, list | tuple | set):
        return pgettext("between items of a list", ", ").join(map(str, value))
    return value
