"""Groups and channels that wait for each other: nobody can go on.

One who waits for a group before closing a channel, while a counted goroutine ranges over it until it is
closed; and one who waits for a group before receiving, while the counted goroutines send without a buffer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.obligations.wait_groups import GroupCall, Op, WaitGroups
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, FunctionValue, Path
from govet_py.model.types import Chan

Place = tuple[str, int]
Channels = Callable[[FunctionCode, int, ir.Instruction], tuple[int, ...]]


class Cycle(NamedTuple):
    """`wait` stands before `after` (a close, or a receive), and `blocked` (a range, or a send), in a goroutine that
    the group counts, waits for that."""

    wait: Place
    after: Place
    blocked: Place
    closes: bool


class Cycles:
    """The cycles of a program, body by body."""

    def __init__(self, code: Code, values: ValueAnalysis, groups: WaitGroups) -> None:
        self._code = code
        self._values = values
        self._groups = groups

    def all(self) -> Iterator[Cycle]:
        """Every cycle, one a wait."""
        for id in sorted(self._groups.calls):
            code = self._code.function(id)
            for wait in self._groups.of(id, Op.WAIT):
                call = code.code[wait.register]
                if isinstance(call, ir.Call) and call.mode == ir.Mode.CALL:
                    counted = [c for c in self._counted(code, wait) if c is not code]
                    found = next((c for c in self._cycles(code, wait, counted)), None)
                    if found is not None:
                        yield found

    def _counted(self, code: FunctionCode, wait: GroupCall) -> list[FunctionCode]:
        """The literals of the body that call Done at their end, or that the group starts."""
        found: list[FunctionCode] = []
        for index in range(1, len(code.body.functions)):
            inner = self._code.sibling(code, index)
            dones = [done for done in self._groups.dones(inner) if done.path == wait.path]
            if dones and all(_ends_with(inner, done.register) for done in dones):
                found.append(inner)
        for id, start in self._groups.in_body(code, Op.GO):
            owner = self._code.function(id)
            call = owner.code[start.register]
            if start.path == wait.path and isinstance(call, ir.Call) and call.args:
                values = self._values.of(owner, call.args[0])
                ids = [value.function for value in values if isinstance(value, FunctionValue)]
                found += [self._code.function(i) for i in ids if i.partition("$")[0] == code.body_id and "$" in i]
        return found

    def _cycles(self, code: FunctionCode, wait: GroupCall, counted: list[FunctionCode]) -> Iterator[Cycle]:
        for goroutine in counted:
            for register, instruction in enumerate(goroutine.code):
                if isinstance(instruction, ir.Range) and _has_no_other_end(goroutine, register):
                    yield from self._until_closed(code, wait, goroutine, register, instruction.base)
                elif isinstance(instruction, ir.Send):
                    yield from self._until_received(code, wait, goroutine, register, instruction.chan)

    def _until_closed(
        self, code: FunctionCode, wait: GroupCall, goroutine: FunctionCode, register: int, chan: int
    ) -> Iterator[Cycle]:
        path = self._path(goroutine, chan)
        closes = self._places(code, path, _closed) if path is not None else []
        if closes and not self._is_shared(code, path) and all(_is_after(code, wait, place) for place in closes):
            yield Cycle((code.id, wait.register), closes[0], (goroutine.id, register), True)

    def _until_received(
        self, code: FunctionCode, wait: GroupCall, goroutine: FunctionCode, register: int, chan: int
    ) -> Iterator[Cycle]:
        path = self._path(goroutine, chan)
        if path is None or not self._is_unbuffered(path) or self._is_shared(code, path):
            return
        receives = self._places(code, path, _received)
        if receives and all(_is_after(code, wait, place) for place in receives):
            yield Cycle((code.id, wait.register), receives[0], (goroutine.id, register), False)

    def _path(self, code: FunctionCode, register: int) -> Path | None:
        paths = self._values.paths(code, register)
        return paths[0] if len(paths) == 1 and isinstance(paths[0].root, AllocRoot) and not paths[0].fields else None

    def _places(self, code: FunctionCode, path: Path | None, kind: Channels) -> list[Place]:
        """Where a body does something to a channel: `kind` tells the operands that it does it to."""
        found: list[Place] = []
        for index in range(len(code.body.functions)):
            inner = self._code.sibling(code, index)
            for register, instruction in enumerate(inner.code):
                if any(self._path(inner, chan) == path for chan in kind(inner, register, instruction)):
                    found.append((inner.id, register))
        return found

    def _is_unbuffered(self, path: Path) -> bool:
        assert isinstance(path.root, AllocRoot)
        made = self._code.function(path.root.function).code[path.root.register]
        return isinstance(made, ir.Call) and len(made.args) == 1

    def _is_shared(self, code: FunctionCode, path: Path | None) -> bool:
        """Whether the channel leaves the body, so that others may close it or receive."""
        return bool(self._places(code, path, _given_away))


def _closed(code: FunctionCode, register: int, instruction: ir.Instruction) -> tuple[int, ...]:
    if isinstance(instruction, ir.Call):
        callee = code.callee(register)
        if isinstance(callee, p.BuiltinCall) and callee.name == "close":
            return instruction.args
    return ()


def _received(code: FunctionCode, register: int, instruction: ir.Instruction) -> tuple[int, ...]:
    if isinstance(instruction, ir.Recv):
        return (instruction.chan,)
    if isinstance(instruction, ir.Range):
        return (instruction.base,)
    if isinstance(instruction, ir.Select):
        return tuple(case.chan for case in instruction.cases if case.value == ir.NONE)
    return ()


def _given_away(code: FunctionCode, register: int, instruction: ir.Instruction) -> tuple[int, ...]:
    match instruction:
        case ir.Call():
            return () if isinstance(code.callee(register), p.BuiltinCall) else instruction.args
        case ir.Return():
            return instruction.results
        case ir.Composite():
            return instruction.values
        case ir.SetField() | ir.SetIndex() | ir.SetName() | ir.SetDeref() | ir.Send():
            return (instruction.value,)
    return ()


def _is_after(code: FunctionCode, wait: GroupCall, place: Place) -> bool:
    """Whether a place comes after the wait, and never before it."""
    function, register = place
    call = code.code[register] if function == code.id else None
    if call is None:
        return False
    if isinstance(call, ir.Call) and call.mode == ir.Mode.DEFER:
        return True
    at, end = code.block_of(register), code.block_of(wait.register)
    if at == end:
        return register > wait.register and not code.reaches(register, end)
    return code.reaches(wait.register, at) and not code.reaches(register, end)


def _ends_with(code: FunctionCode, done: int) -> bool:
    """Whether Done is deferred, or comes after all loops."""
    call = code.code[done]
    deferred = isinstance(call, ir.Call) and call.mode == ir.Mode.DEFER
    return deferred or code.loop_of(done) == ir.NONE


def _has_no_other_end(code: FunctionCode, register: int) -> bool:
    """Whether a range goes on until its channel is closed: nothing inside leaves the loop."""
    following = next((r for r, i in enumerate(code.code) if isinstance(i, ir.Next) and i.range == register), None)
    loop = code.loop_of(following) if following is not None else ir.NONE
    if following is None or loop == ir.NONE:
        return False
    header = code.function.loops[loop].header
    for index, block in enumerate(code.function.blocks):
        inside = code.inside(block.loop, loop)
        if not inside or index == header:
            continue
        last = code.code[block.end - 1]
        leaves = any(not code.inside(code.function.blocks[successor].loop, loop) for successor in block.succs)
        if leaves or isinstance(last, ir.Return | ir.Stop):
            return False
    return isinstance(code.type_of(_base(code, register)), Chan)


def _base(code: FunctionCode, register: int) -> int:
    over = code.code[register]
    assert isinstance(over, ir.Range)
    return over.base
