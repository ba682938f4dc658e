"""Officers are admitted by the administrator, and the log says so without a password."""

from __future__ import annotations

import json

import pytest

from countermark.apps.accounts.models import Officer
from countermark.apps.audit.models import Entry
from countermark.domain.errors import Conflict, InvalidInput, NotPermitted
from countermark.workflows import staff
from countermark.workflows.staff import officer_admit

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
