"""A hit made again: exactly by the same rules, and openly otherwise by others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.domain.capsules.maker import capsule
from tests.domain.matching.strategies import line, mark

from countermark.domain.capsules.content import model_digest
from countermark.domain.capsules.rerun import Difference, Outcome, rerun
from countermark.domain.matching import Contribution
from countermark.domain.matching.weights import MODEL

OTHER = replace(MODEL, name="another", start=MODEL.start - 4096)
NIKE = mark("Nike", "耐克", right_id="1", parties=("Harbour Light Ltd",))


@pytest.mark.parametrize(
    "one",
    [
        line("N1KE shoes", "NIKE"),
        line("soft shoes for NIKE®"),
        line("mikes shoes", "耐 克", consignor="Harbour Light Ltd"),
        line("shoes brand: nike / nikes"),
    ],
)
def test_the_same_rules_make_the_same_hit(one):
    marks = (
        mark("Nike", "耐克", right_id="1", parties=("Harbour Light Ltd",)),
        mark("Nikes", right_id="2"),
    )
    made = capsule(marks=marks, one=one)
    again = rerun(made, MODEL)
    assert (again.outcome, again.hit, again.differences) == (Outcome.EXACT, made.hit, ())


def test_a_rival_left_out_would_not_go_unnoticed():
    rivals = (mark("Velundra", right_id="1"), mark("Velundre", right_id="2"))
    whole = capsule(marks=rivals, one=line("bag", "VELUNDRI"))
    alone = replace(whole.evidence, marks=whole.evidence.marks[:1])
    again = rerun(replace(whole, evidence=alone), MODEL)
    assert again.outcome is Outcome.NOT_REPRODUCED
    assert "contributions.competition" in {difference.name for difference in again.differences}


def test_another_scorecard_is_named_and_its_differences_are_listed():
    again = rerun(capsule(), OTHER)
    assert again.outcome is Outcome.DIFFERS_BY_OTHER_RULES
    assert (again.model, again.model_sha256) == ("another", model_digest(OTHER))
    assert "score" in {difference.name for difference in again.differences}


def test_other_rules_that_agree_say_so():
    made = capsule()
    older = replace(made, rules=replace(made.rules, version="2020.1"))
    assert rerun(older, MODEL).outcome is Outcome.SAME_BY_OTHER_RULES


def test_the_scorecard_of_then_makes_the_hit_exactly_again():
    made = capsule()
    rules = replace(made.rules, model="another", model_sha256=model_digest(OTHER))
    then = replace(made, rules=rules, hit=rerun(made, OTHER).hit)
    assert rerun(then, OTHER).outcome is Outcome.EXACT


def test_an_invented_score_is_not_reproduced():
    made = capsule()
    invented = replace(made.hit, score=0.5, contributions=(Contribution("start", 0.5),))
    again = rerun(replace(made, hit=invented), MODEL)
    assert again.outcome is Outcome.NOT_REPRODUCED
    assert Difference("score", "0.5000", f"{made.hit.score:.4f}") in again.differences


def test_a_hit_that_is_not_found_any_more_is_one_difference():
    made = capsule()
    nowhere = replace(made.evidence, line=line("plastic boxes"))
    again = rerun(replace(made, evidence=nowhere), MODEL)
    assert again.outcome is Outcome.NOT_REPRODUCED
    assert again.differences == (Difference("hit", "VELUNDR4", ""),)
    assert again.hit is None
