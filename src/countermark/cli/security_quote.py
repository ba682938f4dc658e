"""``countermark security quote``: the security the law asks for goods of a value; no database.

    countermark security quote --procedure cn/ex-officio --value 60000 --currency CNY
                               [--lang en|zh-Hant|zh-Hans] [--json]

``--procedure`` is a procedure, or a security of its own such as ``cn/counter-security``. Exit
status: 0 the security is printed; 2 the question cannot be answered.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from countermark.cli.law_words import GOOD, LANGUAGES, day, refused
from countermark.domain.errors import NotFound, Refusal
from countermark.domain.money import Money
from countermark.domain.valuation import SecurityBand, SecurityRule, security_quote
from countermark.lawbook import citation, lawbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def main(argv: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="countermark security quote",
        description="Say which security the law asks for goods of a value.",
    )
    parser.add_argument("--procedure", required=True, metavar="CODE", help="such as cn/ex-officio")
    parser.add_argument("--value", required=True, metavar="AMOUNT", help="such as 60000")
    parser.add_argument("--currency", required=True, metavar="CODE", help="such as CNY")
    parser.add_argument(
        "--on", type=day, default=datetime.now(tz=UTC).date(), metavar="DAY", help="default: today"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the citation")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args(argv)
    try:
        answer = _answer(asked)
    except Refusal as refusal:
        return refused("security quote", refusal)
    if asked.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print(f"{answer['security']} {answer['currency']} for goods of {answer['value']}")
        print(f"  {answer['rule']}")
        print(f"  {answer['citation']} [{answer['source']}] · {answer['verification']}")
        print(f"  {answer['note']}")
    return GOOD


def _answer(asked: argparse.Namespace) -> dict[str, object]:
    rules = {code: rule for law in lawbook().laws.values() for code, rule in law.securities.items()}
    rule = rules.get(asked.procedure)
    if rule is None:
        raise NotFound("security-unknown", known=", ".join(sorted(rules)))
    value = Money.parse(asked.value.replace(",", ""), asked.currency)
    quote = security_quote(rule, value)
    return {
        "procedure": asked.procedure,
        "value": value.text(),
        "currency": quote.currency,
        "security": quote.text(),
        "rule": _band_said(rule, next(band for band in rule.bands if band.holds(value.minor))),
        "source": rule.source,
        "citation": _cited(rule, asked.on, asked.lang),
        "verification": rule.verification.value,
        "note": rule.note,
    }


def _band_said(rule: SecurityRule, band: SecurityBand) -> str:
    """Return in words how one band measures."""

    def said(minor: int) -> str:
        return f"{rule.currency} {Money(minor, rule.currency).text()}"

    if band.flat_minor is not None:
        return f"{said(band.flat_minor)}, whatever the value in this band"
    least = f", at least {said(band.minimum_minor)}" if band.minimum_minor else ""
    limit = ""
    if band.up_to_minor is not None:
        limit = f" of a value {'up to' if band.inclusive else 'below'} {said(band.up_to_minor)}"
    return f"{band.percent} per cent{limit}{least}"


def _cited(rule: SecurityRule, on: date, language: str) -> str:
    try:
        return citation(rule.source, on=on).text(language)
    except Refusal:
        return rule.source
