"""Locks that somebody on the way to a function holds for it: all who call it may, or have its object for themselves."""

from __future__ import annotations

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code
from govet_py.callgraph.members import Member
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.model import ir

UP = 4
"""So many calls up somebody may have taken the lock for what is done below."""


def lent_by_some(code: Code, calls: CallGraph, guarded: GuardedMembers, function: str) -> set[Member]:
    """The members whose locks are held at a call of a function, or at one that leads to such a call."""
    found: set[Member] = set()
    seen, nodes = {function}, [function]
    for _ in range(UP):
        callers = [
            (caller, edge.site)
            for node in nodes
            for caller, edge in calls.callers.get(node, ())
            if isinstance(caller, str) and edge.mode == ir.Mode.CALL
        ]
        for caller, site in callers:
            found.update(member for member, _ in guarded.at(code.function(caller), site))
        nodes = [caller for caller in dict(callers) if caller not in seen]
        seen.update(nodes)
    return found
