"""The demo's right holder: an account to sign in with, and files to look at."""

from __future__ import annotations

import pytest
from demo.context import Context
from demo.logins import logins_ensure
from demo.steps.portal import ASKED, portal
from demo.steps.setting_up import identity
from django.utils import timezone
from tests.filing import holder_made

from countermark.apps.accounts.models import Officer
from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.selectors import recordation_list
from demo import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("side", ["hk", "cn-gd"])
def test_the_account_can_sign_in_and_has_a_draft_and_a_question(tmp_path, client, settings, side):
    settings.COUNTERMARK_ADMINISTRATION = side
    context = Context(world.side(side), tmp_path, timezone.localdate())
    (tmp_path / side).mkdir()
    identity(context)
    described = world.holders()[world.PORTAL_HOLDER]
    holder_made(HolderInput(name=described.name, country=described.country))
    portal(context)
    portal(context)
    account = Officer.objects.get(role="right-holder")
    files = recordation_list(visible_to=account)
    assert sorted(file.state for file in files) == ["draft", "more-asked"]
    assert files.get(state="more-asked").events.last().note == ASKED
    password = logins_ensure(tmp_path)[account.username]
    answer = client.post("/accounts/login/", {"login": account.username, "password": password})
    assert answer["Location"] == "/"
