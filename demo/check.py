"""``./countermark demo --check``: the whole story on two real nodes, and whether it came out right.

Standard output carries one JSON document and nothing else.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from demo import derive, published, world
from demo.nodes import NodeDown
from demo.ports import unused_pair
from demo.run import StoryFailed, Told, World

HOST = "127.0.0.1"


def main() -> int:
    """Tell the story in a folder of its own, print the figures; return 0 if all is as published."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="countermark-check-"))
    stage = World(folder, HOST, unused_pair(HOST))
    try:
        report = report_of(_outcomes(stage))
    except (NodeDown, StoryFailed) as failure:
        _show_logs(stage)
        report = {"ok": False, "failure": str(failure)}
    finally:
        stage.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(report, indent=2, ensure_ascii=False))
    return 0 if report["ok"] else 1


def _outcomes(stage: World) -> dict[str, dict[str, Any]]:
    _log("creating two databases")
    stage.prepare()
    stage.start_nodes()
    stage.start_story()
    outcomes = stage.follow(_tell)
    for node in stage.nodes:
        node.await_ready()
    return outcomes


def report_of(outcomes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the joint figures of both nodes beside the published ones, and the verdict."""
    compared = [row for code, each in outcomes.items() for row in derive.comparison(code, each)]
    receipts = {code: each["receipts"] for code, each in outcomes.items()}
    audit = {code: each["audit"] for code, each in outcomes.items()}
    agree = all(
        derive.totals(outcomes[world.GUANGDONG][about])
        == derive.totals(outcomes[world.HONG_KONG][about])
        for about in ("period", "operation")
    )
    proven = all(each["sent"] and each["sent"] == each["proven"] for each in receipts.values())
    return {
        "ok": all(row["ok"] for row in compared)
        and agree
        and proven
        and all(each["intact"] for each in audit.values()),
        "source": world.table("published")["source"],
        "assumptions": world.table("published")["assumptions"],
        "rate_date": f"{published.rate_on():%Y-%m-%d}",
        "comparison": compared,
        "nodes_agree": agree,
        "receipts": receipts,
        "audit": audit,
        "figures": {
            about: {code: each[about] for code, each in outcomes.items()}
            for about in ("period", "operation")
        },
    }


def _tell(said: Told) -> None:
    _log(f"{world.side(said.code).short.en}: {said.step} ({said.number}/{said.total})")


def _log(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _show_logs(stage: World) -> None:
    for node in stage.nodes:
        if node.log.exists():
            lines = node.log.read_text(encoding="utf-8", errors="replace").splitlines()[-40:]
            _log(f"--- the end of the log of {node.code}\n" + "\n".join(lines))
