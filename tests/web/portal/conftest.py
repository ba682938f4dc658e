"""Right holders and their accounts: Ann of Meridian, Bo who is an agent, and a stranger."""

from __future__ import annotations

import io

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.filing import account, holder_made, speaks_for

from countermark.apps.register.inputs import HolderInput

PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def protected(who):
    """An account with a second factor, as the portal asks for."""
    totp.TOTP.activate(who, totp.generate_totp_secret())
    return who


def paper(name="certificate.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def picture(name="bag.png", size=(40, 30)):
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


@pytest.fixture
def meridian(hongkong, guangdong):
    return holder_made()


@pytest.fixture
def pelican(hongkong, guangdong):
    return holder_made(HolderInput(name="Pelican Bags Ltd", country="HK", address="2 Pier Road"))


@pytest.fixture
def ann(tuen_mun, meridian):
    """Speaks for Meridian."""
    who = protected(account("ann@meridian.example", tuen_mun))
    speaks_for(who, meridian)
    return who


@pytest.fixture
def bo(tuen_mun, meridian, pelican):
    """An agent of Meridian and of Pelican."""
    who = protected(account("bo@agents.example", tuen_mun))
    speaks_for(who, meridian, "agent")
    speaks_for(who, pelican, "agent")
    return who


@pytest.fixture
def stranger(tuen_mun, pelican):
    """Speaks for Pelican and nobody else."""
    who = protected(account("eve@pelican.example", tuen_mun))
    speaks_for(who, pelican)
    return who


@pytest.fixture
def newcomer(tuen_mun, hongkong, guangdong):
    """Has an account and speaks for nobody yet."""
    return protected(account("new@holder.example", tuen_mun))
