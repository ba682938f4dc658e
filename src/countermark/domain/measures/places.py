"""From a place as a declaration writes it to the territory in which figures group it."""

from __future__ import annotations

import re

NOT_RECOGNISED = "not-recognised"
"""Code of the part for cases whose place is written in a way nobody here can read."""

_ISO = re.compile(r"([A-Za-z]{2})(-[A-Za-z0-9]{1,3})?")
# Five letters without a blank may as well be a word (CHINA, JAPAN): read only where none begins so.
_LOCODE = re.compile(r"([A-Z]{2}) [A-Z2-9]{3}|(CN|HK|MO)[A-Z2-9]{3}")
_NAMES = {
    "hk": ("hong kong", "hongkong", "hong kong, china", "香港", "中国香港", "中國香港"),
    "mo": ("macao", "macau", "macao, china", "澳门", "澳門", "中国澳门", "中國澳門"),
    "cn": ("china", "mainland china", "中国", "中國", "中国内地", "中國內地"),
}
_TERRITORY_BY_NAME = {name: code for code, names in _NAMES.items() for name in names}


def territory_of_place(text: str) -> str:
    """Return the territory, in ISO 3166-1 lower case, that a declared place lies in.

    Read are ISO codes with or without a subdivision, UN/LOCODE, and the names of the parties' own
    territories; nothing else is guessed.

    Returns:
        The code, ``NOT_RECOGNISED`` for another spelling, or "" where nothing is written.
    """
    place = " ".join(text.split())
    if not place:
        return ""
    if named := _TERRITORY_BY_NAME.get(place.lower()):
        return named
    match = _ISO.fullmatch(place) or _LOCODE.fullmatch(place)
    if match is None:
        return NOT_RECOGNISED
    return (match[1] or match[2]).lower()


def territory_of(administration: str) -> str:
    """Return the territory of an administration's code: ``cn`` of ``cn-gd``, ``hk`` of ``hk``."""
    return administration.partition("-")[0]
