"""Numbers, money, days and instants as each language writes them.

Traditional text follows Hong Kong's manner, Simplified text the Mainland's; amounts always name
their currency, because two administrations read the same screen.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent, get_currency_name
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext

from countermark.domain.money import Money, exponent

LOCALES = {"en": "en_GB", "zh-hant": "zh_Hant_HK", "zh-hans": "zh_Hans_CN"}
TAGS = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}

_CURRENCY_WORDS = {
    ("zh-hant", "CNY"): "人民幣元",
    ("zh-hans", "CNY"): "元人民币",
    ("zh-hant", "HKD"): "港元",
    ("zh-hans", "HKD"): "港元",
}


def language() -> str:
    """Return the code of the reader's language, one of ``LOCALES``."""
    code = (get_language() or "en").lower()
    return code if code in LOCALES else "en"


def locale() -> str:
    """Return Babel's name of the reader's locale."""
    return LOCALES[language()]


def number_text(value: float | Decimal, digits: int | None = None) -> str:
    """Return a number grouped as the reader's language groups it.

    Args:
        value: Any finite number.
        digits: Exactly so many digits after the point; None for up to three, as needed.
    """
    if digits is None:
        return format_decimal(value, format="#,##0.###", locale=locale())
    return format_decimal(
        value, format="#,##0" + "." * bool(digits) + "0" * digits, locale=locale()
    )


def percent_text(share: float) -> str:
    """Return a share of 0 to 1 in whole per cent; one that is not quite nothing says so."""
    if 0 < share < 0.005:
        return gettext("under %(share)s") % {"share": format_percent(0.01, locale=locale())}
    return format_percent(share, format="#,##0%", locale=locale())


def duration_text(seconds: int) -> str:
    """Return about how long something takes, in one unit or two."""
    if seconds < 60:
        return gettext("%(seconds)d s") % {"seconds": seconds}
    if seconds < 3600:
        return gettext("%(minutes)d min") % {"minutes": -(-seconds // 60)}
    hours, minutes = divmod(seconds // 60, 60)
    return gettext("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}


def money_text(money: Money) -> str:
    """Return an amount with its currency named: ``HKD 138,000``, ``138,000港元``.

    Cents are written only where there are any.
    """
    whole = money.amount == money.amount.to_integral_value()
    figure = number_text(money.amount, 0 if whole else exponent(money.currency))
    code = language()
    if code == "en":
        return f"{money.currency} {figure}"
    word = _CURRENCY_WORDS.get((code, money.currency))
    return figure + (word or get_currency_name(money.currency, locale=locale()))


def day_text(day: date) -> str:
    """Return a day in full: ``16 January 2026``, ``2026年1月16日``."""
    return format_date(day, format="long", locale=locale())


def short_day_text(day: date) -> str:
    """Return a day without its year, for the axis of a chart: ``16 Jan``, ``1-16``."""
    return format_date(day, format="d MMM" if language() == "en" else "M-d", locale=locale())


def moment_text(moment: datetime) -> str:
    """Return an instant in the node's time zone, to the minute."""
    local = timezone.localtime(moment)
    if language() == "en":
        return format_datetime(local, format="d MMM yyyy, HH:mm", locale=locale())
    return format_datetime(local, format="y年M月d日 HH:mm", locale=locale())


def deadline_text(due: datetime, now: datetime) -> str:
    """Return how long there is to decide: time left, and from a day on the day and hour."""
    if due <= now:
        return pgettext("deadline", "Overdue")
    left = due - now
    minutes = -(-left // timedelta(minutes=1))
    if minutes < 60:
        return gettext("%(minutes)d min") % {"minutes": minutes}
    if minutes < 24 * 60:
        hours, minutes = divmod(minutes, 60)
        return gettext("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}
    local = timezone.localtime(due)
    pattern = "EEE HH:mm" if left < timedelta(days=7) else "y-MM-dd"
    return format_datetime(local, format=pattern, locale=locale())


def urgency(due: datetime, now: datetime) -> str:
    """Return ``crit`` within the hour, ``warn`` within two hours, else nothing."""
    if due - now <= timedelta(hours=1):
        return "crit"
    return "warn" if due - now <= timedelta(hours=2) else ""
