"""When the particulars of a right make sense: pure checks, shared by forms and imports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from countermark.apps.register.inputs import (
    AuthorisedPartyInput,
    ContactInput,
    HolderInput,
    Problem,
    RecordationInput,
    RightInput,
)
from countermark.domain.errors import InvalidInput
from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import joined
from countermark.lawbook import RightType, right_types

NICE_CLASSES = range(1, 46)
ROLES = ("licensee", "manufacturer", "importer", "exporter", "consignor")
WORDS = ("word", "word_zh_hans", "word_zh_hant")
LONGEST = {"registration_number": 60, "goods": 20_000} | dict.fromkeys(WORDS, 200)
LONGEST_FACT = 4000
PICTURE_FACTS = ("mark_description", "mark_feature", "image_file")
"""A mark that is a picture has no word; one of these facts says what it shows."""
CONTACT_LENGTHS = {"name": 200, "email": 254, "phone": 60}
HOLDER_LENGTHS = CONTACT_LENGTHS | {"name_zh_hant": 200, "name_zh_hans": 200, "address": 300}
_COUNTRY = re.compile(r"[A-Z]{2}")


def right_problems(right: RightInput) -> Iterator[Problem]:
    """Yield every reason why a right cannot be recorded as given."""
    kind = right_types().get(right.right_type)
    if kind is None:
        yield Problem("right_type", "right-type-unknown")
    if not right.registration_number:
        yield Problem("registration_number", "missing")
    named = any(joined(folded_text(getattr(right, word))) for word in WORDS)
    if not named and not any(right.facts.get(fact) for fact in PICTURE_FACTS):
        yield Problem("word", "word-missing")
    yield from _length_problems(right, "", LONGEST)
    yield from _class_problems(right, kind)
    yield from _fact_problems(right, kind)
    if right.valid_until < right.valid_from:
        yield Problem("valid_until", "dates-not-in-order")


def holder_problems(holder: HolderInput) -> Iterator[Problem]:
    """Yield every reason why a right holder cannot be recorded as given."""
    if not joined(folded_text(holder.name)):
        yield Problem("holder_name", "missing")
    yield from _length_problems(holder, "holder", HOLDER_LENGTHS)
    if holder.country and not _COUNTRY.fullmatch(holder.country):
        yield Problem("holder_country", "country-malformed")


def recordation_problems(recordation: RecordationInput, right: RightInput) -> Iterator[Problem]:
    """Yield every reason why a recordation of a right cannot stand.

    A registration protects only where it was made: the mainland's and Hong Kong's are separate,
    so an administration records the rights of its own law.
    """
    if not recordation.number:
        yield Problem("recordation_number", "missing")
    if len(recordation.number) > 60:
        yield Problem("recordation_number", "too-long")
    if recordation.administration.law != right.jurisdiction:
        yield Problem("jurisdiction", "jurisdiction-elsewhere")
    if recordation.expires_on and recordation.expires_on < recordation.recorded_on:
        yield Problem("expires_on", "dates-not-in-order")


def contact_problems(contact: ContactInput) -> Iterator[Problem]:
    """Yield every reason why somebody cannot be recorded as speaking for a holder."""
    if not contact.name.strip():
        yield Problem("representative_name", "missing")
    yield from _length_problems(contact, "representative", CONTACT_LENGTHS)


def party_problems(party: AuthorisedPartyInput) -> Iterator[Problem]:
    """Yield every reason why an authorised party cannot be recorded as given."""
    if not joined(folded_text(party.name)):
        yield Problem("authorised_parties", "missing")
    if len(party.name) > 200 or len(party.proof) > 300:
        yield Problem("authorised_parties", "too-long")
    if party.role not in ROLES:
        yield Problem("role", "role-unknown")
    if party.valid_from and party.valid_until and party.valid_until < party.valid_from:
        yield Problem("valid_until", "dates-not-in-order")


def refuse_first(problems: Iterator[Problem]) -> None:
    """Refuse with the first problem, if there is one.

    Raises:
        InvalidInput: There is a problem; the refusal carries its code and names its field.
    """
    for problem in problems:
        raise InvalidInput(problem.reason, field=problem.field)


def _class_problems(right: RightInput, kind: RightType | None) -> Iterator[Problem]:
    if kind and kind.has_classes and not right.nice_classes:
        yield Problem("nice_classes", "missing")
    if not all(number in NICE_CLASSES for number in right.nice_classes):
        yield Problem("nice_classes", "class-out-of-range")
    if len(set(right.nice_classes)) < len(right.nice_classes):
        yield Problem("nice_classes", "class-repeated")


def _fact_problems(right: RightInput, kind: RightType | None) -> Iterator[Problem]:
    known = {fact.code for fact in kind.facts} if kind else right.facts.keys()
    for code, value in right.facts.items():
        if code not in known:
            yield Problem("facts", "fact-unknown")
        if len(value) > LONGEST_FACT:
            yield Problem("facts", "too-long")


def _length_problems(given: object, prefix: str, lengths: Mapping[str, int]) -> Iterator[Problem]:
    for name, longest in lengths.items():
        if len(getattr(given, name)) > longest:
            yield Problem(f"{prefix}_{name}" if prefix else name, "too-long")
