"""Loops that call again and again what fails at once when their context is over.

The call itself waits, so that the loop needs no sleep; its failure is logged and skipped. When the context ends, all
that is left of the loop is the failure: it spins. The way from the failure back to the call must neither look at the
context, nor wait for anything else, nor change what the loop goes by.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.endable import Endable
from govet_py.concurrency.contexts.endings import narrow_edges
from govet_py.concurrency.contexts.giving_up import GivingUp
from govet_py.concurrency.contexts.looks import Looks
from govet_py.concurrency.describe import expression
from govet_py.concurrency.flow.control import Edge, after, branch, loop_blocks
from govet_py.concurrency.flow.loop_bounds import is_endless
from govet_py.knowledge.clocks import PAUSES, SLEEPS
from govet_py.knowledge.concurrency import SLEEP, WAIT
from govet_py.knowledge.harmless import PROMPT, is_unseen
from govet_py.model import ir
from govet_py.model import program as p

MAX_DEPTH = 4


class Spins(NamedTuple):
    """The loop calls, at `call`, what fails when the context in `variable` is over, and goes round to call it again."""

    function: str
    loop: int
    call: int
    variable: str


class SpinningLoops:
    """Of a program."""

    def __init__(
        self, code: Code, cancellation: Cancellation, looks: Looks, giving_up: GivingUp, endable: Endable
    ) -> None:
        self._code = code
        self._cancellation = cancellation
        self._endable = endable
        self._looks = looks
        self._giving_up = giving_up

    def found(self) -> Iterator[Spins]:
        """One finding a loop."""
        for id in self._code.ids():
            code = self._code.function(id)
            for loop in _open_loops(code):
                inside = loop_blocks(code, loop)
                if is_endless(code, loop, inside):
                    spin = next(self._in_loop(code, loop, inside), None)
                    if spin is not None:
                        yield spin

    def _in_loop(self, code: FunctionCode, loop: int, inside: frozenset[int]) -> Iterator[Spins]:
        looks: frozenset[int] | None = None
        for given in self._cancellation.given(code):
            if code.loop_of(given.call) != loop or not self._lasts(code, given.argument, inside):
                continue
            if not self._giving_up.at(code, given):
                continue
            looks = looks if looks is not None else self._looks.of(code, loop, inside)[0]
            if given.call not in looks and self._comes_back(code, given, inside, looks):
                yield Spins(code.id, loop, given.call, expression(code, given.argument))

    def _lasts(self, code: FunctionCode, register: int, inside: frozenset[int]) -> bool:
        """Whether a context was given to the function, made before the loop, or is as old as an object and can end."""
        load = code.code[register]
        if isinstance(load, ir.Selector):
            return self._endable.may_end(code, register)
        if not isinstance(load, ir.Load) or any(index != code.index for index, _ in self._code.stores(code, load.var)):
            return False
        made = load.var in code.stores or load.var in code.function.params
        return made and not code.is_set_in(load.var, inside)

    def _comes_back(self, code: FunctionCode, given: Given, inside: frozenset[int], looks: Set[int]) -> bool:
        """Whether the failure of a call leads straight back to it, or whatever it answers, where nobody asks."""
        results = self._looks.results(code, given.call)
        if results == {given.call} and not uses_of(code).get(given.call):
            return self._goes_round(code, given.call, inside, looks)
        narrow = frozenset(narrow_edges(code, results))
        reached = _reached(code, given.call, inside, looks)
        asked = (block for block in sorted(reached) if not _is_classified(code, block, results))
        failures = [edge for block in asked for edge in self._looks.failed(code, block, results)]
        return any(
            self._leads_back(code, edge, given.call, inside, looks, narrow) for edge in failures if edge not in narrow
        )

    def _leads_back(
        self, code: FunctionCode, edge: Edge, call: int, inside: frozenset[int], looks: Set[int], narrow: Set[Edge]
    ) -> bool:
        blocks, goal = code.function.blocks, code.block_of(call)
        work, seen = [blocks[edge[0]].succs[edge[1]]], set[int]()
        read = _read(code, inside)
        while work:
            at = work.pop()
            if at in seen or at not in inside:
                continue
            seen.add(at)
            end = call if at == goal else blocks[at].end
            if not all(self._is_idle(code, register, looks, read) for register in range(blocks[at].start, end)):
                continue
            if at == goal:
                return True
            work.extend(to for way, to in enumerate(blocks[at].succs) if (at, way) not in narrow)
        return False

    def _goes_round(self, code: FunctionCode, call: int, inside: frozenset[int], looks: Set[int]) -> bool:
        """Whether control comes from a call back to it without anything that waits or looks."""
        blocks, block = code.function.blocks, code.block_of(call)
        read = _read(code, inside)
        if not all(self._is_idle(code, at, looks, read) for at in range(call + 1, blocks[block].end)):
            return False
        edges = ((block, position) for position in range(len(blocks[block].succs)))
        return any(self._leads_back(code, edge, call, inside, looks, frozenset()) for edge in edges)

    # -- what happens on the way -------------------------------------------------------------------

    def _is_idle(self, code: FunctionCode, register: int, looks: Set[int], read: Set[int]) -> bool:
        """Whether an instruction neither waits nor looks nor changes what the loop goes by."""
        if register in looks:
            return False
        match code.code[register]:
            case ir.Recv() | ir.Select() | ir.Send() | ir.Next():
                return False
            case ir.Store() as store:
                return store.define or store.var not in read
            case ir.SetField() | ir.SetDeref() | ir.SetName() as change:
                return isinstance(code.code[change.value], ir.Binary)
            case ir.Call() as call:
                return call.mode != ir.Mode.CALL or not self._may_wait(code, register)
        return True

    def _may_wait(self, code: FunctionCode, call: int) -> bool:
        callee = code.callee(call)
        if isinstance(callee, p.BuiltinCall | p.Conversion):
            return False
        if isinstance(callee, p.Static) and callee.function not in SLEEPS | SLEEP | WAIT:
            if callee.function.startswith(PROMPT) or is_unseen(callee.function):
                return False
            if (body := self._code.get(callee.function)) is not None:
                taken = self._is_asked(code, call) and _takes_away(body)
                return taken or self._takes_time(callee.function, MAX_DEPTH)
        return code.called_name(call).lower().startswith(PAUSES) or self._is_asked(code, call)

    def _takes_time(self, function: str, depth: int) -> bool:
        """Whether a function of the program waits, or may do so."""
        code = self._code.get(function)
        if code is None or depth == 0 or code.of_kind(ir.Recv, ir.Select, ir.Send, ir.Next):
            return True
        calls = (at for at in code.of_kind(ir.Call) if code.mode_of(at) == ir.Mode.CALL)
        return any(self._waits_in(code, at, depth) for at in calls)

    def _waits_in(self, code: FunctionCode, call: int, depth: int) -> bool:
        callee = code.callee(call)
        if isinstance(callee, p.Static) and self._code.get(callee.function) is not None:
            return self._takes_time(callee.function, depth - 1)
        return self._may_wait(code, call)

    @staticmethod
    def _is_asked(code: FunctionCode, call: int) -> bool:
        """Whether something is made of what a call returns: it may have waited for it."""
        return any(
            isinstance(step, ir.Store | ir.Extract | ir.If | ir.Binary) and call in step for step in code.code
        )


def _open_loops(code: FunctionCode) -> list[int]:
    """The loops, other than over a range, of a function that reads a context."""
    loops = [at for at, loop in enumerate(code.function.loops) if loop.kind != "range"]
    return loops if loops and any(code.type_of(at) == CONTEXT for at in code.of_kind(ir.Load, ir.Selector)) else []


def _reached(code: FunctionCode, call: int, inside: frozenset[int], looks: Set[int]) -> set[int]:
    """The blocks of a loop at whose ends control comes after a call before it looks, or waits for something else."""
    ends = set()
    for at in after(code, call, lambda at: at in looks or isinstance(code.code[at], ir.Recv | ir.Select)):
        if at == code.function.blocks[code.block_of(at)].end - 1:
            ends.add(code.block_of(at))
    return ends & inside


def _read(code: FunctionCode, inside: frozenset[int]) -> set[int]:
    """The variables that a loop reads."""
    loads = (code.code[at] for at in code.of_kind(ir.Load) if code.block_of(at) in inside)
    return {load.var for load in loads if isinstance(load, ir.Load)}


def _takes_away(code: FunctionCode) -> bool:
    """Whether a function takes what it answers out of an object, as of a queue, which is empty in the end."""
    kept = (step for at in code.of_kind(ir.SetField) if isinstance(step := code.code[at], ir.SetField))
    return any(isinstance(code.code[step.value], ir.SliceOf) for step in kept) or any(
        isinstance(callee := code.callee(at), p.BuiltinCall) and callee.name == "delete" for at in code.of_kind(ir.Call)
    )


def _is_classified(code: FunctionCode, block: int, results: Set[int]) -> bool:
    """Whether a branch asks a function of the program what kind of error it is: `err == nil || !isTransient(err)`."""
    last = branch(code, block)
    work = [last.cond] if isinstance(last, ir.If) else []
    while work:
        match code.code[work.pop()]:
            case ir.Unary() as test:
                work.append(test.operand)
            case ir.Binary() as test:
                work.extend((test.left, test.right))
            case ir.Call() as test if not results.isdisjoint(test.args):
                return True
    return False
