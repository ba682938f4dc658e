"""Cases under a procedure of law: goods, parties, acts, terms, notes, files, partners' cases.

Owns Case, GoodsLine, GoodsChange, CaseParty, CaseAct, CaseDeadline, Note, Attachment, PartnerCase,
TraderLink, Security with its SecurityEntry, CaseCost, PartyDetail, Conveyance, CaseKey, CommonValue
and PartyVerdict.

Invariants: a case stands in a state of its procedure as it was law on the day the case was opened;
it moves only by acts that the procedure opens, and every act is kept for good (CaseAct is
append-only, by trigger); a line of goods is changed only with a GoodsChange that keeps what it
said (append-only likewise), and withdrawn, never deleted; each term has one open deadline at most;
numbers of a year have no gap, nor have the lines of a case; goods have their value with currency,
basis and day, or no value at all; nothing nominal is in the summary that partners receive; of a
trader's link only a hash is kept; no more of a security is drawn or returned than is held, and its
movements and costs are append-only; the keys by which cases are linked are those of what the case
holds, written in the same transaction; what officers say of two parties is append-only.

Audit acts: ``cases.case.opened``, ``cases.act.recorded``, ``cases.deadline.recounted``,
``cases.goods.added``, ``cases.goods.amended``, ``cases.goods.split``, ``cases.goods.withdrawn``,
``cases.goods.restored``, ``cases.note.added``, ``cases.attachment.added``,
``cases.partner-case.recorded``,
``cases.partner-case.linked``, ``cases.trader-link.made``, ``cases.trader-link.opened``,
``cases.trader-link.refused``, ``cases.trader-link.viewed``, ``cases.trader-link.answered``,
``cases.trader-link.closed``, ``cases.security.asked``, ``cases.security.received``,
``cases.security.drawn``, ``cases.security.returned``, ``cases.cost.recorded``,
``cases.party.added``, ``cases.party-detail.added``,
``cases.party-detail.removed``, ``cases.conveyance.added``, ``cases.conveyance.removed``,
``cases.parties.judged``, ``cases.common-value.ignored``, ``cases.common-value.lifted``.
"""
