"""Groups and channels that wait for each other: nobody can go on.

One who waits for a group before closing a channel, while a counted goroutine ranges over it until it is
closed; and one who waits for a group before receiving, while the counted goroutines send without a buffer.
The goroutine may do so in functions that it calls with the channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.arguments import Arguments, Values
from govet_py.callgraph.callgraph import CallGraph, Reason
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.parameters import parameter_of
from govet_py.callgraph.uses import deferred_literals
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.channels.channel_flow import ChannelFlow
from govet_py.concurrency.channels.channel_model import Channel, OpKind
from govet_py.concurrency.flow.conditions import closed_branch, error_blocks
from govet_py.concurrency.obligations.group_wrappers import GroupWrappers, Wrapped
from govet_py.concurrency.obligations.wait_groups import Op, WaitGroups
from govet_py.model import ir
from govet_py.model.concurrency import FunctionValue, Path

MAX_DEPTH = 3
Place = tuple[str, int]


class Cycle(NamedTuple):
    """`wait` stands before `after` (a close, or a receive), and `blocked` (a range, or a send), in a goroutine that
    the group counts, waits for that. `sure`: the goroutine has no other end, not even by an error."""

    wait: Place
    after: Place
    blocked: Place
    closes: bool
    sure: bool


class Counted(NamedTuple):
    """A goroutine that a group counts. `start` is the go statement that gives it its arguments, if it takes any."""

    code: FunctionCode
    start: tuple[FunctionCode, int] | None = None


class Cycles:
    """The cycles of a program, body by body."""

    def __init__(
        self, code: Code, values: ValueAnalysis, calls: CallGraph, groups: WaitGroups, flow: ChannelFlow
    ) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._groups = groups
        self._flow = flow
        self._wrappers = GroupWrappers(code, values, calls, groups)

    def all(self) -> Iterator[Cycle]:
        """Every cycle, one a wait."""
        for wait in self._waits():
            code = self._code.function(wait.function)
            call = code.code[wait.register]
            if isinstance(call, ir.Call) and call.mode == ir.Mode.CALL:
                counted = [one for one in self._counted(code, wait) if one.code is not code]
                found = next(self._cycles(code, wait, counted), None) if counted else None
                if found is not None:
                    yield found

    def _waits(self) -> Iterator[Wrapped]:
        for id in sorted(self._groups.calls):
            for wait in self._groups.of(id, Op.WAIT):
                yield Wrapped(id, wait.register, wait.path)
        yield from self._wrappers.waits

    # -- who is counted --------------------------------------------------------------------------------

    def _counted(self, code: FunctionCode, wait: Wrapped) -> Iterator[Counted]:
        """The literals of the body that call Done at their end or that the group starts, and the functions that
        go statements of the body start with the group."""
        for index in range(1, len(code.body.functions)):
            inner = self._code.sibling(code, index)
            dones = [done for done in self._groups.dones(inner) if done.path == wait.path]
            if dones and all(_ends_with(inner, done.register) for done in dones):
                yield Counted(inner)
        for start in self._starts(code):
            if start.path == wait.path:
                values = self._values.of(self._code.function(start.function), start.started)
                ids = [value.function for value in values if isinstance(value, FunctionValue)]
                yield from (Counted(self._code.function(i)) for i in ids if i.startswith(f"{code.body_id}$"))
        for index in range(len(code.body.functions)):
            yield from self._started(self._code.sibling(code, index), wait)

    def _starts(self, code: FunctionCode) -> Iterator[Wrapped]:
        """The starts of functions on groups in a body."""
        for id, start in self._groups.in_body(code, Op.GO):
            call = self._code.function(id).code[start.register]
            if isinstance(call, ir.Call) and call.args:
                yield Wrapped(id, start.register, start.path, call.args[0])
        yield from self._wrappers.starts.get(code.body_id, ())

    def _started(self, code: FunctionCode, wait: Wrapped) -> Iterator[Counted]:
        """The declared functions that go statements start with the group, or on the object that has it."""
        for edge in self._calls.edges.get(code.id, ()):
            target = self._code.get(edge.target) if edge.mode == ir.Mode.GO and isinstance(edge.target, str) else None
            if target is None or target.index != 0:
                continue
            dones = [done.path for done in self._groups.dones(target) if _ends_with(target, done.register)]
            for known in self._values.targets(code, edge.site) if dones else ():
                arguments = self._values.arguments(code, edge.site, known)
                if any(wait.path in _in_caller(target, path, arguments) for path in dones):
                    yield Counted(target, (code, edge.site))

    # -- what it waits for -----------------------------------------------------------------------------

    def _cycles(self, code: FunctionCode, wait: Wrapped, counted: list[Counted]) -> Iterator[Cycle]:
        for channel in self._channels.get(code.body_id, ()):
            ours = {goroutine.code.id for goroutine in counted}
            if channel.escapes or channel.returned or channel.members:
                continue
            for goroutine in counted:
                for id in self._runs(goroutine, channel):
                    yield from self._until_closed(code, wait, channel, id)
                    yield from self._until_received(code, wait, channel, id, ours)

    @cached_property
    def _channels(self) -> dict[str, list[Channel]]:
        """The channels that each declaration makes."""
        found: dict[str, list[Channel]] = {}
        for channel in self._flow.channels:
            body_id = self._code.function(channel.root.function).body_id
            found.setdefault(body_id, []).append(channel)
        return found

    def _runs(self, goroutine: Counted, channel: Channel) -> Iterator[str]:
        """The functions that a goroutine runs and in which the channel is used: itself, and what it calls with it."""
        if goroutine.start is not None and not self._is_given(*goroutine.start, channel):
            return
        seen, work = {goroutine.code.id}, [(goroutine.code, 0)]
        for code, depth in work:
            if code.id in channel.functions:
                yield code.id
            literal = goroutine.start is None and depth == 0
            for edge in self._calls.edges.get(code.id, ()) if depth < MAX_DEPTH else ():
                target = edge.target if edge.reason == Reason.STATIC and edge.mode == ir.Mode.CALL else None
                if isinstance(target, str) and target in channel.functions and target not in seen:
                    if not literal or self._is_given(code, edge.site, channel):
                        seen.add(target)
                        work.append((self._code.function(target), depth + 1))

    def _is_given(self, code: FunctionCode, call: int, channel: Channel) -> bool:
        step = code.code[call]
        assert isinstance(step, ir.Call)
        return any(Path(channel.root) in self._values.paths(code, argument) for argument in step.args)

    def _until_closed(self, code: FunctionCode, wait: Wrapped, channel: Channel, id: str) -> Iterator[Cycle]:
        closes = [(op.function, op.register) for op in channel.of(OpKind.CLOSE)]
        if not closes or not all(self._is_after(code, wait, place) for place in closes):
            return
        goroutine = self._code.function(id)
        for op in channel.of(OpKind.RECEIVE):
            ends = _other_ends(goroutine, op.register) if op.function == id else None
            if ends is not None and ends <= error_blocks(goroutine):
                step = goroutine.code[op.register]
                at = step.range if isinstance(step, ir.Next) else op.register
                yield Cycle((code.id, wait.register), closes[0], (id, at), True, not ends)

    def _until_received(
        self, code: FunctionCode, wait: Wrapped, channel: Channel, id: str, counted: set[str]
    ) -> Iterator[Cycle]:
        receives = [(op.function, op.register) for op in channel.of(OpKind.RECEIVE)]
        if channel.capacity != 0 or not receives:
            return
        if all(self._is_after(code, wait, place) for place in receives):
            for op in channel.of(OpKind.SEND):
                if op.function == id and op.case == ir.NONE:
                    yield Cycle((code.id, wait.register), receives[0], (id, op.register), False, id in counted)

    def _is_after(self, code: FunctionCode, wait: Wrapped, place: Place) -> bool:
        """Whether a place comes after the wait, and never before it."""
        function, register = place
        if function != code.id:
            return any(literal_id(code.body_id, index) == function for index in deferred_literals(code))
        if code.is_deferred(register):
            return True
        at, end = code.block_of(register), code.block_of(wait.register)
        if at == end:
            return register > wait.register and not code.reaches(register, end)
        return code.reaches(wait.register, at) and not code.reaches(register, end)


def _in_caller(code: FunctionCode, path: Path, arguments: Arguments) -> Values:
    """What a path that begins at a parameter of a function is where it is called."""
    at = parameter_of(code, path)
    return arguments.member(at, path.fields) if at is not None else ()


def _ends_with(code: FunctionCode, done: int) -> bool:
    """Whether Done is deferred, or comes after all loops."""
    return code.is_deferred(done) or code.loop_of(done) == ir.NONE


def _other_ends(code: FunctionCode, receive: int) -> frozenset[int] | None:
    """The blocks by which a loop that receives ends before the channel is closed; None for what is no such loop."""
    loop, step = code.loop_of(receive), code.code[receive]
    closed = closed_branch(code, receive) if isinstance(step, ir.Recv) else ir.NONE
    if loop == ir.NONE or closed is None or not isinstance(step, ir.Recv | ir.Next):
        return None
    header = code.function.loops[loop].header
    found = set()
    for index, block in enumerate(code.function.blocks):
        if not code.inside(block.loop, loop) or (index == header and isinstance(step, ir.Next)):
            continue
        outside = [next_ for next_ in block.succs if not code.inside(code.function.blocks[next_].loop, loop)]
        leaves = any(next_ != closed for next_ in outside) or isinstance(code.code[block.end - 1], ir.Return | ir.Stop)
        if leaves and index != closed and (closed == ir.NONE or index == header or code.leads(header, index, closed)):
            found.add(index)
    return frozenset(found)
