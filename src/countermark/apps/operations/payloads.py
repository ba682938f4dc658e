"""The content of ``op.*`` messages: one function writes each, one reads it as hostile input."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from countermark.apps.operations.inputs import (
    LONGEST_NAME,
    LONGEST_THEME,
    LONGEST_TITLE,
    Agreement,
    Closing,
    Proposal,
    ResultStatement,
    Terms,
)
from countermark.domain.envelopes.canonical import Json, json_bytes, sha256_hex
from countermark.domain.errors import InvalidInput
from countermark.domain.measures import Breakdown, breakdown_completed
from countermark.domain.measures.wire import part_json, parts_read, tally_json, tally_read
from countermark.domain.payload import Payload
from countermark.domain.vocabulary import Channel, GoodsCategory, Names

MOST_PARTIES, MOST_REVISIONS = 8, 10_000


def terms_payload(terms: Terms) -> dict[str, Json]:
    """Return the terms as every party writes them, codes sorted: the same terms, the same hash."""
    return {
        "code": terms.code,
        "title_en": terms.title.en,
        "title_zh_hans": terms.title.zh_hans,
        "title_zh_hant": terms.title.zh_hant,
        "theme": terms.theme,
        "starts_on": terms.starts_on.isoformat(),
        "ends_on": terms.ends_on.isoformat(),
        "parties": [*sorted(terms.parties)],
        "channels": [*sorted(terms.channels)],
        "categories": [*sorted(terms.categories)],
        "reconstructed": terms.reconstructed,
    }


def terms_sha256(terms: Terms) -> str:
    """Return the hash of the terms that an agreement names."""
    return sha256_hex(json_bytes(terms_payload(terms)))


def proposal_payload(proposal: Proposal) -> dict[str, Json]:
    """Return the content of ``op.create/1``."""
    return {
        "key": str(proposal.key),
        "proposed_by": proposal.proposed_by,
        "terms": terms_payload(proposal.terms),
        "agreement": _agreement(proposal.agreement),
    }


def proposal_read(data: Mapping[str, object]) -> Proposal:
    """Return the proposal in an ``op.create/1`` message.

    Raises:
        InvalidInput: A field is missing or malformed, or the agreement is to other terms.
    """
    payload = Payload.read(data)
    terms = _terms_read(payload.part("terms"))
    agreement = _agreement_read(payload.part("agreement"))
    if agreement.terms_sha256 != terms_sha256(terms):
        raise InvalidInput("terms-differ", field="agreement.terms_sha256")
    return Proposal(payload.uuid("key"), payload.slug("proposed_by", 12), terms, agreement)


def agreement_payload(key: str, agreement: Agreement) -> dict[str, Json]:
    """Return the content of ``op.agree/1``."""
    return {"key": key, "agreement": _agreement(agreement)}


def agreement_read(data: Mapping[str, object]) -> tuple[str, Agreement]:
    """Return the operation's key and the agreement in an ``op.agree/1`` message.

    Raises:
        InvalidInput: A field is missing or malformed.
    """
    payload = Payload.read(data)
    return str(payload.uuid("key")), _agreement_read(payload.part("agreement"))


def result_payload(statement: ResultStatement) -> dict[str, Json]:
    """Return the content of ``op.result/1``."""
    return {
        "key": str(statement.key),
        "revision": statement.revision,
        "as_of": _instant(statement.as_of),
        "tally": tally_json(statement.tally),
        "categories": [part_json(part) for part in statement.categories],
        "arrests": statement.arrests,
        "stated_by": statement.stated_by,
    }


def result_read(data: Mapping[str, object]) -> ResultStatement:
    """Return the result in an ``op.result/1`` message.

    Raises:
        InvalidInput: A field is missing or malformed, the categories hold more than the total, or
            the total is in several currencies or bases.
    """
    payload = Payload.read(data)
    statement = ResultStatement(
        key=payload.uuid("key"),
        revision=payload.integer("revision", 1, MOST_REVISIONS),
        as_of=payload.instant("as_of"),
        tally=tally_read(payload.part("tally")),
        categories=parts_read(payload, "categories"),
        arrests=payload.integer("arrests", 0, 10**6) if payload.has("arrests") else None,
        stated_by=payload.text("stated_by", LONGEST_NAME),
    )
    breakdown_completed(Breakdown("category", statement.categories), statement.tally)
    if any(part.code not in {*GoodsCategory, "not-stated"} for part in statement.categories):
        raise InvalidInput("code-unknown", field="categories")
    _ = statement.amount
    return statement


def closing_payload(closing: Closing) -> dict[str, Json]:
    """Return the content of ``op.close/1``."""
    return {
        "key": str(closing.key),
        "closed_on": closing.closed_on.isoformat(),
        "revision": closing.revision,
    }


def closing_read(data: Mapping[str, object]) -> Closing:
    """Return the closing in an ``op.close/1`` message.

    Raises:
        InvalidInput: A field is missing or malformed.
    """
    payload = Payload.read(data)
    revision = payload.integer("revision", 1, MOST_REVISIONS)
    return Closing(payload.uuid("key"), payload.day("closed_on"), revision)


def _terms_read(payload: Payload) -> Terms:
    return Terms(
        code=payload.slug("code", 40),
        title=Names(
            en=payload.text("title_en", LONGEST_TITLE),
            zh_hans=payload.text("title_zh_hans", LONGEST_TITLE),
            zh_hant=payload.text("title_zh_hant", LONGEST_TITLE),
        ),
        theme=payload.text("theme", LONGEST_THEME, required=False),
        starts_on=payload.day("starts_on"),
        ends_on=payload.day("ends_on"),
        parties=tuple(payload.slugs("parties", MOST_PARTIES)),
        channels=tuple(payload.choices("channels", frozenset(Channel))),
        categories=tuple(payload.choices("categories", frozenset(GoodsCategory))),
        reconstructed=payload.flag("reconstructed"),
    )


def _agreement(agreement: Agreement) -> dict[str, Json]:
    return {
        "terms_sha256": agreement.terms_sha256,
        "agreed_on": agreement.agreed_on.isoformat(),
        "agreed_by": agreement.agreed_by,
    }


def _agreement_read(payload: Payload) -> Agreement:
    return Agreement(
        terms_sha256=payload.matching("terms_sha256", "[0-9a-f]{64}"),
        agreed_on=payload.day("agreed_on"),
        agreed_by=payload.text("agreed_by", LONGEST_NAME),
    )


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
