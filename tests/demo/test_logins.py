"""Passwords are made per copy, complete or not at all, and only their owner reads them."""

import stat

from demo.logins import FILENAME, logins_ensure, password_new

from demo import world


def test_every_officer_and_holder_of_both_nodes_gets_a_password_of_his_own(tmp_path):
    logins = logins_ensure(tmp_path)
    people = [o.username for c in ("cn-gd", "hk") for o in world.side(c).officers]
    people += [world.holder_login(world.side(c)) for c in ("cn-gd", "hk")]
    assert sorted(logins) == sorted(people)
    assert len(set(logins.values())) == len(people)


def test_two_copies_have_different_passwords(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert logins_ensure(tmp_path / "one") != logins_ensure(tmp_path / "two")


def test_the_passwords_stay_the_same_and_only_the_owner_reads_them(tmp_path):
    assert logins_ensure(tmp_path) == logins_ensure(tmp_path)
    assert stat.S_IMODE((tmp_path / FILENAME).stat().st_mode) == 0o600


def test_a_draft_left_by_a_killed_process_is_written_anew(tmp_path):
    (tmp_path / "logins.new").write_text("half a li")
    assert all(logins_ensure(tmp_path).values())


def test_a_password_is_long_enough_for_the_program():
    assert len(password_new()) >= 12
