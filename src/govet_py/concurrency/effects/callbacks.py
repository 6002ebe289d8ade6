"""Registered callbacks: the functions that a field of function type, or a container in it, may hold.

A function value is followed backwards through variables, parameters (to the arguments of all callers) and
fields (to all that is stored there anywhere), as in VTA; see `Slices`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import Edge, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import FunctionValue, GlobalRoot
from govet_py.model.types import Func

MAX_CALLBACKS = 12


class Use(NamedTuple):
    """The call at `call` runs the function in register `value` (`is_called`), or hands it over."""

    function: str
    call: int
    value: int
    is_called: bool


class Callbacks:
    """The functions behind calls of function values that come out of fields and package variables."""

    def __init__(self, code: Code, values: ValueAnalysis, slices: Slices) -> None:
        self._code = code
        self._values = values
        self._slices = slices
        self._of_member: dict[Member, tuple[FunctionValue, ...]] = {}

    def of(self, function: str, register: int) -> tuple[FunctionValue, ...]:
        """The functions that a call may run, or an argument be, because they were registered before; () when
        there are too many to mean much, or when the call graph knows them already."""
        return self._registered.get(function, {}).get(register, (ir.NONE, ()))[1]

    @cached_property
    def edges(self) -> dict[str, list[Edge]]:
        """What registration adds to the call graph, by caller."""
        found: dict[str, list[Edge]] = {}
        for id, uses in self._registered.items():
            code = self._code.function(id)
            for call, values in uses.values():
                instruction = code.code[call]
                mode = instruction.mode if isinstance(instruction, ir.Call) else ir.Mode.CALL
                found.setdefault(id, []).extend(
                    Edge(value.function, call, mode, Reason.VALUE) for value in values if self._code.get(value.function)
                )
        return found

    @cached_property
    def _registered(self) -> dict[str, dict[int, tuple[int, tuple[FunctionValue, ...]]]]:
        """By function and call or argument: the call, and the functions that it may run."""
        found: dict[str, dict[int, tuple[int, tuple[FunctionValue, ...]]]] = {}
        for use in self._uses:
            code = self._code.function(use.function)
            if self._is_stored(code, use.value):
                functions = self._functions(code, use.value)
                if 0 < len(functions) <= MAX_CALLBACKS:
                    register = use.call if use.is_called else use.value
                    found.setdefault(use.function, {})[register] = (use.call, functions)
        return found

    @property
    def invokers(self) -> list[str]:
        """The functions that call a function value."""
        return list(dict.fromkeys(use.function for use in self._uses if use.is_called))

    def of_variables(self) -> Iterator[tuple[str, int, Member]]:
        """The calls of what a package variable holds, as (function, call, variable)."""
        for use in self._uses:
            code = self._code.function(use.function)
            if use.is_called and type(code.code[use.value]) is ir.Name:
                member = member_of(self._code.program, code, use.value)
                if member is not None:
                    yield use.function, use.call, member

    def _functions(self, code: FunctionCode, value: int) -> tuple[FunctionValue, ...]:
        """What a value may be; all reads of one field see the same."""
        member = member_of(self._code.program, code, value) if type(code.code[value]) is ir.Selector else None
        if member is None:
            return self._slices.functions(code, value)
        if member not in self._of_member:
            self._of_member[member] = self._slices.functions(code, value)
        return self._of_member[member]

    @cached_property
    def _uses(self) -> list[Use]:
        """All calls of a function value, and all calls that hand over one from a field."""
        return [use for id in self._code.ids() for use in self._uses_of(self._code.function(id))]

    def _uses_of(self, code: FunctionCode) -> Iterator[Use]:
        for register in code.of_kind(ir.Call):
            callee = code.callee(register)
            if isinstance(callee, p.Value):
                yield Use(code.id, register, callee.register, True)
            elif isinstance(callee, p.Static | p.Interface):
                args: tuple[int, ...] = code.code[register].args  # type: ignore[union-attr]
                yield from (Use(code.id, register, at, False) for at in args if self._is_function(code, at))

    def _is_function(self, code: FunctionCode, register: int) -> bool:
        """Whether an argument is a function read from a field, as it is or converted."""
        if type(code.code[register]) is not ir.Selector and not self._is_conversion(code, register):
            return False
        return isinstance(self._code.program.underlying(code.type_of(register)), Func)

    @staticmethod
    def _is_conversion(code: FunctionCode, register: int) -> bool:
        return type(code.code[register]) is ir.Call and isinstance(code.callee(register), p.Conversion)

    def _is_stored(self, code: FunctionCode, register: int) -> bool:
        values = self._values.of(code, register)
        if any(isinstance(value, FunctionValue) for value in values):
            return False
        return any(path.fields or isinstance(path.root, GlobalRoot) for path in self._values.paths(code, register))
