"""Stands for the two officers who read each other's fingerprint aloud: a folder both can see."""

from __future__ import annotations

import json
from pathlib import Path


def bundle_write(folder: Path, code: str, bundle: dict[str, str]) -> None:
    """Lay down a node's pairing bundle, complete or not at all."""
    path = _path(folder, code)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(bundle), encoding="utf-8")
    draft.replace(path)


def bundle_read(folder: Path, code: str) -> dict[str, str] | None:
    """Return the pairing bundle of a node, or None while it has not laid it down."""
    path = _path(folder, code)
    if not path.exists():
        return None
    bundle: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return bundle


def bundle_forget(folder: Path, code: str) -> None:
    """Take a node's pairing bundle away, where there is one."""
    _path(folder, code).unlink(missing_ok=True)


def _path(folder: Path, code: str) -> Path:
    return folder / f"pairing-{code}.json"
