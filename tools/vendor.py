"""Check the vendored files against their hashes, or fetch them anew.

    python -m tools.vendor            check only; exits 1 and names what differs
    python -m tools.vendor --fetch    run ``npm pack`` for each package and write the files

No Node is needed to build, install or run Countermark; ``--fetch`` is for who renews a version.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parents[1] / "src" / "countermark" / "web" / "static" / "vendor"


def files() -> list[dict[str, Any]]:
    return tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["file"]


def differing() -> list[str]:
    """Return the paths that are missing or do not have their hash."""
    return [file["path"] for file in files() if digest(VENDOR / file["path"]) != file["sha256"]]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def unlisted() -> list[str]:
    """Return files in the folder that nothing accounts for."""
    known = {"VENDOR.toml", *(file["path"] for file in files())}
    found = (path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file())
    return sorted(set(found) - known)


def fetch() -> None:
    for file in files():
        with tempfile.TemporaryDirectory() as folder:
            wanted = f"{file['package']}@{file['version']}"
            subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True)
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
                member = archive.extractfile(file["member"])
                if member is None:
                    raise SystemExit(f"{wanted} has no {file['member']}")
                target = VENDOR / file["path"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(member.read())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fetch", action="store_true", help="fetch the files with npm pack")
    if parser.parse_args().fetch:
        fetch()
    wrong = [*differing(), *unlisted()]
    for path in wrong:
        print(f"{path}: not as VENDOR.toml says", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
