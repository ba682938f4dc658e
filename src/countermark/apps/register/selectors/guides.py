from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.register.guide_content import SECTIONS, Row, rows_read
from countermark.apps.register.models import (
    Document,
    GuideEdition,
    KnownInfringer,
    Right,
)
from countermark.apps.register.selectors.access import holders_of
from countermark.apps.register.selectors.rights import right_matching
from countermark.domain.errors import NotFound

EXPECTED = ("pictures", "tells", "prices", "contacts")
"""Sections without which a guide is of little use at the dock."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as it was from one edition on: ``number`` 0 and no sections where there is none."""

    right: Right
    number: int
    at: datetime | None
    rows: dict[str, list[Row]]
    pictures: dict[str, Document]

    @property
    def lacking(self) -> tuple[str, ...]:
        """Sections that say nothing, of those that an officer needs."""
        return tuple(section for section in EXPECTED if not self.rows.get(section))


def guide_rights(
    *, visible_to: Officer, query: str = "", written: bool | None = None
) -> QuerySet[Right]:
    """Return the rights whose guides an account may see, with the number of the last edition.

    Officers who read rights see all; an account of the portal those of the holders it speaks for.

    Args:
        visible_to: Who asks.
        query: As ``right_list`` takes it, empty for all.
        written: Whether there is a guide; None for both.
    """
    rights = Right.objects.select_related("holder")
    if visible_to.may("portal.use"):
        mine = holders_of(account=visible_to, on=timezone.localdate())
        rights = rights.filter(holder__in=mine)
    elif not visible_to.may("rights.read"):
        return rights.none()
    if query.strip():
        rights = rights.filter(right_matching(query))
    last = GuideEdition.objects.filter(right=OuterRef("pk")).order_by("-number")
    found = rights.annotate(guide_number=Subquery(last.values("number")[:1]))
    return found if written is None else found.filter(guide_number__isnull=not written)


def guide_right_get(*, pk: int, visible_to: Officer) -> Right:
    """Return a right whose guide an account may see.

    Raises:
        NotFound: There is no such right, or it is not the account's to see.
    """
    found = guide_rights(visible_to=visible_to).filter(pk=pk).first()
    if found is None:
        raise NotFound("right-unknown", pk=pk)
    return found


def guide_get(
    *, right: Right, visible_to: Officer, number: int | None = None, on: date | None = None
) -> Guide:
    """Return the guide of a right: as it is, as it was in one edition, or at the end of a day.

    Raises:
        NotFound: The account may not see it, or there is no such edition.
    """
    right = guide_right_get(pk=right.pk, visible_to=visible_to)
    editions = right.guide_editions.all()
    if number is not None:
        editions = editions.filter(number=number)
        if number and not editions.exists():
            raise NotFound("guide-edition-unknown", number=number)
    if on is not None:
        editions = editions.filter(at__date__lte=on)
    found = editions.last()
    content = found.content if found else {}
    keys = [row["document"] for row in content.get("pictures", [])]
    return Guide(
        right=right,
        number=found.number if found else 0,
        at=found.at if found else None,
        rows={section: rows_read(content, section) for section in SECTIONS},
        pictures={str(each.pk): each for each in Document.objects.filter(pk__in=keys)},
    )


def guide_editions(*, right: Right, visible_to: Officer) -> QuerySet[GuideEdition]:
    """Return every edition of a guide, the last first, to those who may see it.

    Raises:
        NotFound: The account may not see it.
    """
    right = guide_right_get(pk=right.pk, visible_to=visible_to)
    return right.guide_editions.select_related("by").order_by("-number")


def guide_lacking(rights: Collection[Right]) -> dict[int, tuple[str, ...]]:
    """Return, for each right's key, the sections of ``EXPECTED`` of which its guide says nothing.

    Two queries, however many rights there are.
    """
    numbers = GuideEdition.objects.filter(right=OuterRef("right")).order_by("-number")
    last = GuideEdition.objects.filter(right__in=rights).filter(
        number=Subquery(numbers.values("number")[:1])
    )
    said = {each.right_id: each.content for each in last}
    return {
        right.pk: tuple(s for s in EXPECTED if not said.get(right.pk, {}).get(s))
        for right in rights
    }


def infringer_list(
    *, right: Right, visible_to: Officer, on: date | None = None
) -> QuerySet[KnownInfringer]:
    """Return the known infringers of a right whose time has not passed.

    Officers who work on hits see all of them; a holder's accounts see what the holder's own
    accounts reported, and never what officers did.
    """
    today = on or timezone.localdate()
    rows = KnownInfringer.objects.select_related("right", "reported_by").filter(
        right=right, erased_at__isnull=True, keep_until__gte=today
    )
    if visible_to.may("hits.read"):
        return rows
    mine = holders_of(account=visible_to, on=today)
    return rows.filter(by_holder=True, right__holder__in=mine)


def infringer_get(*, pk: int, right: Right, visible_to: Officer) -> KnownInfringer:
    """Return one entry of a right.

    Raises:
        NotFound: There is none, or it is not the account's to see.
    """
    found = infringer_list(right=right, visible_to=visible_to).filter(pk=pk).first()
    if found is None:
        raise NotFound("infringer-unknown", pk=pk)
    return found
