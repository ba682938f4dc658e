"""What a partner sends is refused by field, or taken in whole; it never half counts."""

from __future__ import annotations

import contextlib
import copy
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.operations.scene import terms

from countermark.apps.audit.models import Entry
from countermark.apps.operations.inputs import Agreement, Closing, Proposal, ResultStatement
from countermark.apps.operations.models import JointOperation, Result
from countermark.apps.operations.payloads import (
    agreement_payload,
    closing_payload,
    proposal_payload,
    result_payload,
    terms_sha256,
)
from countermark.apps.register.inputs import OfferInput
from countermark.apps.register.payloads import (
    Answer,
    answer_payload,
    offer_payload,
    withdrawal_payload,
)
from countermark.apps.reports.models import PartnerFigures
from countermark.apps.reports.statement import statement_content, statement_payload
from countermark.domain.envelopes.schema import MESSAGE_TYPES
from countermark.domain.errors import InvalidInput, Refusal
from countermark.domain.measures import Amount, Breakdown, Part, Sheet, Tally
from countermark.domain.money import Money
from countermark.domain.vocabulary import ValueBasis
from countermark.workflows.admission import HANDLERS

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=7)
AS_OF = datetime(2014, 3, 25, 9, 30, tzinfo=UTC)
MESSAGE = "0197a3c4-0000-7000-8000-000000000001"
CNY = Amount(Money(3_000_000, "CNY"), ValueBasis.DECLARED)
TALLY = Tally(5, Decimal(450), (CNY,))
SHEET = Sheet(TALLY, (Breakdown("destination", (Part("hk", TALLY, 5),)),))
AGREEMENT = Agreement(terms_sha256(terms()), date(2013, 10, 1), "Officer Zhou")
CASE = {
    "key": str(KEY),
    "number": "GD-2014-000123",
    "administration": "cn-gd",
    "procedure": "cn/ex-officio",
    "state": "detained",
    "title": "VELUNDRA",
    "opened_on": "2014-01-09",
    "closed_on": None,
    "direction": "export",
    "channel": "freight",
    "transport_mode": "road",
    "reconstructed": True,
    "goods": [
        {
            "category": "footwear",
            "hs_code": "640399",
            "quantity": "50.000",
            "unit": "PR",
            "mark": "薇倫卓",
            "jurisdiction": "cn",
            "registration_number": "1234567",
            "value_minor": 650_000,
            "currency": "CNY",
            "value_basis": "declared",
        }
    ],
    "acts": [{"act": "detain", "acted_on": "2014-01-10"}],
    "deadlines": [
        {
            "code": "determine",
            "started_on": "2014-01-10",
            "due_on": "2014-02-24",
            "provisional": False,
            "source": "cn/ipr-customs-regulations#20",
        }
    ],
}
OFFER = OfferInput(
    key=KEY,
    jurisdiction="cn",
    right_type="trade-mark",
    registration_number="12345678",
    mark="VELUNDRA",
    holder="Meridian Ltd",
    name="Pelican Trading (Dongguan) Co., Ltd",
    identifier="",
    goods="bags",
    valid_from=date(2014, 1, 1),
    valid_until=date(2014, 12, 31),
    decided_as="holder",
    proof_sha256="0" * 64,
)
FILED = {
    "key": str(KEY),
    "n": 2,
    "act": "submit",
    "note": "",
    "right_type": "trade-mark",
    "role": "agent",
    "filed_by": "Harbour Agents",
    "holder": {
        "name": "Meridian Ltd",
        "name_zh_hant": "",
        "name_zh_hans": "",
        "country": "GB",
        "email": "",
        "phone": "",
        "address": "1 Quay, London",
    },
    "content": {
        "registration_number": "12345678",
        "word": "VELUNDRA",
        "nice_classes": [18],
        "valid_from": "2020-01-01",
        "statements": {"licensing": "nobody else"},
        "contacts": [{"name": "Ng Suk-fan"}],
    },
    "changes": {"goods": "bags"},
    "papers": [
        {
            "sha256": "0" * 64,
            "size": 5,
            "role": "certificate",
            "filename": "paper.pdf",
            "caption": "",
        }
    ],
}
GOOD = {
    "case.referral/1": CASE,
    "op.create/1": proposal_payload(Proposal(KEY, "cn-gd", terms(), AGREEMENT)),
    "op.agree/1": agreement_payload(str(KEY), AGREEMENT),
    "op.result/1": result_payload(
        ResultStatement(KEY, 1, AS_OF, TALLY, (Part("footwear", TALLY, 5),), None, "Officer Zhou")
    ),
    "op.close/1": closing_payload(Closing(KEY, date(2014, 3, 25), 1)),
    "permit.offer/1": offer_payload(OFFER),
    "permit.answer/1": answer_payload(Answer(KEY, "accepted")),
    "permit.withdraw/1": withdrawal_payload(KEY),
    "recordation.piece/1": {"sha256": "0" * 64, "number": 0, "content": "JVBERi0="},
    "recordation.filing/1": FILED,
    "recordation.status/1": {
        "key": str(KEY),
        "n": 3,
        "file": "cn-gd/F000001",
        "act": "examine",
        "state": "examining",
        "on": "2026-01-05",
        "note": "",
        "yours": False,
        "number": "",
        "expires_on": "2036-01-04",
    },
    "stats.bundle/1": statement_payload(
        statement_content(date(2013, 7, 1), date(2014, 6, 30), SHEET, reconstructed=True), 1, AS_OF
    ),
}


def admit(administration, kind, data):
    return HANDLERS[kind](administration=administration, data=data, message_id=MESSAGE)


def places(value, path=()):
    """Return the path of every value inside a JSON document."""
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    else:
        return [path]
    return [path, *(place for name, each in inner for place in places(each, (*path, name)))]


def changed(document, path, value):
    document = copy.deepcopy(document)
    target = document
    for name in path[:-1]:
        target = target[name]
    target[path[-1]] = value
    return document


def test_there_is_a_handler_for_every_message_but_receipts():
    assert set(HANDLERS) == set(MESSAGE_TYPES) - {"ctl.receipt/1"} == set(GOOD)


def test_the_good_documents_are_taken_in_and_a_second_time_change_nothing(hongkong, guangdong):
    for kind in ("case.referral/1", "stats.bundle/1", "op.create/1"):
        first, again = (admit(guangdong, kind, GOOD[kind]) for _ in range(2))
        assert first == again
    assert first.state == "proposed"
    assert PartnerFigures.objects.get().figures == GOOD["stats.bundle/1"]
    assert Entry.objects.count() == 3


def test_a_newer_partner_may_say_more_than_we_understand(hongkong, guangdong):
    row = admit(guangdong, "case.referral/1", CASE | {"novelty": {"x": 1}})
    assert "novelty" not in row.summary


@pytest.mark.parametrize(
    ("kind", "path"),
    [(kind, path) for kind, document in GOOD.items() for path in places(document) if path],
    ids=lambda value: value if isinstance(value, str) else ".".join(map(str, value)),
)
def test_no_field_may_hold_an_object_that_does_not_belong_there(hongkong, guangdong, kind, path):
    document = changed(GOOD[kind], path, {"nested": ["\x00"]})
    with pytest.raises(Refusal) as refused:
        admit(guangdong, kind, document)
    assert isinstance(refused.value, InvalidInput)
    assert refused.value.params["field"]
    assert not Entry.objects.exists()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
)


@settings(max_examples=150)
@given(kind=st.sampled_from(sorted(GOOD)), data=st.data())
def test_no_change_to_a_document_does_anything_but_apply_or_be_refused(
    hongkong, guangdong, kind, data
):
    path = data.draw(st.sampled_from([path for path in places(GOOD[kind]) if path]))
    document = changed(GOOD[kind], path, data.draw(JSON))
    with contextlib.suppress(Refusal):
        admit(guangdong, kind, document)


def test_a_result_with_two_currencies_or_parts_above_the_total_is_refused(hongkong, guangdong):
    admit(guangdong, "op.create/1", GOOD["op.create/1"])
    good = GOOD["op.result/1"]
    hkd = {"minor": 5, "currency": "HKD", "basis": "market"}
    for bad, code in (
        (
            changed(good, ("tally", "amounts"), [*good["tally"]["amounts"], hkd]),
            "result-values-differ",
        ),
        (changed(good, ("tally", "items"), "449"), "parts-exceed-total"),
        (changed(good, ("categories", 0, "code"), "pigeons"), "code-unknown"),
    ):
        with pytest.raises(InvalidInput, match=code):
            admit(guangdong, "op.result/1", bad)
    assert not Result.objects.exists()


def test_an_agreement_to_other_terms_inside_a_proposal_is_refused(hongkong, guangdong):
    document = changed(GOOD["op.create/1"], ("terms", "theme"), "something else")
    with pytest.raises(InvalidInput, match="terms-differ"):
        admit(guangdong, "op.create/1", document)
    assert not JointOperation.objects.exists()


def test_a_statement_whose_parts_fall_short_gets_a_row_for_the_rest(hongkong, guangdong):
    part = changed(GOOD["stats.bundle/1"], ("sheet", "breakdowns", 0, "parts", 0, "cases"), 3)
    admit(guangdong, "stats.bundle/1", part)
    too_much = changed(GOOD["stats.bundle/1"], ("sheet", "total", "cases"), 4) | {"revision": 2}
    with pytest.raises(InvalidInput, match="parts-exceed-total"):
        admit(guangdong, "stats.bundle/1", too_much)
