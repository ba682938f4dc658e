"""Two real nodes, killed at every step of the exchange and at any moment: nothing lost or doubled.

Both databases are SQLite as a demo node has it; the processes are those a node runs. Every kill is
SIGKILL, so nothing but the database's own recovery stands between it and the restart.
"""

from __future__ import annotations

import random
from uuid import UUID

import pytest
from tests.two_nodes.stage import Node, check, node_make, pair, wait_until

from countermark.apps.exchange.failpoints import FAILPOINTS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]
SEED = 20131022


def lane(number: int) -> str:
    return f"case:{UUID(int=number)}"


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    """Guangdong and Hong Kong, paired, with nothing running."""
    import pytest_socket  # noqa: PLC0415 - a module's fixture comes before its tests' sockets

    pytest_socket.enable_socket()
    folder = tmp_path_factory.mktemp("two-nodes")
    guangdong, hongkong = node_make("cn-gd", folder), node_make("hk", folder)
    pair(guangdong, hongkong)
    pair(hongkong, guangdong)
    yield guangdong, hongkong
    for node in (guangdong, hongkong):
        assert node.manage("audit", "verify").startswith("sound")


@pytest.fixture
def stage(nodes):
    """Both nodes, and nothing left running behind the test."""
    yield nodes
    for node in nodes:
        node.stop()


def settle(sender: Node, receiver: Node) -> None:
    wait_until(lambda: sender.unsettled() == 0, "every message to be settled")
    check(sender, receiver)


def where(name: str) -> str:
    return {"enqueue": "say", "lease": "worker", "deliver": "worker", "admit": "web"}[
        name.partition(".")[0]
    ]


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.parametrize("name", FAILPOINTS)
def test_a_node_killed_at_a_step_and_restarted_loses_and_doubles_nothing(stage, name, time):
    sender, receiver = stage
    line = lane(1000 * FAILPOINTS.index(name) + time)
    armed = f"{name}:{time}"
    doomed = where(name)
    receiver.start("web", armed if doomed == "web" else "")
    sender.start("worker", armed if doomed == "worker" else "")
    if doomed == "say":
        said = sender.say(line, 1, 4, failpoints=armed)
        assert said == time - 1
        sender.say(line, said + 1, 4 - said)
    else:
        dying = receiver if doomed == "web" else sender
        sender.say(line, 1, 4)
        wait_until(lambda: dying.died(doomed) or sender.unsettled() == 0, "a kill or the end")
        if not dying.died(doomed):
            # The first batch passed by unharmed: another one makes the worker come by again.
            sender.say(line, 5, 2)
        wait_until(lambda: dying.died(doomed), f"{armed} to kill {doomed}")
        dying.kill(doomed)
        dying.start(doomed)
    settle(sender, receiver)


def test_nodes_killed_at_any_moment_lose_and_double_nothing(stage):
    sender, receiver = stage
    dice = random.Random(SEED)
    receiver.start("web")
    sender.start("worker")
    for turn in range(8):
        sender.say(lane(500_000 + turn % 3), 10 * (turn // 3) + 1, 10)
        node, name = dice.choice([(sender, "worker"), (receiver, "web")])
        goal = dice.randrange(10)
        wait_until(lambda g=goal: sender.unsettled() <= g, "part of the work")
        node.kill(name)
        node.start(name)
    settle(sender, receiver)


def test_a_partner_that_is_away_costs_nothing_but_waiting(stage):
    sender, receiver = stage
    sender.start("worker")
    sender.say(lane(600_000), 1, 20)
    wait_until(
        lambda: sender.rows("SELECT failures FROM exchange_partner")[0][0] >= 3, "three attempts"
    )
    assert sender.unsettled() == 20
    receiver.start("web")
    settle(sender, receiver)


def test_two_workers_on_one_outbox_double_nothing(stage):
    sender, receiver = stage
    receiver.start("web")
    sender.say(lane(700_000), 1, 40)
    sender.start("worker")
    sender.running["first"] = sender.running.pop("worker")
    sender.start("worker")
    settle(sender, receiver)


def test_a_worker_told_to_stop_ends_well(stage):
    sender, receiver = stage
    receiver.start("web")
    sender.start("worker")
    sender.say(lane(800_000), 1, 5)
    settle(sender, receiver)
    worker = sender.running.pop("worker")
    worker.terminate()
    assert worker.wait(timeout=20) == 0
