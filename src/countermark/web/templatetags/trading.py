"""What the page of a hit shows of traders: whose permission excuses it, which links were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone

from countermark.apps.cases.selectors import trader_link_list
from countermark.apps.screening.selectors import permission_behind, permission_now

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer
    from countermark.apps.screening.models import Hit

register = template.Library()


@register.inclusion_tag("trader/_hit.html")
def trading(hit: Hit, officer: Officer) -> dict[str, object]:
    """Draw the section of a hit's page about its traders."""
    behind = permission_behind(hit)
    holds = not hit.excused and hit.state != "dismissed"
    return {
        "hit": hit,
        "officer": officer,
        "behind": behind,
        "standing": None if behind else permission_now(hit),
        "links": trader_link_list(visible_to=officer).filter(hit=hit),
        "may_link": holds and officer.may("hits.decide"),
        "may_open": officer.may("rights.examine"),
        "now": timezone.now(),
    }
