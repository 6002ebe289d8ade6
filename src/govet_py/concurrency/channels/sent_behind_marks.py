"""Sends behind the test of a mark that says whether the channel is closed, with nothing held from the test to the send.

    if p.isClosed() { return }
    p.idle <- conn              // Close may have set the mark, and closed the channel, since

Who sets the mark closes the channel in the same function, under a lock if the mark is no atomic. A lock that sender
and closer both hold, or a closer that waits for the senders first, keeps them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.concurrency.channels.channel_model import Channel, Closed, Closing, Op, OpKind
from govet_py.concurrency.channels.unlocked_sends import UnlockedSends
from govet_py.concurrency.flow.control import behind_edges, tests
from govet_py.knowledge.atomics import ATOMIC_BOOL, ATOMICS, Does
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import deref
from govet_py.resolve.universe import BOOL

MAX_PARTS = 12


def sent_behind_marks(
    code: Code, sends: UnlockedSends, meet: Callable[[str, str], bool], channels: list[Channel]
) -> Iterator[Closing]:
    """One finding a send."""
    told: set[Op] = set()
    for channel in channels:
        closes = [one for one in channel.of(OpKind.CLOSE) if not sends.waits_before(channel, one)]
        owners = {(member.package, member.owner) for member in channel.members if member.owner}
        for send in channel.of(OpKind.SEND) if closes and owners else ():
            function = code.function(send.function)
            tested = tested_marks(code, function, send.register) if send not in told else set()
            for close in closes if tested and not sends.is_safe(send) else ():
                marks = marks_set(code, code.function(close.function), plain=bool(sends.held(close)))
                marks = {one for one in marks if (one.package, one.owner) in owners}
                apart = send.function == close.function or bool(sends.held(send) & sends.held(close))
                if marks & tested and not apart and meet(send.function, close.function):
                    told.add(send)
                    yield Closing(channel, send, close, Closed.SINCE)
                    break


def marks_set(code: Code, function: FunctionCode, plain: bool = True) -> set[Member]:
    """The flags that a function sets by atomic operations, or (`plain`) by an assignment."""
    sets = function.of_kind(ir.SetField) if plain else ()
    fields = (at for at in sets if _is_mark(code, function, _value(function, at)))
    found: set[Member | None] = {member_at(code.program, function, at) for at in fields}
    for at in function.of_kind(ir.Call):
        callee = function.callee(at)
        known = ATOMICS.get(callee.function) if isinstance(callee, p.Static) else None
        if known is None or known.does == Does.READ or not isinstance(callee, p.Static):
            continue
        if _is_mark(code, function, callee.receiver):
            found.add(member_of(code.program, function, callee.receiver))
    return {one for one in found if one is not None}


def tested_marks(code: Code, function: FunctionCode, register: int) -> set[Member]:
    """The flags whose tests decide whether control comes to an instruction."""
    goal, found = function.block_of(register), set[Member]()
    for block, test in tests(function):
        if any(goal in behind_edges(function, [(block, branch)]) for branch in (0, 1)):
            found.update(asked_marks(code, function, test.cond))
    return found


def asked_marks(code: Code, function: FunctionCode, condition: int, accessors: bool = True) -> Iterator[Member]:
    """The flags that a condition is about: read here, or by a method of the same object that returns them."""
    work = [condition]
    for at in work[:MAX_PARTS]:
        step = function.code[at]
        if isinstance(step, ir.Unary):
            work.append(step.operand)
        elif isinstance(step, ir.Binary) and step.op in ("&&", "||"):
            work.extend((step.left, step.right))
    for at in work:
        step = function.code[at]
        callee = function.callee(at) if isinstance(step, ir.Call) else None
        if isinstance(step, ir.Selector):
            member = member_of(code.program, function, at) if _is_mark(code, function, at) else None
        elif p.is_one_of(callee, ATOMICS) and _is_mark(code, function, callee.receiver):
            member = member_of(code.program, function, callee.receiver)
        else:
            member = None
            target = code.get(callee.function) if isinstance(callee, p.Static) and accessors else None
            for given in _returned(target) if target is not None and target.is_method else ():
                yield from asked_marks(code, target, given, False)  # type: ignore[arg-type]
        if member is not None:
            yield member


def _is_mark(code: Code, function: FunctionCode, register: int) -> bool:
    """Whether a register holds a bool, or one that is kept by sync/atomic."""
    type_ = deref(function.type_of(register)) if register >= 0 else None
    return type_ == ATOMIC_BOOL or (type_ is not None and code.program.underlying(type_) == BOOL)


def _value(function: FunctionCode, register: int) -> int:
    step = function.code[register]
    return step.value if isinstance(step, ir.SetField) else ir.NONE


def _returned(function: FunctionCode) -> Iterator[int]:
    returns = (function.code[at] for at in function.of_kind(ir.Return))
    yield from (one.results[0] for one in returns if isinstance(one, ir.Return) and len(one.results) == 1)
