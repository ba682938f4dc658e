"""Two real nodes on loopback: processes that can be started, killed and looked into."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120.0


def wait_until(true: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Look again and again, a little apart, until something is so; fail by name if it never is."""
    ends, pause = time.monotonic() + patience_s, threading.Event()
    while not true():
        assert time.monotonic() < ends, f"waited {patience_s:.0f} s for {what}"
        pause.wait(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Node:
    """One node: its folder, its address and the processes that run for it."""

    code: str
    var: Path
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    settings: str = "tests.two_nodes.settings"

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, failpoints: str = "") -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONWARNINGS": "ignore",
            "DJANGO_SETTINGS_MODULE": self.settings,
            "COUNTERMARK_VAR": str(self.var),
            "COUNTERMARK_ADMINISTRATION": self.code,
            "COUNTERMARK_BASE_URL": self.base_url,
            "COUNTERMARK_FAILPOINTS": failpoints,
            "COUNTERMARK_LOG_LEVEL": "WARNING",
        }

    def run(
        self, *words: str, failpoints: str = "", ok: bool = True
    ) -> subprocess.CompletedProcess:
        """Run a command of this node to its end."""
        done = subprocess.run(
            [sys.executable, "-m", *words],
            env=self.environment(failpoints),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert not ok or done.returncode == 0, done.stderr
        return done

    def manage(self, *words: str) -> str:
        return str(self.run("django", *words).stdout)

    def say(self, lane: str, first: int, count: int, failpoints: str = "") -> int:
        """Do business changes with their messages; return how many were acknowledged."""
        words = ("tests.two_nodes.act", "say", lane, str(first), str(count))
        done = self.run(*words, failpoints=failpoints, ok=not failpoints)
        return len(done.stdout.split())

    def start(self, name: str, failpoints: str = "") -> None:
        """Start the web server or the worker; the server is ready when this returns."""
        command = {
            "web": [
                *("granian", "--interface", "wsgi", "--host", "127.0.0.1"),
                *("--port", str(self.port), "--workers", "1", "--blocking-threads", "2"),
                *("--no-ws", "--log-level", "error", "tests.two_nodes.wsgi:application"),
            ],
            "worker": ["django", "exchange_worker", "--poll-seconds", "0.05"],
        }[name]
        with (self.var / f"{name}.log").open("a") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *command],
                env=self.environment(failpoints),
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        if name == "web":
            wait_until(self.listening, f"{self.code} to listen")

    def listening(self) -> bool:
        assert self.running["web"].poll() is None, (self.var / "web.log").read_text()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self, name: str) -> None:
        """SIGKILL a process and all its children."""
        process = self.running.pop(name)
        # The group stays as long as any member does, so a dead leader's children go too.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def died(self, name: str) -> bool:
        return self.running[name].poll() is not None

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def rows(self, query: str) -> list[tuple]:
        """Read this node's database as an outsider."""
        with sqlite3.connect(f"file:{self.var}/node.sqlite3?mode=ro", uri=True) as database:
            found = database.execute(query).fetchall()
        database.close()
        return found

    def unsettled(self) -> int:
        return int(
            self.rows(
                "SELECT count(*) FROM exchange_outboxmessage"
                " WHERE state NOT IN ('applied', 'refused', 'skipped')"
            )[0][0]
        )


def node_make(code: str, folder: Path, **more: str) -> Node:
    var = folder / code
    var.mkdir(mode=0o700)
    node = Node(code, var, **more)
    node.manage("migrate", "--verbosity=0")
    node.run("tests.two_nodes.act", "setup")
    return node


def pair(node: Node, other: Node) -> None:
    """Pair as two officers do: the bundle by file, the words by telephone."""
    made = other.manage("exchange_bundle")
    file = node.var / "partner.json"
    file.write_text(made, encoding="utf-8")
    words = json.loads(made)["words"]
    node.manage("exchange_pair", str(file), "--fingerprint", words, "--officer", "liaison")


def check(sender: Node, receiver: Node) -> None:
    """Nothing lost, nothing doubled, nothing out of order, and proof of all of it on both sides."""
    said = sender.rows("SELECT lane, n FROM probe_business ORDER BY id")
    outbox = sender.rows("SELECT state FROM exchange_outboxmessage")
    effects = receiver.rows("SELECT lane, n FROM probe_effect ORDER BY id")
    assert [state for (state,) in outbox] == ["applied"] * len(said)
    for lane in {lane for lane, _ in said}:
        wanted = [n for name, n in said if name == lane]
        assert [n for name, n in effects if name == lane] == wanted
    assert len(effects) == len(said)
    held = sender.rows(
        "SELECT m.inner_sha256, r.level, r.token FROM exchange_receipt r"
        " JOIN exchange_outboxmessage m ON m.id = r.message_id"
    )
    issued = receiver.rows(
        "SELECT inner_sha256, 'R1', received_receipt FROM exchange_inboxmessage"
        " UNION ALL SELECT inner_sha256, 'R2', settled_receipt FROM exchange_inboxmessage"
    )
    assert sorted(held) == sorted(issued)
    assert len(held) == 2 * len(said)
    regressed = sender.rows("SELECT * FROM audit_entry WHERE act = 'exchange.partner.regressed'")
    assert regressed == []
