"""No model is ahead of its migrations, and no two migrations share a number."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

APPS = Path(__file__).resolve().parents[2] / "src" / "countermark" / "apps"


@pytest.mark.django_db
def test_no_model_is_ahead_of_its_migrations():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_two_migrations_of_an_app_share_a_number():
    numbers = Counter(
        (path.parents[1].name, path.stem[:4]) for path in APPS.glob("*/migrations/0*.py")
    )
    assert [key for key, count in numbers.items() if count > 1] == []
