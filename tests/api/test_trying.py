"""Trying a line through the API: reasons that add up, and no register read twice."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.api.test_v1 import assert_problem
from tests.trade import recorded

from countermark.apps.register.services import right_withdraw
from countermark.apps.screening.models import Hit
from countermark.apps.screening.services import standing

pytestmark = pytest.mark.django_db
LINE = {"goods_description": "ladies' handbag", "declared_brand": "VELUNDRA", "hs_code": "420222"}


@pytest.fixture
def attempt(client):
    """Return a function that tries a line in the name of an officer, or of nobody."""

    def post(officer=None, body=LINE):
        if officer:
            client.force_login(officer)
        content = body if isinstance(body, str) else json.dumps(body)
        return client.post("/api/v1/screening/try", content, content_type="application/json")

    return post


def test_the_hits_on_a_line_come_with_reasons_that_add_up(attempt, lau, hongkong):
    right = recorded(lau, hongkong)
    answer = attempt(lau)
    assert answer.status_code == 200
    said = answer.json()
    (hit,) = said["hits"]
    assert (hit["right_id"], hit["mark"], hit["kept"]) == (right.pk, "VELUNDRA", True)
    assert sum(part["points"] for part in hit["contributions"]) == pytest.approx(hit["score"])
    assert (hit["field"], hit["span"], hit["matched"]) == ("declared_brand", [0, 8], "VELUNDRA")
    assert said["register_version"]
    assert not Hit.objects.exists()


def test_a_right_counts_from_the_next_line_on(attempt, lau, hongkong):
    assert attempt(lau).json()["hits"] == []
    right = recorded(lau, hongkong)
    before = attempt(lau).json()
    assert len(before["hits"]) == 1
    right_withdraw(by=lau, right=right, reason="surrendered")
    after = attempt(lau).json()
    assert after["hits"] == []
    assert after["register_version"] != before["register_version"]


def test_who_may_not_change_the_rules_may_not_try_lines(attempt, chan, mak):
    assert_problem(attempt(), 401, "not-signed-in")
    assert_problem(attempt(chan), 403, "not-permitted")
    assert_problem(attempt(mak), 403, "not-permitted")


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        {"goods_description": 1},
        {"goods_description": "a\0b"},
        '{"goods_description": "\\ud800"}',
        {"hs_code": "64.03"},
        {"goods_description": "x" * 10_001},
    ],
)
def test_a_malformed_line_is_refused_by_name(attempt, lau, body):
    answer = attempt(lau, body)
    if body == "{":
        assert_problem(answer, 400, "body-malformed")
    else:
        assert answer.status_code == 422


def test_a_line_that_says_nothing_is_refused(attempt, lau):
    assert_problem(attempt(lau, {"goods_description": " "}), 422, "missing")


def test_a_post_from_elsewhere_is_refused(lau, hongkong):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lau)
    answer = client.post("/api/v1/screening/try", json.dumps(LINE), "application/json")
    assert_problem(answer, 403, "token-missing")


def test_the_second_line_reads_no_register(attempt, lau, hongkong, django_assert_max_num_queries):
    recorded(lau, hongkong)
    attempt(lau)
    finder = standing._process["kept"].standing.finder
    # Session, officer, the end of the audit log, and the rights that were hit.
    with django_assert_max_num_queries(4):
        attempt()
    assert standing._process["kept"].standing.finder is finder
