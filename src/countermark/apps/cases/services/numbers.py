from __future__ import annotations

from countermark.apps.cases.models import CaseCounter
from countermark.lawbook import member


def number_next(administration: str, year: int, series: str = "") -> str:
    """Return the next number of a year; the locked counter rolls back with the transaction.

    ``series`` keeps other numbers than those of cases apart, such as ``S`` for securities.
    """
    prefix = "-".join(part for part in (member(administration).case_prefix, series) if part)
    CaseCounter.objects.get_or_create(prefix=prefix, year=year)
    counter = CaseCounter.objects.select_for_update().get(prefix=prefix, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return str(counter)
