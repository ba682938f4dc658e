"""The offices that register trade marks, and how long their registrations last."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from countermark.domain.vocabulary import Verification
from countermark.lawbook.files import LawFileError, Section
from countermark.lawbook.offices import computed_expiry, offices, offices_parse

ORGANISATIONS = {"ap", "bx", "ea", "em", "ep", "gc", "ib", "oa", "qz", "wo", "xn", "xv"}
TERM = {"code": "us", "years": 10, "source": "x", "verification": "recalled"}


def test_the_codes_are_countries_and_the_organisations_of_st3():
    territories = {code.lower() for code in Locale("en").territories}
    assert offices().codes - ORGANISATIONS <= territories
    assert {"cn", "hk", "mo", "us", "em", "wo"} <= offices().codes
    assert not {"xx", "zz", ""} & offices().codes


def test_every_term_says_where_it_is_from_and_how_far_it_is_checked():
    for term in offices().terms.values():
        assert term.source
        assert isinstance(term.verification, Verification)


@pytest.mark.parametrize(
    ("office", "began", "ends"),
    [
        ("us", "1998-08-04", date(2008, 8, 4)),
        ("us", "2000-02-29", date(2010, 2, 28)),
        ("us", "9995-01-01", None),
        ("us", "", None),
        ("us", "4 August", None),
        ("em", "1998-08-04", None),
    ],
)
def test_an_end_is_computed_where_the_term_and_the_beginning_are_known(office, began, ends):
    assert computed_expiry(office, began) == ends


@pytest.mark.parametrize(
    "file",
    [
        {"codes": ["us"], "terms": [TERM | {"code": "xx"}]},
        {"codes": ["us"], "terms": [TERM | {"years": 0}]},
        {"codes": ["us"], "terms": [TERM | {"months": 1}]},
        {"codes": ["us"], "terms": [], "more": 1},
    ],
)
def test_a_file_that_breaks_the_grammar_is_refused(file):
    with pytest.raises(LawFileError):
        offices_parse(Section("offices.toml", file))
