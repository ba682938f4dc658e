"""Random cases, as odd as the types allow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from countermark.domain.measures import Amount, CaseRecord, GoodsRecord
from countermark.domain.money import Money
from countermark.domain.quantity import Quantity
from countermark.domain.vocabulary import (
    Channel,
    Direction,
    GoodsCategory,
    TransportMode,
    ValueBasis,
)

AMOUNTS = st.builds(
    Amount,
    st.builds(Money, st.integers(0, 10**9), st.sampled_from(["HKD", "CNY", "JPY"])),
    st.sampled_from(ValueBasis),
)
QUANTITIES = st.builds(
    Quantity,
    st.integers(0, 10**6).map(lambda thousandths: Decimal(thousandths) / 1000),
    st.sampled_from(["H87", "PR", "DZN", "KGM", "MTR"]),
)
GOODS = st.builds(GoodsRecord, st.sampled_from(GoodsCategory), QUANTITIES, st.none() | AMOUNTS)
CASES = st.builds(
    CaseRecord,
    number=st.text("0123456789", min_size=1, max_size=6),
    opened_on=st.dates(date(2013, 1, 1), date(2014, 12, 31)),
    direction=st.sampled_from(Direction),
    channel=st.sampled_from(Channel),
    transport_mode=st.sampled_from(TransportMode),
    destination=st.sampled_from(["", "hk", "cn", "us", "jp"]),
    goods=st.lists(GOODS, max_size=4).map(tuple),
    reconstructed=st.booleans(),
)
CASE_LISTS = st.lists(CASES, max_size=12)
