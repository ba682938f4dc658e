"""Two real nodes on this machine: their folders, environments, databases and processes."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from demo import world

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 2.5
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, never bound to unasked


class NodeDown(Exception):
    """A node did not come up, or ended by itself; the message says where its log is."""


@dataclass(slots=True)
class Node:
    """One administration's node: ``folder`` holds its database, keys, files and log."""

    code: str
    folder: Path
    host: str
    port: int
    demo_folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def reached_at(self) -> str:
        """The host under which this machine reaches the node."""
        return "127.0.0.1" if self.host in EVERYWHERE else self.host

    @property
    def base_url(self) -> str:
        """The address of the node, for browsers and for its partner."""
        return f"http://{self.reached_at}:{self.port}"

    @property
    def database(self) -> Path:
        """The node's database file."""
        return self.folder / "node.sqlite3"

    @property
    def log(self) -> Path:
        """Where the node's processes write what they have to say."""
        return self.folder / "node.log"

    def environment(self) -> dict[str, str]:
        """Return the environment of every process of this node; nothing else configures it."""
        kept = {key: text for key, text in os.environ.items() if not key.startswith("COUNTERMARK_")}
        return kept | {
            "COUNTERMARK_VAR": str(self.folder),
            "COUNTERMARK_ADMINISTRATION": self.code,
            "COUNTERMARK_BASE_URL": self.base_url,
            "COUNTERMARK_ALLOWED_HOSTS": "*"
            if self.host in EVERYWHERE
            else f"{self.host},localhost",
            "COUNTERMARK_DEMO": "1",
            "COUNTERMARK_LOG_LEVEL": "WARNING",
            "COUNTERMARK_DEMO_FOLDER": str(self.demo_folder),
            "DJANGO_SETTINGS_MODULE": "countermark.config.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "PYTHONUNBUFFERED": "1",
        }

    def command(
        self,
        words: Sequence[str],
        *,
        stdout: int | IO[bytes] = subprocess.DEVNULL,
        extra: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start ``python -m`` with ``words`` as a process of this node, in a group of its own."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env=self.environment() | dict(extra or {}),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=log,
                start_new_session=True,
            )

    def start(self) -> None:
        """Start the node's servers; they are up when ``await_ready`` returns."""
        words = ["countermark.cli", "serve", "--host", self.host, "--port", str(self.port)]
        self.process = self.command(words)

    def await_ready(self, patience_s: float = 60.0) -> None:
        """Wait until the node answers its sign-in page.

        Raises:
            NodeDown: It ended, or did not answer in time.
        """
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                raise NodeDown(f"the node {self.code} ended by itself; see {self.log}")
            if self._answers():
                return
            time.sleep(0.1)
        raise NodeDown(f"the node {self.code} does not answer; see {self.log}")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(self.reached_at, self.port, timeout=5)
        try:
            connection.request("GET", "/accounts/login/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """End the whole node at once, as a power cut would: no process of it can say a word."""
        if self.process is not None:
            group_end(self.process, signal.SIGKILL)
            self.process.wait()
            self.process = None


def group_end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """Send a signal to every process of a group that ``Node.command`` started."""
    try:
        os.killpg(process.pid, how)
    except ProcessLookupError:
        return


def stop_all(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all groups to stop and kill what is left after a moment; nothing stays behind."""
    for process in processes:
        group_end(process, signal.SIGTERM)
    until = time.monotonic() + PATIENCE_S
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.01, until - time.monotonic()))
        # The leader may be gone and a child of it not.
        group_end(process, signal.SIGKILL)
        process.wait()


def migrations_digest() -> str:
    """Return the names of all migrations; where it changes, databases are brought up to date."""
    files = (ROOT / "src" / "countermark" / "apps").glob("*/migrations/[0-9]*.py")
    return "\n".join(sorted(str(path.relative_to(ROOT)) for path in files)) + "\n"


def databases_ensure(nodes: Sequence[Node]) -> None:
    """Bring every node's database up to date: one is made, the others are copies of it.

    Raises:
        NodeDown: The migrations failed.
    """
    fresh = [node for node in nodes if not node.database.exists()]
    for node in nodes:
        if node not in fresh and _stamp(node) != migrations_digest():
            _migrate(node, node.database)
    if fresh:
        template = fresh[0].folder / "template.sqlite3"
        template.unlink(missing_ok=True)
        _migrate(fresh[0], template)
        for node in fresh:
            draft = node.folder / "node.new"
            shutil.copyfile(template, draft)
            draft.replace(node.database)
        template.unlink()
    for node in nodes:
        (node.folder / "migrations.txt").write_text(migrations_digest(), encoding="ascii")


def _stamp(node: Node) -> str:
    path = node.folder / "migrations.txt"
    return path.read_text(encoding="ascii") if path.exists() else ""


def _migrate(node: Node, database: Path) -> None:
    where = {"COUNTERMARK_DATABASE_URL": f"sqlite:///{database}"}
    process = node.command(["countermark.cli", "migrate", "-v0"], extra=where)
    if process.wait():
        raise NodeDown(f"the database of {node.code} could not be made; see {node.log}")


def make_nodes(demo_folder: Path, host: str, ports: tuple[int, int]) -> tuple[Node, Node]:
    """Return Guangdong's and Hong Kong's node with their folders made."""
    made = []
    for code, port in zip((world.GUANGDONG, world.HONG_KONG), ports, strict=True):
        folder = demo_folder / code
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.append(Node(code, folder, host, port, demo_folder))
    return made[0], made[1]
