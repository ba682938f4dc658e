"""A node as it runs, but for what its messages do: they are counted where a test can read them."""

from countermark.config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.two_nodes.urls"
