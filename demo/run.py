"""Runs the story: a process of steps beside each node, both at once, as two administrations."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from demo import world
from demo.logins import logins_ensure
from demo.nodes import Node, NodeDown, databases_ensure, group_end, make_nodes, stop_all
from demo.pairing import bundle_forget, bundle_read

STORY_PATIENCE_S = 600.0
FINISHED = "story.json"
GONE_ON = "afterwards.done"
PAIRING_STEP, COURSES_STEP = "pair", "courses"
MOST_REVIVALS = 3


class StoryFailed(Exception):
    """A step of the story ended with an error; the message says where its log is."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a process of steps says: a step is done, out of how many, with what outcome."""

    code: str
    step: str
    number: int
    total: int
    outcome: dict[str, Any] = field(default_factory=dict)


class Telling:
    """The steps of one node, running in a process of their own."""

    def __init__(self, node: Node, said: queue.Queue[Told], only: Sequence[str] = ()) -> None:
        self.node = node
        self.only = tuple(only)
        self.process = node.command(["demo.step", *only], stdout=subprocess.PIPE)
        self._said = said
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None  # noqa: S101 - PIPE above
        with self.process.stdout as lines:
            for line in lines:
                # A process killed in the middle of a line has not said it.
                if line.endswith(b"\n"):
                    self._said.put(Told(**json.loads(line)))

    def kill(self) -> None:
        """End the process at once; what it had said before is still heard."""
        group_end(self.process, signal.SIGKILL)
        self.process.wait()
        self._listener.join()

    def join(self) -> int:
        """Wait for the process to end and for its last word; return its exit status."""
        status = self.process.wait()
        self._listener.join()
        return status


class World:
    """Two nodes and the story between them, in one folder."""

    def __init__(self, folder: Path, host: str, ports: tuple[int, int]) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.nodes = make_nodes(folder, host, ports)
        self.said: queue.Queue[Told] = queue.Queue()
        self.tellings: dict[str, Telling] = {}
        self.revivals = 0

    @property
    def finished(self) -> bool:
        """Whether the story of this folder has been told to its end."""
        return (self.folder / FINISHED).exists()

    def prepare(self, done: Callable[[int], None] = lambda _number: None) -> None:
        """Make passwords, the story's day and both databases, where they are not there yet.

        Args:
            done: Called with the number of databases that are up to date.
        """
        logins_ensure(self.folder)
        day = self.folder / "today.txt"
        if not day.exists():
            day.write_text(f"{date.today():%Y-%m-%d}", encoding="ascii")  # noqa: DTZ011 - local day
        databases_ensure(self.nodes)
        done(len(self.nodes))
        self._addresses_note()

    def _addresses_note(self) -> None:
        """Forget the pairing bundles where the nodes have moved: they name former addresses."""
        path = self.folder / "addresses.txt"
        addresses = "".join(f"{node.base_url}\n" for node in self.nodes)
        if path.exists() and path.read_text(encoding="ascii") == addresses:
            return
        for node in self.nodes:
            bundle_forget(self.folder, node.code)
        path.write_text(addresses, encoding="ascii")

    def pair_anew(self) -> None:
        """Let nodes that have moved tell each other their new addresses; else do nothing.

        Raises:
            StoryFailed: The pairing failed.
        """
        if all(bundle_read(self.folder, node.code) for node in self.nodes):
            return
        for node in self.nodes:
            self.tell(node, only=[PAIRING_STEP])
        for telling in self.tellings.values():
            if telling.join():
                raise StoryFailed(f"the nodes could not be paired; see {telling.node.log}")

    def start_nodes(self) -> None:
        """Start both nodes at once; they answer a few seconds later."""
        for node in self.nodes:
            node.start()

    def start_story(self) -> None:
        """Start telling the story on both sides, from wherever it stands."""
        for node in self.nodes:
            self.tell(node)

    def tell(self, node: Node, only: Sequence[str] = ()) -> None:
        """Start the steps of one node; what is done already is passed over quickly."""
        self.tellings[node.code] = Telling(node, self.said, only)

    def node(self, code: str) -> Node:
        """Return one of the two nodes."""
        return next(node for node in self.nodes if node.code == code)

    def follow(self, tell: Callable[[Told], None]) -> dict[str, dict[str, Any]]:
        """Wait for the end of the story and return each side's outcome.

        Args:
            tell: Called for every step that is done.

        Raises:
            StoryFailed: A step failed, or the story did not end in time.
            NodeDown: A node ended by itself too often.
        """
        outcomes: dict[str, dict[str, Any]] = {}
        until = time.monotonic() + STORY_PATIENCE_S
        while len(outcomes) < len(self.nodes):
            try:
                told = self.said.get(timeout=0.2)
            except queue.Empty:
                self._check(outcomes, until)
                continue
            tell(told)
            if told.outcome:
                outcomes[told.code] = told.outcome
        (self.folder / FINISHED).write_text(json.dumps(outcomes), encoding="utf-8")
        return outcomes

    def go_on(self) -> None:
        """Start what follows the story's end, beside nodes that are in use already."""
        if not (self.folder / GONE_ON).exists():
            self.tell(self.node(world.GUANGDONG), only=[COURSES_STEP])

    def note_gone_on(self) -> None:
        """Note that nothing is left to tell, where the last steps have ended well."""
        telling = self.tellings.get(world.GUANGDONG)
        if telling and telling.only == (COURSES_STEP,) and telling.process.poll() == 0:
            (self.folder / GONE_ON).touch()

    def revive(self) -> None:
        """Start a node anew that ended by itself, as a service manager does; not for ever.

        Raises:
            NodeDown: It has ended by itself too often.
        """
        for node in self.nodes:
            if node.process is None or node.process.poll() is None:
                continue
            self.revivals += 1
            if self.revivals > MOST_REVIVALS:
                raise NodeDown(f"the node {node.code} ended by itself; see {node.log}")
            print(f"starting the node {node.code} anew; see {node.log}", file=sys.stderr)
            node.kill()
            node.start()

    def _check(self, outcomes: dict[str, dict[str, Any]], until: float) -> None:
        for code, telling in self.tellings.items():
            ended = telling.process.poll()
            if ended and code not in outcomes:
                raise StoryFailed(f"the story of {code} failed; see {telling.node.log}")
        self.revive()
        if time.monotonic() > until:
            raise StoryFailed(f"the story did not end within {STORY_PATIENCE_S:.0f} s")

    def stop(self) -> None:
        """End every process that was started, within three seconds."""
        processes = [telling.process for telling in self.tellings.values()]
        processes += [node.process for node in self.nodes if node.process is not None]
        stop_all(processes)
        for telling in self.tellings.values():
            telling.join()
