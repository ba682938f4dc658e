"""How functions are compiled that only compiled code calls: once, as part of their callers.

Numba makes every function a library of its own, optimises all that the function calls once more
with it, and turns it into machine code, whether or not anybody needs that by itself. In a core of
many small functions nearly all of the time to compile goes into that. An inner function is only
turned into the compiler's intermediate language; what calls it is optimised as a whole.
"""

from __future__ import annotations

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler


class _InnerLibrary(JITCodeLibrary):
    """Intermediate code to be linked into others, from which no machine code is made."""

    @property
    def codegen(self) -> Any:
        return _NoEnvironment(self._codegen)

    def _optimize_final_module(self) -> None:
        """Leave it to the callers, which see more of what can be left out."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Return 0, for "no such machine code"."""
        self._ensure_finalized()
        return 0


class _NoEnvironment:
    """The code generator without what needs machine code: the Python globals of a function."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, env_name: str, env: object) -> None:
        """Do nothing: functions without Python objects never ask for their globals."""


class InnerCompiler(Compiler):
    """Numba's compiler, with a library from which no machine code is made."""

    def define_pipelines(self) -> Any:
        """Return the usual steps, after giving them the library to work on."""
        codegen = self.state.targetctx.codegen()
        self.state.library = _InnerLibrary(codegen, self.state.func_id.func_qualname)
        return super().define_pipelines()
