"""Refusals reach the officer as sentences; faults never show their insides."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import path
from tests.web.reading import read, soup_of, text

from countermark.domain import errors
from countermark.web.errors import put_on_form, status_of
from countermark.web.refusals import SENTENCES, sentence, sentence_of
from countermark.web.rights.forms import ReasonForm

ROOT = Path(__file__).resolve().parents[2]
REFUSALS = {name for name in dir(errors) if isinstance(getattr(errors, name), type)}


def raised_codes() -> set[str]:
    """Return every code that the program refuses with, read from its source."""
    codes = set()
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = 0 if name in REFUSALS else 1 if name == "Problem" else None
            if place is not None and len(node.args) > place:
                argument = node.args[place]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    codes.add(argument.value)
    return codes


def test_every_code_the_program_refuses_with_has_its_sentence():
    codes = raised_codes()
    assert len(codes) > 100
    assert sorted(codes - set(SENTENCES)) == []


def test_every_sentence_is_a_sentence():
    for code, words in SENTENCES.items():
        assert re.fullmatch(r"[A-Z].*[.]", str(words)), code


def test_a_sentence_is_filled_with_what_the_refusal_carries():
    refusal = errors.InvalidInput("columns-missing", field="mapping", fields=["word", "hs_code"])
    assert sentence(refusal).startswith("No column holds: Word in Latin letters, HS code.")


def test_an_old_record_without_its_params_stays_readable():
    assert "for … seconds" in sentence_of("undo-too-late", {})


def test_an_unknown_code_falls_back_to_its_class_and_shows_the_code():
    assert sentence(errors.Conflict("brand-new")).endswith("[brand-new]")
    assert "Somebody else changed this first." in sentence(errors.Conflict("brand-new"))


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (errors.NotPermitted, 403),
        (errors.NotFound, 404),
        (errors.InvalidInput, 400),
        (errors.Conflict, 409),
        (errors.ActNotOpen, 409),
        (errors.TermNotInForce, 422),
    ],
)
def test_each_class_of_refusal_has_its_status(refusal, status):
    assert status_of(refusal("x")) == status


def test_a_refusal_is_written_beside_its_field_or_above_the_form():
    for params, place in (({"field": "reason"}, "reason"), ({"field": "other"}, "__all__")):
        form = ReasonForm({"reason": "x"})
        form.is_valid()
        put_on_form(form, errors.InvalidInput("too-long", **params))
        assert form.errors[place] == ["The text is too long. Shorten it."]


def refuses(_request):
    raise errors.Conflict("hit-state", number="H-1")


def breaks(_request):
    raise RuntimeError("the insides")


from countermark.config.urls import urlpatterns as ours  # noqa: E402 - beside what it extends

urlpatterns = [*ours, path("styleguide/refuses", refuses), path("styleguide/breaks", breaks)]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_refusal_that_leaves_a_page_becomes_a_page(client, chan):
    response, soup = read(client, chan, "/styleguide/refuses")
    assert response.status_code == 409
    assert "Somebody decided this hit first." in text(soup.main)
    assert soup.select_one(".rail")
    assert "409 hit-state" in text(soup.main)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_htmx_gets_the_sentence_alone(client, chan):
    response, soup = read(client, chan, "/styleguide/refuses", hx_request="true")
    assert response.status_code == 409
    assert soup.html is None
    assert soup.select_one("[role=alert]")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_fault_says_so_in_three_languages_and_hides_its_insides(chan):
    client = Client(raise_request_exception=False)
    response, soup = read(client, chan, "/styleguide/breaks")
    assert response.status_code == 500
    assert "insides" not in text(soup)
    assert {p["lang"] for p in soup.select("[lang]")} == {"en", "zh-Hant", "zh-Hans"}


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["en", "zh-hant", "zh-hans"])
def test_an_unknown_address_is_answered_in_the_shell_even_before_signing_in(client, hongkong, code):
    response, soup = read(client, None, "/nowhere/", accept_language=code)
    assert response.status_code == 404
    assert soup.html["lang"].lower() == code
    assert not soup.select_one(".rail")
    assert soup.h1


@pytest.mark.django_db
def test_a_post_from_elsewhere_is_refused_with_a_page(chan):
    client = Client(enforce_csrf_checks=True)
    client.force_login(chan)
    answer = client.post("/shortcuts/", {"on": "0"})
    assert answer.status_code == 403
    assert "reload it and try again" in text(soup_of(answer).main)
