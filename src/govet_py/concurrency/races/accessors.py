"""Getters and setters: functions that read or write one place under a lock of their own, one step to their caller."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.parameters import parameter_path
from govet_py.callgraph.reaching import is_register
from govet_py.concurrency.flow.dependence import Dependence
from govet_py.concurrency.names import begins_outside
from govet_py.concurrency.races.keys import ANY
from govet_py.concurrency.races.touch import Inner, Touch, is_harmless
from govet_py.knowledge import concurrency as knows
from govet_py.knowledge.atomics import NOTHING, Does
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import HeldLock, LockSet

MAX_ACCESSOR = 120
"""A getter or setter is a small function: what is written on the way of a long one is not what it is called for."""
MAX_CALLS = 2
"""A getter does little else: what one learns on the way of other work is not why it is called."""


class Setting(NamedTuple):
    """What is known of a function besides its touches. `left` are the locks that it leaves held; only members in
    `written` are worth a look. `latches` are flags that are set once and for all, such as `closed`: they say nothing
    of what else the lock guards. `inside`: it is called in a critical section, of which all that it does is part."""

    left: LockSet
    written: Set[Member | None]
    latches: Set[Member | None]
    inside: bool


def exported(program: Code, code: FunctionCode, touches: list[Touch], setting: Setting) -> Iterator[Touch]:
    """What callers see: reads whose value comes back, and writes that no test in the same section decides over."""
    if len(code.code) > MAX_ACCESSOR:
        return
    own = [touch for touch in touches if touch.member in setting.written and setting.left.isdisjoint(touch.guards)]
    dependence = Dependence(program, code)
    plain = code.index > 0 or _other_calls(code, touches) <= MAX_CALLS
    for touch in own:
        if not begins_outside(code, touch.place) or not all(begins_outside(code, lock.path) for lock in touch.guards):
            continue
        useless = not (plain and (touch.guards or setting.inside)) or touch.key == ANY
        if touch.does == Does.READ and (useless or not _comes_back(code, dependence, touch)):
            continue
        if touch.does == Does.WRITE and _retests(code, dependence, touch, touches, setting):
            touch = touch._replace(does=Does.UPDATE)
        yield _outward(code, touch)


def latches(program: Code, found: Mapping[str, list[Touch]]) -> frozenset[Member]:
    """The flags that are set to true, and to nothing else."""
    values: dict[Member, set[str]] = {}
    for id, touches in found.items():
        for touch in touches:
            if touch.does != Does.READ and touch.member is not None and touch.inner is None:
                value = program.function(id).code[touch.value] if touch.value >= 0 else None
                known = value.value if isinstance(value, ir.Const) and value.kind == "bool" else ""
                values.setdefault(touch.member, set()).add(known)
    return frozenset(member for member, set_ in values.items() if set_ == {"true"})


def _other_calls(code: FunctionCode, touches: list[Touch]) -> int:
    """How many calls a function makes besides locks, atomics and what does nothing."""
    own = {touch.register for touch in touches}
    calls = [at for at, use in enumerate(code.code) if isinstance(use, ir.Call) and at not in own]
    callees = [code.callee(at) for at in calls]
    return sum(
        not isinstance(callee, p.BuiltinCall | p.Conversion) and not is_harmless(callee) and not _is_lock(callee)
        for callee in callees
    )


def _is_lock(callee: p.Callee) -> bool:
    return p.is_one_of(callee, knows.ACQUIRE) or p.is_one_of(callee, knows.RELEASE)


def _comes_back(code: FunctionCode, dependence: Dependence, touch: Touch) -> bool:
    """Reports whether the function's result tells what was read: it is computed from it, or chosen by it."""
    derived = dependence.derived((touch.register,))
    returns = [at for at, use in enumerate(code.code) if isinstance(use, ir.Return) and use.results]
    if any(not derived.isdisjoint(_results(code, at)) for at in returns):
        return True
    return any(dependence.controls(branch, at) for branch in dependence.branches(derived) for at in returns)


def _results(code: FunctionCode, register: int) -> tuple[int, ...]:
    instruction = code.code[register]
    return instruction.results if isinstance(instruction, ir.Return) else ()


def _retests(
    code: FunctionCode, dependence: Dependence, write: Touch, touches: list[Touch], setting: Setting
) -> bool:
    """Reports whether the function decides by what it reads itself in the same section whether it writes. A latch
    tells whether something has been done if the function sets it as well."""
    own = {t.member for t in touches if t.does != Does.READ}
    telling = (t for t in touches if t.member not in setting.latches or t.member in own)
    shared = (t for t in telling if t.does != Does.WRITE and begins_outside(code, t.place))
    sections = (t for t in shared if setting.inside or not t.guards.isdisjoint(write.guards))
    return any(
        dependence.controls(branch, write.register)
        for touch in sections
        for branch in dependence.branches(dependence.derived((touch.register,)))
    )


def _outward(code: FunctionCode, touch: Touch) -> Touch:
    guards = frozenset(HeldLock(parameter_path(code, lock.path), lock.mode) for lock in touch.guards)
    position = NOTHING
    value = code.code[touch.value] if touch.value >= 0 else None
    if isinstance(value, ir.Load) and is_register(code.body.vars[value.var]):
        params = code.function.params
        position = params.index(value.var) if value.var in params else NOTHING
    place = parameter_path(code, touch.place)
    inner = touch.inner or Inner(code.id, code.site(touch.register), touch.what)
    return touch._replace(place=place, guards=guards, value=position, inner=inner)
