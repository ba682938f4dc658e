"""The addresses of the pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from countermark.web.shell import views as shell
from countermark.web.signin import closed, renew_password, sign_up

# Before allauth's own: what a node may close, and what we do not have.
ENTRANCES = {
    "accounts/signup/": sign_up,
    "accounts/password/reset/": renew_password,
    "accounts/email/": closed,
}
AREAS = (
    *("triage", "cases", "batches", "operations", "exchange", "rights", "figures", "audit"),
    *("rules", "portal", "trader"),
    "styleguide",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", shell.home, name="home"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("", include("countermark.web.shell.urls")),
    *[path(route, view) for route, view in ENTRANCES.items()],
    *[path(f"{area}/", include(f"countermark.web.{area}.urls")) for area in AREAS],
]
