"""The invented declarations: the same every time, hiding what they should."""

from collections import Counter
from datetime import date

import pytest

from countermark.domain.matching import Background
from countermark.domain.matching.screener import Context, Screener
from countermark.domain.matching.types import Line, RecordedMark
from countermark.domain.money import Money
from countermark.domain.quantity import unit_read
from demo import declarations, files, reconstruct, world

TODAY = date(2026, 11, 23)
SIDES = pytest.mark.parametrize("code", [world.GUANGDONG, world.HONG_KONG])


@SIDES
def test_the_same_seed_gives_the_same_lines(code):
    assert declarations.historical(code) == declarations.historical(code)
    assert declarations.current(code, TODAY) == declarations.current(code, TODAY)


@SIDES
def test_each_side_has_some_hundreds_of_lines(code):
    assert 800 <= len(declarations.historical(code)) <= 2000
    assert 200 <= len(declarations.current(code, TODAY)) <= 600


@SIDES
def test_current_lines_are_of_today_and_yesterday(code):
    ages = {(TODAY - line.declared_on).days for line in declarations.current(code, TODAY)}
    assert ages == {0, 1}


@SIDES
def test_only_the_lines_sent_twice_share_a_number(code):
    places = Counter((line.number, line.line_no) for line in declarations.historical(code))
    assert Counter(places.values())[2] == 3
    assert max(places.values()) == 2


@SIDES
def test_lines_stand_where_goods_of_their_transport_pass(code):
    points = {office.code: office for office in world.side(code).control_points}
    for line in declarations.historical(code):
        assert line.transport_mode == points[line.office].mode


@SIDES
def test_the_same_lines_give_the_same_file(code, tmp_path):
    lines = declarations.current(code, TODAY)
    first = files.batch_write(tmp_path, code, "first", lines).read_bytes()
    second = files.batch_write(tmp_path, code, "second", lines).read_bytes()
    assert first == second


def screener(lines):
    marks = [
        RecordedMark(m.word, "trade-mark", m.word, m.zh_hans, m.zh_hant, m.nice, m.holder, ())
        for m in world.marks()
    ]
    return Screener(marks, Context(background=Background.of(lines)))


@SIDES
def test_the_screener_finds_every_mark_that_an_operations_case_rests_on(code):
    lines = {
        f"{line.number}/{line.line_no}": Line(
            line_id=f"{line.number}/{line.line_no}",
            goods_description=line.goods_description,
            declared_brand=line.declared_brand,
            hs_code=line.hs_code,
        )
        for line in declarations.historical(code)
    }
    screen = screener(lines.values()).screen
    for case in reconstruct.operation_cases(code):
        for number, goods in enumerate(case.goods, 1):
            hits = screen(lines[f"{declarations.number_of(case)}/{number}"])
            assert any(hit.right_id == goods.mark and hit.score > 0.3 for hit in hits), goods


@SIDES
def test_lines_that_are_not_broken_on_purpose_can_be_loaded(code):
    lines = [*declarations.historical(code), *declarations.current(code, TODAY)]
    for line in lines:
        assert unit_read(line.unit)
        assert Money.parse(line.value, line.currency).minor > 0
        assert line.goods_description
