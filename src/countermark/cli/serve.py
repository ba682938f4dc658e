"""Runs one node in the foreground: the web server, the exchange worker and the task worker.

The three are children in the supervisor's own process group. Where one ends by itself the others
are stopped and the supervisor ends with an error, so that systemd (or the demo) starts the node
anew; nothing is lost by that, because all work lies in the database.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import FrameType

PATIENCE_S = 8.0


def commands(host: str, port: int, workers: int) -> dict[str, list[str]]:
    """Return the command line of each child by its name."""
    python = sys.executable
    return {
        "web": [
            *(python, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", str(workers), "--blocking-threads", "4", "--no-ws"),
            *("--log-level", "warning", "countermark.config.wsgi:application"),
        ],
        "exchange": [python, "-m", "countermark.cli", "exchange_worker"],
        "tasks": [python, "-m", "countermark.cli", "task_worker", "--interval", "1", "--no-reload"],
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Run the node until it is told to stop; return 0 then, 1 where a child ended by itself."""
    parser = argparse.ArgumentParser(prog="countermark serve", description=__doc__.split("\n")[0])
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="web server processes")
    args = parser.parse_args(argv)

    stop = threading.Event()
    ended: list[str] = []

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "countermark.config.settings"}
    children = {
        name: subprocess.Popen(command, env=environment)  # noqa: S603 - our own command lines
        for name, command in commands(args.host, args.port, args.workers).items()
    }
    for name, child in children.items():
        threading.Thread(target=_watch, args=(name, child, stop, ended), daemon=True).start()
    stop.wait()
    _end(list(children.values()))
    if ended:
        print(f"countermark serve: {ended[0]} ended by itself", file=sys.stderr)
    return 1 if ended else 0


def _watch(
    name: str, child: subprocess.Popen[bytes], stop: threading.Event, ended: list[str]
) -> None:
    child.wait()
    if not stop.is_set():
        ended.append(name)
        stop.set()


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask every child to stop, and kill those that have not after a while."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE_S / len(children))
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    sys.exit(main())
