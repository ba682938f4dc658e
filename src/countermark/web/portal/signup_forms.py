"""The forms by which right holders make an account and renew a password."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ResetPasswordForm, SignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from countermark.apps.accounts.selectors import name_taken

LONGEST_NAME = 80
"""An address is the sign-in name as well and must fit there."""


class HolderSignupForm(SignupForm):
    """Who signs up, at which address, with which password.

    An address that has an account is not told apart: the library answers the same page and sends a
    mail that says so.
    """

    field_order = ("display_name", "email", "password1")
    display_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["email"], self.fields["password1"]
        email.label, password.label = _("E-mail address"), _("Password")
        email.help_text = _("We send a link there. It is also the name you sign in with.")
        password.help_text = _("At least 12 characters. A few words are easy to remember.")
        email.error_messages["required"] = _("Write your e-mail address.")
        password.error_messages["required"] = _("Choose a password.")
        email.widget.attrs |= {"maxlength": LONGEST_NAME}
        for field in (email, password):
            field.widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        """Return the address; where it is taken the account is not made anew."""
        email: str = super().clean_email()
        if len(email) > LONGEST_NAME:
            raise forms.ValidationError(_("Use an address of at most 80 characters."))
        self.account_already_exists = self.account_already_exists or name_taken(email)
        return email


class HolderResetForm(ResetPasswordForm):
    """An address whose password is to be renewed; officers' passwords are not renewed by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("E-mail address")
        email.error_messages["required"] = _("Write your e-mail address.")
        email.widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        """Return the address; only accounts of the portal are found by it."""
        email: str = super().clean_email()
        self.users = [account for account in self.users if account.is_holder]
        return email
