"""Every act on a recordation, in every state, by every role, under every side's law.

The table is the law files: an act goes through where its ``from`` has the state and its ``who`` has
the role, and nowhere else; where it does not, nothing is written.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from tests.filing import account, file_in, holder_made, speaks_for

from countermark.apps.accounts.models import Officer
from countermark.apps.audit.models import Entry
from countermark.apps.register.models import Recordation, RecordationEvent
from countermark.apps.register.services import recordation_act
from countermark.domain.errors import ActNotOpen, NotFound, NotPermitted
from countermark.lawbook import lawbook

pytestmark = pytest.mark.django_db
LAWS = lawbook().laws
ACTS = [
    pytest.param(law, act, id=f"{law.side.code}-{act.code}")
    for law in LAWS.values()
    for act in law.recordation.procedure.acts
]
OFFICERS = ("officer", "supervisor", "analyst", "liaison", "ip-office", "auditor", "administrator")


class Undone(Exception):
    """Takes back what an allowed act wrote, for the next try."""


@pytest.fixture
def stage(settings, hongkong, guangdong, tuen_mun):
    """Return, for a law, its administration as the home of this node, and who may try."""

    def build(law):
        home = {"hk": hongkong, "cn": guangdong}[law.side.code]
        settings.COUNTERMARK_ADMINISTRATION = home.code
        holder = holder_made()
        people = {"right-holder": account("owner@x.example", tuen_mun)}
        people["agent"] = account("agent@x.example", tuen_mun)
        speaks_for(people["right-holder"], holder)
        speaks_for(people["agent"], holder, "agent")
        people["stranger"] = account("stranger@x.example", tuen_mun)
        for role in OFFICERS:
            people[role] = Officer.objects.create(
                username=role, display_name=role, office=tuen_mun, role=role
            )
        return home, holder, people | {"system": None}

    return build


def written() -> tuple[object, ...]:
    states = sorted(Recordation.objects.values_list("pk", "state", "in_force", "number"))
    return Entry.objects.count(), RecordationEvent.objects.count(), states


@pytest.mark.parametrize(("law", "act"), ACTS)
def test_an_act_goes_through_where_the_law_file_says_so_and_nowhere_else(stage, law, act):
    home, holder, people = stage(law)
    today = timezone.localdate()
    ends = today + timedelta(days=-1 if "ended" in act.needs else 30)
    went, expected = set(), set()
    for number, state in enumerate(law.recordation.procedure.states):
        row = file_in(
            state.code,
            administration=home,
            holder=holder,
            by=people["right-holder"],
            expires_on=ends,
            number=str(10_000 + number),
        )
        before = written()
        for role, by in people.items():
            if role in act.who and state.code in act.from_states:
                expected.add((state.code, role))
            try:
                with transaction.atomic():
                    recordation_act(by=by, recordation=row, act=act.code, note="because")
                    went.add((state.code, role))
                    raise Undone
            except Undone:
                continue
            except (ActNotOpen, NotPermitted, NotFound):
                assert written() == before
    assert went == expected
    assert went


@pytest.mark.parametrize(("law", "act"), [p for p in ACTS if p.values[1].needs])
def test_an_act_whose_condition_fails_is_refused_and_writes_nothing(stage, law, act):
    home, holder, people = stage(law)
    state = act.from_states[0]
    far = timezone.localdate() + timedelta(days=3000)
    row = file_in(
        state, administration=home, holder=holder, by=people["right-holder"], expires_on=far
    )
    Recordation.objects.update(content={})
    before = written()
    with pytest.raises(ActNotOpen):
        recordation_act(by=people[act.who[0]], recordation=row, act=act.code, note="  ")
    assert written() == before


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_every_state_of_a_recordation_is_reached_and_leads_to_an_end(law):
    procedure = law.recordation.procedure
    codes = {state.code for state in procedure.states}
    finals = {state.code for state in procedure.states if state.final}
    assert procedure.reachable_from(procedure.starts_in) == codes
    assert all(procedure.reachable_from(code) & finals for code in codes)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_an_unverified_term_of_a_recordation_says_what_is_not_verified(law):
    for term in law.recordation.procedure.terms:
        assert term.verification == "verified" or term.note
