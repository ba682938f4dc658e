"""Cases under a procedure of law: goods, parties, acts, terms, notes, files, partners' cases.

Owns Case, GoodsLine, CaseParty, CaseAct, CaseDeadline, Note, Attachment, PartnerCase, TraderLink,
PartyDetail, Conveyance, CaseKey, CommonValue and PartyVerdict.

Invariants: a case stands in a state of its procedure as it was law on the day the case was opened;
it moves only by acts that the procedure opens, and every act is kept for good (CaseAct is
append-only, by trigger); each term has one open deadline at most; numbers of a year have no gap;
goods have their value with currency, basis and day, or no value at all; nothing nominal is in the
summary that partners receive; of a trader's link only a hash is kept; the keys by which cases are
linked are those of what the case holds, written in the same transaction; what officers say of two
parties is append-only.

Audit acts: ``cases.case.opened``, ``cases.act.recorded``, ``cases.deadline.recounted``,
``cases.note.added``, ``cases.attachment.added``, ``cases.partner-case.recorded``,
``cases.partner-case.linked``, ``cases.trader-link.made``, ``cases.trader-link.opened``,
``cases.trader-link.refused``, ``cases.trader-link.viewed``, ``cases.trader-link.answered``,
``cases.trader-link.closed``, ``cases.party.added``, ``cases.party-detail.added``,
``cases.party-detail.removed``, ``cases.conveyance.added``, ``cases.conveyance.removed``,
``cases.parties.judged``, ``cases.common-value.ignored``, ``cases.common-value.lifted``.
"""
