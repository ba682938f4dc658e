"""The people and places of the tests, one fixture each."""

from __future__ import annotations

import pytest

from countermark.apps.accounts.models import Administration, Office, Officer
from countermark.apps.accounts.services import administration_record, office_record
from countermark.domain.vocabulary import Names


def names(en: str, hant: str, hans: str) -> Names:
    return Names(en=en, zh_hant=hant, zh_hans=hans)


@pytest.fixture
def hongkong(db) -> Administration:
    """Our own administration."""
    return administration_record(
        code="hk",
        law="hk",
        names=names("Hong Kong Customs", "香港海關", "香港海关"),
        short=names("Hong Kong", "香港", "香港"),
    )


@pytest.fixture
def guangdong(db) -> Administration:
    """The partner across the boundary."""
    return administration_record(
        code="cn-gd",
        law="cn",
        names=names("Guangdong Sub-administration of GACC", "海關總署廣東分署", "海关总署广东分署"),
        short=names("Guangdong", "廣東", "广东"),
    )


@pytest.fixture
def tuen_mun(hongkong) -> Office:
    return office_record(
        administration=hongkong,
        code="tuen-mun",
        names=names("Tuen Mun River Trade Terminal", "屯門內河碼頭", "屯门内河码头"),
    )


@pytest.fixture
def airport(hongkong) -> Office:
    return office_record(
        administration=hongkong,
        code="airport",
        names=names("Airport Command", "機場科", "机场科"),
    )


def _officer(username: str, name: str, office: Office, role: str) -> Officer:
    """Make an officer without hashing a password, which would cost each test 0.2 s."""
    officer = Officer(username=username, display_name=name, office=office, role=role)
    officer.set_unusable_password()
    officer.save()
    return officer


@pytest.fixture
def chan(tuen_mun) -> Officer:
    """Officer Chan of Tuen Mun, who decides hits and works cases."""
    return _officer("chan", "Chan Ka-yee", tuen_mun, "officer")


@pytest.fixture
def ho(airport) -> Officer:
    """Officer Ho of the airport: an outsider to everything at Tuen Mun."""
    return _officer("ho", "Ho Man-kit", airport, "officer")


@pytest.fixture
def wu(tuen_mun) -> Officer:
    """Supervisor Wu, who sees every office."""
    return _officer("wu", "Wu Sze-nga", tuen_mun, "supervisor")


@pytest.fixture
def lau(tuen_mun) -> Officer:
    """Analyst Lau, who keeps the rights and the rules."""
    return _officer("lau", "Lau Chi-wai", tuen_mun, "analyst")


@pytest.fixture
def lin(tuen_mun) -> Officer:
    """Liaison officer Lin, who speaks with the partner."""
    return _officer("lin", "Lin Yuk-ming", tuen_mun, "liaison")


@pytest.fixture
def mak(tuen_mun) -> Officer:
    """Auditor Mak, who reads everything and changes nothing."""
    return _officer("mak", "Mak Wing-sum", tuen_mun, "auditor")


@pytest.fixture
def kwok(tuen_mun) -> Officer:
    """Administrator Kwok, who manages accounts and sees no case."""
    return _officer("kwok", "Kwok Hoi-tung", tuen_mun, "administrator")
