"""What the demo's right holder tells officers, and the traders who ask to be let through."""

from __future__ import annotations

import pytest
from demo.context import Context
from demo.steps import guiding
from demo.steps.portal import portal
from demo.steps.setting_up import identity
from demo.steps.trading import rights
from django.utils import timezone
from tests.trade import row, screened

from countermark.apps.register.models import Examiner, KnownInfringer, Permission, Right
from countermark.apps.register.selectors import guide_get
from demo import world

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["hk", "cn-gd"])
def context(request, tmp_path, settings):
    settings.COUNTERMARK_ADMINISTRATION = request.param
    (tmp_path / request.param).mkdir()
    made = Context(world.side(request.param), tmp_path, timezone.localdate())
    for step in (identity, rights, portal):
        step(made)
    return made


def test_the_guide_is_whole_and_written_once(context):
    guiding.guides(context)
    guiding.guides(context)
    right = Right.objects.get(word="VELUNDRA", jurisdiction=context.side.law)
    guide = guide_get(right=right, visible_to=context.officer("analyst"))
    assert guide.lacking == ()
    assert {picture.shows for picture in guide.rows["pictures"]} == {"genuine", "counterfeit"}
    assert Examiner.objects.count() == KnownInfringer.objects.count() == 1


def test_one_trader_is_let_through_and_one_waits(context):
    firms = ("First Invented Leather Co.", "Second Invented Leather Co.")
    place = context.side.control_points[0].point
    goods = {"goods_description": "shoulder bag, brand VELUNDRA", "declared_brand": "VELUNDRA"}
    rows = [
        row(number=f"D-{firm}", consignor=firm, control_point=place, hs_code="420221", **goods)
        for firm in firms
    ]
    screened(context.officer("supervisor"), rows)
    guiding.traders(context)
    guiding.traders(context)
    assert sorted(Permission.objects.values_list("state", flat=True)) == ["asked", "in-force"]
