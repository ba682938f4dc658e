"""Trade marks in WIPO ST.96 (namespace ``http://www.wipo.int/standards/XMLSchema/ST96/Trademark``).

Elements of the ``Common`` namespace and of offices' own ones are found by their local names.
"""

from __future__ import annotations

from typing import Final

from countermark.apps.register.formats.marks import Goods, Mark, Party, Said, distinct, tidy
from countermark.apps.register.formats.st66 import FEATURES
from countermark.engines.xml_stream import Element, Wanted

NAMESPACE: Final = "http://www.wipo.int/standards/XMLSchema/ST96/Trademark"
COMMON: Final = "http://www.wipo.int/standards/XMLSchema/ST96/Common"
WANTED: Final = Wanted({"Trademark"})
_WORDS: Final = "MarkRepresentation/MarkReproduction/WordMarkSpecification"
_CLASSES: Final = "GoodsServicesBag/GoodsServices"
_REPRESENTATIVES: Final = (
    *("RepresentativeBag/Representative", "RecordAttorney", "NationalCorrespondent"),
    "NationalRepresentative",
)


def mark_of(element: Element) -> Mark:
    """Return what a ``Trademark`` element says."""
    goods = tuple(_goods(element))
    holders = [*element.all("HolderBag/Holder"), *element.all("ApplicantBag/Applicant")]
    return Mark(
        line=element.line,
        office=element.say("RegistrationOfficeCode"),
        registration_number=element.say("RegistrationNumber"),
        registered=element.say("RegistrationDate"),
        renewed=element.say("NationalTrademarkInformation/RenewalDate", "RenewalDate"),
        expires=element.say("ExpiryDate"),
        words=_words(element),
        classes=(*_nice(element), *(each.number for each in goods if each.number)),
        goods=goods,
        holder=_party(holders[0]) if holders else None,
        representatives=tuple(
            _party(each) for path in _REPRESENTATIVES for each in element.all(path)
        ),
        facts=_facts(element),
    )


def _words(element: Element) -> tuple[Said, ...]:
    spoken = list(element.all(f"{_WORDS}/MarkVerbalElementText"))
    if not any(each.text for each in spoken):
        spoken = [
            *element.all(f"{_WORDS}/MarkSignificantVerbalElementText"),
            *element.all("MarkRepresentation/MarkSignificantVerbalElementText"),
            *element.all("MarkRepresentation/MarkVerbalElementText"),
        ]
    return tuple(_said(each) for each in spoken)


def _nice(element: Element) -> list[str]:
    bag = element.all(f"{_CLASSES}/GoodsServicesClassificationBag/GoodsServicesClassification")
    return [
        each.say("ClassNumber")
        for each in bag
        if each.say("ClassificationKindCode") == "Nice" and each.say("ClassNumber")
    ]


def _goods(element: Element) -> list[Goods]:
    found = []
    for each in element.all(f"{_CLASSES}/ClassDescriptionBag/ClassDescription"):
        number = each.say("ClassNumber")
        described = [
            Goods(number, _said(said) if number else Said(said.text, _language(said)))
            for said in each.all("GoodsServicesDescriptionText")
        ]
        found += described or [Goods(number, Said(""))]
    return found


def _said(element: Element) -> Said:
    return Said(tidy(element.text), _language(element))


def _language(element: Element) -> str:
    return element.attributes.get("languageCode", "")


def _party(element: Element) -> Party:
    structured = "Contact/PostalAddressBag/PostalAddress/PostalStructuredAddress"
    return Party(
        names=_names(element),
        address=_address(element),
        country=element.say(
            "IncorporationCountryCode", "NationalityCode", f"{structured}/CountryCode"
        ),
        email=element.say("Contact/EmailAddressBag/EmailAddressText"),
        phone=element.say("Contact/PhoneNumberBag/PhoneNumber"),
    )


def _names(element: Element) -> tuple[Said, ...]:
    """Return the name without a language, put together, then those that have one."""
    entities = [_said(each) for each in element.all("Contact/Name/EntityName")]
    person = "Contact/Name/PersonName"
    parts = [
        element.say(f"{person}/PersonFullName"),
        " ".join(
            element.say(f"{person}/PersonStructuredName/{part}")
            for part in ("FirstName", "MiddleName", "LastName")
        ),
        element.say("Contact/Name/OrganizationName/OrganizationStandardName"),
        *(said.text for said in entities if not said.language),
    ]
    return (Said(distinct(parts, ", ")), *(said for said in entities if said.language))


def _address(element: Element) -> str:
    bag = "Contact/PostalAddressBag/PostalAddress"
    parts = element.texts(f"{bag}/PostalAddressText")
    for name in _ADDRESS:
        parts += element.texts(f"{bag}/PostalStructuredAddress/{name}")
    return ", ".join(map(tidy, parts))


def _facts(element: Element) -> dict[str, str]:
    described = "MarkRepresentation/MarkDescriptionBag"
    image = "MarkRepresentation/MarkReproduction/MarkImageBag/MarkImage"
    vienna = f"{image}/MarkImageClassification/FigurativeElementClassificationBag"
    codes = [
        ".".join(filter(None, (each.say(f"Vienna{part}") for part in _VIENNA)))
        for each in element.all(f"{vienna}/ViennaClassificationBag/ViennaClassification")
    ]
    feature = element.say(f"{described}/NationalMarkDescription/MarkFeatureCode")
    return {
        "application_number": element.say(
            "ApplicationNumber/ApplicationNumberText", "ApplicationNumber/ST13ApplicationNumber"
        ),
        "applied_on": element.say("ApplicationDate", "ApplicationDateTime"),
        "status": element.say("MarkCurrentStatusCode"),
        "mark_feature": FEATURES.get(feature)
        or element.say("MarkRepresentation/MarkFeatureCategory"),
        "mark_description": tidy(element.say(f"{described}/MarkDescriptionText")),
        "translation": tidy(element.say(f"{_WORDS}/MarkTranslationText")),
        "transliteration": tidy(element.say(f"{_WORDS}/MarkTransliteration")),
        "international_number": element.say(
            "InternationalMarkIdentifierBag/InternationalMarkIdentifier"
        ),
        "vienna_codes": " ".join(codes),
    }


_ADDRESS: Final = (
    *("AddressLineText", "CityName", "GeographicRegionName", "PostalCode", "CountryCode"),
)
_VIENNA: Final = ("Category", "Division", "Section")
