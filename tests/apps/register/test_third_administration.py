"""A made-up kind of right and a third administration with rules of its own: files under law/ only.

Nothing but the law folder is different here. The new side records plant varieties and nothing else,
for seven years with a window of three months, publishes before it grants, asks for a proof that no
other side asks for, and decides within ten of its own calendar's days.
"""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation
from tests.filing import account, complete, holder_made, papers_add, speaks_for

from countermark.apps.accounts.services import administration_record
from countermark.apps.register.completeness import completeness
from countermark.apps.register.guide_content import rows_checked
from countermark.apps.register.models import Recordation
from countermark.apps.register.selectors import (
    change_deadline,
    recordation_acts,
    recordation_clock,
    recorded_marks,
)
from countermark.apps.register.services import recordation_act, recordation_draft
from countermark.domain.errors import ActNotOpen, InvalidInput, NotPermitted
from countermark.lawbook import law_folder, lawbook
from countermark.lawbook.guides import guide_views
from countermark.web.labels import label

pytestmark = pytest.mark.django_db

VARIETY = """
code = "plant-variety"
symbol = "PV"
name.en = "Plant variety"
name.zh-Hans = "植物新品种权"
name.zh-Hant = "植物新品種權"
fields = ["word", "registration_number", "goods"]
required = ["registration_number"]
classification = "none"
screened = true
note = "Made up for a test."

[[facts]]
code = "species"
kind = "text"
required = true
name.en = "Species"
name.zh-Hans = "物种"
name.zh-Hant = "物種"

[[views]]
code = "leaf"
name.en = "Leaf"
name.zh-Hans = "叶"
name.zh-Hant = "葉"
"""
RIGHTS = """
[[rights]]
type = "plant-variety"
source = "mo/cap-60#27.1"
verification = "recalled"
recordation_needed = true
recordation_years = 7
renewal_window_months = 3
recordation_source = "mo/cap-60#27.1"
recordation_verification = "recalled"
ends_with_right = true
ends_with_right_source = ""
right_years = 20
right_from = "registration"
right_source = ""
right_verification = "recalled"

[[not_recorded]]
types = ["trade-mark"]
reason.en = "Macao records plants."
reason.zh-Hans = "澳门只备案植物。"
reason.zh-Hant = "澳門只備案植物。"
source = "mo/cap-60#27.1"
verification = "recalled"

[[needs]]
code = "seed_sample"
kind = "document"
topic = "documents"
types = ["plant-variety"]
required = true
name.en = "Seed sample receipt"
name.zh-Hans = "种子样品收据"
name.zh-Hant = "種子樣本收據"
source = "mo/cap-60#27.1"
verification = "recalled"
"""


def names(word: str) -> str:
    return f'name.en = "{word}"\nname.zh-Hans = "{word}"\nname.zh-Hant = "{word}"\n'


def state(code: str, *, final: bool = False) -> str:
    return f'[[states]]\ncode = "{code}"\n{names(code)}' + "final = true\n" * final


def act(code: str, begin: list[str], end: str, who: list[str], needs: list[str] = ()) -> str:
    return (
        f'[[acts]]\ncode = "{code}"\n{names(code)}from = {begin}\nto = "{end}"\nwho = {who}\n'
        f'needs = {list(needs)}\nsource = "mo/cap-60#27.1"\nverification = "recalled"\n'
    ).replace("'", '"')


RECORDATION = "\n".join(
    [
        'code = "mo/recordation"',
        names("Recordation in Macao"),
        'starts_in = "sketch"\nsource = "mo/cap-60#27.1"\nverification = "recalled"',
        'in_force = ["alive"]\neditable = ["sketch"]\nwaiting = ["lodged", "published"]',
        '[effects]\nseal = "grant"\nprolong = "renew"\nleave = "withdraw"\nfade = "lapse"',
        *(state(code) for code in ("sketch", "lodged", "published", "alive")),
        state("over", final=True),
        act("lodge", ["sketch"], "lodged", ["agent"], ["complete"]),
        act("publish", ["lodged"], "published", ["liaison"]),
        act("seal", ["published"], "alive", ["liaison"]),
        act("prolong", ["alive"], "alive", ["liaison"], ["renewal-window"]),
        act("leave", ["sketch", "alive"], "over", ["agent"]),
        act("fade", ["alive"], "over", ["system"], ["ended"]),
        f'[[terms]]\ncode = "seal-term"\n{names("Seal")}started_by = "publish"',
        'working_days = 10\nfirst_day = "next-day"\ncalendar = "mo/every-day"',
        'answered_by = ["seal"]\non_expiry = ""\nsource = "mo/cap-60#27.1"',
        'verification = "recalled"\nin_force_from = 2000-01-01\nnote = "Made up."',
    ]
)


@pytest.fixture
def macao(tmp_path, monkeypatch, settings, db):
    """The home administration of a node whose law folder has a side and a kind of right more."""
    folder = shutil.copytree(law_folder(), tmp_path / "law")
    (folder / "rights" / "plant-variety.toml").write_text(VARIETY, encoding="utf-8")
    side = shutil.copytree(folder / "hk", folder / "mo")
    for path in side.rglob("*.toml"):
        text = path.read_text(encoding="utf-8").replace("hk/", "mo/")
        path.write_text(text.replace('code = "hk"', 'code = "mo"'), encoding="utf-8")
    shutil.rmtree(side / "procedures")
    (side / "procedures").mkdir()
    (side / "rights.toml").write_text(RIGHTS, encoding="utf-8")
    (side / "recordation.toml").write_text(RECORDATION, encoding="utf-8")
    monkeypatch.setenv("COUNTERMARK_LAW", str(folder))
    settings.COUNTERMARK_ADMINISTRATION = "mo"
    home = lawbook().law("mo").side
    return administration_record(code="mo", law="mo", names=home.names, short=home.names)


def test_a_new_kind_of_right_goes_a_new_sides_way_with_files_under_law_only(
    macao, hongkong, tuen_mun, lin, lau
):
    agent = account("agent@x.example", tuen_mun)
    holder = holder_made()
    speaks_for(agent, holder, "agent")

    with pytest.raises(InvalidInput, match="right-type-not-recorded"):
        recordation_draft(by=agent, holder=holder, administration=macao, right_type="trade-mark")
    with pytest.raises(InvalidInput, match="right-type-not-recorded"):
        recordation_draft(
            by=agent, holder=holder, administration=hongkong, right_type="plant-variety"
        )
    content = complete("mo", "plant-variety")
    content["facts"] = {}
    row = recordation_draft(
        by=agent,
        holder=holder,
        administration=macao,
        right_type="plant-variety",
        content=content,
    )
    assert row.state == "sketch"
    assert completeness(row).missing == ("seed_sample", "species")
    with pytest.raises(ActNotOpen, match="file-incomplete"):
        recordation_act(by=agent, recordation=row, act="lodge")
    Recordation.objects.update(content=content | {"facts": {"species": "Camellia sinensis"}})
    papers_add(row, agent)

    recordation_act(by=agent, recordation=row, act="lodge")
    with pytest.raises(NotPermitted):
        recordation_act(by=lau, recordation=row, act="publish")
    row = recordation_act(by=lin, recordation=row, act="publish")
    deadline, days = recordation_clock(row)
    assert deadline.due_on == row.due_on == row.due_from + timedelta(days=10)
    assert len(days) == 10
    assert [each.act.code for each in recordation_acts(row, of=lin, on=row.due_from)] == ["seal"]

    row = recordation_act(by=lin, recordation=row, act="seal")
    assert row.in_force
    assert row.right.facts == {"species": "Camellia sinensis"}
    assert row.expires_on == row.recorded_on.replace(year=row.recorded_on.year + 7) - timedelta(1)
    assert [mark.kind for mark in recorded_marks(row.recorded_on)] == ["plant-variety"]
    with pytest.raises(ActNotOpen, match="renewal-too-early"):
        recordation_act(by=lin, recordation=row, act="prolong")
    with time_machine.travel(row.expires_on - timedelta(days=80)):
        before = row.expires_on
        row = recordation_act(by=lin, recordation=row, act="prolong")
    assert row.expires_on > before
    assert change_deadline("mo", changed_on=date(2026, 1, 5)) is None
    with time_machine.travel(row.expires_on + timedelta(days=1)):
        row = recordation_act(by=None, recordation=row, act="fade")
        assert not row.in_force
        assert recorded_marks(date.today()) == []


def test_a_guide_to_the_new_kind_has_the_views_its_file_gives_it(macao):
    seen = {"document": "1", "view": "leaf", "shows": "genuine"}
    assert list(guide_views("plant-variety"))[-1] == "leaf"
    assert rows_checked("pictures", [seen], right_type="plant-variety")[0]["view"] == "leaf"
    with pytest.raises(InvalidInput, match="code-unknown"):
        rows_checked("pictures", [seen], right_type="trade-mark")
    with translation.override("zh-hant"):
        assert label("guide-view", "leaf") == "葉"


def test_the_pages_say_what_the_new_files_say(macao):
    with translation.override("zh-hant"):
        assert label("right-type", "plant-variety") == "植物新品種權"
        assert label("recordation-state", "published") == "published"
    assert lawbook().law("mo").rights.unrecorded["trade-mark"].reason.en == "Macao records plants."
