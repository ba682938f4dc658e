"""Brings both nodes up and stays until Ctrl+C; the story is told the first time only."""

from __future__ import annotations

import fcntl
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo import world
from demo.logins import logins_ensure
from demo.ports import free_pair
from demo.progress import Teller
from demo.run import Told, World

LOOK_EVERY_S = 1.0


class AlreadyRunning(Exception):
    """Another process runs a demo in the same folder."""


def main(folder: Path, host: str, first_port: int) -> int:
    """Run the demo in ``folder`` until it is interrupted; return 0.

    Raises:
        AlreadyRunning: A demo runs in the folder.
        NodeDown: A node did not come up, or ended by itself later.
        StoryFailed: The story could not be told to its end.
        NoPorts: No two free ports were found.
    """
    started = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        ports = free_pair(host, first_port)
        if ports[0] != first_port:
            print(f"Port {first_port} or the next is in use: taking {ports[0]} and {ports[1]}.")
        stage = World(folder, host, ports)
        try:
            _ready(stage)
            # Before the welcome: whoever reads how to stop may do so while a process is being made.
            stage.go_on()
            print(_welcome(stage, time.monotonic() - started), flush=True)
            _stay(stage)
        except KeyboardInterrupt:
            print("\nStopping.", file=sys.stderr)
        finally:
            stage.stop()
    return 0


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the kernel lets go of it however the process ends."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"a demo is running in {folder} already") from None
        yield


def _ready(stage: World) -> None:
    with Teller() as teller:
        told = len(stage.nodes)
        stage.prepare(lambda done: teller.tell("Create databases", done, told))
        stage.start_nodes()
        if not stage.finished:
            stage.start_story()
            stage.follow(lambda said: teller.tell(*line_of(said)))
        else:
            stage.pair_anew()
        for number, node in enumerate(stage.nodes, 1):
            node.await_ready()
            teller.tell("Start nodes", number, told)


def line_of(said: Told) -> tuple[str, int, int, str]:
    """Return what a told step looks like to the teller."""
    return world.side(said.code).short.en, said.number, said.total, said.step.replace("_", " ")


def _welcome(stage: World, seconds: float) -> str:
    logins = logins_ensure(stage.folder)
    rows = []
    for node in stage.nodes:
        side = world.side(node.code)
        name = side.officer("officer")
        rows.append(f"  {side.short.en:<18} {node.base_url}   {name:<11} {logins[name]}")
    return "\n".join(
        [
            f"\nCountermark is running. Ready in {seconds:.0f} s.\n",
            *rows,
            "\n  Marks, firms and people are invented. The cases of 2013 and 2014 are reconstructed"
            "\n  so that their totals equal the published ones; each record says so.\n",
            "Try: open Hong Kong, Triage, and decide the first hit; open a case from it, and",
            "     contribute it to the running operation: the result appears in Guangdong.",
            "Other roles: ./countermark demo --logins      Stop: Ctrl+C      Start again: --reset",
        ]
    )


def _stay(stage: World) -> None:
    """Keep both nodes up until somebody interrupts.

    Raises:
        NodeDown: A node ended by itself too often.
    """
    while True:
        stage.revive()
        stage.note_gone_on()
        time.sleep(LOOK_EVERY_S)
