"""The sentence of every refusal: what happened, and what the officer can do about it.

``%(name)s`` stands for a param that every refusal of that code carries.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentences = dict[str, Promise]

REACH: Sentences = {
    "not-permitted": _("Your role does not include this. Ask a supervisor who may do it."),
    "role-may-not-act": _("Your role may not do this act. Ask a supervisor who may do it."),
    "role-unknown": _("There is no such role. Choose one from the list."),
    "username-taken": _("Somebody already signs in under this name. Choose another."),
    "password-weak": _("The password is too weak. Choose a longer one that is not in common use."),
    "administration-unknown": _("This administration is not known to this node."),
    "office-unknown": _("This office is not known to this node."),
    "officer-unknown": _("There is no active officer of this name."),
    "page-closed": _("Accounts and passwords are made by the administrator of this node."),
    "view-unknown": _("There is no such view. Choose one of the tabs."),
}
FIELDS: Sentences = {
    "missing": _("Fill in this field."),
    "field-missing": _("Fill in this field."),
    "too-long": _("The text is too long. Shorten it."),
    "text-too-long": _("The text is too long. Shorten it to %(longest)s characters."),
    "date-malformed": _("Write the day as year-month-day, such as 2026-01-16."),
    "date-in-the-future": _("The day is in the future. Check it."),
    "date-in-future": _("The day is in the future. Check it."),
    "dates-not-in-order": _("The last day is before the first. Change one of them."),
    "period-reversed": _("The last day is before the first. Change one of them."),
    "window-reversed": _("The last day is before the first. Change one of them."),
    "number-malformed": _("Write a plain number, without unit or currency."),
    "number-too-fine": _("The number has too many decimals. Round it."),
    "number-out-of-range": _("The number is out of range. Check it."),
    "code-unknown": _("This value is not known here. Choose one from the list."),
    "amount-malformed": _("Write the amount as a plain number, such as 138000 or 138000.50."),
    "amount-too-fine": _("The amount has more decimals than its currency. Round it and try again."),
    "amount-too-large": _("The amount is too large to be kept. Check it."),
    "currency-unknown": _("Write the currency as three letters, such as HKD or CNY."),
    "currencies-differ": _("Amounts in different currencies are not added. Convert one first."),
    "quantity-malformed": _("Write the quantity as a plain number."),
    "quantity-negative": _("A quantity cannot be less than zero."),
    "unit-unknown": _("This unit is not known. Choose one from the list."),
    "units-differ": _("Quantities in different units are not added."),
    "value-negative": _("A value cannot be less than zero."),
    "value-incomplete": _("A value needs its amount, currency, basis and day. Fill in all four."),
    "parts-exceed-total": _("The parts come to more than the total. Check the figures."),
    "rate-missing": _(
        "No exchange rate is published near enough to this day. Choose another day or enter a rate."
    ),
    "rate-not-positive": _("An exchange rate is greater than zero. Check it."),
    "rates-do-not-cross": _("The two rates differ in base, day or source and do not combine."),
    "country-malformed": _("Write the country as two letters, such as IT."),
    "hs-code-malformed": _("Write the HS code as digits, two to ten of them."),
    "reason-missing": _("Write the reason."),
    "terms-differ": _("The two sides hold different terms under this code. Agree on one."),
}
FILES: Sentences = {
    "empty-file": _("The file is empty. Choose another."),
    "file-empty": _("The file is empty. Choose another."),
    "too-many-marks": _("The register has too many marks for one index. Divide it."),
    "file-too-large": _("The file is too large. Divide it and bring the parts."),
    "file-type-refused": _("Files of this kind are not kept. Choose a PDF, picture or table."),
    "file-has-macros": _("The file contains macros. Save it without them and try again."),
    "unreadable-file": _("The file is damaged or of another kind than its name says."),
    "xml-dtd": _(
        "Line %(line)s: the file declares a document type or entities. They are never read: save "
        "the file without them."
    ),
    "xml-encoding": _(
        "Line %(line)s: the text is not in the encoding %(encoding)s, or that encoding is not read "
        "here. Save the file in UTF-8."
    ),
    "xml-kind-unknown": _(
        "Line %(line)s: a file that begins with %(element)s holds no trade marks in WIPO ST.66 or "
        "ST.96."
    ),
    "xml-not-well-formed": _(
        "Line %(line)s: the XML is damaged (%(detail)s). Fetch the file again."
    ),
    "xml-record-too-large": _(
        "Line %(line)s: this trade mark is larger than any real one. Look at element %(element)s."
    ),
    "xml-text-too-long": _(
        "Line %(line)s: element %(element)s holds more than %(limit)s characters. Shorten it."
    ),
    "xml-token-too-long": _(
        "Line %(line)s: a tag or comment after element %(element)s does not end. Fetch the file "
        "again."
    ),
    "xml-too-deep": _(
        "Line %(line)s: element %(element)s stands more than %(limit)s elements deep."
    ),
    "xml-too-many-attributes": _(
        "Line %(line)s: element %(element)s has more than %(limit)s attributes."
    ),
    "xml-too-many-names": _(
        "Line %(line)s: the file uses more than %(limit)s names. It is no file of trade marks."
    ),
    "xml-without-marks": _("The file holds no trade mark."),
    "format-unknown": _("There is no such format. Choose ST.96 or CSV."),
    "right-not-in-force": _("The office says that there is no such registration any more."),
    "too-many-rows": _("The file has too many rows. Divide it and bring the parts."),
    "columns-missing": _("No column holds: %(fields)s. Add it to the file or choose a column."),
    "columns-unknown": _("The file has no such column. Choose from the list."),
    "fields-unknown": _("There is no such field. Open the page again."),
    "missing-column": _("The file lacks a column that is needed."),
    "duplicate-column": _("Two columns of the file have one title. Rename one of them."),
    "file-received-before": _(
        "This file was received before, as batch %(batch)s. Open that batch."
    ),
    "upload-gone": _("The file is no longer kept here. Bring it again."),
    "upload-unknown": _("The file is no longer kept here. Bring it again."),
    "no-reject-file": _("No row was rejected, so there is no file of rejected rows."),
    "import-differs-from-preview": _(
        "The register has changed since you looked. Check the new preview and confirm again."
    ),
    # rows of a file
    "column-count": _("The row has more or fewer columns than the title row."),
    "duplicate-id": _("Another row has the same identifier."),
    "encoding": _("The row is not valid text in the encoding of the file."),
    "field-too-long": _("A value is too long to be kept."),
    "record-too-long": _("The row is too long to be read."),
    "missing-value": _("A value that is needed is missing."),
    "invalid-value": _("A value cannot be read."),
    "nested-value": _("A value is neither text, a number nor a list of them."),
    "not-an-object": _("The line is not a JSON object."),
    "not-json": _("The line is not JSON."),
    "nul-character": _("The row contains a NUL character."),
    "not-a-model": _("The file is not a model of this screener."),
    "quotes": _("Quotation marks of the row do not close, or do not end a value."),
    "repeated-in-file": _("An earlier row of the file has the same registration."),
    "declaration-differs": _("The declaration is recorded already, with another content."),
    "line-differs": _("This line of the declaration is recorded already, with another content."),
}
WORK: Sentences = {
    # register
    "right-unknown": _("There is no such right in the register."),
    "right-type-unknown": _("There is no such type of right. Choose one from the list."),
    "right-withdrawn": _("The right is withdrawn and is no longer changed."),
    "right-recorded-already": _("This registration is in the register already. Open it instead."),
    "right-changed-meanwhile": _(
        "Somebody changed this right after you opened it. Open it again and repeat your change."
    ),
    "word-missing": _("Write the mark in at least one of the three scripts."),
    "class-malformed": _("Write the classes as numbers, such as 18, 25."),
    "class-out-of-range": _("Nice classes are numbers from 1 to 45."),
    "class-repeated": _("A class stands there twice. Remove one."),
    "jurisdiction-unknown": _("No administration known to this node follows this law."),
    "jurisdiction-elsewhere": _(
        "The right is registered under another law and protects there only. Record it there."
    ),
    "recordation-number-taken": _("Another right has this recordation number. Check it."),
    "recordation-in-force-already": _("The right has a recordation in force already."),
    "recordation-not-in-force": _("The recordation is no longer in force."),
    "party-authorised-already": _("This party is authorised in that role already."),
    # batches and screening
    "batch-unknown": _("There is no such batch, or it belongs to another office."),
    "batch-not-loaded": _("The batch is not loaded yet. Wait until it is."),
    "batch-failed": _("The batch could not be loaded. Correct the file and bring it again."),
    "batch-loading-elsewhere": _("The batch is being loaded already. Wait until it is."),
    "run-failed": _("The screening of this batch was given up. Start it anew."),
    "run-taken-over": _("Another worker has taken over the screening of this batch. It goes on."),
    "run-ended": _("The screening of this batch has ended already."),
    "hunt-unknown": _("There is no such retro-hunt."),
    "hunt-under-way": _("A retro-hunt over these days is under way. Wait until it has ended."),
    "right-not-watched": _("The right is not screened for today. Record it first."),
    "phrase-unknown": _("No hit on this mark has this phrase. Choose one from the list."),
    "phrase-muted-already": _("This phrase is muted for the mark already."),
    "mute-unknown": _("There is no such mute."),
    "mute-lifted-already": _("This mute was lifted before."),
    "mute-day-out-of-range": _("Choose a day from tomorrow to a year from today."),
    "share-of-nothing": _("A share needs something to be a share of."),
    "declaration-unknown": _("There is no such declaration, or it belongs to another office."),
    "line-unknown": _("There is no such declaration line, or it belongs to another office."),
    "hit-unknown": _("There is no such hit, or it belongs to another office."),
    "hit-state": _("Somebody decided this hit first. Open it again to see the decision."),
    "hit-relied-on": _("A case rests on this hit. Work on the case instead."),
    "hit-not-confirmed": _("Only a confirmed hit leads to a case. Confirm it first."),
    "hit-in-a-case": _("The hit is part of case %(case)s already. Open that case."),
    "decision-unknown": _("There is no such decision. Choose one of the buttons."),
    "snooze-needs-a-time": _("Choose how long to snooze."),
    "snooze-in-the-past": _("The time to come back has passed. Choose a later one."),
    "nothing-to-undo": _("There is no decision to undo."),
    "undo-too-late": _("A decision can be undone for %(seconds)s seconds. Reopen the hit instead."),
    "undo-own-decision-only": _("Somebody else decided this hit. Reopen it instead."),
}
LAW: Sentences = {
    "act-not-open": _("The procedure does not allow this act now. Open the case again."),
    "act-unknown": _("The procedure knows no such act."),
    "goods-missing": _("Record the goods of the case first."),
    "term-not-open": _("No time limit that this act answers is running."),
    "term-passed": _("The time limit ended on %(due_on)s. The act is no longer open."),
    "term-still-runs": _("The time limit runs until %(due_on)s. The act opens after that."),
    "term-not-in-force": _("This time limit was not law on that day. Check the date."),
    "instrument-not-in-force": _("This instrument was not in force on that day. Check the date."),
    "procedure-not-in-force": _("This procedure was not in force on that day. Check the date."),
    "instrument-unknown": _("The law folder does not hold this instrument."),
    "article-unknown": _("The law folder does not hold this article."),
    "calendar-unknown": _("The law folder does not hold this calendar."),
    "law-unknown": _("The law folder does not hold this law."),
    "procedure-unknown": _("The law folder does not hold this procedure."),
}
"""What procedures and the law say no to."""
