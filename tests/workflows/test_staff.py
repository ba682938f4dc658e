"""Officers are admitted by the administrator, and the log says so without a password."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import administration_list, home_administration
from countermark.apps.audit.models import Entry
from countermark.domain.errors import Conflict, InvalidInput, NotPermitted
from countermark.domain.vocabulary import Names
from countermark.workflows import staff
from countermark.workflows.staff import node_found, officer_admit

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def admit(by, office, **changes):
    given = {
        "username": "yip",
        "display_name": "Yip Wai-han",
        "office": office,
        "role": "officer",
        "password": PASSWORD,
    }
    return officer_admit(by=by, **given | changes)


def test_the_administrator_admits_an_officer_and_the_log_says_so(kwok, tuen_mun):
    officer = admit(kwok, tuen_mun)
    assert officer.check_password(PASSWORD)
    entry = Entry.objects.get()
    assert (entry.act, entry.subject, entry.actor) == ("accounts.officer.created", "yip", "kwok")
    assert PASSWORD not in json.dumps(entry.detail)


def test_the_node_itself_admits_its_first_officers(tuen_mun):
    admit(None, tuen_mun)
    assert Entry.objects.get().actor == "system"


@pytest.mark.parametrize("who", ["chan", "wu", "lin", "mak", "lau"])
def test_nobody_else_admits_officers(request, tuen_mun, who):
    with pytest.raises(NotPermitted):
        admit(request.getfixturevalue(who), tuen_mun)
    assert not Officer.objects.filter(username="yip").exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"role": "king"}, InvalidInput),
        ({"password": "short"}, InvalidInput),
        ({"username": "KWOK"}, Conflict),
    ],
)
def test_a_refused_admission_writes_nothing(kwok, tuen_mun, changes, refusal):
    with pytest.raises(refusal):
        admit(kwok, tuen_mun, **changes)
    assert (Officer.objects.count(), Entry.objects.count()) == (1, 0)


def test_without_an_entry_there_is_no_officer(kwok, tuen_mun, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(staff, "audit_record", fail)
    with pytest.raises(RuntimeError):
        admit(kwok, tuen_mun)
    assert Officer.objects.count() == 1


def found(**change):
    wanted = {"username": "kwok", "password": PASSWORD} | change
    return node_found(
        office_code="headquarters",
        office_names=Names(en="Headquarters", zh_hant="總部", zh_hans="总部"),
        display_name="Kwok Hoi-tung",
        **wanted,
    )


def test_a_node_is_founded_with_what_the_law_folder_knows():
    officer = found()
    assert officer.role == "administrator"
    assert officer.administration == home_administration()
    assert set(administration_list().values_list("code", flat=True)) >= {"hk", "cn-gd"}


def test_a_node_that_is_refused_its_administrator_is_not_founded():
    with pytest.raises(InvalidInput):
        found(password="short")
    assert not administration_list().exists()


def test_the_command_asks_for_the_password_and_says_what_was_founded(monkeypatch, capsys):
    monkeypatch.setattr("countermark.cli.management.commands.node.getpass", lambda _: PASSWORD)
    call_command("node", "init", "--username", "kwok", "--name", "Kwok Hoi-tung")
    assert capsys.readouterr().out == "founded\thk\tkwok\n"
