"""Whether what an applicant has written can be recorded as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from countermark.apps.register.content import (
    content_contacts,
    content_parties,
    content_right,
)
from countermark.apps.register.inputs import Problem
from countermark.apps.register.models import Recordation
from countermark.apps.register.rules import contact_problems, party_problems, right_problems
from countermark.domain.errors import InvalidInput


def file_problems(recordation: Recordation) -> list[Problem]:
    """Return every reason why what a file says cannot be recorded; what is missing is not told.

    ``completeness`` tells what is missing. Each problem names the key of the content it stands in.
    """
    law = recordation.administration.law
    return list(content_problems(recordation.content, law=law, right_type=recordation.right_type))


def content_problems(
    content: Mapping[str, object], *, law: str, right_type: str
) -> Iterator[Problem]:
    """Yield every reason why content cannot be recorded, beside what is missing."""
    try:
        right = content_right(content, law=law, right_type=right_type)
    except InvalidInput as refusal:
        if refusal.code != "missing":
            yield Problem(str(refusal.params["field"]), refusal.code)
    else:
        yield from (each for each in right_problems(right) if "missing" not in each.reason)
    for party in content_parties(content):
        yield from (Problem("parties", each.reason) for each in party_problems(party))
    for contact in content_contacts(content):
        yield from (Problem("contacts", each.reason) for each in contact_problems(contact))
