"""A recordation handed in on one node and kept by the other, killed on its way: one file, once."""

from __future__ import annotations

import pytest
from tests.two_nodes.stage import Node, node_make, pair, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]
REAL = "countermark.config.settings"


@pytest.fixture
def nodes(tmp_path):
    """Guangdong and Hong Kong as they run, paired; nothing is left running behind the test."""
    made = [node_make(code, tmp_path, settings=REAL) for code in ("cn-gd", "hk")]
    guangdong, hongkong = made
    pair(guangdong, hongkong)
    pair(hongkong, guangdong)
    yield made
    for node in made:
        node.stop()
        assert node.manage("audit", "verify").startswith("sound")


def files(node: Node) -> list[tuple]:
    return node.rows("SELECT state, number FROM register_recordation")


PAPERS_KEPT = "SELECT role, sha256 FROM register_document ORDER BY role, sha256"
PAPERS_RECEIVED = PAPERS_KEPT.replace("sha256", "received_sha256")


def test_a_file_and_its_decision_cross_over_although_both_nodes_are_killed(nodes):
    guangdong, hongkong = nodes
    hongkong.run("tests.two_nodes.file", "submit")
    assert files(hongkong) == [("submitted", "")]
    guangdong.start("web", "admit.handled:2")
    hongkong.start("worker", "deliver.answered:1")
    for node, name in ((guangdong, "web"), (hongkong, "worker")):
        wait_until(lambda n=node, p=name: n.died(p), f"{name} to be killed")
        node.kill(name)
        node.start(name)
    wait_until(lambda: hongkong.unsettled() == 0, "the file to arrive")
    assert files(guangdong) == [("submitted", "")]
    # The keeper draws pictures anew as well: what it took in is what the other side keeps.
    assert guangdong.rows(PAPERS_RECEIVED) == hongkong.rows(PAPERS_KEPT)
    assert guangdong.rows("SELECT count(*) FROM register_filingpiece") == [(0,)]

    guangdong.run("tests.two_nodes.file", "grant")
    hongkong.start("web", "admit.stored:1")
    guangdong.start("worker")
    wait_until(lambda: hongkong.died("web"), "the applicant's node to be killed")
    hongkong.kill("web")
    hongkong.start("web")
    wait_until(lambda: guangdong.unsettled() == 0, "the decision to arrive")
    assert files(hongkong) == files(guangdong) == [("in-force", "CN-77")]
    rights = "SELECT registration_number, word FROM register_right"
    assert hongkong.rows(rights) == guangdong.rows(rights) == [("12345678", "VELUNDRA")]
