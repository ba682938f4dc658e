"""How the core is compiled: machine code without Python objects, kept on disk where possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numba import types

from countermark.domain.matching.core.inner import InnerCompiler

P = ParamSpec("P")
R = TypeVar("R")

int64 = cast(Callable[[Any], int], np.int64)
"""A signed number of 64 bits, which compiled functions count with; to mypy a plain ``int``."""

_OUTER: dict[str, Any] = {"nogil": True, "no_cfunc_wrapper": True}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function that compiles itself at its first call and releases the GIL when called.

    What it compiled is kept in numba's cache folder (see ``countermark/__init__.py``). Where numba
    finds none that it may write to, every process compiles for itself.
    """
    return cast(Callable[P, R], _once_for_all(_dispatcher(function)))


def lean(function: Callable[P, R]) -> Callable[P, R]:
    """Return a compiled function that counts no references to the arrays it is given.

    Counting costs more than a look-up where many arrays are passed. It is for functions that make
    no arrays: one that does fails when it compiles ("NRT required but not enabled").

    Calls from compiled code have a version of their own (see ``inner``); the function by itself is
    only compiled when Python calls it.
    """
    return _inner(function)


def woven(function: Callable[P, R]) -> Callable[P, R]:
    """Return a lean function whose code is written into those that call it.

    It is for hot functions with one caller or of few lines: passing a tuple of many arrays to a
    function costs as much as a look-up.
    """
    return _inner(function, forceinline=True)


def _inner(function: Callable[P, R], **options: Any) -> Callable[P, R]:
    door = _dispatcher(function, _nrt=False)
    options |= {**_OUTER, "_nrt": False, "no_cpython_wrapper": True}
    within = _once_for_all(numba.njit(pipeline_class=InnerCompiler, **options)(function))
    door.get_call_template = within.get_call_template
    door.get_overload = within.get_overload
    return cast(Callable[P, R], door)


def _dispatcher(function: Callable[P, R], **options: Any) -> Any:
    options |= _OUTER
    try:
        return numba.njit(cache=True, **options)(function)
    except RuntimeError:  # "no locator available": nothing is writable
        return numba.njit(**options)(function)


def _once_for_all(dispatcher: Any) -> Any:
    """Let calls from compiled code share one version where they differ in kinds of integers only.

    Numba compiles a function once more for each constant that is passed to it, and for each width
    of integer; that would double the time the core takes to compile.
    """
    template = dispatcher.get_call_template

    def shared(args: tuple[types.Type, ...], kws: dict[str, types.Type]) -> Any:
        widened = {name: _widened(kind) for name, kind in kws.items()}
        return template(tuple(map(_widened, args)), widened)

    dispatcher.get_call_template = shared
    return dispatcher


def _widened(kind: Any) -> Any:
    kind = cast(Any, types).unliteral(kind)
    if isinstance(kind, types.Integer) and cast(Any, kind).signed:
        return types.int64
    return kind
