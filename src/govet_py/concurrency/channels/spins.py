"""Loops that spin on a channel which its maker has closed: a receive without `ok` yields zero values for ever.

From the receive on, tests of the value are decided as for the zero value: fields are zero, lengths 0, ranges
empty. A loop that is left on no such way goes round as fast as it can, and hears nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.flow.control import loop_blocks
from govet_py.concurrency.flow.operands import Operands
from govet_py.knowledge.channels import CLOSED_RESULTS, NO_RETURN
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Pointer

MAX_HOLDERS = 20
_CONSTANTS = {"nil", "false", "0", '""', "``"}


class Spin(NamedTuple):
    """`receive` goes on receiving from the channel that the call at `made` of `maker` makes. `at_will`: it is a
    library that closes it, whenever it has to; functions of the program rather do so when all is over."""

    receive: Op
    maker: str
    made: int
    at_will: bool


def spins(code: Code, calls: CallGraph, operands: Operands, channels: list[Channel]) -> Iterator[Spin]:
    """All loops that take the zero values of a closed channel for real ones."""
    found = (*_of_libraries(code, calls, operands), *_of_generators(channels))
    for spin in found:
        if _is_blind(code, code.function(spin.receive.function), operands, spin.receive):
            yield spin


def _of_libraries(code: Code, calls: CallGraph, operands: Operands) -> Iterator[Spin]:
    for name, index in CLOSED_RESULTS.items():
        for id, made in calls.named(name):
            for receive in _receives(code, operands, code.function(id), made, index):
                yield Spin(receive, id, made, True)


def _of_generators(channels: list[Channel]) -> Iterator[Spin]:
    """Receives from channels that a function returns, and that somebody else than the receiver closes."""
    for channel in channels:
        closers = {close.function for close in channel.of(OpKind.CLOSE)}
        for receive in channel.of(OpKind.RECEIVE) if channel.returned and closers else ():
            if receive.function not in closers:
                yield Spin(receive, channel.root.function, channel.root.register, False)


def _receives(code: Code, operands: Operands, maker: FunctionCode, made: int, index: int) -> Iterator[Op]:
    """The receives from the channel that a call returns, through the variables that hold it."""
    work = [(maker.id, made)] if index == 0 else []
    work += [(maker.id, at) for at in operands.users(maker, made) if _extracts(maker, at, index)]
    seen: set[tuple[str, int]] = set()
    while work and len(seen) < MAX_HOLDERS:
        place = work.pop()
        if place in seen:
            continue
        seen.add(place)
        function = code.function(place[0])
        for user in operands.users(function, place[1]):
            match function.code[user]:
                case ir.Recv():
                    yield Op(OpKind.RECEIVE, function.id, user)
                case ir.Select() as select:
                    cases = (n for n, one in enumerate(select.cases) if one.chan == place[1] and one.value == ir.NONE)
                    yield from (Op(OpKind.RECEIVE, function.id, user, case) for case in cases)
                case ir.Store() as store:
                    work.extend(operands.loads(function, store.var))


def _extracts(code: FunctionCode, register: int, index: int) -> bool:
    instruction = code.code[register]
    return isinstance(instruction, ir.Extract) and instruction.index == index


def _is_blind(program: Code, code: FunctionCode, operands: Operands, receive: Op) -> bool:
    """Whether the receive is in a loop that no zero value leaves, and `ok` is not asked for."""
    loop = code.loop_of(receive.register)
    if loop == ir.NONE:
        return False
    first = 0 if receive.case == ir.NONE else 2 * receive.case
    taken = {at for at in operands.users(code, receive.register) if isinstance(code.code[at], ir.Extract)}
    if any(_extracts(code, at, first + 1) for at in taken):
        return False
    values = {at for at in taken if _extracts(code, at, first)}
    if receive.case == ir.NONE and not taken:
        values.add(receive.register)
    return not _Zero(program, code, values).leaves(receive, loop)


class _Zero:
    """One function, in which some registers hold the zero value."""

    def __init__(self, program: Code, code: FunctionCode, values: set[int]) -> None:
        self._program = program
        self._code = code
        self._zeros = set(values)
        for register, instruction in enumerate(code.code):
            if self._is_zero(instruction):
                self._zeros.add(register)

    def _is_zero(self, instruction: ir.Instruction) -> bool:
        match instruction:
            case ir.Load():
                return self._code.value_of(instruction.var) in self._zeros
            case ir.Selector():
                return instruction.base in self._zeros and not self._is_pointer(instruction.base)
            case ir.Call() if isinstance(self._code.code[instruction.callee], ir.Name) and instruction.args:
                name = self._code.code[instruction.callee]
                return isinstance(name, ir.Name) and name.name == "len" and instruction.args[0] in self._zeros
        return False

    def _is_pointer(self, register: int) -> bool:
        return isinstance(self._program.program.underlying(self._code.type_of(register)), Pointer)

    def leaves(self, receive: Op, loop: int) -> bool:
        """Whether control may leave the loop before it comes to the receive again."""
        blocks, inside = self._code.function.blocks, loop_blocks(self._code, loop)
        at = self._code.block_of(receive.register)
        home = at
        work = [(at, receive.register + 1)]
        if receive.case != ir.NONE:
            at = blocks[at].succs[receive.case]
            work = [(at, blocks[at].start)]
        seen: set[int] = set()
        while work:
            at, start = work.pop()
            if at not in inside or not blocks[at].succs or self._ends(start, blocks[at].end):
                return True
            for successor in self._taken(at):
                if successor not in seen and successor != home:
                    seen.add(successor)
                    work.append((successor, blocks[successor].start))
        return False

    def _ends(self, start: int, end: int) -> bool:
        """Whether a nil pointer is followed, or a call made that does not return."""
        for register in range(start, end):
            instruction = self._code.code[register]
            if isinstance(instruction, ir.Selector | ir.FieldAddr | ir.Deref) and instruction.base in self._zeros:
                if self._is_pointer(instruction.base):
                    return True
            if isinstance(instruction, ir.Call):
                callee = self._code.callee(register)
                if p.is_one_of(callee, NO_RETURN):
                    return True
        return False

    def _taken(self, block: int) -> tuple[int, ...]:
        """The successors of a block that the zero value lets control come to."""
        found = self._code.function.blocks[block]
        last = self._code.code[found.end - 1]
        said = self._decided(last.cond) if isinstance(last, ir.If) else None
        return found.succs if said is None else (found.succs[0 if said else 1],)

    def _decided(self, register: int) -> bool | None:
        """What a condition comes to; None when the value does not decide it."""
        instruction = self._code.code[register]
        match instruction:
            case ir.Next():
                over = self._code.code[instruction.range]
                return False if isinstance(over, ir.Range) and over.base in self._zeros else None
            case ir.Unary(op="!"):
                inner = self._decided(instruction.operand)
                return None if inner is None else not inner
            case ir.Binary(op="==" | "!=" | ">") if self._is_plain(instruction.right):
                return instruction.op == "==" if instruction.left in self._zeros else None
        return False if register in self._zeros else None

    def _is_plain(self, register: int) -> bool:
        constant = self._code.code[register]
        return (isinstance(constant, ir.Const) and constant.value in _CONSTANTS) or (
            isinstance(constant, ir.Name) and constant.name in _CONSTANTS
        )
