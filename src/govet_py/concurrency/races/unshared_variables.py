"""Library objects in package variables that are not for several goroutines, used without a lock by what many run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code
from govet_py.callgraph.members import Member
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.races.visitors import Visitors
from govet_py.knowledge.unshared import UNSHARED
from govet_py.model import program as p
from govet_py.model.concurrency import GlobalRoot


class UnsharedVariable(NamedTuple):
    """`function` calls a method at `register` that changes the library object of `type` in `variable`."""

    variable: Member
    type: str
    function: str
    register: int


def unshared_variables(
    code: Code, values: ValueAnalysis, calls: CallGraph, guarded: GuardedMembers, visitors: Visitors
) -> Iterator[UnsharedVariable]:
    """The uses by functions that handlers, or other goroutines in many copies, run at the same time."""
    for method in calls.named_like(tuple(f"{type_}." for type_ in UNSHARED)):
        type_, _, name = method.rpartition(".")
        for id, register in calls.named(method) if name not in UNSHARED.get(type_, (name,)) else ():
            function = code.function(id)
            callee = function.callee(register)
            paths = values.paths(function, callee.receiver) if isinstance(callee, p.Static) else ()
            root = paths[0].root if len(paths) == 1 and not paths[0].fields else None
            locked = guarded.at(function, register) or guarded.holds_unnamed(function, register)
            alone = locked or visitors.is_gated(id, register)
            if isinstance(root, GlobalRoot) and not alone and _is_run_by_many(visitors, id):
                yield UnsharedVariable(Member(root.package, "", root.name), type_, id, register)


def _is_run_by_many(visitors: Visitors, function: str) -> bool:
    return visitors.is_run_by_many(function) and not visitors.takes_turns(function)
