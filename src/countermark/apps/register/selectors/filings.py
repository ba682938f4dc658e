from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Final

from django.conf import settings
from django.db.models import F, Max, QuerySet

from countermark.apps.register.completeness import Completeness, completeness_of
from countermark.apps.register.content import LISTS, content_elsewhere
from countermark.apps.register.convert import right_input
from countermark.apps.register.inputs import RIGHT_FIELDS
from countermark.apps.register.models import Document, Filing, Recordation, Right
from countermark.lawbook import recordation_needs, right_type

ONE_SIDED_PAPERS: Final = frozenset(
    {"certificate", "register_extract", "evaluation_report", "power_of_attorney"}
)
"""Papers that speak of one registration, or to one administration, and are not carried over."""
ONE_SIDED_FACTS: Final = frozenset({"application_number", "applied_on", "status"})
_NOT_WRITTEN = {"jurisdiction", "right_type"}


def filing_of(recordation: Recordation) -> Filing | None:
    """Return how a file travels, or None; the caller holds the file from a scoped selector."""
    rows = Filing.objects.select_related("through", "recordation__administration")
    return rows.filter(recordation=recordation).first()


def filings_untold() -> QuerySet[Filing]:
    """Return the files that we keep of which something happened that was not reported."""
    kept = Filing.objects.filter(
        recordation__administration__code=settings.COUNTERMARK_ADMINISTRATION
    )
    return kept.annotate(last=Max("recordation__events")).filter(last__gt=F("heard"))


def content_carried(recordation: Recordation, *, law: str) -> dict[str, object]:
    """Return what of a file holds with another side too, and no more than its law asks for."""
    content = content_elsewhere(content_known(recordation))
    wanted = {need.code for need in recordation_needs(law, recordation.right_type)}
    said, facts = content.get("statements"), content.get("facts")
    if isinstance(said, dict):
        content["statements"] = {code: text for code, text in said.items() if code in wanted}
    if isinstance(facts, dict):
        content["facts"] = {c: text for c, text in facts.items() if c not in ONE_SIDED_FACTS}
    content.pop("holder", None)
    return content


def papers_carried(recordation: Recordation, *, law: str) -> QuerySet[Document]:
    """Return the papers of a file that another side asks for as well."""
    needs = recordation_needs(law, recordation.right_type)
    wanted = {need.code for need in needs} - ONE_SIDED_PAPERS
    return recordation.documents.filter(removed_at__isnull=True, role__in=wanted)


def filing_preview(recordation: Recordation, *, law: str) -> Completeness:
    """Return how complete a file with another side would be with what this one carries over."""
    return completeness_of(
        recordation_needs(law, recordation.right_type),
        right_type(recordation.right_type).facts,
        content_carried(recordation, law=law),
        recordation.holder,
        set(papers_carried(recordation, law=law).values_list("role", flat=True)),
    )


def content_known(recordation: Recordation) -> dict[str, object]:
    """Return what is known of a file as an applicant would write it: said in it, or recorded."""
    right = recordation.right
    if right is None:
        return dict(recordation.content)
    said = {key: value for key, value in recordation.content.items() if value}
    return content_of_right(right) | _people_of(right) | said


def content_of_right(right: Right) -> dict[str, object]:
    """Return what is recorded of a right, as an applicant would have written it."""
    given = right_input(right)
    values = {n: getattr(given, n) for n in RIGHT_FIELDS if n not in _NOT_WRITTEN}
    return values | {
        "nice_classes": list(given.nice_classes),
        "facts": dict(given.facts),
        "valid_from": given.valid_from.isoformat(),
        "valid_until": given.valid_until.isoformat(),
    }


def _people_of(right: Right) -> dict[str, object]:
    rows: dict[str, Iterable[object]] = {
        "parties": right.authorised_parties.all(),
        "contacts": right.holder.representatives.all(),
    }
    return {key: [_row(key, each) for each in people] for key, people in rows.items()}


def _row(key: str, row: object) -> dict[str, str]:
    return {each.name: str(getattr(row, each.name) or "") for each in fields(LISTS[key])}
