"""Channels of objects that one function makes, or gets from their constructor, uses, and drops.

Where that function, or the method that receives for it, stops while more may come, the senders that the object has
started wait for ever: nobody else has the object. Code that is not in view may do so with other objects of the type.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import literal_fields
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_frames import Frame, blocks
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.leaving import Leave, Leaving
from govet_py.concurrency.channels.runs import How, Runs, Use
from govet_py.concurrency.channels.subjects import Subject, channel_of, is_given_away
from govet_py.concurrency.channels.unclosed import end_of, has_work_after
from govet_py.model import ir
from govet_py.model import program as p

MAX_DEPTH = 5
MAX_HOPS = 6


class _Way(NamedTuple):
    """How a function runs below another one: `started` as a goroutine, `many` of them, `again` and again on one of
    them; `call` is the register there."""

    started: bool
    many: bool
    again: bool
    call: int


class _Owner(NamedTuple):
    """A function that keeps an object in a variable of its own."""

    code: FunctionCode
    var: int


def left_behind(code: Code, runs: Runs, channels: list[Channel]) -> Iterator[Blocked]:
    """One finding a channel: its senders are left behind, or the owner waits for an end that nobody tells."""
    for channel in channels:
        if channel.members and channel.capacity is not None:
            uses = runs.uses(channel.root.function)
            for owner in (_maker(code, runs, channel), *(_owner(code, use) for use in uses)):
                if owner is not None and not owner.code.is_main:
                    yield from _left(code, runs, channel, owner)
                    yield from _unclosed(code, runs, channel, owner)


def _unclosed(code: Code, runs: Runs, channel: Channel, owner: _Owner) -> Iterator[Blocked]:
    """The ranges that only a close would end, when all senders have come to their end: work of the owner comes behind
    them, or it defers them. A loop that is all there is may be meant to run on."""
    sends = [(op, way) for op in channel.of(OpKind.SEND) for way in _ways(code, runs, op, owner.code.id)]
    ends = all(way.started and runs.exits(code.function(op.function)).reach(ir.NONE, ()) for op, way in sends)
    if channel.of(OpKind.CLOSE) or channel.escapes or not sends or not ends:
        return
    for op in channel.of(OpKind.RECEIVE):
        ways = [way for way in _ways(code, runs, op, owner.code.id) if not way.started]
        receiver = code.function(op.function)
        meant = any(_is_of((op, way), owner) and _is_counted_on(owner, receiver, op, way) for way in ways)
        edge = end_of(receiver, op.register) if meant else None
        if edge is not None and not runs.exits(receiver).reach(op.register, (), (edge,)):
            yield Blocked(channel, op, Why.UNCLOSED, (), ())


def _is_counted_on(owner: _Owner, receiver: FunctionCode, op: Op, way: _Way) -> bool:
    if receiver is owner.code:
        return has_work_after(receiver, op)
    return owner.code.is_deferred(way.call)


def _owner(code: Code, use: Use) -> _Owner | None:
    """Who keeps what a constructor returns to itself."""
    if use.how != How.INLINE or not use.caller:
        return None
    caller = code.function(use.caller)
    for register in caller.of_kind(ir.Store):
        store = caller.code[register]
        assert isinstance(store, ir.Store)
        if store.value == use.register and not is_given_away(caller, Subject(store.var, "", ())):
            var = caller.body.vars[store.var]
            return _Owner(caller, store.var) if var.kind == ir.VarKind.LOCAL and not var.captured else None
    return None


def _maker(code: Code, runs: Runs, channel: Channel) -> _Owner | None:
    """The function that makes a channel, if it puts it into an object of its own and keeps that to itself."""
    maker = code.function(channel.root.function)
    for register in maker.of_kind(ir.Store, ir.SetField):
        step = maker.code[register]
        if isinstance(step, ir.Store):
            holder = step.var if _is_in_literal(code, maker, channel.root.register, step.value) else ir.NONE
        else:
            assert isinstance(step, ir.SetField)
            base = maker.code[step.base]
            is_put = step.value == channel.root.register and isinstance(base, ir.Load | ir.Addr)
            holder = base.var if is_put and isinstance(base, ir.Load | ir.Addr) else ir.NONE
        if holder != ir.NONE and _keeps(code, runs, maker, holder):
            return _Owner(maker, holder)
    return None


def _is_in_literal(code: Code, maker: FunctionCode, channel: int, literal: int) -> bool:
    """Whether a struct literal, or one inside it, has a channel."""
    return any(
        value == channel or _is_in_literal(code, maker, channel, value)
        for _, value in literal_fields(code.program, maker, literal)
    )


def _keeps(code: Code, runs: Runs, maker: FunctionCode, var: int) -> bool:
    """Whether a local variable's object is neither given away nor used by literals that run nobody knows when."""
    declared = maker.body.vars[var]
    if declared.kind != ir.VarKind.LOCAL or declared.owner != maker.index:
        return False
    if is_given_away(maker, Subject(var, "", ())):
        return False
    users = [index for index in range(len(maker.body.functions)) if index != maker.index and declared.captured]
    inner = [code.sibling(maker, index) for index in users]
    uses = [use for one in inner if _reads(one, var) for use in runs.uses(one.id)]
    return all(use.how != How.UNKNOWN for use in uses)


def _reads(function: FunctionCode, var: int) -> bool:
    return any(function.code[at].var == var for at in function.of_kind(ir.Load, ir.Addr))  # type: ignore[union-attr]


def _left(code: Code, runs: Runs, channel: Channel, owner: _Owner) -> Iterator[Blocked]:
    receives = [(op, way) for op in channel.of(OpKind.RECEIVE) for way in _ways(code, runs, op, owner.code.id)]
    closes = [way for op in channel.of(OpKind.CLOSE) for way in _ways(code, runs, op, owner.code.id)]
    if len(receives) != 1 or receives[0][1].started or not all(way.started for way in closes):
        return
    for op in channel.of(OpKind.SEND) if _is_of(receives[0], owner) else ():
        ways = [way for way in _ways(code, runs, op, owner.code.id) if way.started]
        many = any(way.many or way.again for way in ways)
        if not ways or not many or not blocks(code, op):
            continue
        ends = any(runs.may_end_with(one.function, one.register) for one in channel.of(OpKind.SEND))
        one = ends and not any(way.many for way in ways)
        receiver, leaves = _leaves(code, runs, owner, receives[0], one)
        if leaves:
            at = tuple((receiver.id, leave.register) for leave in leaves)
            yield Blocked(channel, op, Why.EARLY, ((owner.code.id, ways[0].call),), at)
            return


def _leaves(
    code: Code, runs: Runs, owner: _Owner, receive: tuple[Op, _Way], one_sender: bool
) -> tuple[FunctionCode, list[Leave]]:
    """Who goes round to receive, the function that does or the owner that calls it, and how it stops although more
    may come."""
    (_, function, register, case), way = receive
    receiver = code.function(function)
    if not runs.is_repeated(receiver, register):
        callee = owner.code.callee(way.call) if way.again and receiver is not owner.code else None
        if not isinstance(callee, p.Static) or callee.function != function:
            return receiver, []
        receiver, register, case = owner.code, way.call, ir.NONE
    leaving = Leaving(receiver, runs.exits(receiver), register, case)
    ends = Frame(code, runs, receiver.id, []).completions(register)
    return receiver, leaving.leaves((), ends, one_sender)


def _ways(code: Code, runs: Runs, op: Op, top: str) -> list[_Way]:
    """The ways from a function down to an operation, whatever other ways there are."""
    found: list[_Way] = []
    again = runs.is_repeated(code.function(op.function), op.register)
    work = [(op.function, _Way(False, False, again, op.register), 0)]
    seen: set[tuple[str, bool, bool, bool]] = set()
    while work:
        function, way, depth = work.pop()
        if function == top:
            found.append(way)
            continue
        if depth > MAX_DEPTH or (function, *way[:-1]) in seen:
            continue
        seen.add((function, *way[:-1]))
        for use in runs.uses(function):
            if use.caller:
                started = way.started or use.how in (How.STARTED, How.UNKNOWN)
                repeats = runs.is_repeated(code.function(use.caller), use.register)
                many = way.many or (started and repeats)
                again = way.again or repeats or use.repeated or use.callback
                work.append((use.caller, _Way(started, many, again, use.register), depth + 1))
    return found


def _is_of(receive: tuple[Op, _Way], owner: _Owner) -> bool:
    """Whether the channel that is received from is one of the owner's object."""
    op, way = receive
    if op.function == owner.code.id:
        return _is_read_from(owner.code, channel_of(owner.code, op), owner.var)
    callee = owner.code.callee(way.call)
    return isinstance(callee, p.Static) and _is_read_from(owner.code, callee.receiver, owner.var)


def _is_read_from(code: FunctionCode, register: int, var: int) -> bool:
    """Whether a register was read from the object that a variable holds, by fields, methods and copies."""
    for _ in range(MAX_HOPS):
        step = code.code[register] if register >= 0 else None
        match step:
            case ir.Load() | ir.Addr():
                if step.var == var:
                    return True
                register = code.value_of(step.var)
            case ir.Call():
                callee = code.callee(register)
                register = callee.receiver if isinstance(callee, p.Static) else ir.NONE
            case ir.Selector() | ir.FieldAddr() | ir.Deref():
                register = step.base
            case _:
                return False
    return False
