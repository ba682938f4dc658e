"""Cases as the tests of this app need them; the node is Hong Kong's unless ``at_guangdong``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from tests.trade import hit_on

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.services import Names, office_record
from countermark.apps.cases.services import CaseDetails, GoodsInput, PartyInput, case_open
from countermark.apps.intake.models import Batch, Declaration, DeclarationLine, Party
from countermark.apps.register.models import Right, RightHolder
from countermark.apps.screening.models import Hit

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    """Let every test of this app run on 23 November 2026, noon in Hong Kong."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def right(db) -> Right:
    holder = RightHolder.objects.create(
        name="Meridian Ltd", country="GB", key="meridianltd", folded="meridian ltd"
    )
    return Right.objects.create(
        holder=holder,
        jurisdiction="hk",
        registration_number="300000001",
        word="MERIDIAN",
        nice_classes=[18],
        valid_from=date(2010, 1, 1),
        valid_until=date(2030, 1, 1),
        folded="meridian 300000001",
    )


@pytest.fixture
def goods(right) -> list[GoodsInput]:
    """Purses at market value and shoes at declared value."""
    return [
        GoodsInput(
            description="Purses marked MERIDIAN for Pelican Trading",
            quantity=Decimal(500),
            hs_code="420231",
            right=right,
            value_minor=5_000_000,
            currency="HKD",
            value_basis="market",
            valued_on=date(2013, 11, 5),
        ),
        GoodsInput(
            description="Sports shoes",
            quantity=Decimal(300),
            unit="PR",
            category="footwear",
            hs_code="640411",
            right=right,
            value_minor=3_000_000,
            currency="CNY",
            value_basis="declared",
            valued_on=date(2013, 11, 5),
        ),
    ]


@pytest.fixture
def details() -> CaseDetails:
    return CaseDetails(
        direction="transhipment",
        channel="express",
        transport_mode="road",
        control_point="Shenzhen Bay",
        departure="Guangdong",
        destination="Canada",
        parties=[
            PartyInput("consignor", "Pelican Trading", "91440300MA5XYZ"),
            PartyInput("consignee", "Wong Tai-man"),
            PartyInput("carrier", "Kestrel Logistics"),
        ],
    )


@pytest.fixture
def open_case(chan, tuen_mun, goods, details):
    """Open a Hong Kong case, changed as the test says."""

    def opened(**changes):
        fields = {
            "by": chan,
            "office": tuen_mun,
            "procedure_code": "hk/criminal-seizure",
            "opened_on": date(2013, 11, 5),
            "title": "Purses and shoes of Pelican Trading",
            "goods": goods,
            "details": details,
        }
        return case_open(**(fields | changes))

    return opened


@pytest.fixture
def case(open_case):
    return open_case()


@pytest.fixture
def shenzhen(guangdong):
    return office_record(
        administration=guangdong,
        code="shenzhen-bay",
        names=Names(en="Shenzhen Bay Customs", zh_hant="深圳灣海關", zh_hans="深圳湾海关"),
    )


@pytest.fixture
def peng(shenzhen, settings) -> Officer:
    """Officer Peng, who works on Guangdong's own node."""
    settings.COUNTERMARK_ADMINISTRATION = "cn-gd"
    officer = Officer(username="peng", display_name="Peng Li", office=shenzhen, role="officer")
    officer.set_unusable_password()
    officer.save()
    return officer


@pytest.fixture
def mainland_case(peng, shenzhen, goods):
    return case_open(
        by=peng,
        office=shenzhen,
        procedure_code="cn/ex-officio",
        opened_on=date(2014, 3, 3),
        title="Purses",
        goods=goods,
    )


@pytest.fixture
def hit(right, tuen_mun, chan) -> Hit:
    """An open hit on a declaration line of Tuen Mun."""
    batch = Batch.objects.create(
        number="B-000001",
        office=tuen_mun,
        filename="lines.csv",
        format="csv",
        size_bytes=1,
        sha256="0" * 64,
        state="received",
        received_at=NOON,
        received_by=chan,
    )
    parties = [
        Party.objects.create(name=name, identifier=identifier, key=name.lower())
        for name, identifier in (("Pelican Trading", "91440300MA5XYZ"), ("Wong Tai-man", ""))
    ]
    declaration = Declaration.objects.create(
        number="D-1",
        office=tuen_mun,
        batch=batch,
        declared_on=date(2026, 11, 20),
        direction="export",
        channel="express",
        transport_mode="air",
        control_point="Airport",
        departure="Guangdong",
        destination="Canada",
        consignor=parties[0],
        consignee=parties[1],
    )
    line = DeclarationLine.objects.create(
        declaration=declaration,
        batch=batch,
        line_no=1,
        goods_description="MERIDlAN purses",
        hs_code="420231",
        quantity=Decimal(40),
        unit="H87",
        value_minor=120_000,
        currency="HKD",
        content_sha256="1" * 64,
    )
    return hit_on(right, line, NOON)
