"""What a file has of what the law asks for, what is missing, and how full it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from countermark.apps.register.models import Recordation, RightHolder
from countermark.apps.register.rules import PICTURE_FACTS, WORDS
from countermark.lawbook import Need, recordation_needs, right_type
from countermark.lawbook.rights import Fact, NeedKind

WEIGHT_REQUIRED, WEIGHT_OTHER = 3, 1
_LISTS = {NeedKind.PARTY: "parties", NeedKind.CONTACT: "contacts"}


@dataclass(frozen=True, slots=True)
class Completeness:
    """Everything the law names for a file, by whether it is there.

    ``lacking`` is needed before the file can be submitted; ``would_help`` is not. ``facts`` are
    lacking facts of the kind of right.
    """

    met: tuple[Need, ...]
    lacking: tuple[Need, ...]
    would_help: tuple[Need, ...]
    facts: tuple[Fact, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of all that is lacking."""
        return (*(need.code for need in self.lacking), *(fact.code for fact in self.facts))

    @property
    def percent(self) -> int:
        """How full the file is, from 0 to 100; what is required weighs three times as much."""
        met = sum(_weight(need) for need in self.met)
        return 100 * met // self._whole if self._whole else 100

    def gain(self, need: Need) -> int:
        """Return by about how many points of 100 a need that is not met would raise the score."""
        return max(1, round(100 * _weight(need) / self._whole))

    @property
    def _whole(self) -> int:
        named = map(_weight, (*self.met, *self.lacking, *self.would_help))
        return sum(named) + WEIGHT_REQUIRED * len(self.facts)


def completeness(recordation: Recordation) -> Completeness:
    """Return how complete a file is; applicant, administration and documents are read."""
    return completeness_of(
        recordation_needs(recordation.administration.law, recordation.right_type),
        right_type(recordation.right_type).facts,
        recordation.content,
        recordation.applicant,
        {each.role for each in recordation.documents.all() if each.removed_at is None},
    )


def completeness_of(
    needs: Collection[Need],
    facts: Collection[Fact],
    content: Mapping[str, object],
    holder: RightHolder,
    files: Collection[str],
) -> Completeness:
    """Return how complete content and papers, by their roles, are for what a law asks for."""
    met = {need.code for need in needs if _met(need, content, holder, files)}
    known = content.get("facts")
    said = known if isinstance(known, dict) else {}
    return Completeness(
        met=tuple(need for need in needs if need.code in met),
        lacking=tuple(need for need in needs if need.required and need.code not in met),
        would_help=tuple(n for n in needs if not n.required and n.code not in met),
        facts=tuple(f for f in facts if f.required and not said.get(f.code, "").strip()),
    )


def _met(
    need: Need, content: Mapping[str, object], holder: RightHolder, files: Collection[str]
) -> bool:
    if need.kind in (NeedKind.DOCUMENT, NeedKind.IMAGE):
        return need.code in files
    if need.code.startswith("holder_"):
        return bool(getattr(holder, need.code.removeprefix("holder_"), ""))
    return bool(_said(need, content))


def _said(need: Need, content: Mapping[str, object]) -> object:
    """Return what the content says to a need; empty where it says nothing."""
    if need.kind is NeedKind.STATEMENT:
        statements = content.get("statements")
        return isinstance(statements, dict) and statements.get(need.code, "").strip()
    if need.code == "word":
        facts = content.get("facts")
        drawn = facts if isinstance(facts, dict) else {}
        return any(map(content.get, WORDS)) or any(map(drawn.get, PICTURE_FACTS))
    return content.get(_LISTS.get(need.kind, need.code))


def _weight(need: Need) -> int:
    return WEIGHT_REQUIRED if need.required else WEIGHT_OTHER
