"""Ends of contexts that nobody hears of: errors that are thrown away, Done of a context without end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.endings import over_edges
from govet_py.concurrency.describe import expression
from govet_py.concurrency.flow.control import branch
from govet_py.concurrency.flow.operands import is_operand
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR


class Unheard(NamedTuple):
    """The error of an acquisition under a context is thrown away, or Done belongs to a context without end."""

    function: str
    register: int
    endless: bool


class UnheardEnds:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation

    @cached_property
    def found(self) -> list[Unheard]:
        """Acquisitions whose error nobody sees, and Done of contexts that never end."""
        found = [
            Unheard(id, register, False)
            for id, register in self._acquisitions()
            if self._may_fail(self._code.function(id), register)
            and self._is_thrown_away(self._code.function(id), register)
        ]
        for id, register in self._calls.named(knows.DONE):
            code = self._code.function(id)
            callee = code.callee(register)
            if isinstance(callee, p.Interface) and self._is_root(code, callee.receiver):
                found.append(Unheard(id, register, True))
        return found

    def _acquisitions(self) -> Iterator[tuple[str, int]]:
        """The calls that wait for something under a context: of libraries, and of functions that return an error
        when Done comes first, on a receiver that gives it back with another method."""
        for name in sorted(knows.ACQUIRES):
            yield from self._calls.named(name)
        for id in sorted({id for id, _ in self._calls.named(knows.DONE)}):
            if self._code.function(id).index == 0 and self._gives_up(self._code.function(id)):
                for caller, edge in self._calls.callers.get(id, ()):
                    if isinstance(caller, str) and self._gives_back(self._code.function(caller), edge.site):
                        yield caller, edge.site

    def _gives_up(self, code: FunctionCode) -> bool:
        """Whether a function has an error for its only result and returns one at the end of its context."""
        if len(code.function.signature.results) != 1:
            return False
        for (block, position), _ in over_edges(self._cancellation, code):
            last = branch(code, code.function.blocks[block].succs[position])
            if isinstance(last, ir.Return) and len(last.results) == 1 and code.type_of(last.results[0]) == ERROR:
                return True
        return False

    @staticmethod
    def _gives_back(code: FunctionCode, site: int) -> bool:
        """Whether a function calls another method of the receiver of a call later, or defers it."""
        mine = code.callee(site) if isinstance(code.code[site], ir.Call) else None
        if not isinstance(mine, p.Static) or mine.receiver == ir.NONE:
            return False
        name = expression(code, mine.receiver)
        for at in range(site + 1, len(code.code)):
            other = code.callee(at) if type(code.code[at]) is ir.Call else None
            if isinstance(other, p.Static) and other.receiver != ir.NONE and other.function != mine.function:
                if expression(code, other.receiver) == name:
                    return True
        return False

    def _may_fail(self, code: FunctionCode, register: int) -> bool:
        """Whether the context of an acquisition may end: not one that is made on the spot and has no end."""
        call = code.code[register]
        assert isinstance(call, ir.Call)
        return not any(self._is_root(code, argument) for argument in call.args)

    @staticmethod
    def _is_thrown_away(code: FunctionCode, register: int) -> bool:
        call = code.code[register]
        assert isinstance(call, ir.Call)
        return call.mode == ir.Mode.CALL and not any(is_operand(instruction, register) for instruction in code.code)

    @staticmethod
    def _is_root(code: FunctionCode, register: int) -> bool:
        at = code.source(register)
        callee = code.callee(at) if isinstance(code.code[at], ir.Call) else None
        return p.is_one_of(callee, knows.FRESH)
