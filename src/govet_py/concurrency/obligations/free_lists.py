"""Things of a pool that is a channel: taken by a receive, given back by a send.

A function that receives from a channel and sends what it got, or an empty one in its place, on the same channel or on
one that it receives from as well, owes it. Told are ways out on which it fails without, while it does so on another
way on which it fails and hands the thing out otherwise, or on every way on which it does not fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.uses import sends_of, uses_of
from govet_py.concurrency.describe import expression
from govet_py.concurrency.flow.control import case_start
from govet_py.concurrency.flow.obligations import DISCHARGED, Duty, Exit, Obligations, fails
from govet_py.concurrency.flow.path_facts import TRUE
from govet_py.concurrency.obligations.lending import handed_on
from govet_py.concurrency.obligations.semaphores import SlotLeak
from govet_py.concurrency.obligations.watchdogs import mentions
from govet_py.knowledge.releases import RELEASE_VERBS
from govet_py.model import ir
from govet_py.model.types import Named, deref


class _Taking(NamedTuple):
    """The thing is received at `register`, from what is called `name`, and surely there from `held` on."""

    register: int
    held: int
    channel: Member
    name: str


def pool_leaks(program: Code) -> Iterator[SlotLeak]:
    """Every leak, by function and variable."""
    for id in program.ids():
        code = program.function(id)
        given = list(_given(program, code)) if code.of_kind(ir.Send, ir.Select) else []
        for var, takings in _taken(program, code).items() if given else ():
            channels = {one.channel for one in takings}
            back = {at for at, channel, value in given if channel in channels and _is_of(code, value, var)}
            if back:
                yield from _judged(program, code, var, takings, back)


def handed_out(program: Code, code: FunctionCode) -> Iterator[Member]:
    """The fields and package variables from which a function receives what it returns."""
    for at in code.of_kind(ir.Return):
        step = code.code[at]
        if isinstance(step, ir.Return) and step.results and isinstance(deref(code.type_of(step.results[0])), Named):
            _, channel, _ = _received(code, code.source(step.results[0]))
            member = member_of(program.program, code, channel) if channel != ir.NONE else None
            if member is not None:
                yield member


def put_into(program: Code, code: FunctionCode) -> Iterator[Member]:
    """The channels on which a function sends."""
    return (channel for _, channel, _ in _given(program, code))


def _taken(program: Code, code: FunctionCode) -> dict[int, list[_Taking]]:
    """What a function receives from fields and package variables, by the variable that keeps it."""
    found: dict[int, list[_Taking]] = {}
    for register in code.of_kind(ir.Store):
        store = code.code[register]
        assert isinstance(store, ir.Store)
        at, channel, held = _received(code, store.value)
        member = member_of(program.program, code, channel) if channel != ir.NONE else None
        if member is not None:
            found.setdefault(store.var, []).append(_Taking(at, held, member, expression(code, channel)))
    return found


def _received(code: FunctionCode, register: int) -> tuple[int, int, int]:
    """The receive that a value comes from, its channel (NONE: it does not), and where it surely has happened."""
    value = code.code[register]
    at, index = (value.tuple, value.index) if isinstance(value, ir.Extract) else (register, 0)
    step = code.code[at]
    if isinstance(step, ir.Recv) and index == 0:
        return at, step.chan, at
    if isinstance(step, ir.Select) and index % 2 == 0:
        return at, step.cases[index // 2].chan, case_start(code, at, index // 2)
    return at, ir.NONE, at


def _given(program: Code, code: FunctionCode) -> Iterator[tuple[int, Member, int]]:
    """Where a function sends on fields and package variables, and what."""
    for register in code.of_kind(ir.Send, ir.Select):
        for channel, value, case in sends_of(code.code[register]):
            member = member_of(program.program, code, channel)
            if member is not None:
                yield case_start(code, register, case), member, value


def _is_of(code: FunctionCode, value: int, var: int) -> bool:
    """Whether a value is what a variable holds, or an empty one of its type."""
    step = code.code[value]
    if isinstance(step, ir.Composite):
        return not step.values and code.type_of(value) == code.types.var_type(var)
    return isinstance(step, ir.Load) and step.var == var


def _judged(
    program: Code, code: FunctionCode, var: int, takings: list[_Taking], back: set[int]
) -> Iterator[SlotLeak]:
    ended, deferred = _ended(program, code, var)
    acquires = dict.fromkeys((one.held for one in takings), None)
    exits = Obligations(program, code, Duty(acquires, frozenset(back | ended), frozenset(deferred))).exits()
    nothing = {((TRUE, ("variable", ok)), False) for ok in _answers(code, takings)}
    left = (exit for exit in exits if exit.leaks and not exit.again and fails(code, exit))
    held = tuple(exit for exit in left if not nothing & exit.facts)
    if held and _owes(code, var, Obligations(program, code, Duty(acquires, frozenset(back))).exits()):
        first, thing = takings[0], code.body.vars[var].name
        yield SlotLeak(code.id, first.name, code.site(first.register), held, tuple(sorted(back)), False, thing)


def _owes(code: FunctionCode, var: int, exits: list[Exit]) -> bool:
    """Whether the function shows that the thing belongs back: by putting it there itself unless it fails, or where it
    fails if it hands it out otherwise."""
    ends = [exit for exit in exits if not exit.again]
    failing = {exit for exit in ends if fails(code, exit)}
    others = [exit for exit in ends if exit not in failing and exit.status]
    if others and all(exit.status & DISCHARGED for exit in others):
        return True
    returned = any(_returns(code, exit.register, var) for exit in others)
    return returned and any(exit.status & DISCHARGED for exit in failing)


def _ended(program: Code, code: FunctionCode, var: int) -> tuple[set[int], set[int]]:
    """Where a thing is closed, or handed to somebody who may put it back; and the deferred ones of these."""
    uses = uses_of(code)
    ended, deferred = set(handed_on(program, code, var)), set[int]()
    for register, step in enumerate(code.code):
        if isinstance(step, ir.MakeClosure) and mentions(code, step.function, var):
            late = any(map(code.is_deferred, uses.get(register, ())))
            (deferred if late else ended).add(register)
        elif isinstance(step, ir.Selector) and _is_below(code, register, var):
            for use in uses.get(register, ()):
                call = code.code[use]
                if isinstance(call, ir.Call) and (register in call.args or step.name in RELEASE_VERBS):
                    (deferred if code.is_deferred(use) else ended).add(use)
    return ended, deferred


def _answers(code: FunctionCode, takings: list[_Taking]) -> Iterator[int]:
    """The variables that say whether the channel was open."""
    received = {one.register for one in takings}
    for register in code.of_kind(ir.Store):
        store = code.code[register]
        value = code.code[store.value] if isinstance(store, ir.Store) else None
        if isinstance(store, ir.Store) and isinstance(value, ir.Extract):
            if value.tuple in received and value.index % 2:
                yield store.var


def _returns(code: FunctionCode, register: int, var: int) -> bool:
    last = code.code[register]
    return isinstance(last, ir.Return) and any(_is_below(code, result, var) for result in last.results)


def _is_below(code: FunctionCode, register: int, var: int) -> bool:
    """Whether a value is what a variable holds, or a field of it."""
    step = code.code[register]
    while isinstance(step, ir.Selector):
        step = code.code[step.base]
    return isinstance(step, ir.Load) and step.var == var
