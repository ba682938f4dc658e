"""What the pages for cases, operations, exchange and figures need before they show anything."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.apps.exchange.partner import Guangdong
from tests.apps.operations.scene import agreed, goods, opened, proposed

from countermark.apps.cases.services import PartyInput
from countermark.apps.exchange.models import Partner
from countermark.apps.exchange.services import partner_pair
from countermark.apps.operations.inputs import ResultStatement
from countermark.apps.operations.services import result_contribute, result_receive
from countermark.domain.measures import Amount, Part, Tally
from countermark.domain.money import Money
from countermark.domain.vocabulary import ValueBasis

__all__ = ["agreed", "case", "contributed", "full", "gd", "opened", "paired", "proposed", "stated"]

CNY = Amount(Money(3_000_000, "CNY"), ValueBasis.DECLARED)


@pytest.fixture
def gd() -> Guangdong:
    """Guangdong's node, as the protocol sees it."""
    return Guangdong()


@pytest.fixture
def paired(gd, hongkong, guangdong, lin) -> Partner:
    """Hong Kong's node, paired with Guangdong's by liaison officer Lin."""
    return partner_pair(bundle=gd.bundle, fingerprint=gd.words, fingerprint_confirmed_by=lin)


@pytest.fixture
def case(opened):
    """A case of Tuen Mun with two lines on two bases, and a named consignee."""
    return opened(
        goods(description="Sports shoes", quantity=52, value=1_300_000),
        goods("jewellery", 40, 760_000, description="Bracelets", value_basis="declared"),
        control_point="Man Kam To",
        departure="CN",
        destination="HK",
        parties=[PartyInput("consignee", "Bright Harbour Trading", "HK-77")],
    )


@pytest.fixture
def contributed(agreed, opened, lin):
    """Three of our cases in the running operation, one of them in another category."""
    cases = [
        opened(destination="HK", departure="CN"),
        opened(goods("bags-and-purses", 20, 4_400_000), destination="HK", departure="CN"),
        opened(goods("jewellery", 7, 90_000), destination="HK", departure="CN"),
    ]
    for each in cases:
        result_contribute(operation=agreed, case=each, by=lin)
    agreed.refresh_from_db()
    return cases


@pytest.fixture
def stated(agreed, guangdong):
    """Guangdong's signed result; its categories leave two articles out."""
    return result_receive(
        administration=guangdong,
        message_id="0191f0a0-0000-7000-8000-000000000001",
        statement=ResultStatement(
            key=agreed.key,
            revision=1,
            as_of=datetime(2014, 6, 30, 9, tzinfo=UTC),
            tally=Tally(5, Decimal(450), (CNY,)),
            categories=(Part("footwear", Tally(5, Decimal(448), (CNY,))),),
            arrests=None,
            stated_by="Officer Zhou",
        ),
    )


@pytest.fixture
def full(contributed, stated, agreed):
    """The operation with what both sides found."""
    agreed.refresh_from_db()
    return agreed
