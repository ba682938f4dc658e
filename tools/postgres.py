"""A PostgreSQL cluster of one's own, for as long as the tests run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


def server_programs() -> Path | None:
    """Return the folder that holds ``initdb`` and ``pg_ctl``, or None where there is no server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if not found and (program := shutil.which("initdb")):
        found = [Path(program)]
    return found[0].parent if found else None


@contextmanager
def cluster() -> Iterator[str]:
    """Make, start and remove a cluster; give the address of its database.

    It listens on a Unix socket only, because tests may not open network sockets. PostgreSQL refuses
    to run as root, so root lends it the ``postgres`` account.
    """
    programs = server_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed")
    # A socket's path may not be longer than 107 bytes, so the folder's name is short.
    with tempfile.TemporaryDirectory(prefix="cmpg-", dir="/tmp") as name:
        folder = Path(name)
        owner = _owner(folder)

        def server(program: str, *arguments: str) -> None:
            command = [str(programs / program), *arguments]
            subprocess.run(command, check=True, user=owner, stdout=subprocess.DEVNULL, cwd=folder)

        data = str(folder / "data")
        server("initdb", "-D", data, "-U", "countermark", "-A", "trust", "-E", "UTF8", "--no-sync")
        server(
            "pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", _options(folder), "start"
        )
        try:
            yield f"postgresql://countermark@/postgres?host={quote(name, safe='')}"
        finally:
            server("pg_ctl", "-D", data, "-m", "immediate", "stop")


def _options(folder: Path) -> str:
    return f"-k {folder} -c listen_addresses='' -c max_connections=60"


def _owner(folder: Path) -> int | None:
    """Return the account PostgreSQL runs under, None for our own, and give it the folder."""
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return account.pw_uid
