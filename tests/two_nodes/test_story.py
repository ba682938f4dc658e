"""The story on two real nodes ends with the published figures, whatever is killed on the way."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from demo.check import report_of
from demo.nodes import ROOT
from demo.ports import unused_pair
from demo.run import Told, World

from demo import world

pytestmark = pytest.mark.slow
HOST = "127.0.0.1"
SEED = 1022
HALF_WAY = (world.GUANGDONG, "batches")
CODES = (world.GUANGDONG, world.HONG_KONG)


@pytest.fixture
def stage(tmp_path, socket_enabled):
    made = World(tmp_path / "stage", HOST, unused_pair(HOST))
    made.prepare()
    yield made
    made.stop()


def run_demo(*words: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "demo", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


class Assailant:
    """Kills a node or the telling of its story as hard as the kernel can, and starts it anew."""

    def __init__(self, stage: World) -> None:
        self.stage = stage
        self.killed: list[str] = []
        self.lock = threading.Lock()

    def kill_node(self, code: str, why: str) -> None:
        with self.lock:
            self.killed.append(f"node {code} {why}")
            node = self.stage.node(code)
            node.kill()
            node.start()

    def kill_telling(self, code: str, why: str) -> None:
        with self.lock:
            self.killed.append(f"telling {code} {why}")
            # Taken out first: the stage must not mistake the kill for a failed story.
            telling = self.stage.tellings.pop(code, None)
            if telling is not None:
                telling.kill()
            self.stage.tell(self.stage.node(code))

    def kill_both(self, code: str, why: str) -> None:
        self.kill_telling(code, why)
        self.kill_node(code, why)


def assert_as_published(outcomes):
    report = report_of(outcomes)
    assert report["ok"], json.dumps({**report, "figures": "left out"}, indent=1)


def test_the_check_prints_json_alone_and_leaves_nothing_running(tmp_path, socket_enabled):
    before = set(Path("/proc").glob("[0-9]*")) if Path("/proc").is_dir() else set()
    done = run_demo("--check")
    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads(done.stdout)
    assert report["ok"]
    assert {row["node"] for row in report["comparison"]} == set(CODES)
    assert all(row["ok"] for row in report["comparison"])
    assert left_over(before) == []


def left_over(before: set[Path]) -> list[str]:
    """Return the command lines of processes of a check that began since ``before``."""
    found = []
    for process in set(Path("/proc").glob("[0-9]*")) - before:
        with contextlib.suppress(OSError):
            said = (process / "environ").read_bytes()
            if b"countermark-check-" in said:
                found.append((process / "cmdline").read_text())
    return found


def test_killed_at_every_boundary_between_steps_the_story_ends_the_same(stage):
    assailant = Assailant(stage)
    seen: set[tuple[str, str]] = set()

    def at_boundary(said: Told) -> None:
        if said.outcome or (said.code, said.step) in seen:
            return
        seen.add((said.code, said.step))
        assailant.kill_both(said.code, f"after {said.step}")

    stage.start_nodes()
    stage.start_story()
    outcomes = stage.follow(at_boundary)
    assert len(assailant.killed) >= 2 * 20
    assert_as_published(outcomes)


@pytest.mark.parametrize("round_number", range(3))
def test_killed_at_any_instant_the_story_ends_the_same(stage, round_number):
    rng = random.Random(f"{SEED}/{round_number}")
    assailant = Assailant(stage)
    over = threading.Event()

    def roam() -> None:
        while not over.wait(rng.uniform(0.3, 6.0)):
            how = rng.choice(("kill_node", "kill_telling", "kill_both"))
            getattr(assailant, how)(rng.choice(CODES), "at random")
            if len(assailant.killed) >= 14:
                return

    stage.start_nodes()
    stage.start_story()
    roamer = threading.Thread(target=roam)
    roamer.start()
    try:
        outcomes = stage.follow(lambda said: None)
    finally:
        over.set()
        roamer.join()
    assert len(assailant.killed) >= 4
    assert_as_published(outcomes)


def test_a_node_that_is_away_costs_the_other_nothing_but_waiting(stage):
    stage.start_nodes()
    for node in stage.nodes:
        node.await_ready()
    absent = stage.node(world.HONG_KONG)
    absent.kill()
    stage.tell(stage.node(world.GUANGDONG))
    stage.tell(absent, only=["identity", "pair"])
    while (told := stage.said.get(timeout=120)) and (told.code, told.step) != HALF_WAY:
        pass
    assert stage.tellings[absent.code].join() == 0
    absent.start()
    stage.tell(absent)
    assert_as_published(stage.follow(lambda said: None))


def test_ctrl_c_stops_every_child_within_three_seconds(tmp_path, socket_enabled):
    folder, port = tmp_path / "demo", str(unused_pair(HOST)[0])
    with subprocess.Popen(
        [sys.executable, "-m", "demo", "--folder", str(folder), "--port", port],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        said = ""
        while "Stop: Ctrl+C" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
        assert time.monotonic() - begun < 3
    logins = dict(line.split("\t") for line in (folder / "logins.txt").read_text().splitlines())
    for log in folder.rglob("node.log"):
        text = log.read_text(errors="replace")
        assert not [password for password in logins.values() if password in text]
    assert running_in(folder) == []


def running_in(folder: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(folder).encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text())
    return found
