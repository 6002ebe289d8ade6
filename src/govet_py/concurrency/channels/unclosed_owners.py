"""Goroutines that range over a channel of their object which nobody closes, although the object comes to its end.

That it does is told by who makes such objects: one in each round of a loop, kept nowhere. A goroutine of an object that
is there as long as the process is meant to run on.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.leak_model import Leak, Place, Why
from govet_py.concurrency.channels.runs import How, Runs, Use
from govet_py.concurrency.channels.subjects import Subject, channel_of, is_given_away, subject_name
from govet_py.concurrency.channels.unclosed import end_of
from govet_py.model import ir
from govet_py.model.types import Named, deref


def unclosed_owners(code: Code, runs: Runs, channels: list[Channel]) -> Iterator[Leak]:
    """One finding a goroutine."""
    by_op: dict[Op, list[Channel]] = {}
    for channel in channels:
        for op in channel.of(OpKind.RECEIVE) if channel.members else ():
            by_op.setdefault(op, []).append(channel)
    for op, received in sorted(by_op.items(), key=lambda item: item[0]):
        if all(_is_left_open(channel) for channel in received) and _ends_by_it_only(code, runs, op):
            yield from _leaks(code, runs, op, received)


def _is_left_open(channel: Channel) -> bool:
    hidden = channel.escapes or channel.returned or channel.measured
    return not hidden and bool(channel.of(OpKind.SEND)) and not channel.of(OpKind.CLOSE)


def _ends_by_it_only(code: Code, runs: Runs, op: Op) -> bool:
    """Whether a function has no way out but the end of a range."""
    function = code.function(op.function)
    edge = end_of(function, op.register)
    return edge is not None and not runs.exits(function).reach(ir.NONE, (), (edge,))


def _leaks(code: Code, runs: Runs, op: Op, channels: list[Channel]) -> Iterator[Leak]:
    owners = {Named(member.package, member.owner) for channel in channels for member in channel.members}
    function = code.function(op.function)
    for use in runs.uses(op.function):
        owner = _started_by(code, use, owners)
        if owner is not None and _is_fleeting(code, runs, use, owner):
            start: Place = (use.caller, use.register)
            name = subject_name(function, channel_of(function, op))
            yield Leak(Why.UNTOLD, start, name, (start,), ((op.function, op.register),))
            return


def _started_by(code: Code, use: Use, owners: set[Named]) -> Named | None:
    """The type of the object that starts a goroutine on itself."""
    caller = code.get(use.caller) if use.caller and use.how == How.STARTED else None
    if caller is None or not (caller.is_method or caller.receiver_of(use.register) >= 0):
        return None
    if caller.is_method:
        outer = code.function(caller.body_id)
        found = deref(outer.types.var_type(outer.function.params[0]))
    else:
        found = deref(caller.type_of(caller.receiver_of(use.register)))
    return found if isinstance(found, Named) and found in owners else None


def _is_fleeting(code: Code, runs: Runs, start: Use, owner: Named) -> bool:
    """Whether a loop makes an object in each round, and nothing ever keeps one."""
    maker = code.function(start.caller)
    makes = [use for use in runs.uses(maker.id) if not maker.is_method and maker.index == 0]
    return any(_is_dropped(code, runs, use) for use in makes) and not _is_kept(code, owner)


def _is_dropped(code: Code, runs: Runs, use: Use) -> bool:
    caller = code.get(use.caller) if use.caller and use.how == How.INLINE else None
    if caller is None or not runs.is_repeated(caller, use.register):
        return False
    stores = (caller.code[at] for at in caller.of_kind(ir.Store))
    names = [one.var for one in stores if isinstance(one, ir.Store) and one.value == use.register]
    return not any(is_given_away(caller, Subject(var, "", ())) for var in names)


def _is_kept(code: Code, owner: Named) -> bool:
    """Whether some object of a type is put into a field, a container or a channel."""
    for function in (code.function(id) for id in code.ids()):
        for at in function.of_kind(ir.SetField, ir.SetIndex, ir.SetName, ir.Send, ir.Composite, ir.Call):
            if any(deref(function.type_of(value)) == owner for value in _put(function, at)):
                return True
    return False


def _put(function: FunctionCode, register: int) -> tuple[int, ...]:
    """The values that an instruction puts somewhere, the arguments of `append` among them."""
    step = function.code[register]
    match step:
        case ir.SetField() | ir.SetIndex() | ir.SetName() | ir.Send():
            return (step.value,)
        case ir.Composite():
            return step.values
        case ir.Call():
            callee = function.code[step.callee]
            return step.args[1:] if isinstance(callee, ir.Name) and callee.name == "append" else ()
    return ()
