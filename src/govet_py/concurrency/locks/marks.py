"""Marks: fields that say under a lock that something has ended, set by who ends it and asked by who comes.

LIMIT: that the lock is held from the question to what it is asked for without a break, and that the answer which was
set keeps that away, is not looked at. A question through a method is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.callgraph.uses import operands
from govet_py.concurrency.flow.control import behind_edges, branch, precedes
from govet_py.concurrency.flow.dependence import decides
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import LockMode

Mark = tuple[Member, Member]
"""A field, and the lock that it is set and asked under."""


def asked(code: Code, guarded: GuardedMembers, function: FunctionCode, at: int) -> Iterator[Mark]:
    """The marks that decide whether an instruction is reached, with the locks held there and at the question."""
    held = {member for member, _ in guarded.at(function, at)}
    for block in range(len(function.function.blocks)) if held else ():
        test, ways = branch(function, block), function.function.blocks[block].succs
        edges = [(block, way) for way in range(len(ways))] if len(ways) > 1 else []
        if test is not None and any(function.block_of(at) in behind_edges(function, [edge]) for edge in edges):
            looked = [case.chan for case in test.cases] if isinstance(test, ir.Select) else decides(test)
            found = marks_in(code, guarded, function, function.function.blocks[block].end - 1, looked)
            yield from (mark for mark in found if mark[1] in held)


def marks_in(
    code: Code, guarded: GuardedMembers, function: FunctionCode, at: int, values: Iterable[int]
) -> frozenset[Mark]:
    """The marks that some values are computed from, with each lock that is held at an instruction."""
    locks = {member for member, _ in guarded.at(function, at)}
    members = frozenset(_members(code, function, values)) if locks else ()
    return frozenset((member, lock) for member in members for lock in locks)


def _members(code: Code, function: FunctionCode, values: Iterable[int]) -> Iterator[Member]:
    """The members that values are computed from, but for what calls return."""
    work, seen = list(values), {ir.NONE}
    while work:
        register = work.pop()
        if register in seen or isinstance(read := function.code[register], ir.Call):
            continue
        seen.add(register)
        member = member_of(code.program, function, register)
        if member is not None:
            yield member
        else:
            work += (function.value_of(read.var),) if isinstance(read, ir.Load) else operands(read)


def shut(code: Code, guarded: GuardedMembers, function: FunctionCode, at: int) -> Iterator[Mark]:
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
