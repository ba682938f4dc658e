"""What must not be committed is not, and what is promised is there."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MACHINE = re.compile(r"[\"' =(]/(work|root|home)/[a-z.]")
HOST = re.compile(
    r"(pypi\.org|pythonhosted|registry\.npmjs|--index-url|--extra-index-url|find-links)"
)
SKIP = {"tests/architecture/test_repository.py"}


def tracked() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if name in SKIP or path.suffix in {".png", ".woff2", ".xlsx", ".parquet", ".gz"}:
            continue
        found.append((name, path.read_text(encoding="utf-8", errors="replace")))
    return found


@pytest.mark.parametrize("pattern", [MACHINE, HOST], ids=["machine path", "registry host"])
def test_no_tracked_file_names(pattern):
    hits = [name for name, text in texts() if pattern.search(text)]
    assert hits == []


def test_the_locks_carry_a_hash_for_every_package():
    for lock in (ROOT / "requirements").glob("*.txt"):
        entries = re.split(r"\n(?=[a-z0-9])", lock.read_text())
        bare = [e.split()[0] for e in entries if "==" in e.split("\n")[0] and "--hash" not in e]
        assert bare == [], lock.name


def test_every_dependency_has_its_reason_beside_it():
    source = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(source)
    wanted = project["project"]["dependencies"]
    without = [
        name
        for name in wanted
        if not re.search(re.escape(f'"{name}",') + r"\s+# \w[^\n]{15,}", source)
    ]
    assert without == []


def test_every_locked_runtime_package_is_in_the_developers_lock_too():
    base, dev = (
        set(
            re.findall(r"^([a-z0-9-]+==[^ ;\\]+)", (ROOT / "requirements" / name).read_text(), re.M)
        )
        for name in ("base.txt", "dev.txt")
    )
    assert base <= dev


def test_the_version_is_read_from_the_changelog():
    first = re.search(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert first
