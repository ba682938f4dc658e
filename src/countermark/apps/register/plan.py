"""What an import would do: each row compared with the register, field by field."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from countermark.apps.register.convert import holder_key, name_key, right_input
from countermark.apps.register.entries import Entry, Key
from countermark.apps.register.inputs import RIGHT_FIELDS, HolderInput, Problem
from countermark.apps.register.models import Recordation, Right, RightHolder, RightState
from countermark.lawbook.offices import offices


class RowStatus(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a right that a row would change."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a file and what an import does with it; ``line`` is where it begins.

    ``entry`` and ``right`` are what is written and what is there; a rejected row has an entry
    where it can be read. ``cells`` and ``raw`` are the row as it came.
    """

    line: int
    status: RowStatus
    registration_number: str = ""
    label: str = ""
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    entry: Entry | None = field(default=None, compare=False)
    right: Right | None = field(default=None, compare=False)
    cells: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    raw: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What importing a file would do, row by row, and how often.

    ``digest`` changes whenever the file or what the register makes of it changes; an import that
    is given one does what was shown, or nothing.
    """

    upload: str
    mapping: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[PlannedRow, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of what the import would do."""
        shown = [
            (row.line, row.status, row.registration_number, row.differences, row.problems)
            for row in self.rows
        ]
        return hashlib.sha256(repr((self.upload, shown)).encode()).hexdigest()

    def count(self, status: str) -> int:
        """Return how many rows have a status."""
        return sum(row.status == status for row in self.rows)

    @property
    def new(self) -> int:
        """How many rights would be recorded."""
        return self.count(RowStatus.NEW)

    @property
    def changed(self) -> int:
        """How many rights would be changed."""
        return self.count(RowStatus.CHANGED)

    @property
    def unchanged(self) -> int:
        """How many rows say what the register says."""
        return self.count(RowStatus.UNCHANGED)

    @property
    def rejected(self) -> int:
        """How many rows would go to the reject file."""
        return self.count(RowStatus.REJECTED)


@dataclass(slots=True)
class Register:
    """The part of the register that a file speaks of, and what its earlier rows have claimed.

    Attributes:
        rights: The rights the file names, by what they are known by, relations loaded.
        numbers: Recordation numbers in use with the administration, with their right's key.
        jurisdictions: Codes of law that some administration known here follows; the registrations
            of any other office are kept too, but never recorded.
    """

    rights: dict[Key, Right]
    numbers: dict[str, Key]
    jurisdictions: frozenset[str]
    _claimed: set[Key] = field(default_factory=set)

    def plan(self, line: int, entry: Entry) -> PlannedRow:
        """Return what an import does with a row that can be read; ask in the order of the file."""
        right = self.rights.get(entry.key)
        row = PlannedRow(
            line,
            RowStatus.NEW,
            registration_number=entry.right.registration_number,
            label=entry.right.word or entry.right.word_zh_hant or entry.right.word_zh_hans,
            entry=entry,
        )
        if problem := self._problem(entry, right):
            return replace(row, status=RowStatus.REJECTED, problems=(problem,))
        self._claim(entry)
        if right is None:
            return row
        entry = merged(entry, right)
        differing = tuple(differences(entry, right))
        status = RowStatus.CHANGED if differing else RowStatus.UNCHANGED
        return replace(row, status=status, differences=differing, entry=entry, right=right)

    def _problem(self, entry: Entry, right: Right | None) -> Problem | None:
        if entry.right.jurisdiction not in self.jurisdictions | offices().codes:
            return Problem("jurisdiction", "jurisdiction-unknown")
        if entry.key in self._claimed:
            return Problem("registration_number", "repeated-in-file")
        if right is not None and right.state != RightState.IN_FORCE:
            return Problem("registration_number", "right-withdrawn")
        number = entry.recordation.number if entry.recordation else ""
        if self.numbers.get(number, entry.key) != entry.key:
            return Problem("recordation_number", "recordation-number-taken")
        return None

    def _claim(self, entry: Entry) -> None:
        self._claimed.add(entry.key)
        if entry.recordation:
            self.numbers[entry.recordation.number] = entry.key


def merged(entry: Entry, right: Right) -> Entry:
    """Return an entry with what its file has no column for taken from the register."""
    known = right_input(right)
    silent: dict[str, Any] = {
        name: getattr(known, name) for name in RIGHT_FIELDS if name not in {*entry.stated, "facts"}
    }
    kept = {name: text for name, text in known.facts.items() if name not in entry.stated}
    return replace(entry, right=replace(entry.right, facts={**kept, **entry.right.facts}, **silent))


def recordation_of(right: Right, administration_id: int) -> Recordation | None:
    """Return the recordation of a right in force with an administration; they are loaded."""
    return next(
        (
            row
            for row in right.recordations.all()
            if row.in_force and row.administration_id == administration_id
        ),
        None,
    )


def differences(entry: Entry, right: Right) -> Iterator[Difference]:
    """Yield every field in which an entry differs from its right; relations are loaded."""
    known = right_input(right)
    for name in RIGHT_FIELDS:
        before, after = getattr(known, name), getattr(entry.right, name)
        if before != after and name != "facts":
            yield Difference(name, shown(before), shown(after))
    for name in sorted(known.facts.keys() | entry.right.facts.keys()):
        before, after = known.facts.get(name, ""), entry.right.facts.get(name, "")
        if before != after:
            yield Difference(name, before, after)
    yield from _holder_differences(entry, right)
    yield from _recordation_differences(entry, right)
    contacts = {contact.name: contact for contact in right.holder.representatives.all()}
    if entry.contact and (was := contacts.get(entry.contact.name)) is None:
        yield Difference("representative_name", "", entry.contact.name)
    elif entry.contact and was:
        for part in ("email", "phone"):
            if getattr(was, part) != getattr(entry.contact, part):
                yield Difference(
                    f"representative_{part}", getattr(was, part), getattr(entry.contact, part)
                )
    if added := new_parties(entry, right):
        yield Difference("authorised_parties", "", "; ".join(added))


def new_parties(entry: Entry, right: Right) -> list[str]:
    """Return the names of authorised parties that the right does not have in that role."""
    known = {(party.role, party.key) for party in right.authorised_parties.all()}
    return [p.name for p in entry.parties if (p.role, name_key(p.name)[:400]) not in known]


def shown(value: object) -> str:
    """Return a value as a person compares it."""
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _holder_differences(entry: Entry, right: Right) -> Iterator[Difference]:
    holder = right.holder
    if (holder.key, holder.country) != holder_key(holder_given(entry, right)):
        yield Difference("holder_name", holder.name, entry.holder.name)
        return
    for name in ("name_zh_hant", "name_zh_hans", "email", "phone", "address"):
        before, after = getattr(holder, name), getattr(entry.holder, name)
        if f"holder_{name}" in holder_stated(entry, holder) and before != after:
            yield Difference(f"holder_{name}", before, after)


def holder_stated(entry: Entry, holder: RightHolder) -> frozenset[str]:
    """Return the fields of a holder that an entry may change: of a publication, only empty ones."""
    if not entry.published:
        return entry.stated
    return frozenset(
        name for name in entry.stated if not getattr(holder, name.removeprefix("holder_"), "")
    )


def holder_given(entry: Entry, right: Right) -> HolderInput:
    """Return the holder an entry names, with the country known where its file has none."""
    if "holder_country" in entry.stated:
        return entry.holder
    return replace(entry.holder, country=right.holder.country)


def _recordation_differences(entry: Entry, right: Right) -> Iterator[Difference]:
    given = entry.recordation
    if given is None:
        return
    known = recordation_of(right, given.administration.pk)
    for name, field_name in (
        ("recordation_number", "number"),
        ("recorded_on", "recorded_on"),
        ("expires_on", "expires_on"),
    ):
        before, after = getattr(known, field_name, None), getattr(given, field_name)
        if before != after and name in entry.stated:
            yield Difference(name, shown(before), shown(after))
