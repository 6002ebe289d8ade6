"""Goroutines that are started before they are counted: `go work(); wg.Add(1)`.

A Done that comes before its Add makes the counter negative, which panics, or lets somebody else's Wait return. Pools
of workers, which are done with each item that they receive, are started before what they count, and rightly so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.obligations.wait_groups import GroupCall, Op, WaitGroups
from govet_py.model import ir


class AddedAfter(NamedTuple):
    """`function` starts a goroutine at `start` that calls `done`, and counts it at `add` only."""

    function: str
    start: int
    add: GroupCall
    done: tuple[str, GroupCall]


class AddsAfter:
    """The goroutines of a program that are counted too late."""

    def __init__(self, code: Code, calls: CallGraph, groups: WaitGroups) -> None:
        self._code = code
        self._calls = calls
        self._groups = groups

    def find(self) -> Iterator[AddedAfter]:
        """One an Add."""
        for id in sorted(self._groups.calls):
            code = self._code.function(id)
            starts = code.go_statements() if self._groups.of(id, Op.ADD) else ()
            for add in self._groups.of(id, Op.ADD) if starts else ():
                found = next((late for start in starts if (late := self._late(code, start, add)) is not None), None)
                if found is not None:
                    yield found

    def _late(self, code: FunctionCode, start: int, add: GroupCall) -> AddedAfter | None:
        if not start < add.register or self._is_counted(code, start, add) or not _follows(code, start, add.register):
            return None
        for edge in self._calls.edges[code.id]:
            if edge.site == start and edge.mode == ir.Mode.GO and isinstance(edge.target, str):
                done = self._done_first(self._code.function(edge.target), add)
                if done is not None:
                    return AddedAfter(code.id, start, add, (edge.target, done))
        return None

    def _is_counted(self, code: FunctionCode, start: int, add: GroupCall) -> bool:
        """Whether something of the group has been counted before a goroutine starts."""
        return any(other.path == add.path and other.register < start for other in self._groups.of(code.id, Op.ADD))

    def _done_first(self, code: FunctionCode, add: GroupCall) -> GroupCall | None:
        """The Done of a goroutine that counts the goroutine itself, and not what it receives before."""
        for done in self._groups.of(code.id, Op.DONE):
            if done.is_on(add) and code.loop_of(done.register) == ir.NONE and not _waits_before(code, done.register):
                return done
        return None


def _follows(code: FunctionCode, start: int, add: int) -> bool:
    """Whether an Add comes after the start, in one round of the loop around both."""
    loop, here = code.loop_of(start), code.block_of(add)
    around = loop != ir.NONE and code.inside(code.loop_of(add), loop)
    avoided = code.function.loops[loop].header if around else ir.NONE
    return code.block_of(start) == here or code.leads(code.block_of(start), here, avoided)


def _waits_before(code: FunctionCode, done: int) -> bool:
    """Whether a goroutine may wait for its starter before it says that it is done."""
    return any(at < done for at in code.of_kind(ir.Recv, ir.Select, ir.Next))
