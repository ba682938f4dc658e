"""Trade marks in WIPO ST.66 (namespace ``http://www.wipo.int/standards/XMLSchema/trademarks``).

An office may put applicants beside the marks of a transaction instead of inside them; the United
States does. Names of elements are those of ST.66; ``...Ext`` elements are the office's own.
"""

from __future__ import annotations

from typing import Final

from countermark.apps.register.formats.marks import Goods, Mark, Party, Said, distinct, tidy
from countermark.engines.xml_stream import Element, Wanted

NAMESPACE: Final = "http://www.wipo.int/standards/XMLSchema/trademarks"
WANTED: Final = Wanted({"TradeMark", "Applicant", "Holder"}, {"TransactionData"})
_APART: Final = {"AddressCity", "AddressState", "AddressPostcode", "FormattedAddressCountryCode"}
FEATURES: Final = {"1": "Word", "2": "Figurative", "3": "Combined", "4": "Word", "5": "Stylized"}
"""The drawing codes of the United States as features of WIPO's list."""


def mark_of(element: Element) -> Mark:
    """Return what a ``TradeMark`` element says."""
    goods = tuple(_goods(element))
    holders = [*element.all("HolderDetails/Holder"), *element.all("ApplicantDetails/Applicant")]
    return Mark(
        line=element.line,
        office=element.say("RegistrationOfficeCode"),
        registration_number=element.say("RegistrationNumber"),
        registered=element.say("RegistrationDate"),
        renewed=element.say("TradeMarkExt/AdditionalMarkDetails/RenewalDate", "RenewalDate"),
        expires=element.say("ExpiryDate"),
        words=tuple(
            Said(tidy(each.text), each.attributes.get("languageCode", ""))
            for each in element.all("WordMarkSpecification/MarkVerbalElementText")
        ),
        classes=tuple(each.number for each in goods if each.number),
        goods=goods,
        holder=holder_of(holders[0]) if holders else None,
        holder_key=element.say(
            "HolderDetails/HolderKey/Identifier", "ApplicantDetails/ApplicantKey/Identifier"
        ),
        representatives=tuple(
            _party(each, "RepresentativeAddressBook", ", ")
            for each in element.all("RepresentativeDetails/Representative")
        ),
        facts=_facts(element),
    )


def holder_of(element: Element) -> Party:
    """Return the holder that an ``Applicant`` or ``Holder`` element describes."""
    return _party(element, f"{element.name}AddressBook", " ")


def identifier_of(element: Element) -> str:
    """Return the key by which marks name an ``Applicant`` or ``Holder`` element, or nothing."""
    return element.say(f"{element.name}Identifier")


def _goods(element: Element) -> list[Goods]:
    found = []
    path = "GoodsServicesDetails/GoodsServices/ClassDescriptionDetails/ClassDescription"
    for each in element.all(path):
        number = each.say("ClassNumber")
        described = [
            Goods(number, Said(tidy(said.text), said.attributes.get("languageCode", "")))
            for said in each.all("GoodsServicesDescription")
        ]
        found += described or [Goods(number, Said(""))]
    return found


def _party(element: Element, book: str, separator: str) -> Party:
    named = f"{book}/FormattedNameAddress/Name"
    lines = element.texts(f"{named}/FreeFormatName/FreeFormatNameDetails/FreeFormatNameLine")
    parts = ("FirstName", "MiddleName", "LastName", "OrganizationName")
    formal = [element.say(f"{named}/FormattedName/{part}") for part in parts]
    name = distinct(lines, separator) or distinct(formal, " ")
    address = f"{book}/FormattedNameAddress/Address"
    kind = element.name
    contact = f"{book}/ContactInformationDetails"
    return Party(
        names=(Said(name),),
        address=_address(element, address),
        country=element.say(
            f"{kind}IncorporationCountryCode",
            f"{kind}NationalityCode",
            f"{address}/FormattedAddress/FormattedAddressCountryCode",
            f"{address}/AddressCountryCode",
        ),
        email=element.say(f"{contact}/Email"),
        phone=element.say(f"{contact}/Phone"),
    )


def _address(element: Element, path: str) -> str:
    free = element.texts(f"{path}/FreeFormatAddress/FreeFormatAddressLine")
    lines = [
        child.text
        for formatted in element.all(f"{path}/FormattedAddress")
        for child in formatted.children
        if child.name not in _APART and not child.children
    ]
    apart = [
        element.say(f"{path}/FormattedAddress/{name}")
        for name in ("AddressCity", "AddressState", "AddressPostcode")
    ]
    apart.append(element.say(f"{path}/FormattedAddress/FormattedAddressCountryCode"))
    return ", ".join(filter(None, (tidy(part) for part in [*free, *lines, *apart])))


def _facts(element: Element) -> dict[str, str]:
    figures = "MarkImageDetails/MarkImage/MarkImageCategory/CategoryCodeDetails/CategoryCode"
    feature = element.say("TradeMarkExt/MarkFeatureCode")
    return {
        "application_number": element.say("ApplicationNumber"),
        "applied_on": element.say("ApplicationDate", "ApplicationDateTime"),
        "status": element.say("MarkCurrentStatusCode"),
        "mark_feature": FEATURES.get(feature) or element.say("MarkFeature"),
        "mark_description": tidy(element.say("MarkDescriptionDetails/MarkDescription")),
        "translation": tidy(element.say("WordMarkSpecification/MarkTranslation")),
        "transliteration": tidy(element.say("WordMarkSpecification/MarkTransliteration")),
        "international_number": element.say("InternationalMarkKey/Identifier"),
        "vienna_codes": " ".join(element.texts(figures)),
    }
