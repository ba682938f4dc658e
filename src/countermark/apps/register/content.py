"""What an applicant has written in a file, before there is a right: checked, read, copied.

The content is a JSON object; every key may be absent. Text: ``registration_number``, ``word``,
``word_zh_hant``, ``word_zh_hans``, ``goods``; days as ISO text: ``valid_from``, ``valid_until``;
``nice_classes`` a list of whole numbers; ``facts`` and ``statements`` objects of text; ``parties``
a list of objects with the fields of ``AuthorisedPartyInput``, ``contacts`` of ``ContactInput``;
``holder`` an object with the fields of ``HolderInput``, for a change of holder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Final

from countermark.apps.register.inputs import (
    AuthorisedPartyInput,
    ContactInput,
    HolderInput,
    RightInput,
)
from countermark.domain.errors import InvalidInput

TEXTS: Final = ("registration_number", "word", "word_zh_hant", "word_zh_hans", "goods")
DAYS: Final = ("valid_from", "valid_until")
OBJECTS: Final = ("facts", "statements", "holder")
LISTS: Final = {"parties": AuthorisedPartyInput, "contacts": ContactInput}
LONGEST_TEXT: Final = 20_000
MOST_ROWS: Final = 200
ONE_SIDED: Final = ("registration_number", "valid_from", "valid_until")
"""What differs with every registration and is not carried to another administration."""


def content_checked(given: Mapping[str, object]) -> dict[str, object]:
    """Return content that may be kept: known keys, the right kinds of value, within the limits.

    Raises:
        InvalidInput: A key is unknown, or its value malformed; ``field`` names it.
    """
    return {key: _checked(key, value) for key, value in given.items()}


def content_right(content: Mapping[str, object], *, law: str, right_type: str) -> RightInput:
    """Return the right that the content describes.

    Raises:
        InvalidInput: A day is missing; ``field`` names it.
    """
    texts = {name: str(content.get(name, "")).strip() for name in TEXTS}
    facts = _object("facts", content.get("facts", {}))
    return RightInput(
        jurisdiction=law,
        right_type=right_type,
        nice_classes=tuple(_classes(content.get("nice_classes", []))),
        facts={code: text for code, text in facts.items() if text},
        valid_from=_day(content, "valid_from"),
        valid_until=_day(content, "valid_until"),
        **texts,
    )


def content_parties(content: Mapping[str, object]) -> list[AuthorisedPartyInput]:
    """Return those whom the applicant allows to use the right."""
    return [
        AuthorisedPartyInput(
            name=row["name"],
            role=row.get("role") or "licensee",
            identifier=row.get("identifier", ""),
            valid_from=_day_or_none(row, "valid_from"),
            valid_until=_day_or_none(row, "valid_until"),
            proof=row.get("proof", ""),
        )
        for row in _rows(content, "parties")
    ]


def content_contacts(content: Mapping[str, object]) -> list[ContactInput]:
    """Return those whom customs can reach."""
    return [ContactInput(**row) for row in _rows(content, "contacts")]


def content_holder(content: Mapping[str, object]) -> HolderInput | None:
    """Return the new holder that a change names, or None."""
    holder = content.get("holder")
    return HolderInput(**holder) if isinstance(holder, dict) and holder.get("name") else None


def content_elsewhere(content: Mapping[str, object]) -> dict[str, object]:
    """Return what of the content holds for a file with another administration as well."""
    return {key: value for key, value in content.items() if key not in ONE_SIDED}


def _checked(key: str, value: object) -> object:
    if key in TEXTS:
        return _text(key, value)
    if key in DAYS:
        return _iso(key, value)
    if key == "nice_classes":
        return _classes(value)
    if key in OBJECTS:
        return _object(key, value)
    if key in LISTS:
        return _list(key, value)
    raise InvalidInput("field-unknown", field=key[:40])


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise InvalidInput("text-malformed", field=key)
    if len(value) > LONGEST_TEXT:
        raise InvalidInput("too-long", field=key)
    return value


def _iso(key: str, value: object) -> str:
    text = _text(key, value)
    if text:
        _read_day(key, text)
    return text


def _classes(value: object) -> list[int]:
    numbers = value if isinstance(value, list | tuple) else None
    if numbers is None or not all(type(each) is int for each in numbers):
        raise InvalidInput("class-malformed", field="nice_classes", value=str(value)[:40])
    return sorted(set(numbers))


def _object(key: str, value: object) -> dict[str, str]:
    known = {each.name for each in fields(HolderInput)} if key == "holder" else None
    if not isinstance(value, Mapping) or len(value) > MOST_ROWS:
        raise InvalidInput("text-malformed", field=key)
    if known is not None and not value.keys() <= known:
        raise InvalidInput("field-unknown", field=key)
    return {str(code)[:40]: _text(key, text) for code, text in value.items()}


def _list(key: str, value: object) -> list[dict[str, str]]:
    known = {each.name for each in fields(LISTS[key])}
    if not isinstance(value, list | tuple) or len(value) > MOST_ROWS:
        raise InvalidInput("text-malformed", field=key)
    checked = []
    for row in value:
        if not isinstance(row, Mapping) or not row.keys() <= known:
            raise InvalidInput("field-unknown", field=key)
        check: dict[str, Callable[[str, object], str]] = dict.fromkeys(DAYS, _iso)
        checked.append({name: check.get(name, _text)(key, text) for name, text in row.items()})
    return [row for row in checked if row.get("name", "").strip()]


def _rows(content: Mapping[str, object], key: str) -> list[dict[str, str]]:
    rows = content.get(key, [])
    return [dict(row) for row in rows] if isinstance(rows, list) else []


def _day(content: Mapping[str, object], key: str) -> date:
    found = _day_or_none(content, key)
    if found is None:
        raise InvalidInput("missing", field=key)
    return found


def _day_or_none(content: Mapping[str, object], key: str) -> date | None:
    text = content.get(key)
    return _read_day(key, str(text)) if text else None


def _read_day(key: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("date-malformed", field=key, value=text[:40]) from None
