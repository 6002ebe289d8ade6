"""Registered callbacks: the functions that a field of function type, or a container in it, may hold.

A function value is followed backwards through variables, parameters (to the arguments of all callers) and
fields (to all that is stored there anywhere), as in VTA; see `Slices`.
"""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.slices import Slices
from govet_py.model.concurrency import FunctionValue

MAX_CALLBACKS = 12


class Callbacks:
    """The functions behind calls of function values, memoised."""

    def __init__(self, slices: Slices) -> None:
        self._slices = slices
        self._memo: dict[tuple[str, int], tuple[FunctionValue, ...]] = {}

    def of(self, code: FunctionCode, register: int) -> tuple[FunctionValue, ...]:
        """The functions that a register read from a field may hold; () when there are too many to mean much."""
        key = (code.id, register)
        if key not in self._memo:
            found = self._slices.functions(code, register)
            self._memo[key] = found if len(found) <= MAX_CALLBACKS else ()
        return self._memo[key]
