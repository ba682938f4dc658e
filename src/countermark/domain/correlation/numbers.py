"""Keys of numbers: identifiers, telephones, plates, containers and waybills.

Each function returns an empty text where there is no number worth comparing.
"""

from __future__ import annotations

import re
from typing import Final

from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import joined

SHORTEST_NUMBER: Final = 4
SHORTEST_WAYBILL: Final = 6
SHORTEST_PHONE: Final = 7
LONGEST_PHONE: Final = 15

_EXTENSION: Final = re.compile(r"(?:ext|extension|转|分机|#|x)\D*\d*\s*$")
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_CONTAINER: Final = re.compile(r"([a-z]{3}[ujz])(\d{6})(\d)")
_EIGHT: Final = re.compile(r"\d{8}")


def identifier_key(text: str) -> str:
    """Return an identifier without case, width and signs; empty below four characters."""
    value = joined(folded_text(text))
    return value if len(value) >= SHORTEST_NUMBER else ""


def phone_key(text: str, country: str) -> str:
    """Return a telephone number as its country code and national number, digits only.

    Extensions are left out. A number without a country code belongs to ``country``; eight digits
    are no whole number on the mainland, where a town's code is missing.

    Args:
        text: As written, in any width, with any signs.
        country: ``852``, ``853`` or ``86``: where the number was written down.

    Returns:
        7 to 15 digits, or nothing where the number cannot be told from others.
    """
    folded = _EXTENSION.sub("", folded_text(text).strip())
    digits = "".join(letter for letter in folded if letter.isascii() and letter.isdigit())
    international = folded.lstrip(" (").startswith("+") or digits.startswith("00")
    number = _national(digits.removeprefix("00") if international else digits)
    if not number and international:
        number = digits.removeprefix("00")
    if not number:
        number = _at_home(digits, country)
    return number if SHORTEST_PHONE <= len(number) <= LONGEST_PHONE else ""


def _national(digits: str) -> str:
    """Return a number that begins with the code of Hong Kong, Macao or the mainland."""
    for code in ("852", "853"):
        if digits.startswith(code) and _EIGHT.fullmatch(digits[3:]):
            return digits
    rest = digits.removeprefix("86").lstrip("0")
    if digits.startswith("86") and (_MOBILE.fullmatch(rest) or 9 <= len(rest) <= 11):
        return f"86{rest}"
    return ""


def _at_home(digits: str, country: str) -> str:
    if _MOBILE.fullmatch(digits):
        return f"86{digits}"
    if country == "86":
        return f"86{digits[1:]}" if digits.startswith("0") and 10 <= len(digits) <= 12 else ""
    return f"{country}{digits}" if _EIGHT.fullmatch(digits) else ""


def plate_key(text: str) -> str:
    """Return a plate without case, width, script and signs; empty below four characters."""
    return identifier_key(text)


def waybill_key(text: str) -> str:
    """Return a waybill number without case and signs; empty if short or without any digit."""
    value = joined(folded_text(text))
    return value if len(value) >= SHORTEST_WAYBILL and re.search(r"\d", value) else ""


def container_key(text: str) -> str:
    """Return a container number without signs, or nothing if its check digit is wrong."""
    value = joined(folded_text(text))
    match = _CONTAINER.fullmatch(value)
    return value if match and container_check(value[:10]) == int(value[10]) else ""


def container_check(first_ten: str) -> int:
    """Return the check digit, 0 to 9, of a container's four letters and six digits.

    ISO 6346: letters count from 10 upwards, leaving out the multiples of 11; each place weighs
    twice the place before; the remainder by 11, of which 10 is written as 0.
    """
    total = sum((_worth(sign) << place) for place, sign in enumerate(first_ten.lower()))
    return total % 11 % 10


def _worth(sign: str) -> int:
    if sign.isdigit():
        return int(sign)
    place = ord(sign) - ord("a")
    return 10 + place + (place + 9) // 10
