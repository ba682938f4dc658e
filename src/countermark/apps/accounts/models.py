from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language

from countermark.apps.accounts.permissions import PERMISSIONS, SEE_ALL_OFFICES, Role


class NamedInThreeLanguages(models.Model):
    """A row whose official name differs by language and is never converted from one another."""

    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200)
    name_zh_hans = models.CharField(max_length=200)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The official name in the language of the reader."""
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Return the official name in a language of the interface."""
        return {"zh-hant": self.name_zh_hant, "zh-hans": self.name_zh_hans}.get(
            language.lower(), self.name_en
        )


class Administration(NamedInThreeLanguages):
    """A customs administration: our own, or a partner's as it names itself.

    ``code`` follows ISO 3166 in lower case (``hk``, ``cn-gd``) and names the node; ``law`` is the
    folder under ``law/`` whose procedures it follows.
    """

    code = models.SlugField(max_length=12, unique=True)
    law = models.SlugField(max_length=6)
    short_en = models.CharField(max_length=60)
    short_zh_hant = models.CharField(max_length=60)
    short_zh_hans = models.CharField(max_length=60)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name_en

    @property
    def short(self) -> str:
        """The name used in tables and on the node's own bar."""
        language = (get_language() or "en").lower()
        return {"zh-hant": self.short_zh_hant, "zh-hans": self.short_zh_hans}.get(
            language, self.short_en
        )


class Office(NamedInThreeLanguages):
    """A place where officers work: a control point, a district customs, a headquarters desk."""

    administration = models.ForeignKey(
        Administration, on_delete=models.PROTECT, related_name="offices"
    )
    code = models.SlugField(max_length=20)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["administration", "code"], name="accounts_office_code_unique"
            ),
        )

    def __str__(self) -> str:
        return self.name_en


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by their sign-in name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Officer:
        """Return the officer who signs in under this name."""
        return self.get(username__iexact=username)


class Officer(AbstractBaseUser):
    """A person who signs in to this node, with one role in one office.

    An account of the right holders' portal is kept here too, so that there is one way to sign in;
    its role, ``right-holder``, allows nothing but the portal, its ``office`` is the one that looks
    after the account, and its ``username`` is the e-mail address in small letters.
    """

    username = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="officers")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    is_active = models.BooleanField(default=True)
    shortcuts = models.BooleanField(default=True, help_text="Single-key shortcuts are on.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OfficerManager] = OfficerManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("username",)
        constraints = (
            models.UniqueConstraint(Lower("username"), name="accounts_officer_username_unique"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="accounts_officer_role_known",
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    @property
    def administration(self) -> Administration:
        """The administration whose officer this is."""
        return self.office.administration

    @property
    def is_holder(self) -> bool:
        """Whether this is an account of the right holders' portal and no officer's."""
        return self.role == Role.RIGHT_HOLDER

    @property
    def sees_all_offices(self) -> bool:
        """Whether the role reaches beyond the officer's own office."""
        return self.role in SEE_ALL_OFFICES

    @property
    def initials(self) -> str:
        """At most two letters for the officer's badge."""
        parts = self.display_name.split()
        return "".join(part[0] for part in parts[:2]).upper() or "?"

    def may(self, act: str) -> bool:
        """Return whether the officer's role allows an act of ``permissions.ACTS``."""
        return self.is_active and act in PERMISSIONS[Role(self.role)]
