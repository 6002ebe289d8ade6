"""Channels in fields that are closed to wake up waiters and then set to nil, under a lock the waiters do not take.

A waiter that comes a moment later reads nil, and a receive from a nil channel never ends: it has missed the
wake-up. Waiters that take the channel out of the field under the lock wait for the one that is closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.concurrency.channels.channel_model import Op, OpKind
from govet_py.concurrency.channels.subjects import channel_of
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.model import ir
from govet_py.model.concurrency import LockMode


class Cleared(NamedTuple):
    """The field `member` is closed by `close` and set to nil at `register` of the same function, under `guard`."""

    member: Member
    close: Op
    register: int
    guard: Member


class Missed(NamedTuple):
    """`receive` reads the field without the lock under which it is `cleared`."""

    receive: Op
    cleared: Cleared


class NilChannels:
    """Waits for channels that may just have been taken away."""

    def __init__(self, code: Code, guards: GuardedMembers) -> None:
        self._code = code
        self._guards = guards

    def find(self, closes: list[Op]) -> Iterator[Missed]:
        """The receives that may miss one of `closes`."""
        by_member: dict[Member, Cleared] = {}
        for close in closes:
            for cleared in self._cleared(close):
                by_member.setdefault(cleared.member, cleared)
        packages = {member.package for member in by_member}
        names = {member.name for member in by_member}
        for id in self._code.ids() if by_member else ():
            code = self._code.function(id)
            if code.package in packages:
                yield from self._missed(code, by_member, names)

    def _cleared(self, close: Op) -> Iterator[Cleared]:
        code = self._code.function(close.function)
        channel = channel_of(code, close)
        field = code.code[channel]
        member = member_of(self._code.program, code, channel) if isinstance(field, ir.Selector) else None
        if member is None or not member.owner:
            return
        for register, clear in enumerate(code.code):
            if isinstance(clear, ir.SetField) and clear.name == member.name and register > close.register:
                value = code.code[clear.value]
                if isinstance(value, ir.Const) and value.kind == "nil":
                    held = sorted(guard for guard, mode in self._guards.at(code, register) if mode == LockMode.WRITE)
                    yield from (Cleared(member, close, register, guard) for guard in held[:1])

    def _missed(self, code: FunctionCode, by_member: dict[Member, Cleared], names: set[str]) -> Iterator[Missed]:
        for receive in _receives(code):
            channel = channel_of(code, receive)
            field = code.code[channel]
            if not isinstance(field, ir.Selector) or field.name not in names:
                continue
            member = member_of(self._code.program, code, channel)
            cleared = by_member.get(member) if member is not None else None
            if cleared is not None and cleared.guard not in {guard for guard, _ in self._guards.at(code, channel)}:
                yield Missed(receive, cleared)


def _receives(code: FunctionCode) -> Iterator[Op]:
    """The receives of a function that wait."""
    for register, instruction in enumerate(code.code):
        if type(instruction) is ir.Recv:
            yield Op(OpKind.RECEIVE, code.id, register)
        elif type(instruction) is ir.Select and not instruction.has_default:
            for index, case in enumerate(instruction.cases):
                if case.value == ir.NONE:
                    yield Op(OpKind.RECEIVE, code.id, register, index)
