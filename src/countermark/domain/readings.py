"""Reading what people write in cells: dates, numbers and codes, in both Chinese scripts too.

Every reader takes the name of the field, so that a refusal says where the fault stands. Nothing is
guessed: what can be read in two ways is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from countermark.domain.errors import InvalidInput

_DATE: Final = re.compile(
    r"(?P<y>\d{4})(?:"
    r"-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})"
    r"|/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})"
    r"|\.(?P<m3>\d{1,2})\.(?P<d3>\d{1,2})"
    r"|年(?P<m4>\d{1,2})月(?P<d4>\d{1,2})日"
    r"|(?P<m5>\d{2})(?P<d5>\d{2})"
    r")(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER: Final = re.compile(r"\d{1,18}(?:\.\d+)?")
_SHOWN = 60
"""How many characters of a refused value are worth repeating."""


def plain(text: str) -> str:
    """Return text with compatible characters made plain (full-width digits, no-break spaces)."""
    return unicodedata.normalize("NFKC", text).strip()


def read_date(text: str, field: str) -> date:
    """Read a date with the year first: ``2013-10-22``, ``20131022``, ``2013年10月22日``.

    A time of day after it is dropped, because spreadsheets add one to every date.

    Raises:
        InvalidInput: Not such a date, or no day of the calendar.
    """
    match = _DATE.fullmatch(plain(text).replace(" 年", "年").replace("年 ", "年"))
    if match is None:
        raise InvalidInput("date-malformed", field=field, value=text[:_SHOWN])
    month, day = (
        next(int(part) for key, part in match.groupdict().items() if part and key[0] == letter)
        for letter in "md"
    )
    try:
        return date(int(match["y"]), month, day)
    except ValueError:
        raise InvalidInput("date-malformed", field=field, value=text[:_SHOWN]) from None


def read_decimal(text: str, field: str, *, places: int) -> Decimal:
    """Read a number that is not negative, with commas between thousands or without.

    Args:
        text: At most 18 digits before the point.
        field: Where the number stands.
        places: Digits after the point; trailing zeros beyond them are dropped.

    Raises:
        InvalidInput: Not such a number, or finer than ``places``.
    """
    value = plain(text)
    if _GROUPED.fullmatch(value):
        value = value.replace(",", "")
    if not _NUMBER.fullmatch(value):
        raise InvalidInput("number-malformed", field=field, value=text[:_SHOWN])
    whole, _, fraction = value.partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) > places:
        raise InvalidInput("number-too-fine", field=field, value=text[:_SHOWN], places=places)
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def read_whole(text: str, field: str) -> int:
    """Read a whole number that is not negative; ``3.0`` is 3, as spreadsheets write it.

    Raises:
        InvalidInput: Not such a number.
    """
    return int(read_decimal(text, field, places=0))


def read_code(text: str, field: str, spellings: Mapping[str, str]) -> str:
    """Return the code that a cell names, whatever its case and width.

    Args:
        text: The cell.
        field: Where it stands.
        spellings: From each lower-case spelling, codes themselves among them, to its code.

    Raises:
        InvalidInput: The spelling is not known.
    """
    code = spellings.get(plain(text).casefold())
    if code is None:
        raise InvalidInput("code-unknown", field=field, value=text[:_SHOWN])
    return code
