"""The sentence of every refusal of cases, joint operations and the exchange between nodes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentences = dict[str, Promise]

CASES: Sentences = {
    "case-unknown": _("There is no such case, or it belongs to another office."),
    "attachment-unknown": _("There is no such attachment."),
    "attachment-known": _("The case has this file already."),
    "date-before-last-act": _("The day is before the last act of the case. Check it."),
    "party-missing": _("Write the name or the identifier of the party."),
    "procedure-of-another-law": _("This procedure belongs to another administration's law."),
    "title-missing-or-too-long": _("Write a short title."),
    "partner-case-unknown": _("There is no such case of a partner."),
    "partner-case-linked": _("The partner's case is linked to a case already."),
    "summary-malformed": _("The summary of a case cannot be read. Nothing was taken over."),
    "summary-of-another-administration": _(
        "The summary names another administration than its sender. Nothing was taken over."
    ),
}
GOODS: Sentences = {
    "case-closed": _(
        "The case has come to its end. Nothing is changed or asked for in it any more."
    ),
    "goods-none": _("No row can be entered. Correct the rows and paste them again."),
    "goods-changed": _(
        "Somebody entered goods in this case after you looked. Check the new preview and confirm "
        "again."
    ),
    "goods-line-unknown": _("These lines are not among the goods shown: %(lines)s."),
    "lines-none": _("Name at least one line, such as 3, 7-12."),
    "split-needs-parts": _("Give at least two parts, each with its quantity."),
    "split-sum-differs": _(
        "The parts come to %(found)s, but the line holds %(held)s. Change the quantities."
    ),
    "quantity-zero": _("Write a quantity greater than zero."),
    "value-without-amount": _("There is no amount. Write it, or empty this cell."),
    "value-part-missing": _("The amount needs this too. Fill in the cell, or say it for all rows."),
    "rights-several": _("Several rights have this number. Empty the cell and choose by the mark."),
    "brand-unknown": _("No recorded right has exactly this mark. Choose what to enter."),
    "brand-several": _("Several recorded rights have this mark. Choose one of them."),
    "same-as-row": _("Row %(line)s of the paste says the same."),
    "same-as-line": _("Line %(line)s of the case says the same."),
    "paste-changed": _("What would be entered has changed. Check the counts and confirm again."),
}
LINKS: Sentences = {
    "party-unknown": _("There is no such party, or its case belongs to another office."),
    "party-detail-known": _("This is written down for the party already."),
    "party-detail-unknown": _("This is no longer written down for the party."),
    "conveyance-known": _("This means of transport is in the case already."),
    "conveyance-unknown": _("This means of transport is no longer in the case."),
    "container-number-wrong": _(
        "No container has this number: its check digit does not fit. Compare it with the door."
    ),
    "link-value-unknown": _("There is no such value, or its case belongs to another office."),
    "common-value-known": _("This value is ignored already."),
    "common-value-unknown": _("This value is not ignored any more."),
    "common-value-lifted": _("Somebody let this value link cases again already."),
    "parties-of-one-case": _("Choose parties of two different cases."),
    "parties-judged-so": _("The same was said of these two parties before, and it still holds."),
    "parties-not-judged": _("Nothing is said of these two parties that could be taken back."),
}
OPERATIONS: Sentences = {
    "operation-unknown": _("There is no such joint operation."),
    "operation-code-taken": _("Another operation has this code. Choose another."),
    "operation-code-malformed": _("Write the code in letters, digits and hyphens."),
    "operation-needs-two-parties": _("A joint operation needs at least two administrations."),
    "operation-already-agreed": _("This administration has agreed already."),
    "operation-not-open": _("The operation is not open for this. Check its state."),
    "operation-not-proposed": _("Only a proposed operation can be agreed to."),
    "operation-sheet-closed": _("The figures of this operation are closed."),
    "operation-window-open": _("The operation still runs. It can be closed after its last day."),
    "operation-differs": _("The two sides hold different terms under this code. Agree on one."),
    "contribution-unknown": _("The case is not counted in this operation."),
    "case-already-contributed": _("The case is counted in this operation already."),
    "case-not-own": _("Only cases of this administration are contributed here."),
    "case-outside-window": _("The case was opened outside the days of the operation."),
    "result-missing": _("No result is stated yet. State it first."),
    "result-unknown": _("There is no such revision of the result."),
    "result-revision-differs": _("This revision is known already, with other figures."),
    "result-values-differ": _("The parts of the result do not come to its total. Check them."),
    "figures-revision-differs": _("This revision is known already, with other figures."),
    "figures-question-malformed": _("Choose a first and a last day."),
    "proposer-is-not-sender": _("The operation names another proposer than its sender."),
}
EXCHANGE: Sentences = {
    "message-unknown": _("There is no such message."),
    "message-not-set-aside": _("The message is not set aside."),
    "idempotency-key-reused": _("Another message has the same key. Nothing was sent."),
    "lane-wrong": _("The message does not belong in this lane. Nothing was sent."),
    "node-keys-missing": _("This node has no keys yet. Ask its administrator to make them."),
    "private-key-missing": _("The private key is not on this node. Ask its administrator."),
    "partner-key-missing": _("The partner's key is not known here. Pair the nodes again."),
    "partner-is-self": _("A node cannot be paired with itself."),
    "partner-not-paired": _("This administration is not paired with this node yet."),
    "partner-root-differs": _("The partner is paired with another root key. Check by telephone."),
    "partner-suspended": _("The exchange with this partner is suspended."),
    "partner-unknown": _("The sender is not a partner of this node."),
    "fingerprint-differs": _(
        "The fingerprint is not the one you confirmed. Compare it again by telephone."
    ),
    "payload-malformed": _("The content of the message does not have the agreed form."),
}
CAPSULES: Sentences = {
    "capsule-format-unknown": _("The file is no capsule of a hit, or of a later version."),
    "capsule-not-canonical": _("The file was rewritten: not every byte is as it was signed."),
    "capsule-not-reproducible": _(
        "The hit cannot be made again from what is kept with it, so no file was signed."
    ),
    "capsule-not-text": _("The line holds characters that no file can hold."),
    "capsule-too-large": _("The line and its marks do not fit in a signed file."),
    "hit-evidence-missing": _(
        "The hit was found before evidence was kept with hits, so it cannot be exported."
    ),
}
ENVELOPES: Sentences = {
    "algorithm-refused": _("The message uses an algorithm that is not accepted."),
    "attribute-malformed": _("A part of the message is malformed."),
    "audience-wrong": _("The content names another recipient than the envelope."),
    "batch-malformed": _("The delivery is malformed."),
    "batch-too-large": _("The delivery is larger than agreed."),
    "bundle-malformed": _("The pairing bundle is malformed."),
    "clock-skew": _("The clocks of the two nodes are too far apart."),
    "content-too-large": _("The content is larger than agreed."),
    "decryption-failed": _("The message could not be decrypted with our keys."),
    "envelope-too-large": _("The message is larger than agreed."),
    "epoch-unknown": _("The message belongs to a lane that was begun anew."),
    "header-refused": _("The header of the message names something that is not accepted."),
    "inner-hash-wrong": _("The content is not the one that the envelope announces."),
    "json-malformed": _("The message is not JSON in the agreed form."),
    "key-malformed": _("A key is malformed."),
    "key-use-wrong": _("A key was used for another purpose than its own."),
    "kid-unknown": _("The message names a key that is not known here."),
    "lane-fork": _("Two different messages claim the same place in a lane."),
    "lane-malformed": _("The name of the lane is malformed."),
    "receipt-for-another-message": _("The receipt belongs to another message."),
    "receipt-malformed": _("The receipt is malformed."),
    "receipt-parties-wrong": _("The receipt names other parties than the message."),
    "recipient-wrong": _("The message is addressed to another node."),
    "request-signature-bad": _("The signature of the request is bad. Nothing was imported."),
    "sender-wrong": _("The message names another sender than its key."),
    "seq-too-far-ahead": _("The message is too far ahead of the last one that arrived."),
    "signature-bad": _("The signature of the message is bad. Nothing was imported."),
    "statement-malformed": _("The statement of keys is malformed."),
    "statement-node-wrong": _("The statement of keys belongs to another node."),
    "suite-unknown": _("The message uses a suite of algorithms that is not known here."),
    "token-malformed": _("The message is not in the agreed form."),
    "token-too-large": _("The message is larger than agreed."),
    "token-type-wrong": _("The message is of another kind than its place says."),
    "type-unknown": _("This kind of message is not known here."),
    "version-unknown": _("The message follows a version that is not known here."),
}
"""Checks that a message from another node did not pass."""
