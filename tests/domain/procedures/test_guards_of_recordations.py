"""The conditions that recordations know: a complete file, a renewal window, a last day."""

from __future__ import annotations

from datetime import date

import pytest

from countermark.domain.errors import ActNotOpen
from countermark.domain.procedures import GUARDS, ActContext

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("guard", "given", "code"),
    [
        ("complete", {"missing": ("certificate",)}, "file-incomplete"),
        ("renewal-window", {}, "renewal-not-needed"),
        ("renewal-window", {"renewable_from": date(2026, 11, 24)}, "renewal-too-early"),
        ("ended", {}, "not-ended"),
        ("ended", {"last_day": DAY}, "not-ended"),
    ],
)
def test_a_condition_that_fails_says_which(guard, given, code):
    with pytest.raises(ActNotOpen) as refused:
        GUARDS[guard](ActContext(DAY, **given))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("guard", "given"),
    [
        ("complete", {}),
        ("renewal-window", {"renewable_from": DAY}),
        ("ended", {"last_day": date(2026, 11, 22)}),
    ],
)
def test_a_condition_that_holds_lets_the_act_pass(guard, given):
    GUARDS[guard](ActContext(DAY, **given))
