"""How the core is compiled: machine code without Python objects, kept on disk where possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function that compiles itself at its first call and releases the GIL when called.

    What it compiled is kept in numba's cache folder (see ``countermark/__init__.py``). Where numba
    finds none that it may write to, every process compiles for itself.
    """
    try:
        return cast(Callable[P, R], numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # "no locator available": nothing is writable
        return cast(Callable[P, R], numba.njit(nogil=True)(function))


def lean(function: Callable[P, R]) -> Callable[P, R]:
    """Return a compiled function that counts no references to the arrays it is given.

    Counting costs more than a look-up where many arrays are passed. It is for functions that make
    no arrays: one that does fails when it compiles ("NRT required but not enabled").
    """
    options = {"nogil": True, "_nrt": False}
    try:
        return cast(Callable[P, R], numba.njit(cache=True, **options)(function))
    except RuntimeError:  # as above
        return cast(Callable[P, R], numba.njit(**options)(function))
