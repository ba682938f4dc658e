"""The node under test: Hong Kong's, in a throwaway folder.

Its database is SQLite in memory, or the one ``COUNTERMARK_TEST_DATABASE_URL`` points to.
"""

import os
import tempfile

os.environ.update(
    COUNTERMARK_VAR=tempfile.mkdtemp(prefix="countermark-tests-"),
    COUNTERMARK_ADMINISTRATION="hk",
    COUNTERMARK_SECRET_KEY="tests only, never a node's",
    COUNTERMARK_DATABASE_URL=os.environ.get("COUNTERMARK_TEST_DATABASE_URL", ""),
)
from countermark.config.settings import *  # noqa: F403 - the environment comes first

# Slow by design, and nothing here is worth attacking.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
