"""Registered callbacks: the functions that a field of function type, or a container in it, may hold.

A function value is followed backwards through variables, parameters (to the arguments of all callers) and
fields (to all that is stored there anywhere), as in VTA; see `Slices`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.callgraph import Edge, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import FunctionValue, GlobalRoot

MAX_CALLBACKS = 12


class Callbacks:
    """The functions behind calls of function values that come out of fields and package variables."""

    def __init__(self, code: Code, values: ValueAnalysis, slices: Slices) -> None:
        self._code = code
        self._values = values
        self._slices = slices

    def of(self, function: str, call: int) -> tuple[FunctionValue, ...]:
        """The functions that a call may run because they were registered before; () when there are too many
        to mean much, or when the call graph knows its callee already."""
        return self._registered.get(function, {}).get(call, ())

    @cached_property
    def edges(self) -> dict[str, list[Edge]]:
        """What registration adds to the call graph, by caller."""
        found: dict[str, list[Edge]] = {}
        for id, calls in self._registered.items():
            code = self._code.function(id)
            for register, values in calls.items():
                call = code.code[register]
                mode = call.mode if isinstance(call, ir.Call) else ir.Mode.CALL
                found.setdefault(id, []).extend(
                    Edge(value.function, register, mode, Reason.VALUE)
                    for value in values
                    if self._code.get(value.function)
                )
        return found

    @cached_property
    def _registered(self) -> dict[str, dict[int, tuple[FunctionValue, ...]]]:
        found: dict[str, dict[int, tuple[FunctionValue, ...]]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for call, callee in self._indirect(code):
                values = self._slices.functions(code, callee)
                if 0 < len(values) <= MAX_CALLBACKS:
                    found.setdefault(id, {})[call] = values
        return found

    def _indirect(self, code: FunctionCode) -> Iterator[tuple[int, int]]:
        """The calls of a function value from a field or package variable, with the value's register."""
        for register, instruction in enumerate(code.code):
            callee = code.callee(register) if type(instruction) is ir.Call else None
            if isinstance(callee, p.Value):
                values = self._values.of(code, callee.register)
                known = any(isinstance(value, FunctionValue) for value in values)
                paths = self._values.paths(code, callee.register)
                if not known and any(path.fields or isinstance(path.root, GlobalRoot) for path in paths):
                    yield register, callee.register
