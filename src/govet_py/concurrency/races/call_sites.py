"""Accesses of functions that say by their name that their callers hold the lock: each call is judged by itself.

What such a function does happens under the locks of the call, so a call without the lock is the place to mend, and
those with it show which lock is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.member_access import Access
from govet_py.knowledge.concurrency import CALLER_LOCKS
from govet_py.model import ir

Call = tuple[str, int]
"""A function and the register of a call in it."""
FURTHEST = 8
"""Through so many functions the locks of callers are looked for."""


def at_calls(code: Code, calls: CallGraph, guarded: GuardedMembers, accesses: Iterable[Access]) -> Iterator[Access]:
    """The accesses, those that are left to the locks of callers once for each call by a function that takes locks;
    where there are calls by others, as they are. A call with any lock may hold the one that is meant."""
    sites = _CallSites(code, calls, guarded)
    for access in accesses:
        found = sites.of(access.function) if not access.own else ()
        for function, register in found:
            caller = code.function(function)
            own = guarded.taken(caller, register)
            yield access._replace(
                function=function, register=register, guards=guarded.at(caller, register), own=own,
                private=access.private or guarded.prepares(function, register),
                unnamed=access.unnamed or bool(own) or guarded.holds_unnamed(caller, register),
            )
        if not found:
            yield access


class _CallSites:
    """The calls that answer for the locks of functions."""

    def __init__(self, code: Code, calls: CallGraph, guarded: GuardedMembers) -> None:
        self._code = code
        self._calls = calls
        self._guarded = guarded
        self._known: dict[str, tuple[Call, ...]] = {}

    def of(self, id: str) -> tuple[Call, ...]:
        """The calls of a function named so by functions that take locks, of themselves or through functions that take
        none; () for other functions, and where who calls is not known."""
        known = self._known.get(id)
        if known is None:
            known = self._known[id] = self._above(id) if id.endswith(CALLER_LOCKS) else ()
        return known

    def _above(self, id: str) -> tuple[Call, ...]:
        found: dict[Call, None] = {}
        work, seen = [id], {id}
        while work:
            callers = self._calls.callers.get(work.pop(), ())
            if not callers:
                return ()
            for caller, edge in callers:
                code = self._code.function(caller) if isinstance(caller, str) else None
                if code is None or edge.mode == ir.Mode.GO or not isinstance(code.code[edge.site], ir.Call):
                    return ()
                if self._guarded.takes_locks(code):
                    found[code.id, edge.site] = None
                elif code.id not in seen:
                    seen.add(code.id)
                    work.append(code.id)
        return tuple(found) if len(seen) <= FURTHEST else ()
