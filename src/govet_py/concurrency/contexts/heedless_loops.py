"""Loops that go on although their context is over.

A loop is heedless when control can go round and round through a sleep without a look, and nothing else bounds
it: no counter, no clock. A `Done` branch from which control always comes back to the loop is heedless at once:
the branch is ready for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.endable import Endable
from govet_py.concurrency.contexts.endings import over_edges
from govet_py.concurrency.contexts.giving_up import GivingUp
from govet_py.concurrency.contexts.looks import Looks
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.concurrency.contexts.spinning_loops import SpinningLoops, Spins
from govet_py.concurrency.describe import expression
from govet_py.concurrency.flow.clock_channels import clock_of
from govet_py.concurrency.flow.control import Edge, branch, loop_blocks, reaches
from govet_py.concurrency.flow.loop_bounds import is_endless
from govet_py.concurrency.flow.turns import broken_out, changes, way_round
from govet_py.knowledge import clocks
from govet_py.knowledge import contexts as knows
from govet_py.model import ir


class Stays(NamedTuple):
    """The `Done` branch of the select at `select` leads back into the loop. `context`: the register;
    `idle`: nothing happens in the branch; `breaks`: it ends with a break, and the loop may be left further on."""

    function: str
    select: int
    case: int
    context: int
    idle: bool
    breaks: bool


class Sleeps(NamedTuple):
    """The loop goes round through the sleep at `sleep`; `variable` is the context it could look at;
    `retries` are calls that are given it, and whose failure does not leave the loop."""

    function: str
    loop: int
    sleep: int
    variable: str
    retries: tuple[int, ...]


class HeedlessLoops:
    """The places of a program that take no notice of a context's end."""

    def __init__(
        self, code: Code, calls: CallGraph, slices: Slices, cancellation: Cancellation, scoped: ScopedContexts
    ) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._endable = Endable(code, slices, cancellation.contexts, scoped)
        self._looks = Looks(code, calls, cancellation)
        giving_up = GivingUp(code, calls, cancellation, scoped)
        self._spinning = SpinningLoops(code, cancellation, self._looks, giving_up, self._endable)

    # -- Done branches that stay -------------------------------------------------------------------

    @cached_property
    def stays(self) -> list[Stays]:
        """Done branches that do not leave their loop."""
        functions = sorted({id for id, _ in self._calls.named(knows.DONE)})
        return [found for id in functions for found in self._stays(self._code.function(id))]

    def _stays(self, code: FunctionCode) -> Iterator[Stays]:
        for (block, position), context in over_edges(self._cancellation, code):
            loop = code.function.blocks[block].loop
            if loop == ir.NONE or not isinstance(branch(code, block), ir.Select):
                continue
            inside = loop_blocks(code, loop)
            way = way_round(code, block, position, loop, inside) if is_endless(code, loop, inside) else None
            breaks = way is None
            if breaks:
                way = broken_out(code, block, position, loop, inside)
            if way is None or self._is_made_in(code, context, inside):
                continue
            if not changes(code, way, inside) and not self._leaves_elsewhere(code, (block, position), context, loop):
                select = code.function.blocks[block].end - 1
                idle = all(code.function.blocks[at].end - code.function.blocks[at].start == 1 for at in way)
                yield Stays(code.id, select, position, context, idle, breaks)

    def _leaves_elsewhere(self, code: FunctionCode, edge: Edge, context: int, loop: int) -> bool:
        """Whether another look at the same context than a branch leaves the loop, on the next turn perhaps."""
        inside = loop_blocks(code, loop)
        return any(
            (block in inside and _variable(code, other) == _variable(code, context))
            and (block, position) != edge
            and way_round(code, block, position, loop, inside) is None
            for (block, position), other in over_edges(self._cancellation, code)
        )

    def _is_made_in(self, code: FunctionCode, context: int, inside: frozenset[int]) -> bool:
        """Whether a context is made anew in the loop, so that its end is not the end of the loop."""
        load = code.code[context]
        if isinstance(load, ir.Load):
            return code.is_set_in(load.var, inside)
        return not isinstance(load, ir.Selector) or any(
            code.block_of(store) in inside and code.code[store].name == load.name  # type: ignore[union-attr]
            for store in code.of_kind(ir.SetField)
        )

    @cached_property
    def spins(self) -> list[Spins]:
        """Loops without a sleep that a failing call keeps turning."""
        told = {(one.function, one.loop) for one in self.sleeps}
        return [one for one in self._spinning.found() if (one.function, one.loop) not in told]

    # -- sleeping without a look -------------------------------------------------------------------

    @cached_property
    def sleeps(self) -> list[Sleeps]:
        """Endless loops that sleep and never look at the context at hand."""
        found: list[Sleeps] = []
        for id, sleeps in sorted(self._sleeping.items()):
            code = self._code.function(id)
            for loop in range(len(code.function.loops)):
                found.extend(self._in_loop(code, loop, [at for at in sleeps if code.loop_of(at) != ir.NONE]))
        return found

    @cached_property
    def _sleeping(self) -> dict[str, list[int]]:
        """The instructions of each function that let time pass: sleeps, and calls of functions that do only
        that and look at no context."""
        found: dict[str, list[int]] = {}
        for name in sorted(clocks.SLEEPS):
            for id, register in self._calls.named(name):
                found.setdefault(id, []).append(register)
        for id, at in self._ticks():
            found.setdefault(id, []).append(at)
        for id in list(found):
            if not self._cancellation.dones(self._code.function(id)):
                for caller, edge in self._calls.callers.get(id, ()):
                    if isinstance(caller, InterfaceNode):
                        if self._merely_sleeps(self._code.function(id)):
                            self._add_calls(caller, found)
                    elif edge.mode == ir.Mode.CALL:
                        if isinstance(self._code.function(caller).code[edge.site], ir.Call):
                            found.setdefault(caller, []).append(edge.site)
        return found

    def _ticks(self) -> Iterator[tuple[str, int]]:
        """The waits for a clock's channel: that of a call, or of a timer that the function has made."""
        for name in sorted((*clocks.TICKS, clocks.NEW_TIMER)):
            for id, register in self._calls.named(name):
                code = self._code.function(id)
                yield from ((id, at) for at, step in enumerate(code.code) if _waits_for(code, step, register))

    def _add_calls(self, method: InterfaceNode, found: dict[str, list[int]]) -> None:
        for caller, edge in self._calls.callers.get(method, ()):
            if isinstance(caller, str) and edge.mode == ir.Mode.CALL:
                found.setdefault(caller, []).append(edge.site)

    @staticmethod
    def _merely_sleeps(code: FunctionCode) -> bool:
        """Whether all that a function does is to sleep: its interface is that of a clock."""
        return len(code.function.blocks) == 1 and len(code.of_kind(ir.Call)) == 1

    def _in_loop(self, code: FunctionCode, loop: int, sleeps: list[int]) -> Iterator[Sleeps]:
        inside = loop_blocks(code, loop)
        mine = [at for at in sleeps if code.loop_of(at) == loop]
        if not mine or not is_endless(code, loop, inside):
            return
        variable = self._context_of(code, inside)
        if variable is None:
            return
        looks, retries = self._looks.of(code, loop, inside)
        for sleep in mine:
            if sleep not in looks and self._goes_round(code, loop, inside, sleep, looks):
                yield Sleeps(code.id, loop, sleep, variable, tuple(retries))
                return

    def _context_of(self, code: FunctionCode, inside: frozenset[int]) -> str | None:
        """The name of a context that the loop mentions, or that its function is given."""
        for at in sorted(inside):
            for register in range(code.function.blocks[at].start, code.function.blocks[at].end):
                load = code.code[register]
                if not isinstance(load, ir.Load | ir.Selector) or code.type_of(register) != CONTEXT:
                    continue
                if not self._is_made_in(code, register, inside) and self._endable.may_end(code, register):
                    return expression(code, register)
        for hand in self._cancellation.at_hand(code):
            if self._code.function(hand.function).types.var_type(hand.var) == CONTEXT and hand.name != "_":
                return hand.name
        return None

    @staticmethod
    def _goes_round(
        code: FunctionCode, loop: int, inside: frozenset[int], sleep: int, looks: frozenset[int]
    ) -> bool:
        """Whether a turn of the loop can pass the sleep and no look."""
        blocks, header = code.function.blocks, code.function.loops[loop].header
        free = {b for b in inside if not any(blocks[b].start <= look < blocks[b].end for look in looks)}
        mine = code.block_of(sleep)
        if mine not in free or header not in free:
            return False
        return reaches(code, header, mine, free) and any(
            s == header or (s in free and reaches(code, s, header, free)) for s in blocks[mine].succs
        )


def _waits_for(code: FunctionCode, instruction: ir.Instruction, clock: int) -> bool:
    """Whether an instruction waits for the channel of one clock and nothing else."""
    match instruction:
        case ir.Select() if len(instruction.cases) == 1 and not instruction.has_default:
            channel = instruction.cases[0].chan
        case ir.Recv():
            channel = instruction.chan
        case _:
            return False
    return clock_of(code, channel) == clock


def _variable(code: FunctionCode, register: int) -> int:
    load = code.code[register]
    return load.var if isinstance(load, ir.Load) else ir.NONE
