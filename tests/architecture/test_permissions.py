"""Every page is behind the sign-in and a named act; every named act exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from countermark.apps.accounts.permissions import ACTS

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(
    r"""(?:may|officer_required|officer_require|officer_authorise|within_reach)\(
    [^()"]*?(?:act=)?"([a-z]+\.[a-z]+)\"""",
    re.VERBOSE,
)
# The partner's node signs its requests, signing in comes before being signed in, and the schema of
# the API is in the source for everybody to read. A trader's link has a secret in it and asks for a
# number (tests/web/test_trader.py).
OPEN = re.compile(r"^(cmx/|accounts/|i18n/|static/|healthz$|trader/l/|api/v1/(openapi\.json)?$)")


def addresses(patterns, prefix=""):
    for entry in patterns:
        route = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route


def concrete(route: str) -> str:
    """Fill the parameters of a route with something of their kind."""
    kinds = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000", "export": "csv"}
    return "/" + re.sub(
        r"<(?:(\w+):)?\w+>", lambda m: kinds.get(m.group(1) or "", "none"), route
    ).rstrip("$").replace("\\Z", "")


def test_every_act_that_code_asks_for_is_in_the_table():
    asked = {
        act
        for path in (ROOT / "src").rglob("*.py")
        for act in NAMED.findall(path.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= ACTS, asked - ACTS


def test_every_act_of_the_table_is_asked_for_somewhere():
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    templates = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.html"))
    table = (ROOT / "src/countermark/apps/accounts/permissions.py").read_text(encoding="utf-8")
    elsewhere = source.replace(table, "") + templates
    assert [act for act in sorted(ACTS) if act not in elsewhere] == []


@pytest.mark.django_db
def test_no_page_opens_without_signing_in(client, hongkong):
    let_in = []
    for route in addresses(get_resolver().url_patterns):
        if OPEN.match(route):
            continue
        answer = client.get(concrete(route))
        # 405: an address of the API that only takes a body; tests/api asks it without signing in.
        if answer.status_code not in {302, 401, 403, 405} or (
            answer.status_code == 302 and "/accounts/login/" not in answer["Location"]
        ):
            let_in.append((route, answer.status_code))
    assert let_in == []
