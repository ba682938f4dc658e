"""Every change of a joint operation and the message about it are written together or not at all."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from tests.apps.operations.scene import goods, terms

from countermark.apps.audit.models import Entry
from countermark.apps.exchange.models import OutboxMessage
from countermark.apps.operations.inputs import Agreement, Proposal
from countermark.apps.operations.models import JointOperation, OperationParty, Result
from countermark.apps.operations.payloads import proposal_payload, proposal_read, terms_sha256
from countermark.apps.operations.services import result_contribute
from countermark.domain.errors import Conflict, NotPermitted
from countermark.workflows import joint
from countermark.workflows.admission import HANDLERS

pytestmark = pytest.mark.django_db
ON = date(2013, 10, 1)
AFTER = date(2014, 3, 25)
MARCH_25 = datetime(2014, 3, 25, 9, 30, tzinfo=UTC)
MESSAGE = "0197a3c4-0000-7000-8000-000000000001"


def guangdong_proposal() -> dict[str, object]:
    agreement = Agreement(terms_sha256(terms()), ON, "Officer Zhou")
    return proposal_payload(Proposal(uuid.UUID(int=7), "cn-gd", terms(), agreement))


def admitted(kind, administration, data):
    return HANDLERS[kind](administration=administration, data=data, message_id=MESSAGE)


def test_a_proposal_reaches_the_partner_as_it_was_planned(paired, lin, sent):
    operation = joint.operation_propose(by=lin, terms=terms(), proposed_on=ON)
    (content,) = sent()
    assert (content["type"], content["lane"]) == ("op.create/1", f"op:{operation.key}")
    proposal = proposal_read(content["data"])
    assert (proposal.key, proposal.proposed_by) == (operation.key, "hk")
    assert proposal.agreement == Agreement(terms_sha256(terms()), ON, "Lin Yuk-ming")


def test_the_whole_way_from_proposal_to_closing(paired, guangdong, lin, opened, sent):
    operation = admitted("op.create/1", guangdong, guangdong_proposal())
    joint.operation_accept(operation=operation, by=lin, agreed_on=ON)
    for value in (900_000, 600_000):
        result_contribute(operation=operation, case=opened(goods(value=value)), by=lin)
        joint.result_share(operation=operation, by=lin, as_of=MARCH_25)
    joint.operation_end(operation=operation, by=lin, closed_on=AFTER)
    kinds = [content["type"] for content in sent()]
    assert kinds == ["op.agree/1", "op.result/1", "op.result/1", "op.close/1"]
    assert {content["lane"] for content in sent()} == {f"op:{operation.key}"}
    # Guangdong finds the same, so that our own messages can play its part.
    for content in sent()[1:]:
        admitted(content["type"], guangdong, content["data"])
    operation.refresh_from_db()
    assert operation.state == "closed"
    own, partner = (operation.results.filter(own=own).last() for own in (True, False))
    assert (own.value_minor, own.items) == (partner.value_minor, partner.items)
    assert (partner.revision, partner.message_id, partner.value_minor) == (2, MESSAGE, 1_500_000)


def test_an_unchanged_result_is_not_sent_again(paired, agreed, lin, opened, sent):
    result_contribute(operation=agreed, case=opened(), by=lin)
    first = joint.result_share(operation=agreed, by=lin, as_of=MARCH_25)
    later = joint.result_share(operation=agreed, by=lin, as_of=datetime(2014, 4, 1, tzinfo=UTC))
    assert first == later
    assert len(sent("op.result/1")) == 1


def test_without_a_paired_node_nothing_is_proposed(hongkong, guangdong, lin):
    with pytest.raises(Conflict, match="partner-not-paired"):
        joint.operation_propose(by=lin, terms=terms(), proposed_on=ON)
    assert not JointOperation.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("act", ["propose", "accept", "share", "end"])
def test_if_the_message_cannot_be_written_the_change_is_not_either(
    paired, guangdong, lin, monkeypatch, act
):
    operation = None
    if act != "propose":
        operation = admitted("op.create/1", guangdong, guangdong_proposal())
    if act in ("share", "end"):
        joint.operation_accept(operation=operation, by=lin, agreed_on=ON)
    if act == "end":
        joint.result_share(operation=operation, by=lin, as_of=MARCH_25)
    before = _state()
    monkeypatch.setattr(joint, "message_enqueue", _fail)
    acts = {
        "propose": lambda: joint.operation_propose(by=lin, terms=terms(), proposed_on=ON),
        "accept": lambda: joint.operation_accept(operation=operation, by=lin, agreed_on=ON),
        "share": lambda: joint.result_share(operation=operation, by=lin, as_of=MARCH_25),
        "end": lambda: joint.operation_end(operation=operation, by=lin, closed_on=AFTER),
    }
    with pytest.raises(RuntimeError):
        acts[act]()
    assert _state() == before


def _fail(**_said):
    raise RuntimeError


def _state():
    operations = JointOperation.objects.values_list("key", "state")
    parties = OperationParty.objects.values_list("administration", "agreed_on", "closed_on")
    counts = [model.objects.count() for model in (Result, OutboxMessage, Entry)]
    return [*operations, *parties, *counts]


@pytest.mark.parametrize("who", ["chan", "lau", "mak"])
def test_who_may_not_plan_proposes_nothing(request, paired, who):
    with pytest.raises(NotPermitted):
        joint.operation_propose(by=request.getfixturevalue(who), terms=terms(), proposed_on=ON)
    assert not OutboxMessage.objects.exists()
