"""The keys of a case: what others may share with it, made from what the case holds.

Written with what they come from, in one transaction; a case's keys are made anew as a whole, which
is a handful of rows and cannot miss one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countermark.apps.cases.models import (
    Case,
    CaseKey,
    CaseParty,
    ConveyanceKind,
    DetailKind,
)
from countermark.domain.correlation import (
    Key,
    KeyKind,
    address_key,
    container_key,
    identifier_key,
    is_placeholder,
    mark_key,
    name_keys,
    phone_key,
    plate_key,
    route_key,
    waybill_key,
)
from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CALLING_CODES: Final = {"hk": "852", "mo": "853", "cn": "86"}
LONGEST_VALUE, LONGEST_SHOWN = 600, 300
_CONVEYANCES: Final = {
    ConveyanceKind.VEHICLE: (KeyKind.VEHICLE, plate_key),
    ConveyanceKind.CONTAINER: (KeyKind.CONTAINER, container_key),
    ConveyanceKind.WAYBILL: (KeyKind.WAYBILL, waybill_key),
}
"""Vessels and flights carry thousands of consignments: they are shown, and link nothing."""


def keys_refresh(case: Case) -> None:
    """Make the keys of a case anew; the caller holds the case's row and the transaction."""
    case.keys.all().delete()
    country = CALLING_CODES.get(case.office.administration.law, "")
    parties = CaseParty.objects.filter(case=case).prefetch_related("details")
    rows = [row for party in parties for row in _rows(case, _of_party(party, country), party)]
    rows += _rows(case, _of_goods(case))
    rows += _rows(case, _of_transport(case))
    CaseKey.objects.bulk_create(rows, batch_size=500)


def _rows(case: Case, keys: Iterable[Key], party: CaseParty | None = None) -> list[CaseKey]:
    """Return unsaved keys, each value once, as it was written first."""
    found: dict[tuple[KeyKind, str], CaseKey] = {}
    for key in keys:
        value = key.value[:LONGEST_VALUE]
        row = CaseKey(
            case=case, party=party, kind=key.kind, value=value, shown=key.shown[:LONGEST_SHOWN]
        )
        if value:
            found.setdefault((key.kind, value), row)
    return list(found.values())


def _of_party(party: CaseParty, country: str) -> Iterator[Key]:
    yield from name_keys(party.name)
    if party.identifier:
        yield _key(KeyKind.IDENTIFIER, identifier_key(party.identifier), party.identifier)
    for detail in party.details.all():
        text = detail.value
        if detail.kind == DetailKind.NAME:
            yield from name_keys(text)
        elif detail.kind == DetailKind.ADDRESS:
            yield _key(KeyKind.ADDRESS, address_key(text), text)
        elif detail.kind == DetailKind.PHONE:
            yield _key(KeyKind.PHONE, phone_key(text, country), text)
        else:
            yield _key(KeyKind.IDENTIFIER, identifier_key(text), text)


def _of_goods(case: Case) -> Iterator[Key]:
    rights = {line.right for line in case.goods.select_related("right") if line.right}
    for label in sorted({right.label for right in rights}):
        yield Key(KeyKind.MARK, mark_key(label), label)


def _of_transport(case: Case) -> Iterator[Key]:
    for each in case.conveyances.all():
        if each.kind in _CONVEYANCES:
            kind, key = _CONVEYANCES[ConveyanceKind(each.kind)]
            yield _key(kind, key(each.value), each.value)
    route = (case.departure, case.destination, case.direction, case.transport_mode)
    yield Key(KeyKind.ROUTE, route_key(*route), " / ".join(route))


def _key(kind: KeyKind, value: str, shown: str) -> Key:
    """Return a key; a word that says nothing keeps its own, so that it is named as ignored."""
    return Key(kind, joined(folded_text(shown)) if is_placeholder(shown) else value, shown)
