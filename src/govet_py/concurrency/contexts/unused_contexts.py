"""Contexts that are made and never used: the limit, or the end of a group, that they carry reaches nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.reaching import Reaching, is_register
from govet_py.concurrency.flow.operands import is_operand
from govet_py.knowledge import contexts as knows
from govet_py.model import ir


class UnusedContext(NamedTuple):
    """The context that the call at `made` makes is never read. `over`: the store that takes its place, or None."""

    function: str
    made: int
    limited: bool
    over: int | None


class UnusedContexts:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls

    def found(self) -> Iterator[UnusedContext]:
        """Every one."""
        for name in sorted(knows.CANCELLABLE):
            yield from self._of(name, 0)
        yield from self._of(knows.GROUP, 1)

    def _of(self, name: str, index: int) -> Iterator[UnusedContext]:
        for id, made in self._calls.named(name):
            code = self._code.function(id)
            extracts = [r for r, i in enumerate(code.code) if type(i) is ir.Extract and i.tuple == made]
            if not extracts:
                continue
            mine = [r for r in extracts if isinstance(i := code.code[r], ir.Extract) and i.index == index]
            if not any(self._is_used(code, register) for register in mine):
                yield UnusedContext(id, made, name in knows.LIMITED, self._overwritten(code, made, mine))

    def _is_used(self, code: FunctionCode, register: int) -> bool:
        for at, instruction in enumerate(code.code):
            if type(instruction) is ir.Store and instruction.value == register:
                if self._is_read(code, at, instruction.var):
                    return True
            elif is_operand(instruction, register):
                return True
        return False

    def _is_read(self, code: FunctionCode, store: int, var: int) -> bool:
        declared = code.body.vars[var]
        if declared.kind == ir.VarKind.RESULT:
            return True
        loads = [r for r, i in enumerate(code.code) if isinstance(i, ir.Load | ir.Addr) and i.var == var]
        if not is_register(declared):
            return bool(loads) or declared.captured
        reaching = Reaching(code)
        return any(store in reaching.definitions(load, var) for load in loads)

    @staticmethod
    def _overwritten(code: FunctionCode, made: int, mine: list[int]) -> int | None:
        """The first store after it to the variable that held the context."""
        vars = {i.var for i in code.code if type(i) is ir.Store and i.value in mine}
        later = ((r, i) for r, i in enumerate(code.code) if type(i) is ir.Store and i.var in vars and r > made)
        return next((register for register, store in later if store.value not in mine), None)
