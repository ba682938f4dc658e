"""A capsule of an invented hit, signed by an invented node."""

from __future__ import annotations

from dataclasses import replace

from tests.domain.envelopes.cast import HK_ROOT, HK_SIGN
from tests.domain.matching.strategies import line, mark

from countermark.domain.capsules.content import Capsule, Reference, Rules, model_digest
from countermark.domain.capsules.seal import capsule_seal
from countermark.domain.envelopes.statement import StatedKey, Statement, statement_sign
from countermark.domain.matching import RULES_VERSION, Background, Context, Screener
from countermark.domain.matching.evidence import evidence_of
from countermark.domain.matching.weights import MODEL

AT = "2014-03-01T08:00:00Z"
MARKS = (
    mark(
        "Velundra", "維倫達", "維倫達", right_id="1", classes=(18,), parties=("Harbour Light Ltd",)
    ),
    mark("Velundro", right_id="2", parties=("Somebody Else",)),
    mark("Quite Another", right_id="3"),
)
LINE = line("ladies' VELUNDR4 handbag 手袋", "VELUNDR4", hs_code="420222", consignor="Pelican Ltd")
REFERENCE = Reference(
    "H-000001", "HK131022-0001", 1, "2013-10-22", "hk/trade-mark/300000001", 2, AT
)


def statement(*keys, revoked=(), number=1):
    stated = tuple(StatedKey(key.public, AT, revoked=key in revoked) for key in keys)
    return Statement("hk", number, stated)


def capsule(marks=MARKS, one=LINE, right_id="1", **changes) -> Capsule:
    background = Background.of([line("ladies' handbag"), line("handbag"), one])
    screener = Screener(marks, Context(background))
    hit = next(hit for hit in screener.screen(one) if hit.right_id == right_id)
    made = Capsule(
        node="hk",
        made_at=AT,
        reference=REFERENCE,
        hit=hit,
        evidence=evidence_of(screener, one).about(right_id),
        rules=Rules(RULES_VERSION, MODEL.name, model_digest(MODEL), screener.version, 5),
        root=HK_ROOT.public.x,
        statement=statement_sign(statement(HK_SIGN), HK_ROOT),
    )
    return replace(made, **changes)


def sealed_bytes(key=HK_SIGN, **changes) -> bytes:
    return capsule_seal(capsule(**changes), key)
