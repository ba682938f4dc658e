"""Trying a line: what screening would say of it now; nothing is written.

Whether the register, the mutes or the day have changed is asked of the audit log before every line,
so that a change counts at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.register.models import Right
from countermark.apps.screening.convert import Finding
from countermark.apps.screening.services.finder import kept
from countermark.apps.screening.services.standing import finder_today
from countermark.domain.errors import InvalidInput
from countermark.domain.matching.types import Line

LONGEST_TEXT: Final = 20_000


@dataclass(frozen=True, slots=True)
class TriedHit:
    """A finding with the right it is about; ``kept`` says whether it would become a hit."""

    finding: Finding
    right: Right
    kept: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What screening says of a line, and under which register and rules."""

    hits: list[TriedHit]
    register_version: str
    rules_version: str


def line_try(*, line: Line, by: Officer) -> Trial:
    """Return what screening would find on a line declared today, too weak findings too.

    Raises:
        NotPermitted: The officer may not see the rules of screening.
        InvalidInput: The line says nothing, or far too much.
    """
    officer_require(by, "screening.rules")
    if not (line.goods_description.strip() or line.declared_brand.strip()):
        raise InvalidInput("missing", field="goods_description")
    if len(line.goods_description) + len(line.declared_brand) > LONGEST_TEXT:
        raise InvalidInput("too-long", field="goods_description")
    finder, day = finder_today()
    findings = finder.all_findings(line, day)
    rights = Right.objects.select_related("holder").in_bulk(
        [int(finding.found.right_id) for finding in findings]
    )
    return Trial(
        [
            TriedHit(finding, rights[int(finding.found.right_id)], kept(finding.found))
            for finding in findings
        ],
        register_version=finder.watch.screener(day).version,
        rules_version=finder.rules.version,
    )
