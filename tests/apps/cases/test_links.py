"""Links between cases: explained, capped, scoped to the officer, and corrected by officers."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from countermark.apps.audit.models import Entry
from countermark.apps.cases.links import (
    case_links,
    common_value_get,
    common_value_list,
    party_get,
    party_verdict_list,
    value_cases,
)
from countermark.apps.cases.models import CaseKey, CommonValue, PartyVerdict
from countermark.apps.cases.services import (
    CaseDetails,
    DetailInput,
    PartyInput,
    common_value_ignore,
    common_value_lift,
    parties_judge,
    party_detail_add,
)
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound, NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(open_case):
    """Open a case without goods and route, with one consignor."""

    def opened(name, identifier="", **changes):
        details = CaseDetails(parties=[PartyInput("consignor", name, identifier)])
        return open_case(goods=[], details=details, **changes)

    return opened


def linked(case, officer):
    return {
        link.case.number: [shared.kind for shared in link.shared]
        for link in case_links(case=case, visible_to=officer).links
    }


def only_party(case):
    return case.parties.get()


def test_cases_are_linked_by_name_in_any_script_and_by_sound(of, chan):
    case = of("王大明貿易有限公司")
    same, sound, near = of("王大明贸易"), of("Wang Daming Maoyi Ltd"), of("王太明貿易有限公司")
    homophone = of("汪大明貿易有限公司")
    assert linked(case, chan) == {same.number: ["name"], sound.number: ["reading"]}
    assert near.number not in linked(case, chan)
    assert homophone.number not in linked(case, chan)


def test_more_in_common_is_a_stronger_link_and_comes_first(of, chan):
    case = of("Pelican Trading", "91440300MA5XYZ")
    weaker = of("Pelican Trading Ltd")
    stronger = of("PELICAN TRADING", "91440300-MA5XYZ")
    found = case_links(case=case, visible_to=chan).links
    assert [link.case for link in found] == [stronger, weaker]
    assert [link.strength for link in found] == ["strong", "fair"]
    shared = found[0].shared[0]
    assert (shared.shown, shared.other) == ("Pelican Trading", "PELICAN TRADING")


def test_cases_of_other_offices_are_counted_and_never_shown(of, chan, ho, wu, airport):
    case = of("Pelican Trading")
    other = of("Pelican Trading Ltd", by=wu, office=airport)
    assert linked(case, wu) == {other.number: ["name"]}
    seen = case_links(case=case, visible_to=chan)
    assert (seen.links, seen.hidden) == ((), 1)
    assert case_links(case=other, visible_to=ho).hidden == 1
    assert other.number not in str(seen)


def test_a_value_in_too_many_cases_links_none_and_is_named(of, chan, settings):
    settings.COUNTERMARK_LINK_CAP = 3
    cases = [of("Pelican Trading") for _ in range(3)]
    assert len(linked(cases[0], chan)) == 2
    of("Pelican Trading")
    found = case_links(case=cases[0], visible_to=chan)
    assert found.links == ()
    assert [(each.kind, each.why, each.limit) for each in found.ignored] == [
        ("name", "capped", 3),
        ("reading", "capped", 3),
    ]


def test_marks_and_routes_have_a_cap_of_their_own(open_case, chan, settings):
    settings.COUNTERMARK_LINK_CAP_WEAK = 1
    case, other = open_case(), open_case()
    found = case_links(case=case, visible_to=chan)
    assert {each.kind for each in found.ignored} == {"mark", "route"}
    assert [link.case for link in found.links] == [other]
    assert not {"mark", "route"} & {shared.kind for shared in found.links[0].shared}


def test_words_that_say_nothing_are_named_and_link_nothing(of, chan):
    case = of("同收貨人")
    of("同收货人")
    found = case_links(case=case, visible_to=chan)
    assert found.links == ()
    assert [(each.shown, each.why) for each in found.ignored] == [("同收貨人", "placeholder")]


def test_a_courier_is_put_aside_with_a_reason_and_let_back(of, chan, kwok):
    case, other = of("Kestrel Express"), of("Kestrel Express Ltd")
    key = case.keys.get(kind="name")
    row = common_value_ignore(key=key, reason=" A courier firm ", by=chan)
    found = case_links(case=case, visible_to=chan)
    assert (found.links, [each.reason for each in found.ignored]) == ((), ["A courier firm"])
    with pytest.raises(Conflict, match="common-value-known"):
        common_value_ignore(key=key, reason="again", by=chan)
    assert not common_value_list(visible_to=kwok).exists()
    assert common_value_get(pk=row.pk, visible_to=chan) == row
    common_value_lift(common_value=row, by=chan)
    assert linked(case, chan) == {other.number: ["name"]}
    with pytest.raises(ActNotOpen, match="common-value-lifted"):
        common_value_lift(common_value=row, by=chan)
    with pytest.raises(NotFound, match="common-value-unknown"):
        common_value_get(pk=row.pk, visible_to=chan)
    common_value_ignore(key=key, reason="a courier after all", by=chan)


def test_an_officer_says_that_two_parties_are_one_person_and_takes_it_back(of, chan):
    case, other = of("Wong Tai-man"), of("Raymond Wong")
    mine, theirs = only_party(case), only_party(other)
    judge = {"party": mine, "other": theirs, "by": chan}
    parties_judge(**judge, verdict="same", reason="one identity card")
    assert linked(case, chan) == {other.number: ["same-party"]}
    assert linked(other, chan) == {case.number: ["same-party"]}
    with pytest.raises(Conflict, match="parties-judged-so"):
        parties_judge(party=theirs, other=mine, by=chan, verdict="same", reason="again")
    assert [row.reason for row in party_verdict_list(case=case, visible_to=chan)] == [
        "one identity card"
    ]
    parties_judge(**judge, verdict="undone", reason="the card was another's")
    assert linked(case, chan) == {}
    assert party_verdict_list(case=case, visible_to=chan) == []
    with pytest.raises(ActNotOpen, match="parties-not-judged"):
        parties_judge(**judge, verdict="undone", reason="again")
    assert PartyVerdict.objects.count() == 2
    assert Entry.objects.filter(act="cases.parties.judged", subject=case.number).count() == 2


def test_parties_that_are_not_the_same_person_do_not_link_their_cases(of, chan):
    case, other, third = of("Wong Tai-man"), of("Wong Tai-man"), of("Wong Tai-man")
    parties_judge(
        party=only_party(other),
        other=only_party(case),
        verdict="different",
        reason="born in other years",
        by=chan,
    )
    assert linked(case, chan) == {third.number: ["name"]}
    assert linked(other, chan) == {third.number: ["name"]}


def test_a_word_on_a_hidden_case_is_counted_and_not_told(of, chan, wu, airport):
    case, other = of("Wong Tai-man"), of("Raymond Wong", by=wu, office=airport)
    parties_judge(
        party=only_party(case), other=only_party(other), verdict="same", reason="seen", by=wu
    )
    found = case_links(case=case, visible_to=chan)
    assert (found.links, found.hidden) == ((), 1)
    assert party_verdict_list(case=case, visible_to=chan) == []
    with pytest.raises(NotFound, match="party-unknown"):
        party_get(pk=only_party(other).pk, visible_to=chan)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, InvalidInput),
        ({"reason": "x" * 2001}, InvalidInput),
        ({"verdict": "perhaps"}, InvalidInput),
    ],
)
def test_a_word_without_reason_or_sense_is_refused(of, chan, changes, refusal):
    said = {"verdict": "same", "reason": "seen"} | changes
    with pytest.raises(refusal):
        parties_judge(party=only_party(of("A B")), other=only_party(of("C D")), by=chan, **said)
    assert not PartyVerdict.objects.exists()


def test_two_parties_of_one_case_are_not_judged_and_auditors_judge_nobody(case, of, chan, mak):
    first, second = case.parties.all()[:2]
    with pytest.raises(InvalidInput, match="parties-of-one-case"):
        parties_judge(party=first, other=second, verdict="same", reason="seen", by=chan)
    with pytest.raises(NotPermitted):
        parties_judge(
            party=first, other=only_party(of("A B")), verdict="same", reason="seen", by=mak
        )


def test_what_was_said_of_two_parties_cannot_be_changed(of, chan):
    row = parties_judge(
        party=only_party(of("A B")),
        other=only_party(of("C D")),
        verdict="same",
        reason="x",
        by=chan,
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        PartyVerdict.objects.filter(pk=row.pk).update(reason="y")
    with pytest.raises(DatabaseError), transaction.atomic():
        PartyVerdict.objects.filter(pk=row.pk).delete()


def test_a_failure_at_the_end_leaves_no_word_and_no_value(of, chan, monkeypatch):
    case, other = of("Wong Tai-man"), of("Raymond Wong")
    calls = []

    def fail_second(*_args, **_kwargs):
        calls.append(1)
        if len(calls) > 1:
            raise RuntimeError

    monkeypatch.setattr("countermark.apps.cases.services.linking.audit_record", fail_second)
    with pytest.raises(RuntimeError):
        parties_judge(
            party=only_party(case), other=only_party(other), verdict="same", reason="x", by=chan
        )
    with pytest.raises(RuntimeError):
        common_value_ignore(key=case.keys.first(), reason="x", by=chan)
    assert not PartyVerdict.objects.exists()
    assert not CommonValue.objects.exists()


def test_a_value_has_a_page_of_the_cases_within_reach(of, chan, ho, wu, airport):
    case, near = of("Pelican Trading"), of("Pelican Trading")
    far = of("Pelican Trading", by=wu, office=airport)
    key = case.keys.get(kind="name").pk
    page = value_cases(key=key, visible_to=chan)
    assert (set(page.cases), page.hidden, page.ignored) == ({case, near}, 1, None)
    assert set(value_cases(key=key, visible_to=wu).cases) == {case, near, far}
    with pytest.raises(NotFound, match="link-value-unknown"):
        value_cases(key=key, visible_to=ho)
    with pytest.raises(NotFound):
        value_cases(key=0, visible_to=chan)


def test_links_cost_the_same_however_many_there_are(of, chan, django_assert_num_queries):
    case = of("Pelican Trading", "91440300MA5XYZ")
    party_detail_add(
        case=case, party=only_party(case).pk, detail=DetailInput("phone", "2345 6789"), by=chan
    )
    for _ in range(12):
        of("Pelican Trading", "91440300MA5XYZ")
    with django_assert_num_queries(4):
        found = case_links(case=case, visible_to=chan)
        assert len(found.links) == 12
        assert {link.case.office.code for link in found.links} == {"tuen-mun"}
    assert CaseKey.objects.count() > 24
