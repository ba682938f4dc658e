"""What a run costs: the clock, the processor and the memory of one command and its children."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.corpora import ROOT

SCREEN = "import sys; from countermark.cli.screen import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one command from its start to its end; memory is that of its largest process."""

    lines: int
    elapsed_s: float
    cpu_s: float
    peak_mb: float

    @property
    def rate(self) -> float:
        """Return lines a second by the clock."""
        return self.lines / self.elapsed_s


def run(arguments: list[object], *, lines: int) -> tuple[Cost, str]:
    """Run Python with these arguments; return the cost and what was printed.

    Raises:
        RuntimeError: The command failed; the message ends with what it complained of.
    """
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complained:
        started = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            stdout=said,
            stderr=complained,
            env={**os.environ, "PYTHONPATH": path},
            cwd=ROOT,
        )
        _, status, used = os.wait4(child.pid, 0)
        elapsed = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complained.seek(0)
        if child.returncode:
            raise RuntimeError(f"{arguments[:3]}: {complained.read()[-2000:]}")
        cpu = used.ru_utime + used.ru_stime
        return Cost(lines, elapsed, cpu, used.ru_maxrss / 1024), said.read()


def screen(
    register: Path,
    declarations: Path,
    out: Path,
    *,
    lines: int,
    workers: int = 1,
    index: Path | None = None,
) -> Cost:
    """Run ``countermark screen`` as a user would: start, index, word usage and all.

    With ``index`` the register's index is kept in that file, and opened where it is there already.
    """
    arguments: list[object] = ["-c", SCREEN, "--register", register, "--out", out]
    arguments += ["--declarations", declarations, "--workers", workers]
    arguments += ["--index", index] if index else []
    return run(arguments, lines=lines)[0]


def peer(
    name: str, switches: str, corpus: Path, declarations: Path, out: Path
) -> tuple[Cost, dict[str, Any]]:
    """Run one peer and return its cost and its own report."""
    arguments: list[object] = ["-m", "bench.peers", name, *switches.split(), "--out", out]
    arguments += ["--register", corpus / "register.csv", "--declarations", declarations]
    arguments += ["--stream", corpus / "declarations.csv"]
    cost, said = run(arguments, lines=0)
    report = json.loads(said.splitlines()[-1])
    return Cost(report["lines"], cost.elapsed_s, cost.cpu_s, cost.peak_mb), report
