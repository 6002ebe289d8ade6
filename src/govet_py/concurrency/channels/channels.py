"""Channel facts: allocation and capacity, non-blocking sends and what they do when nobody takes the value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import member_of
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.flow.operands import is_operand
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot
from govet_py.model.types import Chan, Type, TypeParam

Place = tuple[str, int]
MAX_HOPS = 3


class LossySend(NamedTuple):
    """A select in `function` at `select` that sends in case `case` and drops the value when it cannot.
    `silent`: the default does nothing at all."""

    function: str
    select: int
    case: int
    silent: bool
    channel: int
    payload: Type


class Channels:
    """The channels of a program."""

    def __init__(self, code: Code, slices: Slices, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls
        self._slices = slices

    def lossy_sends(self) -> Iterator[LossySend]:
        """Every non-blocking send whose default branch goes on without the value."""
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.Select):
                instruction = code.code[register]
                if isinstance(instruction, ir.Select) and instruction.has_default:
                    yield from self._sends(code, register, instruction)

    def _sends(self, code: FunctionCode, register: int, select: ir.Select) -> Iterator[LossySend]:
        default = code.function.blocks[code.block_of(register)].succs[-1]
        for index, case in enumerate(select.cases):
            type_ = self._code.program.underlying(code.type_of(case.chan))
            if case.value != ir.NONE and isinstance(type_, Chan):
                silent = _is_empty(code, default) or self._is_unasked(code, default)
                yield LossySend(code.id, register, index, silent, case.chan, type_.elem)

    def _is_unasked(self, code: FunctionCode, block: int) -> bool:
        """Whether a branch only returns constants, and no caller looks at what the function returns."""
        at = code.function.blocks[block]
        last = code.code[at.end - 1]
        if not isinstance(last, ir.Return) or not last.results:
            return False
        if any(type(instruction) is not ir.Const for instruction in code.code[at.start : at.end - 1]):
            return False
        above = self._calls.callers.get(code.id, ())
        callers = [(self._code.function(id), edge) for id, edge in above if isinstance(id, str)]
        return bool(callers) and not any(
            is_operand(instruction, edge.site) for caller, edge in callers for instruction in caller.code
        )

    def payloads(self, send: LossySend) -> set[Type]:
        """The types of what is sent: of a type parameter, what callers put in."""
        code = self._code.function(send.function)
        select = code.code[send.select]
        value = code.code[select.cases[send.case].value] if isinstance(select, ir.Select) else None
        if not isinstance(send.payload, TypeParam) or not isinstance(value, ir.Load):
            return {send.payload}
        if value.var not in code.function.params:
            return {send.payload}
        given = self._calls.arguments(code, code.function.params.index(value.var))
        return {caller.type_of(register) for caller, register in given}

    def makes(self, code: FunctionCode, channel: int) -> list[tuple[AllocRoot, int]]:
        """The make sites that a channel register may come from, with their capacities where constant."""
        found = []
        for root in sorted(self._slices.allocations(code, channel)):
            capacity = self._capacity(root)
            if capacity is not None:
                found.append((root, capacity))
        return found

    def _capacity(self, root: AllocRoot) -> int | None:
        code = self._code.function(root.function)
        call = code.code[root.register]
        if not isinstance(call, ir.Call) or not isinstance(
            self._code.program.underlying(code.type_of(root.register)), Chan
        ):
            return None
        return 0 if len(call.args) < 2 else self._largest(code, call.args[1], MAX_HOPS)

    def _largest(self, code: FunctionCode, register: int, depth: int) -> int | None:
        """The largest number that a register may hold, where all that parameters and fields are given is constant."""
        known = code.types.constant_int(code.index, register)
        if known is not None or depth == 0:
            return known
        found = [self._largest(self._code.function(id), at, depth - 1) for id, at in self._given(code, register)]
        numbers = [one for one in found if one is not None]
        return max(numbers) if numbers and len(numbers) == len(found) else None

    def _given(self, code: FunctionCode, register: int) -> Iterator[Place]:
        """What the variable or field that a register was read from is given anywhere."""
        step = code.code[register]
        if isinstance(step, ir.Load):
            for index, at in self._code.stores(code, step.var):
                owner = self._code.sibling(code, index)
                store = owner.code[at]
                assert isinstance(store, ir.Store)
                yield owner.id, store.value
            if step.var in code.function.params:
                at = code.function.params.index(step.var)
                yield from ((caller.id, value) for caller, value in self._calls.arguments(code, at))
        elif isinstance(step, ir.Selector):
            member = member_of(self._code.program, code, register)
            yield from self._slices.stored(member) if member is not None else ()

    def receives(self, root: AllocRoot) -> tuple[Place, ...]:
        """Where the program may receive from the channels made at `root`."""
        return tuple(place for place, allocations in self._receives if root in allocations)

    @cached_property
    def _receives(self) -> list[tuple[Place, frozenset[AllocRoot]]]:
        return [
            ((id, register), self._slices.allocations(self._code.function(id), channel))
            for id in self._code.ids()
            for register, channel in _received(self._code, self._code.function(id))
        ]


def _received(program: Code, code: FunctionCode) -> Iterator[tuple[int, int]]:
    for register in code.of_kind(ir.Recv, ir.Range, ir.Select):
        match instruction := code.code[register]:
            case ir.Recv():
                yield register, instruction.chan
            case ir.Range():
                if isinstance(program.program.underlying(code.type_of(instruction.base)), Chan):
                    yield register, instruction.base
            case ir.Select():
                yield from ((register, case.chan) for case in instruction.cases if case.value == ir.NONE)


def _is_empty(code: FunctionCode, block: int) -> bool:
    """Whether a branch goes straight on: nothing but jumps, `continue` included."""
    at = code.function.blocks[block]
    return (at.end - at.start == 1 and isinstance(code.code[at.start], ir.Jump)) or _is_shared(code, block)


def _is_shared(code: FunctionCode, block: int) -> bool:
    return len(code.predecessors[block]) > 1
