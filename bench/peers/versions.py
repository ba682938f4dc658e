"""Packages of the peers and their licences."""

from __future__ import annotations

from importlib import metadata

PACKAGES = {
    "ahocorasick_rs": "Apache-2.0",
    "rapidfuzz": "MIT",
    "scikit-learn": "BSD-3-Clause",
    "sparse_dot_topn": "Apache-2.0",
    "tantivy": "MIT",
    "duckdb": "MIT",
    "nomenklatura": "MIT",
}


def installed(package: str) -> str:
    """Return the version of a package, empty if it is not there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
