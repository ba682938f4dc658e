from __future__ import annotations

from uuid import uuid4

import pytest
from tests.apps.exchange.partner import Guangdong

from countermark.apps.accounts.services import Names, administration_record
from countermark.apps.exchange.models import Partner
from countermark.apps.exchange.services import message_enqueue, partner_pair


@pytest.fixture
def gd() -> Guangdong:
    """Guangdong's node, as the protocol sees it."""
    return Guangdong()


@pytest.fixture
def paired(gd, lin, guangdong) -> Partner:
    """Hong Kong's node, paired with Guangdong's by liaison officer Lin."""
    return partner_pair(bundle=gd.bundle, fingerprint=gd.words, fingerprint_confirmed_by=lin)


@pytest.fixture
def lane(gd) -> str:
    return gd.lane


@pytest.fixture
def readers(lin, wu, mak, kwok):
    """One officer of each role that reads the exchange."""
    return lin, wu, mak, kwok


@pytest.fixture
def send(paired, guangdong, lin, lane):
    """Write a message to Guangdong; each call is another business act."""

    def _send(**changes):
        values = {
            "administration": guangdong,
            "lane": lane,
            "type": "case.referral/1",
            "data": {"number": "HK-2014-000009"},
            "idempotency_key": str(uuid4()),
            "by": lin,
            "subject": "HK-2014-000009",
        }
        return message_enqueue(**values | changes)

    return _send


class Effects:
    """A handler that remembers, and fails or refuses when told to."""

    def __init__(self) -> None:
        self.seen: list[object] = []
        self.failure: Exception | None = None

    def __call__(self, *, administration, data, message_id):
        if self.failure:
            raise self.failure
        self.seen.append(data["n"])


@pytest.fixture
def effects() -> Effects:
    return Effects()


@pytest.fixture
def handlers(effects):
    return {"case.referral/1": effects, "stats.bundle/1": effects}


@pytest.fixture
def macao(db):
    """A third administration, known here and not paired."""
    same = Names(en="Macao Customs Service", zh_hant="澳門海關", zh_hans="澳门海关")
    return administration_record(code="mo", law="hk", names=same, short=same)
