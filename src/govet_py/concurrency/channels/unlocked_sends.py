"""Channels of a registry that are closed under its lock, and sent on without it.

A sender that has taken the elements of the registry under the lock, by a copy or a lookup, and gives the lock back
before it sends, meets what has been closed meanwhile. Who takes the element out as well has it to himself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.callgraph.parameters import argument_above
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.channels.channel_model import Channel, Closed, Closing, Op, OpKind
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.subjects import channel_of
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.lent_locks import NO_GUARDS, Guards
from govet_py.knowledge.concurrency import CALLER_LOCKS, WAIT
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Map, Slice

MAX_CALLERS = 3


class _Way(NamedTuple):
    """How a send comes by its channel: from `register` of `function`, by calls down from there. `held`: the locks, by
    member, that it holds when it sends."""

    function: FunctionCode
    register: int
    held: frozenset[Member]


class UnlockedSends:
    """Sends that may come after a close, of channels that a locked registry leads to."""

    def __init__(
        self, code: Code, calls: CallGraph, runs: Runs, slices: Slices, guards: GuardedMembers,
        meet: Callable[[str, str], bool],
    ) -> None:
        """`meet` tells whether two functions may run on different goroutines."""
        self._code = code
        self._calls = calls
        self._runs = runs
        self._slices = slices
        self._guards = guards
        self._meet = meet

    def find(self, channels: list[Channel]) -> Iterator[Closing]:
        """One finding a send."""
        told: set[Op] = set()
        for channel in channels:
            closes = [
                close
                for close in channel.of(OpKind.CLOSE)
                if self._locks(close) and not self.waits_before(channel, close)
            ]
            for send in channel.of(OpKind.SEND) if closes and channel.members else ():
                met = None if send in told or self.is_safe(send) else self._met(send, closes)
                if met is not None:
                    told.add(send)
                    yield Closing(channel, send, met, Closed.UNLOCKED)

    def _locks(self, op: Op) -> frozenset[Member]:
        return _members(self._guards.at(self._code.function(op.function), op.register))

    def is_safe(self, send: Op) -> bool:
        """Reports whether a sender catches the panic, or says by its name that its callers hold the lock."""
        function = self._code.function(send.function)
        named = self._code.program.functions[function.body_id].name.endswith(CALLER_LOCKS)
        return named or self._runs.recovers(send.function)

    def held(self, op: Op) -> frozenset[Member]:
        """The locks that are held at a send or close, by member: those of its function, and of all its callers."""
        return self._locks(op)

    def waits_before(self, channel: Channel, close: Op) -> bool:
        """Reports whether a close comes after a wait for others."""
        return self._waits_before(channel, close.function, close.register)

    def _met(self, send: Op, closes: list[Op]) -> Op | None:
        """A close that a send may come after: of what both have from one registry, with no lock in common."""
        function = self._code.function(send.function)
        taken = _members(self._guards.taken(function, send.register))
        for way in self._ways(function, channel_of(function, send), taken, MAX_CALLERS):
            for close in closes:
                locks = self._locks(close)
                if not way.held & locks and self._meet(way.function.id, close.function):
                    if any(self._is_taken_from(way, self._beside(close, lock), lock) for lock in sorted(locks)):
                        return close
        return None

    # -- where a channel comes from ----------------------------------------------------------------

    def _ways(self, function: FunctionCode, channel: int, held: frozenset[Member], depth: int) -> Iterator[_Way]:
        """The ways that a channel, or the object that has it, comes to where it is sent on: through parameters."""
        field = function.code[channel]
        register = field.base if isinstance(field, ir.Selector) else channel
        load = function.code[register]
        params = function.function.params
        if depth and isinstance(load, ir.Load) and load.var in params:
            for caller, site in self._calls.sites(function.id):
                call, given = caller.code[site], argument_above(function, caller, site, params.index(load.var))
                if isinstance(call, ir.Call) and call.mode != ir.Mode.GO and given != ir.NONE:
                    more = held | _members(self._guards.taken(caller, site))
                    yield from self._ways(caller, given, more, depth - 1)
        else:
            yield _Way(function, register, held | _members(self._guards.entry.get(function.id, NO_GUARDS)))

    def _beside(self, close: Op, lock: Member) -> set[Member]:
        """The maps and slices beside a lock that the channel of a close was found in, or is taken out of."""
        function = self._code.function(close.function)
        channel = channel_of(function, close)
        found = {
            member
            for way in self._ways(function, channel, frozenset(), MAX_CALLERS)
            for member, _, _ in self._read(way)
        }
        found.update(self._taken_out(function))
        return {one for one in found if (one.package, one.owner) == (lock.package, lock.owner)}

    def _read(self, way: _Way) -> Iterator[tuple[Member, FunctionCode, int]]:
        """The members with elements that a channel comes from, and where they are read."""
        for id, register in self._slices.places(way.function, way.register):
            reader = self._code.function(id)
            if isinstance(reader.code[register], ir.Selector | ir.Name):
                member = member_at(self._code.program, reader, register)
                shape = self._code.program.underlying(reader.type_of(register))
                if member is not None and isinstance(shape, Map | Slice):
                    yield member, reader, register

    def _is_taken_from(self, way: _Way, registries: set[Member], lock: Member) -> bool:
        """Whether a sender has its channel from a registry that is read under a lock, and leaves it there."""
        for member, reader, register in self._read(way) if registries else ():
            locked = lock in _members(self._guards.at(reader, register))
            if member in registries and locked and member not in self._taken_out(reader):
                return True
        return False

    def _taken_out(self, function: FunctionCode) -> Iterator[Member]:
        """The maps and slices that a function takes elements out of, or sets anew."""
        for register in function.of_kind(ir.Call, ir.SetField, ir.SetName):
            call = function.code[register]
            builtin = function.callee(register) if isinstance(call, ir.Call) else None
            removes = isinstance(builtin, p.BuiltinCall) and builtin.name in ("delete", "clear")
            member = None
            if not isinstance(call, ir.Call):
                member = member_at(self._code.program, function, register)
            elif removes:
                member = member_of(self._code.program, function, call.args[0])
            if member is not None:
                yield member

    def _waits_before(self, channel: Channel, id: str, register: int, depth: int = MAX_CALLERS) -> bool:
        """Whether a function, or each of its callers, waits for others before: for the senders, it is assumed. What
        comes from the channel itself, or by a call as the end of a context does, says nothing of them."""
        function = self._code.function(id)
        for at in function.of_kind(ir.Recv, ir.Call):
            step, callee = function.code[at], function.callee(at) if isinstance(function.code[at], ir.Call) else None
            waits = p.is_one_of(callee, WAIT)
            if isinstance(step, ir.Recv) and not isinstance(function.code[step.chan], ir.Call):
                waits = Op(OpKind.RECEIVE, id, at) not in channel.ops
            if waits and at < register:
                return True
        above = [use for use in self._runs.uses(id) if use.caller and use.how != How.STARTED] if depth else []
        return bool(above) and all(self._waits_before(channel, use.caller, use.register, depth - 1) for use in above)


def _members(guards: Guards) -> frozenset[Member]:
    return frozenset(member for member, _ in guards)

