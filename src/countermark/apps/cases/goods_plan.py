"""What entering a sheet of goods would do: rows ready, rows to look at, rows refused with why.

A mark is looked up in the register by its exact words, folded; where several rights have it or
none, the officer chooses and the program does not guess.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from countermark.apps.cases.goods import goods_last_number
from countermark.apps.cases.inputs import GoodsInput
from countermark.apps.cases.models import GoodsLine
from countermark.apps.register.convert import name_key
from countermark.apps.register.models import Right, RightState
from countermark.domain.goods_sheet import Defaults, Fault, GoodsRow, Sheet, Words, row_read
from countermark.domain.vocabulary import category_guess

if TYPE_CHECKING:
    from countermark.apps.cases.models import Case

NONE: Final = "none"
_LOT: Final = 50


@dataclass(frozen=True, slots=True)
class Choices:
    """What the officer said beside the sheet.

    Attributes:
        defaults: Values for empty cells.
        rights: From a question's key to ``none`` (enter the words only), ``pk:<key of a right>`` or
            ``no:<registration number>``.
        others: ``none`` to enter the words only where nothing was chosen; empty keeps them out.
        leave_out_same: Keep rows out that say what another row or a line says.
    """

    defaults: Defaults = field(default_factory=Defaults)
    rights: Mapping[str, str] = field(default_factory=dict)
    others: str = ""
    leave_out_same: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that can be entered; ``flags`` say why to look at it first."""

    number: int
    goods: GoodsInput
    flags: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not entered, as it came, with what is wrong."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class Question:
    """A mark that several recorded rights have, or none; ``chosen`` is what the officer said."""

    key: str
    word: str
    candidates: tuple[Right, ...]
    chosen: str
    rows: int = 0
    fault: str = ""

    @property
    def chosen_pk(self) -> int | None:
        """The key of the candidate that was chosen, if one was."""
        return next((r.pk for r in self.candidates if self.chosen == f"pk:{r.pk}"), None)

    @property
    def number(self) -> str:
        """The registration number that was written, if one was."""
        return self.chosen[3:] if self.chosen.startswith("no:") else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What entering a sheet would do; ``after`` is the last line that the case had."""

    columns: tuple[str, ...]
    unread: tuple[str, ...]
    lines: tuple[Planned, ...]
    refused: tuple[Refused, ...]
    questions: tuple[Question, ...]
    after: int

    @property
    def flagged(self) -> list[Planned]:
        """The rows that will be entered and should be looked at."""
        return [line for line in self.lines if line.flags]

    @property
    def ready(self) -> list[Planned]:
        """The rows that raise no question."""
        return [line for line in self.lines if not line.flags]

    @property
    def digest(self) -> str:
        """A digest that changes with anything that would be written or refused."""
        said = [[line.number, *map(str, _said(line.goods))] for line in self.lines]
        refused = [[row.number, *(fault.code for fault in row.faults)] for row in self.refused]
        text = json.dumps([self.after, said, refused], ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _said(goods: GoodsInput) -> Iterator[object]:
    for name in GoodsInput.__slots__:
        value = getattr(goods, name)
        yield value.pk if isinstance(value, Right) else value


def goods_plan(case: Case, sheet: Sheet, words: Words, choices: Choices) -> Plan:
    """Return what entering a sheet in a case would do; nothing is written.

    Args:
        case: From a scoped selector.
        sheet: The rows as they came.
        words: How categories and bases may be written.
        choices: What the officer said beside the sheet.
    """
    read = [(row, *row_read(row, sheet, words, choices.defaults)) for row in sheet.rows]
    rows = [goods for _, goods, _ in read if goods]
    rights = _Rights(case.office.administration.law, rows, choices)
    seen = _Seen(case)
    lines, refused = [], []
    for row, goods, faults in read:
        right, problem = rights.of(goods) if goods else (None, None)
        problems = [*faults, *([problem] if problem else [])]
        if goods and not problems:
            line = Planned(row.number, _input(goods, right), ())
            same = seen.same(line)
            if same and choices.leave_out_same:
                problems = [same]
            else:
                lines.append(Planned(row.number, line.goods, (same,) if same else ()))
        if problems:
            refused.append(Refused(row.number, row.cells, tuple(problems)))
    return Plan(
        columns=sheet.columns,
        unread=sheet.unread,
        lines=tuple(lines),
        refused=tuple(refused),
        questions=tuple(rights.questions.values()),
        after=goods_last_number(case),
    )


def _input(row: GoodsRow, right: Right | None) -> GoodsInput:
    return GoodsInput(
        description=row.description,
        quantity=row.quantity,
        unit=row.unit,
        category=row.category or category_guess(row.hs_code),
        hs_code=row.hs_code,
        right=right,
        value_minor=row.value.minor if row.value else None,
        currency=row.value.currency if row.value else "",
        value_basis=row.value_basis,
        valued_on=row.valued_on,
        parcel_number=row.parcel_number,
        brand=row.brand,
    )


class _Seen:
    """What the case and the rows before say, to tell rows that say it again."""

    def __init__(self, case: Case) -> None:
        lines = GoodsLine.objects.filter(case=case).order_by("-line_no")
        fields = ("parcel_number", "description", "right_id", "brand", "quantity", "unit")
        self._lines = {
            _same_key(*said): number for *said, number in lines.values_list(*fields, "line_no")
        }
        self._rows: dict[object, int] = {}

    def same(self, line: Planned) -> Fault | None:
        """Return the line or row that says the same, as a remark."""
        goods = line.goods
        right = goods.right.pk if goods.right else None
        key = _same_key(
            *(goods.parcel_number, goods.description, right, goods.brand),
            *(goods.quantity, goods.unit),
        )
        if key in self._lines:
            return Fault("", "same-as-line", {"line": self._lines[key]})
        first = self._rows.setdefault(key, line.number)
        return Fault("", "same-as-row", {"line": first}) if first != line.number else None


def _same_key(*said: object) -> tuple[object, ...]:
    parcel, description, right, brand, quantity, unit = said
    mark = right or name_key(str(brand))
    return name_key(str(parcel)), name_key(str(description)), mark, quantity, unit


class _Rights:
    """The rights that the rows of a sheet name, by number or by mark."""

    def __init__(self, law: str, rows: Sequence[GoodsRow], choices: Choices) -> None:
        self._standing = Right.objects.filter(jurisdiction=law, state=RightState.IN_FORCE)
        self._choices = choices
        asked = {row.registration for row in rows}
        asked |= {said[3:] for said in choices.rights.values() if said.startswith("no:")}
        self._by_number = self._numbered(asked - {""})
        self._by_mark = self._marked({name_key(row.brand) for row in rows} - {""})
        self.questions: dict[str, Question] = {}

    def of(self, row: GoodsRow) -> tuple[Right | None, Fault | None]:
        """Return the right of a row, or why its officer has to say which."""
        if row.registration:
            found = self._by_number.get(row.registration, ())
            if len(found) == 1:
                return found[0], None
            code = "rights-several" if found else "right-unknown"
            return None, Fault("registration", code)
        mark = name_key(row.brand)
        found = self._by_mark.get(mark, ())
        if not mark or len(found) == 1:
            return (found[0] if found else None), None
        question = self._question(row.brand, mark, found)
        question.rows += 1
        return self._chosen(question)

    def _question(self, word: str, mark: str, found: Sequence[Right]) -> Question:
        key = hashlib.sha256(mark.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        if key not in self.questions:
            chosen = self._choices.rights.get(key, "")
            self.questions[key] = Question(key, word, tuple(found), chosen)
        return self.questions[key]

    def _chosen(self, question: Question) -> tuple[Right | None, Fault | None]:
        said = question.chosen or self._choices.others
        if said == NONE:
            return None, None
        if said.startswith("no:"):
            found = self._by_number.get(said[3:], ())
            if len(found) == 1:
                return found[0], None
            question.fault = "rights-several" if found else "right-unknown"
        for right in question.candidates:
            if said == f"pk:{right.pk}":
                return right, None
        code = "brand-several" if question.candidates else "brand-unknown"
        return None, Fault("brand", code)

    def _numbered(self, numbers: Iterable[str]) -> dict[str, list[Right]]:
        found: defaultdict[str, list[Right]] = defaultdict(list)
        for some in _in_lots(sorted(numbers)):
            rights = self._standing.filter(registration_number__in=some)
            for right in rights.select_related("holder"):
                found[right.registration_number].append(right)
        return found

    def _marked(self, marks: set[str]) -> dict[str, list[Right]]:
        """Return the rights of each mark whose words are exactly it, in any script."""
        found: defaultdict[str, list[Right]] = defaultdict(list)
        for some in _in_lots(sorted(marks)):
            condition = Q()
            for mark in some:
                condition |= Q(search_key__text__contains=mark)
            for right in self._standing.filter(condition).select_related("holder").order_by("pk"):
                for mark in {*map(name_key, _words(right))} & marks:
                    if right not in found[mark]:
                        found[mark].append(right)
        return found


def _words(right: Right) -> tuple[str, str, str]:
    return right.word, right.word_zh_hans, right.word_zh_hant


def _in_lots(words: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(words), _LOT):
        yield words[at : at + _LOT]
