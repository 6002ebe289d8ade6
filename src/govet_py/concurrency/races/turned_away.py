"""Adds to a WaitGroup that come in time because who waits has turned all later ones away.

Whoever waits sets a mark first, under a lock; whoever adds asks the mark under that lock, and adds before giving it
back: what is counted was counted before the mark was set, and so before the Wait.

LIMIT: that the lock is held from the question to the Add without a break, and that the answer which was set keeps the
Add away, is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.callgraph.uses import operands
from govet_py.concurrency.effects.traces import steps
from govet_py.concurrency.flow.control import behind_edges, branch, precedes
from govet_py.concurrency.flow.dependence import decides
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.races.races import Race
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Effect, LockMode
from govet_py.model.source import Site

Mark = tuple[Member, Member]
"""A field, and the lock that it is set and asked under."""


def is_turned_away(code: Code, guarded: GuardedMembers, race: Race) -> bool:
    """Reports whether all that a race has beside a Wait are Adds that a mark keeps from coming after it."""
    write = race.write.effect
    shut = {mark for function, at in _way(code, write) for mark in _shut(code, guarded, function, at)}
    adds = {entry.effect for entry in (race.other, *race.others) if entry.effect.kind != write.kind}
    return bool(shut) and all(
        any(not shut.isdisjoint(_asked(code, guarded, function, at)) for function, at in _way(code, add))
        for add in adds
    )


def _way(code: Code, effect: Effect) -> Iterator[tuple[FunctionCode, int]]:
    """The call that an effect is, and those that lead to it on the same goroutine, innermost first."""
    sites: list[Site] = []
    for step in steps(effect.trace):
        sites = [] if step.goroutine else [step.site, *sites]
    for site in (effect.site, *sites):
        function = code.enclosing(site)
        if function is not None:
            yield from ((function, at) for at in function.of_kind(ir.Call) if function.site(at) == site)


def _asked(code: Code, guarded: GuardedMembers, function: FunctionCode, at: int) -> Iterator[Mark]:
    """The marks that decide whether an instruction is reached, with the locks held there and at the question."""
    held = {member for member, _ in guarded.at(function, at)}
    for block in range(len(function.function.blocks)) if held else ():
        test, ways = branch(function, block), function.function.blocks[block].succs
        edges = [(block, way) for way in range(len(ways))] if len(ways) > 1 else []
        if test is not None and any(function.block_of(at) in behind_edges(function, [edge]) for edge in edges):
            locks = held & {m for m, _ in guarded.at(function, function.function.blocks[block].end - 1)}
            yield from ((mark, lock) for mark in _marks(code, function, test) for lock in locks)


def _marks(code: Code, function: FunctionCode, test: ir.Instruction) -> Iterator[Member]:
    """The members that a branch asks: their values, or whether they are closed."""
    work = [case.chan for case in test.cases] if isinstance(test, ir.Select) else list(decides(test))
    while work:
        register = work.pop()
        if register < 0 or isinstance(function.code[register], ir.Call):
            continue
        member = member_of(code.program, function, register)
        if member is not None:
            yield member
        else:
            work.extend(operands(function.code[register]))


def _shut(code: Code, guarded: GuardedMembers, function: FunctionCode, at: int) -> Iterator[Mark]:
    """The marks that are set before an instruction, by the function or what it calls, each with the lock held there."""
    yield from _set(code, guarded, function, at)
    for call in function.of_kind(ir.Call):
        if call != at and precedes(function, call, at):
            for inner in _run(code, function, call):
                yield from _set(code, guarded, inner, None)


def _run(code: Code, function: FunctionCode, at: int) -> Iterator[FunctionCode]:
    """What a call runs at once: its function, or a literal that it is given."""
    call, callee = function.code[at], function.callee(at)
    if not isinstance(call, ir.Call) or call.mode != ir.Mode.CALL:
        return
    inner = code.get(callee.function) if isinstance(callee, p.Static) else None
    if inner is not None:
        yield inner
    for given in (call.callee, *call.args):
        made = function.code[given]
        if isinstance(made, ir.MakeClosure):
            yield code.sibling(function, made.function)


def _set(code: Code, guarded: GuardedMembers, function: FunctionCode, before: int | None) -> Iterator[Mark]:
    """The marks that a function sets, or channels that it closes, before an instruction or at all."""
    for at in function.of_kind(ir.SetField, ir.Call):
        step = function.code[at]
        member = None
        if isinstance(step, ir.SetField):
            member = member_at(code.program, function, at)
        elif isinstance(step, ir.Call) and function.callee(at) == p.BuiltinCall("close"):
            member = member_of(code.program, function, step.args[0])
        if member is not None and (before is None or precedes(function, at, before)):
            locks: Set[Member] = {lock for lock, mode in guarded.at(function, at) if mode == LockMode.WRITE}
            yield from ((member, lock) for lock in locks)
