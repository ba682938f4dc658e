"""``countermark deadlines explain``: the terms an act starts, counted day by day; no database.

    countermark deadlines explain --procedure cn/ex-officio --act detain --on 2014-09-25
                                  [--lang en|zh-Hant|zh-Hans] [--json]

Exit status: 0 the terms are printed, also where there are none; 2 the question cannot be answered.
"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from countermark.cli.law_words import GOOD, LANGUAGES, act_check, day, procedure_on, refused
from countermark.domain.errors import Refusal
from countermark.lawbook import lawbook
from countermark.lawbook.explain import Explained, deadlines_explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.domain.procedures import Procedure

UNITS = {"working_days": "working days", "calendar_days": "days", "months": "months"}
FIRST_DAYS = {
    "next-day": "the day after the act is the first",
    "day-itself": "the day of the act is the first",
    "post-plus-2": "the second day after posting is the first",
}


def main(argv: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="countermark deadlines explain",
        description="Say which terms an act of the law starts, and count their days.",
    )
    parser.add_argument("--procedure", required=True, metavar="CODE", help="such as cn/ex-officio")
    parser.add_argument("--act", required=True, metavar="CODE", help="such as detain")
    parser.add_argument("--on", required=True, type=day, metavar="DAY", help="such as 2014-09-25")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of legal names")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args(argv)
    try:
        procedure = procedure_on(asked.procedure, asked.on)
        act_check(procedure, asked.act)
        found = deadlines_explained(lawbook(), procedure, asked.act, asked.on)
    except Refusal as refusal:
        return refused("deadlines explain", refusal)
    answer = _answer(procedure, asked, found)
    print(
        json.dumps(answer, ensure_ascii=False, indent=1) if asked.json else "\n".join(_text(answer))
    )
    return GOOD


def _answer(
    procedure: Procedure, asked: argparse.Namespace, found: Sequence[Explained]
) -> dict[str, object]:
    act = procedure.act(asked.act)
    return {
        "procedure": procedure.code,
        "procedure_name": procedure.names.in_language(asked.lang),
        "act": act.code,
        "act_name": act.names.in_language(asked.lang),
        "on": asked.on.isoformat(),
        "terms": [_term(each, asked.lang) for each in found],
    }


def _term(each: Explained, language: str) -> dict[str, object]:
    term = each.term
    return {
        "code": term.code,
        "name": term.names.in_language(language),
        "due_on": each.deadline.due_on.isoformat(),
        "provisional": each.deadline.provisional,
        "length": term.length,
        "unit": term.unit.value,
        "first_day": term.first_day.value,
        "calendar": each.calendar.code,
        "calendar_name": each.calendar.names.in_language(language),
        "answered_by": list(term.answered_by),
        "on_expiry": term.on_expiry,
        "source": term.source,
        "citation": each.cited(lawbook(), language),
        "verification": term.verification.value,
        "note": term.note,
        "days": [
            {
                "day": one.counted.day.isoformat(),
                "number": one.counted.number,
                "kind": one.counted.kind.value,
                "name": one.name,
            }
            for one in each.days
        ],
    }


def _text(answer: dict[str, object]) -> Iterator[str]:
    yield f"{answer['procedure']} · {answer['act_name']} ({answer['act']}) on {answer['on']}"
    terms = answer["terms"]
    if not isinstance(terms, list) or not terms:
        yield "This act starts no term."
        return
    for term in terms:
        provisional = " · provisional: no calendar is published yet" if term["provisional"] else ""
        yield ""
        yield f"{term['name']} ({term['code']}): due {term['due_on']}{provisional}"
        unit, first = UNITS[term["unit"]], FIRST_DAYS[term["first_day"]]
        yield f"  {term['length']} {unit}; {first}; {term['calendar_name']}"
        yield f"  {term['citation']} [{term['source']}] · {term['verification']}"
        if term["note"]:
            yield f"  {term['note']}"
        if term["on_expiry"]:
            yield f"  if missed: {term['on_expiry']}"
        for one in term["days"]:
            number = f"{one['number']:>4}" if one["number"] else "   –"
            why = " ".join(part for part in (one["kind"], one["name"]) if part)
            yield f"  {one['day']} {number}  {why}"
