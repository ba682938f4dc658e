"""What it means that a derived figure equals a published one."""

from decimal import Decimal

from demo.published import figures, window


def figure(about: str, administration: str, code: str):
    return next(
        known
        for known in figures(about)
        if (known.administration, known.code) == (administration, code)
    )


def test_an_exact_figure_is_met_by_itself_alone():
    cases = figure("period", "cn-gd", "cases")
    assert cases.met_by(Decimal(422))
    assert not cases.met_by(Decimal(421))
    assert not cases.met_by(Decimal(423))


def test_over_a_round_number_excludes_the_number_and_the_next():
    value = figure("period", "cn-gd", "value")
    assert not value.met_by(Decimal("70000000"))
    assert value.met_by(Decimal("70000000.01"))
    assert not value.met_by(Decimal("71000000"))


def test_a_rounded_figure_is_rounded_half_up():
    dollars = figure("operation", "hk", "value-usd")
    assert dollars.met_by(Decimal("17802.29"))
    assert dollars.met_by(Decimal("17801.50"))
    assert not dollars.met_by(Decimal("17802.50"))


def test_the_operation_lies_inside_the_period():
    period, operation = window("period"), window("operation")
    assert period.start < operation.start < operation.end < period.end
