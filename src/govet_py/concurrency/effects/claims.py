"""Tests that one goroutine alone passes: `!busy.CompareAndSwap(false, true)`, `atomic.SwapInt32(&state, done) == done`,
`atomic.AddInt32(&started, 1) > 1`, also where a method of one statement does it.
"""

from __future__ import annotations

from typing import NamedTuple, TypeGuard

from govet_py.callgraph.arguments import Target
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import parameter_path
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.bindings import Binding
from govet_py.knowledge.atomics import ADDS, ATOMICS, RECEIVER, SWAPS
from govet_py.knowledge.concurrency import TEST_AND_SET
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path

MAX_HOPS = 4
DEPTH = 4
TESTS_OF_ONE = TEST_AND_SET | SWAPS | ADDS
"""What such tests call."""


class Claim(NamedTuple):
    """A test of the flag at one of `flags`. `passes`: what it must come to for the one; None where it does not say."""

    flags: tuple[Path, ...]
    passes: bool | None


class _Step(NamedTuple):
    """A call of the function `name` of sync/atomic on one of `flags` with a number."""

    name: str
    flags: tuple[Path, ...]
    number: int | None


class Claims:
    """Reads the conditions of a program's functions."""

    def __init__(self, code: Code, values: ValueAnalysis) -> None:
        self._code = code
        self._values = values

    def of(self, code: FunctionCode, condition: int) -> Claim | None:
        """The claim that a condition makes, through `!` and a variable."""
        turned = False
        for _ in range(MAX_HOPS):
            step = code.code[condition]
            if isinstance(step, ir.Unary):
                condition, turned = step.operand, not turned
            elif isinstance(step, ir.Load) and (value := code.value_of(step.var)) != ir.NONE:
                condition = value
            else:
                break
        found = self._made(code, condition)
        return found if found is None or found.passes is None else found._replace(passes=found.passes != turned)

    def _made(self, code: FunctionCode, condition: int) -> Claim | None:
        step = code.code[condition]
        if isinstance(step, ir.Binary):
            return self._compared(code, step)
        called = self._step(code, condition, DEPTH) if isinstance(step, ir.Call) else None
        return Claim(called.flags, None) if called is not None and called.name in TEST_AND_SET else None

    def _compared(self, code: FunctionCode, test: ir.Binary) -> Claim | None:
        """Of a Swap, whether it was not so before; of an Add of one, whether it was the first."""
        called = self._step(code, test.left, DEPTH) if test.op in ("==", "!=", ">") else None
        limit = code.types.constant_int(code.index, test.right) if called is not None else None
        if called is None or called.number is None or limit is None:
            return None
        equal = test.op == "=="
        if called.name in SWAPS and test.op != ">":
            return Claim(called.flags, equal != (limit == called.number))
        if called.name in ADDS and (called.number, limit) == (1, 1):
            return Claim(called.flags, equal)
        return None

    def _step(self, code: FunctionCode, register: int, depth: int) -> _Step | None:
        """A call of sync/atomic, or of a function that does nothing else, converted perhaps."""
        call = code.code[register]
        callee = code.callee(register) if isinstance(call, ir.Call) else None
        if not isinstance(call, ir.Call) or not depth:
            return None
        if isinstance(callee, p.Conversion) and call.args:
            return self._step(code, call.args[0], depth - 1)
        if not isinstance(callee, p.Static):
            return None
        known = ATOMICS.get(callee.function)
        if known is None:
            return self._inside(code, register, callee, depth - 1)
        place = callee.receiver if known.place == RECEIVER else call.args[known.place]
        number = code.types.constant_int(code.index, call.args[known.value]) if known.value >= 0 else None
        return _Step(callee.function, self._values.paths(code, place), number)

    def _inside(self, code: FunctionCode, register: int, callee: p.Static, depth: int) -> _Step | None:
        inner, call = self._code.get(callee.function), code.code[register]
        if inner is None or len(inner.function.blocks) != 1 or not isinstance(call, ir.Call):
            return None
        result = inner.code[inner.function.blocks[0].end - 1]
        called = self._step(inner, result.results[0], depth) if _is_of_one(result) else None
        if called is None:
            return None
        receivers = tuple(path.extend(callee.via) for path in self._values.paths(code, callee.receiver))
        binding = Binding(self._values, code, register, Target(callee.function, receivers, callee.receiver != ir.NONE))
        flags = tuple(path for flag in called.flags for path in binding.paths(parameter_path(inner, flag)))
        number = called.number
        if number is None and len(call.args) == 1:
            number = code.types.constant_int(code.index, call.args[0])
        return _Step(called.name, flags, number)


def _is_of_one(step: ir.Instruction) -> TypeGuard[ir.Return]:
    return isinstance(step, ir.Return) and len(step.results) == 1
