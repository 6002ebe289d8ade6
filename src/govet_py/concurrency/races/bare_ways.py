"""How control comes to an access without the lock that other ways to it hold: by the call that forgets it."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph, Edge
from govet_py.callgraph.code import Code
from govet_py.callgraph.members import Member
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.races.suspects import Suspect
from govet_py.model import ir
from govet_py.model.finding import Step

FURTHEST = 6
_Call = tuple[str, Edge]


def bare_way(code: Code, calls: CallGraph, guarded: GuardedMembers, suspect: Suspect) -> tuple[Step, ...]:
    """The calls down to the function of an access, from one without the lock that others of the same function have;
    none where all calls are alike."""
    function, guard = suspect.access.function, suspect.guard
    way: list[_Call] = []
    told, seen = 0, {function}
    for _ in range(FURTHEST):
        known = list(_calls_of(calls, way[-1][0] if way else function))
        bare = [one for one in known if one[0] not in seen and _is_bare(code, guarded, one, guard)]
        if not bare:
            break
        way.append(min(bare, key=lambda one: (one[0], one[1].site)))
        seen.add(way[-1][0])
        told = len(way) if len(bare) < len(known) else told
    return tuple(
        Step(code.function(caller).site(edge.site), _calls_what(edge, guard, depth), 1, depth)
        for depth, (caller, edge) in enumerate(reversed(way[:told]))
    )


def _calls_of(calls: CallGraph, function: str) -> Iterator[_Call]:
    for caller, edge in calls.callers.get(function, ()):
        if isinstance(caller, str) and edge.mode == ir.Mode.CALL:
            yield caller, edge


def _is_bare(code: Code, guarded: GuardedMembers, call: _Call, guard: Member) -> bool:
    return all(member != guard for member, _ in guarded.at(code.function(call[0]), call[1].site))


def _calls_what(edge: Edge, guard: Member, depth: int) -> str:
    target = short_name(edge.target) if isinstance(edge.target, str) else edge.target.method
    return f"calls {target}" if depth else f"calls {target} without {guard}"
