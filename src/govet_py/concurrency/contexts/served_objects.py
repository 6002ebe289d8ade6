"""Objects that a goroutine serves for as long as a context lasts: a stream with its pump, a client with its keep-alive.

The function that starts the goroutine, in a loop under its context parameter, returns the object or is its method. When
the context ends, the object is there, but nobody works for it any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.endings import over_edges
from govet_py.knowledge.concurrency import SPAWNERS, WAIT
from govet_py.model import ir
from govet_py.model import program as p

MAX_DEPTH = 3


class ServedObjects:
    """What the calls of a program return, or have as their receiver, that is served under a context."""

    def __init__(self, code: Code, cancellation: Cancellation) -> None:
        self._code = code
        self._cancellation = cancellation
        self._known: dict[tuple[str, int, bool], bool] = {}

    def is_served(self, code: FunctionCode, given: Given, receiver: bool) -> bool:
        """Reports whether a call starts what serves the object that it returns, or its `receiver`, under the context
        which it is given."""
        return self._is_served(code, given, receiver, 0)

    def _is_served(self, code: FunctionCode, given: Given, receiver: bool, depth: int) -> bool:
        targets = [target.id for target in self._targets(code, given.call)]
        return bool(targets) and all(self._serves(target, given.position, receiver, depth) for target in targets)

    def _targets(self, code: FunctionCode, call: int) -> Iterator[FunctionCode]:
        """The functions that a call runs, not those that it is given."""
        callee = code.callee(call)
        names: list[str] = []
        if isinstance(callee, p.Static):
            names = [callee.function]
        elif isinstance(callee, p.Interface):
            names = list(self._code.program.implementers(callee.interface, callee.method))
        yield from (target for name in names if (target := self._code.get(name)) is not None)

    def _serves(self, function: str, position: int, receiver: bool, depth: int) -> bool:
        slot = function, position, receiver
        if slot not in self._known:
            self._known[slot] = False
            code = self._code.function(function)
            self._known[slot] = depth <= MAX_DEPTH and self._compute(code, position, receiver, depth)
        return self._known[slot]

    def _compute(self, code: FunctionCode, position: int, receiver: bool, depth: int) -> bool:
        params = code.function.params
        if position >= len(params):
            return False
        objects = {params[0]} if receiver else set(_returned(code))
        calls = code.of_kind(ir.Call)
        if not any(_waits(code, at) for at in calls):
            if any(self._is_started(code, at, params[position], objects) for at in calls):
                return True
        for given in self._cancellation.given(code):
            if self._cancellation.stems_from(code, given.argument, params[position]):
                held = _variable(code, code.receiver_of(given.call))
                if held in objects and self._is_served(code, given, True, depth + 1):
                    return True
                if not receiver and given.call in _results(code) and self._is_served(code, given, False, depth + 1):
                    return True
        return False

    # -- the goroutine -----------------------------------------------------------------------------

    def _is_started(self, code: FunctionCode, at: int, context: int, objects: Set[int]) -> bool:
        """Whether a call starts a goroutine for one of some objects that goes round under a context."""
        call = code.code[at]
        callee = code.callee(at) if isinstance(call, ir.Call) else None
        if not isinstance(call, ir.Call):
            return False
        spawner = SPAWNERS.get(callee.function) if isinstance(callee, p.Static) else None
        if spawner is not None and spawner.function < len(call.args):
            made = code.code[call.args[spawner.function]]
        elif call.mode == ir.Mode.GO:
            made = code.code[call.callee]
        else:
            return False
        if isinstance(made, ir.MakeClosure):
            literal = self._code.sibling(code, made.function)
            loads = (literal.code[load] for load in literal.of_kind(ir.Load, ir.Addr))
            used = {load.var for load in loads if isinstance(load, ir.Load | ir.Addr)}
            return bool(used & objects) and self._lasts(literal, context, 0)
        if not objects & {_variable(code, one) for one in (code.receiver_of(at), *call.args)}:
            return False
        starts = (given for given in self._cancellation.given(code) if given.call == at)
        return any(
            self._lasts(target, target.function.params[given.position], 0)
            for given in starts
            if self._cancellation.stems_from(code, given.argument, context)
            for target in self._targets(code, at)
            if given.position < len(target.function.params)
        )

    def _lasts(self, code: FunctionCode, context: int, depth: int) -> bool:
        """Whether a function goes round and round until a context is over, itself or by a call."""
        for (block, _), asked in over_edges(self._cancellation, code):
            if code.function.blocks[block].loop != ir.NONE and self._cancellation.stems_from(code, asked, context):
                return True
        for given in self._cancellation.given(code):
            if not self._cancellation.stems_from(code, given.argument, context):
                continue
            if code.loop_of(given.call) != ir.NONE and self._cancellation.waits_at(code, given):
                return True
            for target in self._targets(code, given.call) if depth < MAX_DEPTH else ():
                params = target.function.params
                if given.position < len(params) and self._lasts(target, params[given.position], depth + 1):
                    return True
        return False


def _waits(code: FunctionCode, call: int) -> bool:
    """Whether a call waits for a group of goroutines."""
    callee = code.callee(call)
    return isinstance(callee, p.Static) and callee.function in WAIT


def _returned(code: FunctionCode) -> Iterator[int]:
    """The variables that a function returns."""
    for at in code.of_kind(ir.Return):
        step = code.code[at]
        for result in step.results if isinstance(step, ir.Return) else ():
            var = _variable(code, result)
            if var != ir.NONE:
                yield var


def _results(code: FunctionCode) -> set[int]:
    """The calls whose results a function returns, as they are or by variables."""
    returns = (code.code[at] for at in code.of_kind(ir.Return))
    results = (result for step in returns if isinstance(step, ir.Return) for result in step.results)
    return {code.call_behind(code.source(result)) for result in results}


def _variable(code: FunctionCode, register: int) -> int:
    """The variable that a register was read from, or points to; NONE for anything else."""
    step = code.code[register] if register >= 0 else None
    return step.var if isinstance(step, ir.Load | ir.Addr) else ir.NONE
