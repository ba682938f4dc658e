"""The sentences of refusals about files of recordations, who speaks for whom, and papers."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REGISTER: dict[str, Promise] = {
    # the file
    "recordation-unknown": _("There is no such file, or it is not yours to see."),
    "file-incomplete": _("The file is not complete. Still missing: %(missing)s."),
    "file-not-open": _("The file cannot be changed while it stands where it is."),
    "file-changed-meanwhile": _(
        "Somebody else changed this file after you opened it. Open it again and repeat your change."
    ),
    "file-elsewhere": _("Another administration keeps this file and decides on it."),
    "field-unknown": _("This field is not part of the file."),
    "text-malformed": _("This text cannot be kept. Write it again."),
    "fact-unknown": _("This type of right has no such field."),
    "right-type-not-recorded": _("This administration does not record this type of right."),
    "right-of-another-holder": _(
        "This registration is in the register for another holder. If it was transferred, report the"
        " change with proof."
    ),
    "right-ended": _("The right ended on %(valid_until)s and cannot be recorded."),
    "right-ends-first": _(
        "The right itself ends on %(valid_until)s. Renew it first and report its new last day."
    ),
    "registration-cannot-change": _("The registration number of a recorded right does not change."),
    "renewal-not-needed": _("This recordation has no last day and is not renewed."),
    "renewal-too-early": _("Renewal may be asked for from %(first_day)s on."),
    "not-ended": _("The last day has not passed."),
    "nothing-selected": _("Select at least one file."),
    "selection-changed": _(
        "What you selected has changed since it was shown. Look at it again and confirm anew."
    ),
    "mail-not-sent": _(
        "The mail could not be sent just now. What you entered is kept. Sign in later, and it is"
        " sent again."
    ),
    # who speaks for whom
    "holder-unknown": _("You do not speak for this right holder, or no longer."),
    "holder-known": _("A right holder of this name and country is in the register. Choose it."),
    "access-unknown": _("There is no such request."),
    "access-asked-already": _("You have asked for this right holder already. Wait for the answer."),
    "access-approved-already": _("The account speaks for this right holder already."),
    "access-settled-already": _("This request is settled already."),
    "access-not-approved": _("This access is not in force."),
    "power-of-attorney-missing": _("The agent has filed no power of attorney."),
    "day-passed": _("This day has passed. Check it."),
    # papers and pictures
    "document-unknown": _("There is no such file, or it was taken out."),
    "too-many-files": _("There are %(limit)s files already. Take one out first."),
    "picture-unknown": _("This is no picture we can read. Choose a JPEG, PNG, WebP or TIFF file."),
    "picture-broken": _("The picture is cut short or damaged. Save it again and choose it anew."),
    "picture-too-large": _("The picture has too many pixels. Make it smaller than 40 million."),
    "paper-not-plain": _("This is no sound PDF. Print it to PDF again and choose that file."),
    "paper-encrypted": _("The PDF is locked. Save it without a password."),
    "paper-active": _(
        "The PDF holds scripts or other files. Print it to PDF and choose that file."
    ),
    "file-malicious": _("The scanner found something harmful in this file (%(found)s)."),
    "scanner-unreachable": _("Files cannot be scanned just now. Try again in a few minutes."),
    # guides and examiners
    "section-unknown": _("A guide has no such part."),
    "days-malformed": _("Choose at least one day of the week."),
    "time-malformed": _("Write the time with hours and minutes, such as 09:00."),
    "phone-malformed": _("Write the telephone number with digits, such as +852 2345 6789."),
    "email-malformed": _("Write the e-mail address in full, such as ip@meridian.example."),
    "time-zone-unknown": _("Choose a time zone from the list."),
    "prices-not-in-order": _(
        "The highest price is below the lowest, or below nothing. Check them."
    ),
    "guide-changed-meanwhile": _(
        "Somebody else changed this guide after you opened it. Open it again and repeat your"
        " change."
    ),
    "guide-edition-unknown": _("The guide has no such edition."),
    "guide-empty": _("The other right has no guide yet."),
    "guide-of-another": _("Choose another right of the same holder."),
    "infringer-unknown": _("There is no such entry, or it is not yours to see."),
    "infringer-erased": _("This entry is erased already."),
    "day-in-future": _("This day lies in the future. Check it."),
    "kept-too-long": _("Choose a day from today to %(last)s."),
    "examiner-unknown": _("There is no such examiner, or not in your file."),
    "examiner-ended": _("This examiner no longer acts for the right holder."),
    "examiner-changed-meanwhile": _(
        "Somebody else changed this examiner after you opened the page. Open it again and repeat"
        " your change."
    ),
    # files that travel
    "file-not-filed": _("Submit this file first; then it can be filed elsewhere as well."),
    "administration-same": _("The file is with this administration already. Choose another."),
    "file-not-ours-to-send": _(
        "This file was not submitted through this portal. Turn to the administration that keeps it."
    ),
    "filing-not-refused": _("The other administration has not refused this file."),
    "filing-unknown": _("There is no such file between the two administrations."),
    "paper-not-whole": _("A paper did not arrive whole. Submit the file again."),
    "papers-too-heavy": _(
        "All papers of a file together may have %(limit_mb)s MB when they are sent to another"
        " administration. Make some smaller."
    ),
    "too-many-pieces": _("The partner has left too many unfinished papers here."),
}
