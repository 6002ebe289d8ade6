"""Loops that go on although their context is over.

A *look* is where a loop learns of the end: a receive from `Done`, a call of `Err`, or a call that is
given the context and whose failure leaves the loop. A loop is heedless when control can go round and
round through a sleep without a look, and nothing else bounds it: no counter, no clock. A `Done` branch
from which control always comes back to the loop is heedless at once: the branch is ready for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.endings import failing, narrow_edges, over_edges, source
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.concurrency.flow.control import Edge, branch, loop_blocks
from govet_py.concurrency.flow.loop_bounds import is_endless
from govet_py.knowledge import clocks
from govet_py.knowledge import contexts as knows
from govet_py.knowledge.channels import EXIT_NAMES, NO_RETURN
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR


class Stays(NamedTuple):
    """The `Done` branch of the select at `select` leads back into the loop. `context`: the register;
    `idle`: nothing happens in the branch."""

    function: str
    select: int
    case: int
    context: int
    idle: bool


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

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation, scoped: ScopedContexts) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._scoped = scoped

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
            way = self._way_round(code, block, position, loop, inside)
            if way is None or not is_endless(code, loop, inside) or self._is_made_in(code, context, inside):
                continue
            if not self._changes(code, way, inside) and not self._leaves_elsewhere(code, context, loop, inside):
                select = code.function.blocks[block].end - 1
                idle = all(code.function.blocks[at].end - code.function.blocks[at].start == 1 for at in way)
                yield Stays(code.id, select, position, context, idle)

    def _leaves_elsewhere(self, code: FunctionCode, context: int, loop: int, inside: frozenset[int]) -> bool:
        """Whether another look at the same context leaves the loop, on the next turn perhaps."""
        return any(
            (block in inside and _variable(code, other) == _variable(code, context))
            and self._way_round(code, block, position, loop, inside) is None
            for (block, position), other in over_edges(self._cancellation, code)
        )

    @staticmethod
    def _way_round(
        code: FunctionCode, block: int, position: int, loop: int, inside: frozenset[int]
    ) -> frozenset[int] | None:
        """The blocks of a branch up to where it joins the others, None when it can leave the loop."""
        blocks, header = code.function.blocks, code.function.loops[loop].header
        first = blocks[block].succs[position]
        seen: set[int] = set()
        work = [first]
        while work:
            at = work.pop()
            if at not in inside:
                return None
            if at == header or at in seen:
                continue
            if not blocks[at].succs:
                return None
            seen.add(at)
            work.extend(blocks[at].succs)
        joined = {at for at in seen if len(code.predecessors[at]) > 1}
        return frozenset(seen - joined)

    def _changes(self, code: FunctionCode, way: frozenset[int], inside: frozenset[int]) -> bool:
        """Whether a branch changes what the loop goes by: a variable that it tests or a channel that it selects
        on; or does not come back from a call."""
        read = {i.var for at in inside for i in self._instructions(code, at) if isinstance(i, ir.Load)}
        for at in way:
            for register in range(code.function.blocks[at].start, code.function.blocks[at].end):
                match code.code[register]:
                    case ir.Store() as store if store.var in read:
                        return True
                    case ir.SetField() | ir.SetName() | ir.SetDeref() | ir.SetIndex():
                        return True
                    case ir.Call() if self._exits(code, register):
                        return True
        return False

    @staticmethod
    def _instructions(code: FunctionCode, block: int) -> tuple[ir.Instruction, ...]:
        return code.code[code.function.blocks[block].start : code.function.blocks[block].end]

    @staticmethod
    def _exits(code: FunctionCode, call: int) -> bool:
        callee = code.callee(call)
        if isinstance(callee, p.BuiltinCall):
            return callee.name == "panic"
        name = callee.function if isinstance(callee, p.Static) else ""
        last = name.rpartition(".")[2]
        return name in NO_RETURN or last.startswith(EXIT_NAMES)

    def _is_made_in(self, code: FunctionCode, context: int, inside: frozenset[int]) -> bool:
        """Whether a context is made anew in the loop, so that its end is not the end of the loop."""
        load = code.code[context]
        if not isinstance(load, ir.Load):
            return True
        return any(code.block_of(store) in inside for store in code.stores.get(load.var, ()))

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
        for id in list(found):
            if not self._cancellation.dones(self._code.function(id)):
                for caller, edge in self._calls.callers.get(id, ()):
                    if isinstance(caller, InterfaceNode):
                        if self._merely_sleeps(self._code.function(id)):
                            self._add_calls(caller, found)
                    elif edge.mode == ir.Mode.CALL:
                        if isinstance(self._code.function(caller).code[edge.site], ir.Call):
                            found.setdefault(caller, []).append(edge.site)
        for name in sorted(clocks.TICKS):
            for id, register in self._calls.named(name):
                code = self._code.function(id)
                for at, instruction in enumerate(code.code):
                    if _waits_for(instruction, register):
                        found.setdefault(id, []).append(at)
        return found

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
        looks, retries = self._looks(code, loop, inside)
        for sleep in mine:
            if sleep not in looks and self._goes_round(code, loop, inside, sleep, looks):
                yield Sleeps(code.id, loop, sleep, variable, tuple(retries))
                return

    def _context_of(self, code: FunctionCode, inside: frozenset[int]) -> str | None:
        """The name of a context that the loop mentions, or that its function is given."""
        for at in sorted(inside):
            for register in range(code.function.blocks[at].start, code.function.blocks[at].end):
                load = code.code[register]
                if type(load) is not ir.Load or code.types.var_type(load.var) != CONTEXT:
                    continue
                made_here = any(code.block_of(store) in inside for store in code.stores.get(load.var, ()))
                if not made_here and self._may_end(code, register):
                    return code.body.vars[load.var].name
        for hand in self._cancellation.at_hand(code):
            if self._code.function(hand.function).types.var_type(hand.var) == CONTEXT and hand.name != "_":
                return hand.name
        return None

    def _may_end(self, code: FunctionCode, register: int) -> bool:
        """Whether a context can end: it was given, or made with a cancel function."""
        if any(context.origin is not None for context in self._cancellation.contexts.of(code, register)):
            return True
        made = ((self._code.function(id), at) for id, at in self._scoped.makers(code, register))
        callees = (function.callee(at) for function, at in made)
        return any(isinstance(callee, p.Static) and callee.function in knows.CANCELLABLE for callee in callees)

    def _looks(self, code: FunctionCode, loop: int, inside: frozenset[int]) -> tuple[frozenset[int], list[int]]:
        """The instructions of a loop that look at a context, and calls that are given one in vain."""
        looks = {register for register, _ in self._cancellation.errs(code)}
        looks |= {register for register, _ in self._cancellation.dones(code)}
        retries: list[int] = []
        asked = {given.call for given in self._cancellation.given(code)} | self._literals_that_look(code)
        for call in sorted(asked):
            if code.block_of(call) not in inside:
                continue
            if self._failure_leaves(code, call, loop, inside, frozenset(looks)):
                looks.add(call)
            else:
                retries.append(call)
                looks.update(self._granted(code, call))
        return frozenset(looks), retries

    @staticmethod
    def _granted(code: FunctionCode, call: int) -> Iterator[int]:
        """Where control comes only when a call said yes: the context was not over then."""
        for block in range(len(code.function.blocks)):
            last = branch(code, block)
            if not isinstance(last, ir.If):
                continue
            test, yes = code.code[last.cond], 0
            answer = last.cond
            if isinstance(test, ir.Unary) and test.op == "!":
                answer, yes = test.operand, 1
            answer = source(code, answer)
            told = code.code[answer]
            granted = code.function.blocks[block].succs[yes]
            if call in (answer, told.tuple if isinstance(told, ir.Extract) else ir.NONE):
                if code.predecessors[granted] == [block]:
                    yield code.function.blocks[granted].start

    def _literals_that_look(self, code: FunctionCode) -> set[int]:
        """The calls of function literals that look at a context which they capture."""
        found: set[int] = set()
        for edge in self._calls.edges[code.id]:
            callee = self._code.get(edge.target) if isinstance(edge.target, str) else None
            if callee is None or callee.body_id != code.body_id or type(code.code[edge.site]) is not ir.Call:
                continue
            if self._cancellation.errs(callee) or self._cancellation.dones(callee):
                found.add(edge.site)
        return found

    def _failure_leaves(
        self, code: FunctionCode, call: int, loop: int, inside: frozenset[int], looks: frozenset[int]
    ) -> bool:
        """Whether the loop can be left because of what a call returned: its error, or, where nobody asks for that,
        another result; of that a branch which always leaves."""
        results = self._results(code, call)
        narrow = frozenset(narrow_edges(code, results))
        failed = {(at, 1 - position) for at, position in narrow if at in inside}
        failed.update(edge for block in inside for edge in self._failed(code, block, results))
        if failed:
            ways = [code.function.blocks[at].succs[position] for at, position in sorted(failed - narrow)]
            return any(self._leaves(code, way, loop, inside, looks, narrow) for way in ways)
        header = code.function.loops[loop].header
        for block in inside:
            last = branch(code, block)
            if isinstance(last, ir.Return) and results.intersection(last.results):
                return True
            for position in self._branches_on(code, last, results):
                if not _reaches(code, code.function.blocks[block].succs[position], header, inside):
                    return True
        return False

    def _results(self, code: FunctionCode, call: int) -> set[int]:
        """The registers that hold results of a call or are computed from them, variables included."""
        found, variables = {call}, set[int]()
        for _ in range(2):
            for at, instruction in enumerate(code.code):
                match instruction:
                    case ir.Extract() if instruction.tuple in found:
                        found.add(at)
                    case ir.Store() if instruction.value in found:
                        variables.add(instruction.var)
                    case ir.Load() if instruction.var in variables:
                        found.add(at)
                    case ir.Call() if found.intersection(instruction.args):
                        found.add(at)
                    case ir.Binary() if instruction.left in found or instruction.right in found:
                        found.add(at)
                    case ir.Unary() | ir.Selector() | ir.TypeAssert():
                        operand = instruction.operand if isinstance(instruction, ir.Unary) else instruction.base
                        if operand in found:
                            found.add(at)
        return found

    def _branches_on(self, code: FunctionCode, last: ir.Instruction | None, results: set[int]) -> Iterator[int]:
        """The successors of a branch that asks for a result."""
        if isinstance(last, ir.Switch):
            if last.tag in results or any(v in results for values in last.cases for v in values):
                yield from range(len(last.cases))
        if isinstance(last, ir.If) and last.cond in results:
            yield from (0, 1)

    @staticmethod
    def _failed(code: FunctionCode, block: int, results: set[int]) -> Iterator[Edge]:
        """The branches that are taken when one of the results is an error."""
        last = branch(code, block)
        if isinstance(last, ir.If) and last.cond in results:
            for position, register in failing(code, last.cond):
                if register in results and code.type_of(register) == ERROR:
                    yield block, position

    @staticmethod
    def _leaves(
        code: FunctionCode,
        block: int,
        loop: int,
        inside: frozenset[int],
        looks: frozenset[int],
        narrow: frozenset[Edge],
    ) -> bool:
        """Whether control can come from a block out of the loop without going round or looking, nor by a branch
        for errors that the end of a context is none of."""
        blocks, header = code.function.blocks, code.function.loops[loop].header
        work, seen = [block], set[int]()
        while work:
            at = work.pop()
            if at not in inside or not blocks[at].succs:
                return True
            if at in seen or at == header:
                continue
            seen.add(at)
            if not any(blocks[at].start <= look < blocks[at].end for look in looks):
                work.extend(to for way, to in enumerate(blocks[at].succs) if (at, way) not in narrow)
        return False

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
        return _reaches(code, header, mine, free) and any(
            s == header or (s in free and _reaches(code, s, header, free)) for s in blocks[mine].succs
        )


def _waits_for(instruction: ir.Instruction, channel: int) -> bool:
    """Whether an instruction waits for one channel and nothing else."""
    if isinstance(instruction, ir.Select):
        return not instruction.has_default and [case.chan for case in instruction.cases] == [channel]
    return isinstance(instruction, ir.Recv) and instruction.chan == channel


def _variable(code: FunctionCode, register: int) -> int:
    load = code.code[register]
    return load.var if isinstance(load, ir.Load) else ir.NONE


def _reaches(code: FunctionCode, start: int, goal: int, free: Set[int]) -> bool:
    work, seen = [start], set[int]()
    while work:
        at = work.pop()
        if at == goal:
            return True
        if at in seen:
            continue
        seen.add(at)
        work.extend(s for s in code.function.blocks[at].succs if s in free)
    return False
