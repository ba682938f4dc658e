"""The invented world is invented, complete and written in both Chinese forms."""

import pytest

from countermark.apps.accounts.permissions import Role
from countermark.domain.vocabulary import GoodsCategory
from demo import world

SIDES = pytest.mark.parametrize("code", [world.GUANGDONG, world.HONG_KONG])


OFFICERS = set(Role) - {Role.RIGHT_HOLDER}
"""An account of the portal is no officer's."""


@SIDES
def test_every_role_has_one_officer_on_each_node(code):
    roles = sorted(officer.role for officer in world.side(code).officers)
    assert roles == sorted(role.value for role in OFFICERS)


@SIDES
def test_officers_work_in_offices_that_exist(code):
    side = world.side(code)
    offices = {office.code for office in side.offices}
    assert {officer.office for officer in side.officers} <= offices


@SIDES
def test_sign_in_names_end_in_the_side(code):
    side = world.side(code)
    assert {side.officer(role.value) for role in OFFICERS} == {o.username for o in side.officers}
    assert all(officer.username.endswith(f".{side.suffix}") for officer in side.officers)


def test_no_control_point_is_younger_than_the_records():
    later = ("Zhuhai-Macao", "港珠澳", "Heung Yuen Wai", "香园围", "蓮塘", "莲塘", "West Kowloon")
    for code in (world.GUANGDONG, world.HONG_KONG):
        for office in world.side(code).offices:
            said = f"{office.names.en} {office.names.zh_hans} {office.names.zh_hant} {office.point}"
            assert not any(name in said for name in later)


def test_marks_and_holders_belong_together():
    assert {mark.holder for mark in world.marks()} == set(world.holders())
    words = {mark.word for mark in world.marks()}
    assert {row["mark"] for row in world.authorised()} <= words
    exporters = {firm.name for firm in world.exporters()}
    assert {row["name"] for row in world.authorised()} <= exporters


def test_holders_cannot_be_written_to():
    assert all(holder.email.endswith(".example") for holder in world.holders().values())


def test_every_kind_of_goods_is_a_category_of_the_program():
    known = {category.value for category in GoodsCategory}
    assert set(world.goods()) <= known
    assert {category for mark in world.marks() for category in mark.categories} <= known
