"""Countermark: joint action of customs administrations against infringing goods."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path


def _keep_compiled_code() -> None:
    """Tell numba where to keep the compiled screening core, unless the user has told it.

    numba notices a change of a function's own file, but not of the functions it calls elsewhere.
    So each state of the core's sources has a folder of its own. Where none can be made, numba
    looks for a place by itself, and compiles anew in every process if there is none.
    """
    if "NUMBA_CACHE_DIR" in os.environ:
        return
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = os.path.join(home, "countermark", f"core-{_digest_of_core()}")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError:
        return
    if os.access(folder, os.W_OK):
        os.environ["NUMBA_CACHE_DIR"] = folder


def _digest_of_core() -> str:
    """Return a digest of the sources that are compiled, or compiled in as constants."""
    domain = Path(__file__).parent / "domain"
    digest = blake2b(digest_size=8)
    for folder in (domain / "matching" / "core", domain / "text"):
        for source in sorted(folder.glob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()


_keep_compiled_code()
