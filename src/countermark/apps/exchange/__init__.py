"""The exchange with partner nodes: what was said, in which order, and what became of it.

Owns Partner, PartnerKey, OwnKey, KeyStatement, OutboxLane, OutboxMessage, Receipt, InboxLane,
InboxMessage, WireReject. The protocol itself is pure and lives in ``domain/envelopes``.

Invariants: a message stands in the outbox if and only if the business change it tells of was
committed; numbers of a lane have no gap; a message takes effect at most once and in the order of
its lane; a receipt is stored in the transaction that makes its fact durable and is handed out
again byte for byte; private keys are in files, never in the database and never in a log.

Audit acts: ``exchange.keys.made``, ``exchange.partner.paired``, ``exchange.partner.regressed``,
``exchange.message.enqueued``, ``exchange.message.settled``, ``exchange.message.admitted``,
``exchange.message.refused``, ``exchange.message.quarantined``, ``exchange.message.skipped``,
``exchange.lane.forked``.
"""
