"""Runs the tests: what ``./countermark test`` does.

    ./countermark test              all that needs no second process, on every database here
    ./countermark test --fast       pure code, law and architecture: before each commit
    ./countermark test --slow       real browsers, two real nodes, faults
    ./countermark test --spark      the Spark engine; needs a Java runtime
    ./countermark test PATH [...]   just these, with pytest's own options

Where PostgreSQL or Chromium is missing, the group that needs it is named with the line that
installs it and left out; with CI=true that is a failure instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tools.postgres import cluster, server_programs

ROOT = Path(__file__).resolve().parents[1]
DATABASE_TESTS = ["tests/apps", "tests/workflows", "tests/web", "tests/api"]
FAST = ["tests/domain", "tests/law", "tests/lawbook", "tests/engines", "tests/architecture"]


def pytest(*arguments: str, **environment: str) -> int:
    """Run pytest in a process of its own and return its exit status."""
    command = [sys.executable, "-X", "dev", "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode


@dataclass(frozen=True)
class Group:
    """Tests that run together, what they need, and the line that installs it."""

    name: str
    run: Callable[[], int]
    present: Callable[[], object] = lambda: True
    install: str = ""


def on_postgresql(*arguments: str) -> int:
    """Run tests on a cluster that lives as long as they do."""
    with cluster() as url:
        return pytest(*arguments, COUNTERMARK_TEST_DATABASE_URL=url)


def chromium() -> str | None:
    """Return the path of Debian's Chromium, if it is there."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


QUICK = [
    Group("SQLite", lambda: pytest("-n", "auto", "-q")),
    Group(
        "PostgreSQL",
        lambda: on_postgresql("-n", "auto", "-q", *DATABASE_TESTS),
        server_programs,
        "sudo apt install postgresql",
    ),
]
SLOW = [
    Group(
        "browser",
        lambda: pytest("-q", "-m", "browser", "tests/browser"),
        chromium,
        "sudo apt install chromium fonts-noto-cjk",
    ),
    Group(
        "two nodes and faults",
        lambda: pytest("-q", "-m", "slow and not browser", "--ignore", "tests/spark"),
    ),
]
SPARK = [
    Group(
        "Spark",
        lambda: pytest("-q", "-m", "slow", "tests/spark"),
        lambda: find_spec("pyspark") and shutil.which("java"),
        "sudo apt install default-jre-headless",
    )
]


def run(groups: list[Group]) -> int:
    """Run groups in order and return 0 only if each passed or was left out for a stated reason."""
    failed, absent = [], []
    for group in groups:
        print(f"\n== {group.name}", flush=True)
        if not group.present():
            print(f"left out: not installed here. To run it, type:  {group.install}")
            absent.append(group.name)
        elif group.run():
            failed.append(group.name)
    if absent and os.environ.get("CI") == "true":
        failed += absent
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall groups passed", flush=True)
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    """Choose what to run."""
    if not arguments:
        return run(QUICK)
    if arguments == ["--fast"]:
        return pytest("-n", "auto", "-q", *FAST)
    if arguments == ["--slow"]:
        return run(SLOW)
    if arguments == ["--spark"]:
        return run(SPARK)
    if arguments[0] in {"-h", "--help"}:
        print(__doc__)
        return 0
    return pytest(*arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
