"""Finds hits on lines under the register of their days and the mutes in force."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date

from countermark.apps.intake.models import DeclarationLine
from countermark.apps.screening.convert import Finding, line_from_row
from countermark.apps.screening.evidence import evidence_kept
from countermark.apps.screening.muting import LEAST_SCORE, only_muted
from countermark.apps.screening.phrases import phrase_of
from countermark.apps.screening.services.rules import Rules
from countermark.apps.screening.watch import Watch
from countermark.domain.matching import Background
from countermark.domain.matching.types import Hit as Found
from countermark.domain.matching.types import Line


@dataclass(frozen=True, slots=True)
class Finder:
    """Screens lines and says of each hit what it was found under and whether it is muted."""

    watch: Watch
    rules: Rules

    def findings(
        self, line: Line, day: date, *, only: Container[str] | None = None
    ) -> list[Finding]:
        """Return the findings on a line that are kept, best first, with what they rest on.

        Args:
            line: The line as declared.
            day: The day whose register counts.
            only: The rights looked for; None for all.
        """
        findings = [
            finding
            for finding in self.all_findings(line, day)
            if (only is None or finding.found.right_id in only) and kept(finding.found)
        ]
        if not findings:
            return []
        evidence = evidence_kept(self.watch.screener(day), line)
        return [replace(finding, evidence=evidence) for finding in findings]

    def all_findings(self, line: Line, day: date) -> list[Finding]:
        """Return the findings on a line, too weak ones too, best first."""
        screener = self.watch.screener(day)
        return [
            Finding(
                found,
                right_version=self.watch.right_version(found.right_id),
                register_version=screener.version,
                mute=self._mute(line, found, day),
            )
            for found in screener.screen(line)
        ]

    def _mute(self, line: Line, found: Found, day: date) -> int | None:
        """Return the mute that holds a finding back; what is too weak or excused needs none."""
        phrases = self.rules.mutes.get(int(found.right_id))
        phrase = phrase_of(found.matched)
        if found.excused or not kept(found) or not phrases or phrase not in phrases:
            return None
        alone = self.watch.alone(found.right_id, day)
        muted = only_muted(line, found, alone=alone, phrases=phrases)
        return phrases[phrase] if muted else None


def kept(found: Found) -> bool:
    """Tell whether a finding becomes a hit: it is excused, or not too weak."""
    return found.excused is not None or found.score >= LEAST_SCORE


def background_of(rows: Iterable[DeclarationLine]) -> Background:
    """Return how words are used in some lines."""
    return Background.of(map(line_from_row, rows))
