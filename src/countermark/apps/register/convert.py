"""From rows of the register to what the screener reads, and from input to rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from countermark.apps.register.inputs import (
    RIGHT_FIELDS,
    AuthorisedPartyInput,
    HolderInput,
    RightInput,
)
from countermark.apps.register.models import (
    AuthorisedParty,
    Permission,
    Recordation,
    Right,
    RightHolder,
)
from countermark.domain.matching.types import RecordedMark
from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import joined


def name_key(*names: str) -> str:
    """Return names folded and joined, equal where they differ in case, width, script or signs."""
    return " ".join(filter(None, (joined(folded_text(name)) for name in names)))


@dataclass(frozen=True, slots=True)
class Authorisation:
    """A party's name as recorded, and the first and last day on which it may use the mark."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class RecordedRight:
    """A right that was recorded for some days: from ``first`` to ``last``, both included."""

    right_id: int
    version: int
    first: date
    last: date
    mark: RecordedMark
    parties: tuple[Authorisation, ...]

    def mark_on(self, day: date) -> RecordedMark | None:
        """Return the mark as it is screened against on a day, or None where it is not."""
        if not self.first <= day <= self.last:
            return None
        names = tuple(sorted({p.name for p in self.parties if p.first <= day <= p.last}))
        return replace(self.mark, authorised_parties=names)

    def turning_days(self) -> Iterable[date]:
        """Yield the days from which the mark is screened differently than on the day before."""
        spans = [(self.first, self.last), *((p.first, p.last) for p in self.parties)]
        for first, last in spans:
            yield first
            if last < date.max:
                yield date.fromordinal(last.toordinal() + 1)


def recorded_right(
    recordation: Recordation, parties: Iterable[AuthorisedParty | Permission]
) -> RecordedRight:
    """Return a recordation, with those who may use the right, as the screener needs it.

    Right and holder are loaded.

    Raises:
        ValueError: The recordation was never granted.
    """
    right, recorded_on = recordation.right, recordation.recorded_on
    if right is None or recorded_on is None:
        raise ValueError(f"{recordation} was never granted")
    return RecordedRight(
        right_id=right.pk,
        version=right.version,
        first=max(recorded_on, right.valid_from),
        last=min(recordation.expires_on or date.max, right.valid_until),
        mark=RecordedMark(
            right_id=str(right.pk),
            kind=right.right_type,
            word=right.word,
            word_zh_hans=right.word_zh_hans,
            word_zh_hant=right.word_zh_hant,
            nice_classes=tuple(right.nice_classes),
            holder=right.holder.name,
            authorised_parties=(),
        ),
        parties=tuple(
            Authorisation(party.name, party.valid_from or date.min, party.valid_until or date.max)
            for party in parties
        ),
    )


def right_input(right: Right) -> RightInput:
    """Return the content of a right as it would be given today."""
    values = {name: getattr(right, name) for name in RIGHT_FIELDS}
    return RightInput(
        **values | {"nice_classes": tuple(right.nice_classes), "facts": dict(right.facts)}
    )


def right_values(given: RightInput) -> dict[str, object]:
    """Return the columns of a right, the searchable one included."""
    values = {name: getattr(given, name) for name in RIGHT_FIELDS}
    words = (given.word, given.word_zh_hans, given.word_zh_hant)
    return values | {
        "nice_classes": sorted(given.nice_classes),
        "folded": name_key(*words, given.registration_number),
    }


def holder_values(given: HolderInput) -> dict[str, object]:
    """Return the columns of a right holder, key and searchable one included."""
    return asdict(given) | {
        "key": name_key(given.name)[:400],
        "folded": name_key(given.name, given.name_zh_hant, given.name_zh_hans),
    }


def holder_key(given: HolderInput) -> tuple[str, str]:
    """Return what a right holder is known by."""
    return name_key(given.name)[:400], given.country


def holder_row(given: HolderInput) -> RightHolder:
    """Return a right holder that is not saved yet."""
    return RightHolder(**holder_values(given))


def party_row(right: Right, given: AuthorisedPartyInput) -> AuthorisedParty:
    """Return an authorised party that is not saved yet."""
    return AuthorisedParty(right=right, key=name_key(given.name)[:400], **asdict(given))
