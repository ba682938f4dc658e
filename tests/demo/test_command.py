"""What the command line of the demo refuses, and what it says."""

from __future__ import annotations

import socket

import pytest
from demo.__main__ import main
from demo.logins import FILENAME, logins_ensure
from demo.ports import free_pair
from demo.up import AlreadyRunning, _alone

from demo import derive

EVERYWHERE = "0.0.0.0"  # noqa: S104 - it is to be refused


@pytest.mark.parametrize("host", [EVERYWHERE, "192.0.2.7", "example.org"])
def test_an_address_that_others_reach_needs_to_be_meant(host, tmp_path, capsys):
    assert main(["--host", host, "--folder", str(tmp_path)]) == 2
    assert "--expose" in capsys.readouterr().err


def test_logins_before_the_first_start_say_what_to_type(tmp_path, capsys):
    assert main(["--logins", "--folder", str(tmp_path)]) == 1
    assert "./countermark demo" in capsys.readouterr().err


def test_logins_are_printed_again(tmp_path, capsys):
    logins = logins_ensure(tmp_path)
    assert main(["--logins", "--folder", str(tmp_path)]) == 0
    assert capsys.readouterr().out == (tmp_path / FILENAME).read_text()
    assert len(logins) == 16


def test_one_folder_runs_one_demo(tmp_path):
    with _alone(tmp_path), pytest.raises(AlreadyRunning), _alone(tmp_path):
        pass
    with _alone(tmp_path):
        pass


def test_a_taken_port_moves_the_pair_on(socket_enabled):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        first, second = free_pair("127.0.0.1", port)
    assert first > port
    assert second == first + 1


ROWS = [
    {"measure": "cases", "party": "cn-gd", "selection": "bound-for-partner", "value": "422"},
    {"measure": "cases", "party": "cn-gd", "selection": "all", "value": "430"},
]


def of_cases(period):
    compared = derive.comparison("hk", {"period": period, "operation": []})
    return next(row for row in compared if row["figure"] == "cases" and row["about"] == "period")


def test_a_derived_figure_is_compared_in_its_own_selection():
    assert of_cases(ROWS)["ok"]
    assert of_cases(ROWS)["derived"] == "422"


def test_a_figure_that_is_missing_or_double_is_not_as_published():
    assert not of_cases(ROWS[1:])["ok"]
    assert not of_cases([ROWS[0], ROWS[0]])["ok"]
    assert not of_cases([ROWS[0] | {"value": "421"}])["ok"]


def test_totals_leave_out_what_only_the_owner_can_select():
    assert len(derive.totals(ROWS)) == 1
