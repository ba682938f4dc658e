"""An operation between Hong Kong and Guangdong, and cases to count in it."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

import pytest

from countermark.apps.cases.services import CaseDetails, GoodsInput, case_open
from countermark.apps.operations.inputs import Agreement, Terms
from countermark.apps.operations.payloads import terms_sha256
from countermark.apps.operations.services import operation_agreement_receive, operation_plan
from countermark.domain.vocabulary import Names

STARTS, ENDS = date(2013, 10, 22), date(2014, 3, 24)
TITLE = Names(en="Cross-boundary goods", zh_hans="跨境货物", zh_hant="跨境貨物")


def terms(**changes) -> Terms:
    given = {
        "code": "GD-HK-2013-1",
        "title": TITLE,
        "starts_on": STARTS,
        "ends_on": ENDS,
        "parties": ("hk", "cn-gd"),
        "theme": "Goods bound for Hong Kong",
        "channels": ("freight", "express"),
        "categories": ("footwear", "bags-and-purses"),
    }
    return Terms(**given | changes)


def goods(category="footwear", quantity=100, value=1_500_000, **changes) -> GoodsInput:
    given = {
        "description": "Goods",
        "quantity": Decimal(quantity),
        "category": category,
        "value_minor": value,
        "currency": "HKD",
        "value_basis": "market",
        "valued_on": date(2014, 1, 10),
    }
    return GoodsInput(**given | changes)


@pytest.fixture
def proposed(hongkong, guangdong, lin):
    """The operation as we proposed it; Guangdong has not answered."""
    return operation_plan(by=lin, terms=terms(), planned_on=date(2013, 10, 1))


@pytest.fixture
def agreed(proposed, guangdong):
    """The operation after Guangdong's agreement."""
    agreement = Agreement(terms_sha256(terms()), date(2013, 10, 8), "Officer Zhou")
    operation_agreement_receive(administration=guangdong, key=proposed.key, agreement=agreement)
    proposed.refresh_from_db()
    return proposed


@pytest.fixture
def opened(wu, tuen_mun):
    """Return a function that opens a case at Tuen Mun, with one line of goods unless told."""
    titles = itertools.count(1)

    def open_case(*lines, on=date(2014, 1, 10), office=tuen_mun, **details):
        given = {"direction": "import", "channel": "freight", "transport_mode": "road"}
        return case_open(
            by=wu,
            office=office,
            procedure_code="hk/criminal-seizure",
            opened_on=on,
            title=f"Case {next(titles)}",
            goods=lines or [goods()],
            details=CaseDetails(**given | details),
        )

    return open_case
