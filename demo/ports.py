"""Finds two free ports on the loopback address."""

from __future__ import annotations

import socket

FIRST = 8001
LAST = 8999


class NoPorts(Exception):
    """No two free ports were found side by side."""


def free_pair(host: str, first: int = FIRST) -> tuple[int, int]:
    """Return the first two free ports side by side, from ``first`` on.

    Raises:
        NoPorts: There is no such pair below 9,000 (or below 1,000 more than ``first``).
    """
    for port in range(first, max(LAST, first + 1000)):
        if _free(host, port) and _free(host, port + 1):
            return port, port + 1
    raise NoPorts(f"no two free ports side by side from {first} on")


def unused_pair(host: str) -> tuple[int, int]:
    """Return two ports that the system says are free, for a run that nobody visits."""
    with socket.socket() as one, socket.socket() as other:
        one.bind((host, 0))
        other.bind((host, 0))
        return one.getsockname()[1], other.getsockname()[1]


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # A server that has just stopped leaves its port in TIME_WAIT: that counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
        return True
