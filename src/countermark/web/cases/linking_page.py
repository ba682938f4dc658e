"""The links of a case as pages show them: a list, and a figure of the strongest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext

from countermark.apps.cases.links import case_links
from countermark.web import labels
from countermark.web.svg import Spoke, star

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from countermark.apps.accounts.models import Officer
    from countermark.apps.cases.links import Link
    from countermark.apps.cases.models import Case

DRAWN = 8


def links_shown(case: Case, officer: Officer, most: int | None = None) -> dict[str, object]:
    """Return what a page shows of a case's links.

    Args:
        case: From a scoped selector.
        officer: Who reads it.
        most: How many links are listed; None for all.
    """
    found = case_links(case=case, visible_to=officer)
    return {
        "links": found.links[:most],
        "links_total": len(found.links),
        "links_hidden": found.hidden,
        "links_ignored": found.ignored,
        "links_figure": links_figure(case, found.links[:DRAWN]) if found.links else "",
    }


def links_figure(case: Case, links: Sequence[Link]) -> SafeString:
    """Return the figure of some links of a case; the list beside it is its twin in words."""
    spokes = [Spoke(each.case.number, str(each.strength), _why(each)) for each in links]
    said = "; ".join(f"{each.label}: {each.hint}" for each in spokes)
    title = gettext("Cases linked to %(number)s") % {"number": case.number}
    return star(case.number, spokes, title=title, description=said)


def _why(link: Link) -> str:
    kinds = dict.fromkeys(labels.label("link-kind", each.kind) for each in link.shared)
    words = pgettext("between items of a list", ", ").join(kinds)
    strength = labels.label("link-strength", link.strength)
    return gettext("%(strength)s: %(why)s") % {"strength": strength, "why": words}
