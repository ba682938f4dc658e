"""How people sign in: officers by accounts that are made for them, right holders by their own.

Every attempt is recorded. An officer's account is the administrator's; a right holder makes his
own, confirms the address, and speaks for nobody until an officer admits him.
"""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING, Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import EmailVerificationStage
from allauth.account.views import password_reset, signup
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from countermark.apps.accounts.services import holder_account_create
from countermark.apps.audit.services import audit_record
from countermark.domain.errors import NotFound, Refusal

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress
    from django.forms import BaseForm

_STAGE = "allauth.account.stages.EmailVerificationStage"


class AccountAdapter(DefaultAccountAdapter):
    """Opens sign-up to right holders and writes to the audit log; the rest is the library's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether right holders may make accounts on this node."""
        return bool(settings.COUNTERMARK_PORTAL_SIGNUP)

    def get_login_stages(self) -> list[str]:
        """Return the steps of signing in; only right holders have an address to confirm."""
        ours = f"{HolderAddressStage.__module__}.{HolderAddressStage.__qualname__}"
        return [ours if stage == _STAGE else stage for stage in super().get_login_stages()]

    def save_user(
        self,
        request: HttpRequest,
        user: Any,
        form: BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002 - the library's signature
    ) -> Any:
        """Return the portal account that a signed-up form describes, made and recorded."""
        said = form.cleaned_data
        account = holder_account_create(
            email=said["email"], display_name=said["display_name"], password=said["password1"]
        )
        audit_record("accounts.holder.signed-up", subject=account.username, by=account)
        return account

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Record that an address was confirmed by the link that was sent to it."""
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            account: Any = email_address.user
            audit_record("accounts.holder.confirmed", subject=account.username, by=account)
        return confirmed

    def set_password(self, user: Any, password: str) -> None:
        """Record that a password was changed, or renewed by a link."""
        super().set_password(user, password)
        audit_record("accounts.password.changed", subject=user.username, by=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail now.

        Raises:
            Refusal: The mail could not be handed over; what led to it is kept.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException) as error:
            raise Refusal("mail-not-sent") from error

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Record the sign-in once every step, second factor included, has been passed."""
        act = "accounts.holder.signed-in" if user.is_holder else "accounts.officer.signed-in"
        audit_record(act, subject=user.username, by=user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a failed attempt under the name that was tried, cut to what the log can hold."""
        name = str(credentials.get("username") or "")[:60]
        audit_record("accounts.officer.refused", subject=name, step="password")


class HolderAddressStage(EmailVerificationStage):
    """Asks right holders to confirm their address before they are signed in; officers pass.

    Where there is no account yet the step goes on as for a new one, so that signing up with an
    address that is taken looks like signing up with any other.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Return the page that says a mail was sent, or go on."""
        account: Any = self.login.user
        if account is not None and not account.is_holder:
            return None, True
        return cast("tuple[HttpResponse | None, bool]", super().handle())  # type: ignore[no-untyped-call]


@login_not_required
def sign_up(request: HttpRequest) -> HttpResponse:
    """Show and take the form by which a right holder makes an account.

    Raises:
        NotFound: This node does not let people make accounts.
    """
    if not settings.COUNTERMARK_PORTAL_SIGNUP:
        raise NotFound("page-closed")
    return cast("HttpResponse", signup(request))


@login_not_required
def renew_password(request: HttpRequest) -> HttpResponse:
    """Show and take the form by which a right holder asks for a link to renew a password.

    Raises:
        NotFound: This node sends no mail; the administrator renews passwords.
    """
    if not settings.COUNTERMARK_MAILS:
        raise NotFound("page-closed")
    return cast("HttpResponse", password_reset(request))


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    """Answer the library's page for adding addresses, which we do not have.

    Raises:
        NotFound: Always; an account has the one address it was made with.
    """
    raise NotFound("page-closed")
