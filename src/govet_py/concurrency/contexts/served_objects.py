"""Objects that a goroutine serves for as long as a context lasts: a stream with its pump, a client with its keep-alive.

The function that starts the goroutine, in a loop under its context parameter, returns the object, is its method or is
given it. When the context ends, the object is there, but nobody works for it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.endings import over_edges
from govet_py.concurrency.contexts.joins import is_wait
from govet_py.knowledge.concurrency import SPAWNERS
from govet_py.model import ir
from govet_py.model import program as p

MAX_DEPTH = 3
RESULT = -1
"""The place of what a call returns; its operands are numbered from 0, the receiver first."""

IsContext = Callable[[FunctionCode, int], bool]
"""Whether a register of a function holds the context that is asked about."""


class ServedObjects:
    """What the calls of a program return, or are given, that is served under a context."""

    def __init__(self, code: Code, cancellation: Cancellation) -> None:
        self._code = code
        self._cancellation = cancellation
        self._known: dict[tuple[str, int, int, int], bool] = {}

    def is_served(self, code: FunctionCode, given: Given, place: int) -> bool:
        """Reports whether a call starts what serves the object at `place`, one of its operands or RESULT, under the
        context which it is given."""
        return self._is_served(code, given, place, 0)

    def _is_served(self, code: FunctionCode, given: Given, place: int, depth: int) -> bool:
        targets = [target.id for target in self._targets(code, given.call)]
        return bool(targets) and all(self._serves(target, given.position, place, depth) for target in targets)

    def _targets(self, code: FunctionCode, call: int) -> Iterator[FunctionCode]:
        """The functions that a call runs, not those that it is given."""
        callee = code.callee(call)
        names: list[str] = []
        if isinstance(callee, p.Static):
            names = [callee.function]
        elif isinstance(callee, p.Interface):
            names = list(self._code.program.implementers(callee.interface, callee.method))
        yield from (target for name in names if (target := self._code.get(name)) is not None)

    def _serves(self, function: str, position: int, place: int, depth: int) -> bool:
        slot = function, position, place, depth
        if slot not in self._known:
            code = self._code.function(function)
            self._known[slot] = depth <= MAX_DEPTH and self._compute(code, position, place, depth)
        return self._known[slot]

    def _compute(self, code: FunctionCode, position: int, place: int, depth: int) -> bool:
        params = code.function.params
        if max(position, place) >= len(params):
            return False
        objects = {params[place]} if place != RESULT else set(_returned(code))
        under = self._is_of(params[position])
        calls = code.of_kind(ir.Call)
        if not any(is_wait(code, at) for at in calls):
            if any(objects & self.started_for(code, at) and self.lasts_at(code, at, under) for at in calls):
                return True
        for given in self._cancellation.given(code):
            if self._cancellation.stems_from(code, given.argument, params[position]):
                for at, register in operands_of(code, given.call):
                    if variable(code, register) in objects and self._is_served(code, given, at, depth + 1):
                        return True
                if place == RESULT and given.call in _results(code):
                    if self._is_served(code, given, RESULT, depth + 1):
                        return True
        return False

    # -- the goroutine -----------------------------------------------------------------------------

    def started_for(self, code: FunctionCode, at: int) -> frozenset[int]:
        """The variables that a goroutine works with which the instruction at `at` starts: those that its literal uses,
        or the receiver and the arguments of its function."""
        started = self._started(code, at)
        made = code.code[started] if started != ir.NONE else None
        if isinstance(made, ir.MakeClosure):
            literal = self._code.sibling(code, made.function)
            uses = (literal.code[use] for use in literal.of_kind(ir.Load, ir.Addr))
            return frozenset(use.var for use in uses if isinstance(use, ir.Load | ir.Addr))
        given = operands_of(code, at) if made is not None else ()
        return frozenset(variable(code, register) for _, register in given) - {ir.NONE}

    def lasts_at(self, code: FunctionCode, at: int, is_it: IsContext) -> bool:
        """Reports whether the goroutine that the instruction at `at` starts goes round under a context."""
        started = self._started(code, at)
        made = code.code[started] if started != ir.NONE else None
        if isinstance(made, ir.MakeClosure):
            return self._lasts(self._code.sibling(code, made.function), is_it, 0)
        starts = (given for given in self._cancellation.given(code) if given.call == at and made is not None)
        return any(
            self._lasts(target, self._is_of(target.function.params[given.position]), 0)
            for given in starts
            if is_it(code, given.argument)
            for target in self._targets(code, at)
            if given.position < len(target.function.params)
        )

    @staticmethod
    def _started(code: FunctionCode, at: int) -> int:
        """The register of the function that a call starts as a goroutine, NONE for any other call."""
        call = code.code[at]
        if not isinstance(call, ir.Call):
            return ir.NONE
        callee = code.callee(at)
        spawner = SPAWNERS.get(callee.function) if isinstance(callee, p.Static) else None
        if spawner is not None and spawner.function < len(call.args):
            return call.args[spawner.function]
        return call.callee if call.mode == ir.Mode.GO else ir.NONE

    def _is_of(self, var: int) -> IsContext:
        """Whether a context is that of a variable."""
        return lambda code, register: self._cancellation.stems_from(code, register, var)

    def _lasts(self, code: FunctionCode, is_it: IsContext, depth: int) -> bool:
        """Whether a function goes round and round until a context is over, itself or by a call."""
        for (block, _), asked in over_edges(self._cancellation, code):
            if code.function.blocks[block].loop != ir.NONE and is_it(code, asked):
                return True
        for given in self._cancellation.given(code):
            if not is_it(code, given.argument):
                continue
            if code.loop_of(given.call) != ir.NONE and self._cancellation.waits_at(code, given):
                return True
            for target in self._targets(code, given.call) if depth < MAX_DEPTH else ():
                params = target.function.params
                if given.position < len(params) and self._lasts(target, self._is_of(params[given.position]), depth + 1):
                    return True
        return False


def _returned(code: FunctionCode) -> Iterator[int]:
    """The variables that a function returns."""
    for at in code.of_kind(ir.Return):
        step = code.code[at]
        for result in step.results if isinstance(step, ir.Return) else ():
            var = variable(code, result)
            if var != ir.NONE:
                yield var


def _results(code: FunctionCode) -> set[int]:
    """The calls whose results a function returns, as they are or by variables."""
    returns = (code.code[at] for at in code.of_kind(ir.Return))
    results = (result for step in returns if isinstance(step, ir.Return) for result in step.results)
    return {code.call_behind(code.source(result)) for result in results}


def operands_of(code: FunctionCode, call: int) -> Iterator[tuple[int, int]]:
    """What a call gives to the parameters of its function, the receiver first: their positions and the registers."""
    step, held = code.code[call], code.receiver_of(call)
    given = step.args if isinstance(step, ir.Call) else ()
    yield from enumerate(given if held == ir.NONE else (held, *given))


def variable(code: FunctionCode, register: int) -> int:
    """The variable that a register was read from, or points to; NONE for anything else."""
    step = code.code[register] if register >= 0 else None
    return step.var if isinstance(step, ir.Load | ir.Addr) else ir.NONE
