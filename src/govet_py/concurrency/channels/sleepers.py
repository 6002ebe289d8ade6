"""Waits on conditions that nothing ends: nobody signals, or what is waited for comes about and nobody is told.

A loop around `Wait` asks for flags that end it (`for len(q.items) == 0 && !q.closed`). Who sets such a flag must wake
those who wait for this very condition, in the function itself or in one around it: what wakes them for other reasons
may never come again.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.channels.leak_model import Leak, Place, Why
from govet_py.concurrency.channels.wake_goals import Goals
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Named, deref

MAX_CALLERS = 3


def sleepers(code: Code, calls: CallGraph) -> Iterator[Leak]:
    """One finding a wait that nobody ends, or a write that nobody is told of."""
    wakes = {place: _condition(code, *place) for name in sorted(knows.WAKE) for place in calls.named(name)}
    told: set[Place] = set()
    goals = Goals(code, calls)
    for place in (place for name in sorted(knows.SLEEP) for place in calls.named(name)):
        member = _condition(code, *place)
        if member is None:
            continue
        if member not in wakes.values():
            if None not in wakes.values() or _has_one_name(code, member):
                yield Leak(Why.UNSIGNALLED, place, str(member), (), ())
            continue
        wakers = {id for (id, _), woken in wakes.items() if woken in (member, None)}
        for leak in _unwoken(code, calls, goals, place, wakers):
            if leak.at not in told:
                told.add(leak.at)
                yield leak


def _has_one_name(code: Code, member: Member) -> bool:
    """Whether a condition is only ever used by the name of its field: nobody can signal it by another."""
    if not member.owner or member.name[:1].isupper():
        return False
    for id in code.ids():
        frame = code.function(id)
        for register, step in enumerate(frame.code) if frame.package == member.package else ():
            if isinstance(step, ir.FieldAddr) and step.name == member.name:
                return False
            if isinstance(step, ir.Selector) and step.name == member.name:
                users = (frame.code[at] for at in uses_of(frame).get(register, ()))
                if not all(isinstance(user, ir.Selector | ir.SetField) and user.base == register for user in users):
                    return False
    return True


def _condition(code: Code, function: str, register: int) -> Member | None:
    """The field or package variable of a condition."""
    frame = code.function(function)
    callee = frame.callee(register)
    return member_of(code.program, frame, callee.receiver) if isinstance(callee, p.Static) else None


# -- flags that are set without waking anybody -----------------------------------------------------


def _unwoken(code: Code, calls: CallGraph, goals: Goals, wait: Place, wakers: set[str]) -> Iterator[Leak]:
    """The writes that would end a wait, in functions that wake nobody, nor do their callers."""
    for goal in dict.fromkeys(goals.of(code.function(wait[0]), wait[1])):
        for writer, register in goals.writes(goal):
            if not _makes(writer, goal.member) and not _wakes(calls, writer.body_id, wakers):
                yield Leak(Why.UNWOKEN, (writer.id, register), str(goal.member), (), (wait,))


def _makes(function: FunctionCode, flag: Member) -> bool:
    """Whether a function makes an object of the kind that has the flag, so that nobody waits for it yet."""
    owner = Named(flag.package, flag.owner)
    return any(deref(function.type_of(register)) == owner for register in function.of_kind(ir.Composite, ir.Zero))


def _wakes(calls: CallGraph, function: str, wakers: set[str]) -> bool:
    """Whether a function comes to what wakes those who wait, or one of its callers does so itself."""
    if not wakers.isdisjoint(node for node in calls.reachable([function]) if isinstance(node, str)):
        return True
    around = {function}
    for _ in range(MAX_CALLERS):
        around |= {caller.body_id for one in around for caller, _ in calls.sites(one)}
    return any(waker.partition("$")[0] in around for waker in wakers)
