"""Flags that end a loop, read there without the lock under which another method sets them.

Nothing that the loop comes to sets the flag: it makes sense only if another goroutine does, whether one is in view or
not. So one writer with the lock is enough to know what it is for.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.concurrency.flow.control import tests
from govet_py.concurrency.flow.exits import Exits
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.races.suspects import Suspect
from govet_py.model import ir
from govet_py.model.concurrency import EffectKind, LockMode


def polled_flags(code: Code, calls: CallGraph, members: GuardedMembers) -> Iterator[Suspect]:
    """One a loop's function and flag."""
    polled = list(_polled(code, members))
    writes = _writes(code, members, {read.member for read in polled})
    by_flag: dict[tuple[str, Member], list[Access]] = {}
    for read in polled:
        by_flag.setdefault((read.function, read.member), []).append(read)
    for (function, member), reads in by_flag.items():
        known = writes.get(member, [])
        locks = [frozenset(g for g, mode in w.guards if mode == LockMode.WRITE and g[:2] == member[:2]) for w in known]
        common = frozenset.intersection(*locks) if locks else frozenset[Member]()
        if common and {write.function for write in known}.isdisjoint(_reached(code, calls, function)):
            total = len(known) + len(reads)
            yield Suspect(reads[0], tuple(reads[1:]), min(common), len(known), total, known[0], True, True, True)


def _polled(code: Code, members: GuardedMembers) -> Iterator[Access]:
    """The reads, without any lock, of fields of the receiver that decide whether a loop goes on."""
    for id in code.ids():
        function = code.function(id)
        if not function.function.loops:
            continue
        exits = Exits(code, function)
        for block, test in tests(function):
            for register in _asked(function, test.cond) if function.function.blocks[block].loop != ir.NONE else ():
                if _ends_loop(function, exits, block):
                    access = members.access(function, register, register, EffectKind.READ)
                    if access is not None and not access.guards and not access.unnamed and not access.private:
                        yield access


def _asked(code: FunctionCode, register: int) -> Iterator[int]:
    """The fields of the receiver that a condition asks for, as they are."""
    step = code.code[register]
    if isinstance(step, ir.Unary):
        yield from _asked(code, step.operand)
    elif isinstance(step, ir.Binary) and step.op in ("&&", "||"):
        yield from _asked(code, step.left)
        yield from _asked(code, step.right)
    elif isinstance(step, ir.Selector):
        base = code.code[step.base]
        if isinstance(base, ir.Load) and code.body.vars[base.var].kind == ir.VarKind.RECEIVER:
            yield register


def _ends_loop(code: FunctionCode, exits: Exits, block: int) -> bool:
    """Whether one way from a test comes back to it, and the other does not."""
    test = code.function.blocks[block].end - 1
    starts = [code.function.blocks[successor].start for successor in code.function.blocks[block].succs]
    return len({code.block_of(start) == block or exits.reaches(start, test) for start in starts}) > 1


def _writes(code: Code, members: GuardedMembers, flags: set[Member]) -> dict[Member, list[Access]]:
    """All assignments of some fields, but for those of objects that are not shared yet."""
    found: dict[Member, list[Access]] = {}
    names = {flag.name for flag in flags}
    for id in code.ids() if flags else ():
        function = code.function(id)
        for register in function.of_kind(ir.SetField):
            step = function.code[register]
            if isinstance(step, ir.SetField) and step.name in names:
                access = members.field_access(function, register, step.base, step.name, EffectKind.WRITE)
                if access is not None and not access.private and access.member in flags:
                    found.setdefault(access.member, []).append(access)
    return found


def _reached(code: Code, calls: CallGraph, function: str) -> set[str]:
    """What runs where a function and the literals around it do."""
    body = code.function(function).body_id
    mine = {id for id in code.ids() if id.partition("$")[0] == body}
    return {node for node in calls.reachable(mine) if isinstance(node, str)}
