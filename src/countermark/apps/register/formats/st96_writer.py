"""Rights written as trade marks in WIPO ST.96, one after the other.

Elements are those that offices' own files show, in their order. Without the schema at hand, what
is checked is that the file is well formed and that reading it gives equal rights.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape

from countermark.apps.register.formats.marks import goods_by_class
from countermark.apps.register.formats.st96 import COMMON, NAMESPACE
from countermark.apps.register.models import Representative, Right, RightHolder

VERSION: Final = "V3_0"
_LEVELS: Final = (
    *("TrademarkTransaction", "TrademarkTransactionBody", "TransactionContentBag"),
    *("TransactionData", "TrademarkBag"),
)
_VIENNA: Final = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?")
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def st96_pieces(rights: Iterable[Right]) -> Iterator[str]:
    """Yield a file of trade marks piece by piece; holders and representatives are loaded."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    first, *rest = _LEVELS
    spaces = f'xmlns:tmk="{NAMESPACE}" xmlns:com="{COMMON}" com:st96Version="{VERSION}"'
    yield f"<tmk:{first} {spaces}>" + "".join(f"<tmk:{name}>" for name in rest) + "\n"
    for right in rights:
        yield f"{_element('tmk:Trademark', *_mark(right))}\n"
    yield "".join(f"</tmk:{name}>" for name in reversed(_LEVELS)) + "\n"


def _mark(right: Right) -> Iterator[str]:
    facts = right.facts
    yield _text("com:RegistrationOfficeCode", right.jurisdiction.upper())
    number = _text("com:ApplicationNumberText", facts.get("application_number"))
    yield _element("com:ApplicationNumber", number)
    yield _text("com:RegistrationNumber", right.registration_number)
    yield _text("com:ApplicationDate", facts.get("applied_on"))
    yield _text("com:RegistrationDate", right.valid_from.isoformat())
    yield _text("com:ExpiryDate", right.valid_until.isoformat())
    yield _text("tmk:MarkCurrentStatusCode", facts.get("status"))
    identifier = _text("tmk:InternationalMarkIdentifier", facts.get("international_number"))
    yield _element("tmk:InternationalMarkIdentifierBag", identifier)
    yield _text("tmk:MarkCategory", "Trademark")
    yield _element("tmk:MarkRepresentation", *_representation(right))
    yield _element("tmk:GoodsServicesBag", _element("tmk:GoodsServices", *_goods(right)))
    yield _element("tmk:ApplicantBag", _element("tmk:Applicant", *_applicant(right.holder)))
    for contact in right.holder.representatives.all():
        yield _element("tmk:NationalRepresentative", _contact(contact, _names(contact)))


def _representation(right: Right) -> Iterator[str]:
    facts = right.facts
    yield _text("tmk:MarkFeatureCategory", facts.get("mark_feature"))
    words = _element("tmk:WordMarkSpecification", *_words(right))
    yield _element("tmk:MarkReproduction", words, _image(facts.get("vienna_codes", "")))
    description = _text("tmk:MarkDescriptionText", facts.get("mark_description"))
    yield _element("tmk:MarkDescriptionBag", description)


def _words(right: Right) -> Iterator[str]:
    yield _text("tmk:MarkVerbalElementText", right.word)
    yield _chinese("tmk:MarkVerbalElementText", right.word_zh_hans, right.word_zh_hant)
    yield _text("tmk:MarkTransliteration", right.facts.get("transliteration"))
    yield _text("tmk:MarkTranslationText", right.facts.get("translation"))


def _image(codes: str) -> str:
    classes = [
        _element(
            "com:ViennaClassification",
            *(
                _text(f"com:Vienna{part}", value)
                for part, value in zip(("Category", "Division", "Section"), match, strict=True)
            ),
        )
        for match in (code.groups() for code in map(_VIENNA.fullmatch, codes.split()) if code)
    ]
    bag = _element("com:ViennaClassificationBag", *classes)
    figures = _element("com:FigurativeElementClassificationBag", bag)
    image = _element("tmk:MarkImageClassification", figures)
    return _element("tmk:MarkImageBag", _element("tmk:MarkImage", image))


def _goods(right: Right) -> Iterator[str]:
    """Yield the classes with the goods of each, or where the text does not tell them apart, alone.

    The whole text then stands in a description without a number, as the schema allows.
    """
    yield _element("tmk:ClassDescriptionBag", *_classes(right))


def _classes(right: Right) -> Iterator[str]:
    by_class = goods_by_class(right.goods, right.nice_classes)
    for number in right.nice_classes:
        goods = _text("tmk:GoodsServicesDescriptionText", (by_class or {}).get(number))
        yield _element("tmk:ClassDescription", _text("tmk:ClassNumber", str(number)), goods)
    if by_class is None:
        goods = _text("tmk:GoodsServicesDescriptionText", right.goods)
        yield _element("tmk:ClassDescription", goods)


def _applicant(holder: RightHolder) -> Iterator[str]:
    yield _text("com:IncorporationCountryCode", holder.country)
    chinese = _chinese("com:EntityName", holder.name_zh_hans, holder.name_zh_hant)
    yield _contact(holder, _names(holder) + chinese)


def _names(party: RightHolder | Representative) -> str:
    return _text("com:EntityName", party.name)


def _contact(party: RightHolder | Representative, names: str) -> str:
    address = _text("com:PostalAddressText", getattr(party, "address", ""))
    return _element(
        "com:Contact",
        _element("com:Name", names),
        _element("com:PostalAddressBag", _element("com:PostalAddress", address)),
        _element("com:EmailAddressBag", _text("com:EmailAddressText", party.email)),
        _element("com:PhoneNumberBag", _text("com:PhoneNumber", party.phone)),
    )


def _chinese(name: str, hans: str, hant: str) -> str:
    """Return both Chinese wordings, even where one is empty: their order tells them apart."""
    if not hans and not hant:
        return ""
    return "".join(f'<{name} com:languageCode="zh">{_safe(each)}</{name}>' for each in (hans, hant))


def _text(name: str, text: str | None) -> str:
    return f"<{name}>{_safe(text)}</{name}>" if text else ""


def _element(name: str, *parts: str) -> str:
    """Return an element with its parts, or nothing where all of them are empty."""
    content = "".join(parts)
    return f"<{name}>{content}</{name}>" if content else ""


def _safe(text: str) -> str:
    """Return text for XML; characters that it cannot hold become U+FFFD."""
    return escape(_FORBIDDEN.sub("\ufffd", text), {"\r": "&#13;"})
