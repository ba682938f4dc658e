"""The law asked on the command line: terms counted day by day, securities quoted; no database."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest

from countermark.cli.__main__ import main

DETAIN = ["--procedure", "cn/ex-officio", "--act", "detain", "--on", "2014-09-25"]


def explained(capsys, *words) -> dict:
    assert main(["deadlines", "explain", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def quoted(capsys, value, *words) -> dict:
    base = ["--procedure", "cn/ex-officio", "--currency", "CNY", "--value", value]
    assert main(["security", "quote", *base, *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_term_of_an_act_is_counted_day_by_day(capsys):
    answer = explained(capsys, *DETAIN)
    terms = {term["code"]: term for term in answer["terms"]}
    assert {code: term["due_on"] for code, term in terms.items()} == {
        "investigation": "2014-11-11",
        "court-notice": "2014-12-09",
    }
    days = {day["day"]: day for day in terms["investigation"]["days"]}
    assert (days["2014-09-26"]["number"], days["2014-09-28"]["kind"]) == (1, "make-up")
    assert days["2014-10-01"] == {
        "day": "2014-10-01",
        "number": 0,
        "kind": "holiday",
        "name": "National Day",
    }
    numbers = [day["number"] for day in terms["investigation"]["days"] if day["number"]]
    assert numbers == list(range(1, 31))
    assert terms["investigation"]["source"] == "cn/ipr-customs-regulations#20"
    assert terms["investigation"]["verification"] == "recalled"
    assert not terms["investigation"]["provisional"]


def test_a_count_beyond_the_published_calendar_is_provisional(capsys):
    answer = explained(capsys, *DETAIN[:4], "--on", "2026-12-01")
    assert [term["provisional"] for term in answer["terms"]] == [True, True]
    assert [term["verification"] for term in answer["terms"]] == ["verified", "verified"]


def test_hong_kong_counts_the_day_itself(capsys):
    words = ["--procedure", "hk/import-export-seizure", "--act", "seize", "--on", "2026-11-01"]
    terms = {term["code"]: term for term in explained(capsys, *words)["terms"]}
    assert terms["notice-of-seizure"]["due_on"] == "2026-11-30"
    assert terms["notice-of-seizure"]["days"][0]["day"] == "2026-11-01"


@pytest.mark.parametrize(
    ("tag", "name"), [("en", "Detain"), ("zh-Hans", "扣留"), ("zh-Hant", "扣留")]
)
def test_the_text_says_the_same_in_the_language_asked_for(capsys, tag, name):
    assert main(["deadlines", "explain", *DETAIN, "--lang", tag]) == 0
    said = capsys.readouterr().out
    assert f"{name} (detain) on 2014-09-25" in said
    assert "due 2014-11-11" in said
    assert "if missed: cannot-determine" in said


def test_an_act_without_a_term_says_so(capsys):
    words = ["--procedure", "cn/ex-officio", "--act", "release", "--on", "2026-11-02"]
    assert main(["deadlines", "explain", *words]) == 0
    assert "This act starts no term." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--procedure", "cn/x", *DETAIN[2:]], "Known: cn/ex-officio, cn/on-application"),
        ([*DETAIN[:2], "--act", "x", *DETAIN[4:]], "Known: suspend, clear-suspicion"),
        ([*DETAIN[:4], "--on", "1999-01-04"], "It was: 2010-04-01 to"),
    ],
)
def test_what_cannot_be_answered_says_what_is_known(capsys, words, said):
    assert main(["deadlines", "explain", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_day_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit) as left:
        main(["deadlines", "explain", *DETAIN[:4], "--on", "2014-02-30"])
    assert left.value.code == 2
    assert "is no day such as 2014-09-25" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "security"),
    [
        ("19999", "19999.00"),
        ("20000", "20000.00"),
        ("40,000", "20000.00"),
        ("60000", "30000.00"),
        ("200000", "100000.00"),
        ("200001", "100000.00"),
    ],
)
def test_the_security_is_what_the_bands_say(capsys, value, security):
    answer = quoted(capsys, value)
    assert (answer["security"], answer["currency"]) == (security, "CNY")
    assert answer["source"] == "cn/ipr-customs-measures#23"
    assert answer["verification"] == "verified-old-edition"
    assert answer["rule"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--procedure", "hk/criminal-seizure", "--value", "5", "--currency", "HKD"], "Known: cn/"),
        (["--procedure", "cn/ex-officio", "--value", "5", "--currency", "HKD"], "in CNY, not in"),
        (["--procedure", "cn/ex-officio", "--value", "lots", "--currency", "CNY"], "amount"),
    ],
)
def test_a_security_that_cannot_be_quoted_says_why(capsys, words, said):
    assert main(["security", "quote", *words]) == 2
    assert said in capsys.readouterr().err


def test_it_needs_no_database_and_no_django():
    program = (
        "import sys; from countermark.cli.__main__ import main; "
        f"main(['deadlines', 'explain', *{DETAIN!r}]); sys.exit('django' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_the_same_days_are_counted_as_in_a_case(capsys):
    answer = explained(capsys, *DETAIN[:4], "--on", date(2014, 3, 10).isoformat())
    assert [term["due_on"] for term in answer["terms"]] == ["2014-04-22", "2014-05-21"]
