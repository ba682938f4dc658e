"""What is wrong on a page of many parts, for the summary that takes the focus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from django.forms import BaseForm

    from countermark.web.portal.rows import Rows
    from countermark.web.portal.uploads import Upload


class Fault(NamedTuple):
    """One thing that is wrong: the id of its field, the field's name, and what is wrong."""

    place: str
    label: str
    message: str


def faults_of(
    forms: Iterable[BaseForm],
    rows: Iterable[Rows],
    uploads: Iterable[Upload],
    problems: Iterable[str] = (),
) -> list[Fault]:
    """Return all that is wrong on a page, in the order in which it is shown."""
    found = [Fault("", "", problem) for problem in problems]
    for form in forms:
        found.extend(_of_form(form))
    for each in rows:
        found.extend([Fault(each.anchor, each.label, each.error)] if each.error else [])
        for form in each.forms:
            found.extend(_of_form(form))
    found.extend(Fault(f"id_{u.name}", u.label, u.error) for u in uploads if u.error)
    return found


def _of_form(form: BaseForm) -> Iterator[Fault]:
    if not form.is_bound:
        return
    for message in form.non_field_errors():
        yield Fault("", "", str(message))
    for field in form:
        for message in field.errors:
            yield Fault(field.id_for_label, str(field.label), str(message))
