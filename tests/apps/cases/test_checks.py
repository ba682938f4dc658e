from __future__ import annotations

import pytest

from countermark.apps.cases.checks import law_is_readable


def test_a_readable_law_folder_passes():
    assert law_is_readable() == []


def test_a_node_whose_law_cannot_be_read_does_not_start(monkeypatch, tmp_path):
    monkeypatch.setenv("COUNTERMARK_LAW", str(tmp_path))
    (error,) = law_is_readable()
    assert error.id == "countermark.E001"


@pytest.mark.parametrize("code", ["mo", "cn"])
def test_a_node_of_an_administration_that_no_law_folder_knows_does_not_start(settings, code):
    settings.COUNTERMARK_ADMINISTRATION = code
    (error,) = law_is_readable()
    assert error.id == "countermark.E002"
