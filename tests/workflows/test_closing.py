"""Figures of a period are stated once for each change, and a partner's are kept as stated."""

from __future__ import annotations

from datetime import date

import pytest
from tests.apps.operations.scene import goods

from countermark.apps.exchange.models import OutboxMessage
from countermark.apps.reports.models import PartnerFigures, Snapshot
from countermark.apps.reports.selectors import period_figures
from countermark.domain.errors import Conflict, InvalidInput, NotPermitted
from countermark.workflows import closing
from countermark.workflows.admission import HANDLERS
from countermark.workflows.closing import figures_share

pytestmark = pytest.mark.django_db
PERIOD = {"start": date(2013, 7, 1), "end": date(2014, 6, 30)}
MESSAGE = "0197a3c4-0000-7000-8000-000000000001"


def test_what_one_node_states_the_other_shows_in_every_figure(paired, guangdong, opened, lin, sent):
    opened(goods("footwear", 10, 5_000), goods("toys", 3, 700), destination="US")
    opened(goods("watches", 1, 900, value_basis="retail"), destination="HK")
    opened(on=date(2014, 7, 1))
    figures_share(**PERIOD, to=guangdong, by=lin)
    (content,) = sent()
    HANDLERS["stats.bundle/1"](administration=guangdong, data=content["data"], message_id=MESSAGE)
    joint = period_figures(**PERIOD, visible_to=lin)
    own, partner = joint.party("hk"), joint.party("cn-gd")
    assert own.sheet == partner.sheet
    assert own.sheet.total.cases == 2
    assert (partner.provenance.kind, partner.provenance.message_id) == ("signed-message", MESSAGE)
    assert (joint.total.cases, joint.total.items, joint.missing) == (4, 28, ())


def test_unchanged_figures_are_stated_once_and_changed_ones_anew(
    paired, guangdong, opened, lin, sent
):
    for _ in range(2):
        figures_share(**PERIOD, to=guangdong, by=lin)
    opened()
    figures_share(**PERIOD, to=guangdong, by=lin)
    revisions = [content["data"]["revision"] for content in sent("stats.bundle/1")]
    assert revisions == [1, 2]
    assert Snapshot.objects.count() == 2


@pytest.mark.parametrize("who", ["chan", "lau", "mak", "kwok"])
def test_who_may_not_send_states_nothing(request, paired, guangdong, who):
    with pytest.raises(NotPermitted):
        figures_share(**PERIOD, to=guangdong, by=request.getfixturevalue(who))
    assert not Snapshot.objects.exists()


def test_a_refused_or_failed_statement_writes_nothing(paired, guangdong, lin, monkeypatch):
    with pytest.raises(InvalidInput, match="period-reversed"):
        figures_share(start=date(2014, 1, 2), end=date(2014, 1, 1), to=guangdong, by=lin)

    def fail(**_said):
        raise RuntimeError

    monkeypatch.setattr(closing, "message_enqueue", fail)
    with pytest.raises(RuntimeError):
        figures_share(**PERIOD, to=guangdong, by=lin)
    assert not Snapshot.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_statement_is_kept_once_and_no_revision_is_told_twice_differently(
    paired, guangdong, opened, lin, sent
):
    opened()
    figures_share(**PERIOD, to=guangdong, by=lin)
    data = sent()[0]["data"]
    for _ in range(2):
        HANDLERS["stats.bundle/1"](administration=guangdong, data=data, message_id=MESSAGE)
    assert PartnerFigures.objects.count() == 1
    other = data | {"reconstructed": True}
    with pytest.raises(Conflict, match="figures-revision-differs"):
        HANDLERS["stats.bundle/1"](administration=guangdong, data=other, message_id=MESSAGE)
