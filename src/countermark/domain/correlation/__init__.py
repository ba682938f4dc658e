"""Correlation: what two cases may have in common, as keys that are equal or are not.

A key is a kind and a folded value. Everything here is a pure function of its arguments; how many
cases hold a key, and who may see them, is asked elsewhere.
"""

from countermark.domain.correlation.common import is_placeholder
from countermark.domain.correlation.kinds import (
    LIMITED_KINDS,
    WEAK_KINDS,
    WEIGHTS,
    Key,
    KeyKind,
    Strength,
    cap_of,
    score,
    strength,
)
from countermark.domain.correlation.names import crosses_scripts, name_key, name_keys, reading_keys
from countermark.domain.correlation.numbers import (
    container_check,
    container_key,
    identifier_key,
    phone_key,
    plate_key,
    waybill_key,
)
from countermark.domain.correlation.places import address_key, mark_key, route_key

__all__ = [
    "LIMITED_KINDS",
    "WEAK_KINDS",
    "WEIGHTS",
    "Key",
    "KeyKind",
    "Strength",
    "address_key",
    "cap_of",
    "container_check",
    "container_key",
    "crosses_scripts",
    "identifier_key",
    "is_placeholder",
    "mark_key",
    "name_key",
    "name_keys",
    "phone_key",
    "plate_key",
    "reading_keys",
    "route_key",
    "score",
    "strength",
    "waybill_key",
]
