"""Locks that a function holds when it runs a parameter: `c.locked(func() { ... })` runs the literal under c's lock.

A parameter counts that the function only calls, or passes on to one that does. Where it calls it several times, what
is held each time is lent. One that it keeps, `c.hooks = append(c.hooks, f)`, runs later, under nobody's locks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from govet_py.callgraph.callgraph import KEEPS
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.uses import operands
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import LockMode

Guards = frozenset[tuple[Member, LockMode]]
NO_GUARDS: Guards = frozenset()


def common(one: Guards, other: Guards) -> Guards:
    """The guards held on both ways; read mode where one way holds it for reading only."""
    modes = dict(one)
    return frozenset((member, min(mode, modes[member])) for member, mode in other if member in modes)


class LentLocks:
    """What functions lend to the function values that they are given; `taken` are the locks that a function holds
    at an instruction."""

    def __init__(self, code: Code, taken: Callable[[FunctionCode, int], Guards]) -> None:
        self._code = code
        self._taken = taken
        self._known: dict[tuple[str, int], Guards | None] = {}

    def at(self, code: FunctionCode, call: int, arguments: set[int]) -> Guards | None:
        """The locks under which the callee of a call runs what is in one of the registers; None where it keeps that
        for later."""
        callee, instruction = code.callee(call), code.code[call]
        inner = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        if inner is None or not isinstance(instruction, ir.Call) or inner.function.signature.variadic:
            return NO_GUARDS
        shift = len(inner.function.params) - len(instruction.args)
        places = [at + shift for at, argument in enumerate(instruction.args) if argument in arguments]
        return self._lent(inner, inner.function.params[places[0]]) if len(places) == 1 else NO_GUARDS

    def _lent(self, code: FunctionCode, var: int) -> Guards | None:
        """What is held wherever a function runs one of its parameters; None for one that it keeps."""
        key = (code.id, var)
        if key not in self._known:
            self._known[key] = NO_GUARDS
            self._known[key] = self._find(code, var)
        return self._known[key]

    def _find(self, code: FunctionCode, var: int) -> Guards | None:
        declared = code.body.vars[var]
        if declared.captured or declared.addressed or var in code.stores:
            return NO_GUARDS
        loads = {at for at in code.of_kind(ir.Load) if code.code[at].var == var}  # type: ignore[union-attr]
        if any(not loads.isdisjoint(operands(code.code[at])) for at in code.of_kind(*KEEPS)):
            return None
        runs: list[Guards] = []
        for register in code.of_kind(ir.Call):
            call = code.code[register]
            assert isinstance(call, ir.Call)
            if call.mode != ir.Mode.GO and call.callee in loads:
                runs.append(self._taken(code, register))
            elif not loads.isdisjoint(call.args):
                lent = None if self._appends(code, register) else self.at(code, register, loads)
                if lent is None:
                    return None
                runs.append(lent | self._taken(code, register))
        return reduce(common, runs) if runs else NO_GUARDS

    @staticmethod
    def _appends(code: FunctionCode, call: int) -> bool:
        callee = code.callee(call)
        return isinstance(callee, p.BuiltinCall) and callee.name == "append"
