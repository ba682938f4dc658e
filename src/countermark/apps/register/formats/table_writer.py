"""Rights written as a table with the columns that an import knows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from countermark.apps.accounts.models import Administration
from countermark.apps.register.columns import ALIASES, FACTS
from countermark.apps.register.convert import right_input
from countermark.apps.register.inputs import RIGHT_FIELDS
from countermark.apps.register.models import Right
from countermark.apps.register.plan import recordation_of, shown
from countermark.engines.tables import safe_cell

COLUMNS: Final = tuple(ALIASES)
LICENSEE: Final = "licensee"


def csv_pieces(rights: Iterable[Right], administration: Administration) -> Iterator[str]:
    """Yield a CSV file line by line, with the recordation in force with an administration.

    No cell can act as a formula. Of authorised parties the licensees are named, because a table
    says no more of them than the name.
    """
    yield "\ufeff" + _line(COLUMNS)
    for right in rights:
        yield _line([safe_cell(cell) for cell in _cells(right, administration)])


def _cells(right: Right, administration: Administration) -> list[str]:
    given, holder = right_input(right), right.holder
    recordation = recordation_of(right, administration.pk)
    contact = next(iter(right.holder.representatives.all()), None)
    said = {name: shown(getattr(given, name)) for name in RIGHT_FIELDS if name != "facts"}
    said |= {f"holder_{name}": getattr(holder, name) for name in _HOLDER}
    said |= {name: given.facts.get(name, "") for name in FACTS}
    if contact:
        said |= {f"representative_{name}": getattr(contact, name) for name in _CONTACT}
    if recordation:
        said["recordation_number"] = recordation.number
        said |= {name: shown(getattr(recordation, name)) for name in ("recorded_on", "expires_on")}
    parties = right.authorised_parties.all()
    said["authorised_parties"] = "; ".join(p.name for p in parties if p.role == LICENSEE)
    return [said.get(column, "") for column in COLUMNS]


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue()


_HOLDER: Final = (
    *("name", "name_zh_hant", "name_zh_hans", "country", "email", "phone", "address"),
)
_CONTACT: Final = ("name", "email", "phone")
