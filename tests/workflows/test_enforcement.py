"""A case is referred under its shared key, and nothing nominal leaves this side."""

from __future__ import annotations

import json

import pytest

from countermark.apps.audit.models import Entry
from countermark.apps.cases.models import PartnerCase
from countermark.apps.cases.services import PartyInput
from countermark.apps.exchange.models import OutboxMessage
from countermark.domain.errors import Conflict, NotPermitted
from countermark.workflows import enforcement
from countermark.workflows.admission import HANDLERS
from countermark.workflows.enforcement import case_refer

pytestmark = pytest.mark.django_db


def test_what_is_referred_is_what_the_partner_records_and_names_nobody(
    paired, guangdong, opened, wu, sent
):
    case = opened(destination="HK", parties=[PartyInput("consignee", "Tai Fat Trading", "BR-123")])
    case_refer(case=case, to=guangdong, by=wu)
    (content,) = sent()
    assert (content["type"], content["lane"]) == ("case.referral/1", f"case:{case.key}")
    assert "Tai Fat" not in json.dumps(content)
    assert "BR-123" not in json.dumps(content)
    data = content["data"] | {"administration": "cn-gd", "number": "GD-2014-000123"}
    row = HANDLERS["case.referral/1"](
        administration=guangdong, data=data, message_id="0197a3c4-0000-7000-8000-000000000001"
    )
    assert (row.number, row.key, row.case) == ("GD-2014-000123", case.key, case)
    assert row.summary == data


def test_the_same_summary_is_sent_once_and_a_changed_one_after_it(
    paired, guangdong, opened, wu, sent
):
    case = opened()
    first, again = (case_refer(case=case, to=guangdong, by=wu) for _ in range(2))
    assert first == again
    case.goods.update(quantity=99)
    case.refresh_from_db()
    changed = case_refer(case=case, to=guangdong, by=wu)
    assert (changed.lane, changed.seq) == (first.lane, 2)
    assert len(sent()) == 2


@pytest.mark.parametrize("who", ["chan", "mak", "lau", "kwok"])
def test_who_may_not_send_refers_nothing(request, paired, guangdong, opened, who):
    case = opened()
    with pytest.raises(NotPermitted):
        case_refer(case=case, to=guangdong, by=request.getfixturevalue(who))
    assert not OutboxMessage.objects.exists()


def test_an_unpaired_partner_is_told_nothing(hongkong, guangdong, opened, wu):
    with pytest.raises(Conflict, match="partner-not-paired"):
        case_refer(case=opened(), to=guangdong, by=wu)


def test_a_referral_whose_last_step_fails_sends_nothing(paired, guangdong, opened, wu, monkeypatch):
    case = opened()
    entries = Entry.objects.count()

    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(enforcement, "audit_record", fail)
    with pytest.raises(RuntimeError):
        case_refer(case=case, to=guangdong, by=wu)
    assert not OutboxMessage.objects.exists()
    assert not PartnerCase.objects.exists()
    assert Entry.objects.count() == entries
