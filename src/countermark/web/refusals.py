"""What a refusal says to the officer: its sentence, or that of its class with the code.

``tests/web/test_errors.py`` finds the codes that the program raises and holds each against the
tables of sentences.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from countermark.domain import errors
from countermark.domain.errors import Refusal
from countermark.web.labels_cooperation import GOODS_FIELDS
from countermark.web.labels_workbench import BATCH_FIELDS, RIGHT_FIELDS
from countermark.web.refusal_sentences import FIELDS, FILES, LAW, REACH, WORK
from countermark.web.refusal_sentences_cooperation import (
    CAPSULES,
    CASES,
    ENVELOPES,
    EXCHANGE,
    GOODS,
    LINKS,
    OPERATIONS,
)
from countermark.web.refusal_sentences_money import MONEY
from countermark.web.refusal_sentences_register import REGISTER
from countermark.web.refusal_sentences_trading import TRADING

SENTENCES: dict[str, Promise] = (
    (REACH | FIELDS | FILES | WORK | LAW | REGISTER | CASES | OPERATIONS | EXCHANGE | ENVELOPES)
    | CAPSULES
    | MONEY
    | GOODS
    | LINKS
    | TRADING
)

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
    """Return the sentence of a refusal kept as its code and params, as in a reject file.

    Params that the sentence names and the refusal lacks are left as three dots: old records must
    stay readable when a sentence learns to say more.
    """
    if known := SENTENCES.get(code):
        return str(known) % _Shown(params)
    general = next(_BY_CLASS[base] for base in kind.__mro__ if base in _BY_CLASS)
    return gettext("%(sentence)s [%(code)s]") % {"sentence": general, "code": code}


class _Shown(dict[str, object]):
    """Params as a sentence shows them: lists joined, fields by their names."""

    def __getitem__(self, name: str) -> object:
        value = super().__getitem__(name)
        if not isinstance(value, list | tuple | set):
            return value
        tables = (RIGHT_FIELDS, BATCH_FIELDS, GOODS_FIELDS)
        words = (next((t[item] for t in tables if item in t), item) for item in value)
        return pgettext("between items of a list", ", ").join(map(str, words))

    def __missing__(self, name: str) -> str:
        return "…"
