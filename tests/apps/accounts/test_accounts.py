"""Who is who, and what each role may do."""

from __future__ import annotations

import pytest

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.permissions import ACTS, PERMISSIONS, Role
from countermark.apps.accounts.selectors import (
    home_administration,
    officer_list,
    officer_require,
    within_reach,
)
from countermark.apps.accounts.services import officer_create
from countermark.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted

pytestmark = pytest.mark.django_db
PASSWORD = "long enough, said aloud"


def test_an_officer_signs_in_with_the_password_he_was_given(tuen_mun, client):
    officer_create(
        username="Lee", display_name="Lee", office=tuen_mun, role="officer", password=PASSWORD
    )
    assert client.login(username="lee", password=PASSWORD)
    assert not client.login(username="lee", password=PASSWORD.upper())


@pytest.mark.parametrize(
    ("change", "refusal", "field"),
    [
        ({"password": "short"}, InvalidInput, "password"),
        ({"role": "king"}, InvalidInput, "role"),
        ({"username": "CHAN"}, Conflict, "username"),
    ],
)
def test_a_refused_officer_is_not_created_and_the_field_is_named(
    chan, tuen_mun, change, refusal, field
):
    wanted = {"username": "lee", "role": "officer", "password": PASSWORD} | change
    with pytest.raises(refusal) as refused:
        officer_create(display_name="Lee", office=tuen_mun, **wanted)
    assert refused.value.params["field"] == field
    assert Officer.objects.count() == 1


def test_an_inactive_officer_may_nothing(chan):
    chan.is_active = False
    assert not any(chan.may(act) for act in ACTS)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_may_both_manage_accounts_and_work_cases(role):
    assert not {"accounts.manage", "cases.act"} <= PERMISSIONS[role]


def test_the_auditor_changes_nothing():
    assert all(act.endswith(".read") for act in PERMISSIONS[Role.AUDITOR])


def test_a_role_without_the_act_is_refused(chan):
    with pytest.raises(NotPermitted):
        officer_require(chan, "exchange.pair")


def test_officers_see_themselves_and_the_administrator_everybody(chan, ho, kwok):
    assert list(officer_list(visible_to=chan)) == [chan]
    assert officer_list(visible_to=kwok).count() == 3


def test_reach_ends_at_the_office_for_the_front_line_only(chan, ho, wu, kwok):
    officers = Officer.objects.order_by("username")
    assert list(within_reach(officers, of=ho, act="cases.read")) == [ho]
    assert within_reach(officers, of=wu, act="cases.read").count() == 4
    assert not within_reach(officers, of=kwok, act="cases.read").exists()


def test_names_follow_the_language_of_the_reader(hongkong, settings):
    assert hongkong.name_in("zh-hant") == "香港海關"
    assert hongkong.name_in("zh-hans") == "香港海关"
    assert hongkong.name_in("pt") == "Hong Kong Customs"


def test_a_node_without_its_own_administration_says_so(db, settings):
    settings.COUNTERMARK_ADMINISTRATION = "mo"
    with pytest.raises(NotFound):
        home_administration()
