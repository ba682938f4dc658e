"""The addresses of the pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from countermark.web.shell import views as shell
from countermark.web.signin import closed

# Before allauth's own: officers have no e-mail address here and make no accounts.
CLOSED = ("accounts/signup/", "accounts/email/", "accounts/password/reset/")
AREAS = (
    *("triage", "cases", "batches", "operations", "exchange", "rights", "figures", "audit"),
    *("rules", "portal"),
    "styleguide",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", shell.home, name="home"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("", include("countermark.web.shell.urls")),
    *[path(route, login_not_required(closed)) for route in CLOSED],
    *[path(f"{area}/", include(f"countermark.web.{area}.urls")) for area in AREAS],
]
