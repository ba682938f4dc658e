from __future__ import annotations

import pytest
from tests.apps.operations.scene import agreed, opened, proposed

__all__ = ["agreed", "opened", "proposed"]


@pytest.fixture
def get(client):
    """Return a function that reads an address in the name of an officer, or of nobody."""

    def read(path, officer=None, **query):
        if officer:
            client.force_login(officer)
        return client.get(f"/api/v1/{path}", query)

    return read


@pytest.fixture(autouse=True)
def static_root(settings, tmp_path):
    """Give the server of static files a folder to look in: it warns where there is none."""
    settings.STATIC_ROOT = tmp_path
