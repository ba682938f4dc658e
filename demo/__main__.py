"""``./countermark demo``: two nodes with an invented world, on this machine."""

from __future__ import annotations

import argparse
import ipaddress
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from demo import check, up
from demo.logins import FILENAME
from demo.nodes import ROOT, NodeDown
from demo.ports import FIRST, NoPorts
from demo.run import StoryFailed

FOLDER = ROOT / "var" / "demo"


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="countermark demo", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--check",
        action="store_true",
        help="run the whole story, print the joint figures as JSON, leave nothing running",
    )
    what.add_argument("--logins", action="store_true", help="print every officer's password")
    what.add_argument("--reset", action="store_true", help="forget everything and start anew")
    parser.add_argument("--port", type=int, default=FIRST, help=f"first port (default {FIRST})")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument(
        "--expose",
        action="store_true",
        help="allow an address that other machines reach; the demo is not made for that",
    )
    parser.add_argument(
        "--folder", type=Path, default=FOLDER, help="where the nodes keep their data"
    )
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; return 0 when it went well."""
    args = arguments().parse_args(argv)
    if not _loopback(args.host) and not args.expose:
        print(
            f"countermark demo: {args.host} can be reached by other machines, and the demo's"
            " passwords are not made for that.\n  If you mean it, add --expose",
            file=sys.stderr,
        )
        return 2
    if args.logins:
        return _logins(args.folder)
    try:
        if args.check:
            return check.main()
        if args.reset:
            shutil.rmtree(args.folder, ignore_errors=True)
        return up.main(args.folder, args.host, args.port)
    except (NodeDown, StoryFailed, NoPorts, up.AlreadyRunning) as error:
        print(f"countermark demo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _logins(folder: Path) -> int:
    path = folder / FILENAME
    if not path.exists():
        print("countermark demo: no passwords yet; type\n  ./countermark demo", file=sys.stderr)
        return 1
    print(path.read_text(encoding="ascii"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
