"""Lock-order cycles: locks that are taken in different orders on ways that may run at the same time.

Each critical pair is an edge from a lock that is held to the lock that is taken (Goodlock, Havelund 2000).
A cycle deadlocks when its ways can meet: nothing is held on two of them (a *gate lock* orders them), each
waits for a lock in a mode that shuts it out, and no object on the way is still its maker's own.

LIMIT: locks are compared by member; that both ways meet on the same two objects is not proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import networkx

from govet_py.callgraph.callgraph import Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.critical_events import (
    Event,
    EventKind,
    Held,
    LockName,
    Pair,
    lock_name,
    may_be_same,
)
from govet_py.concurrency.fresh import is_own
from govet_py.concurrency.locks.lent_locks import NO_GUARDS, Guards
from govet_py.model import ir
from govet_py.model.concurrency import LockMode, Path, VarRoot

MAX_CYCLE = 4
MAX_CYCLES = 200

Modes = dict[LockName, LockMode]


class Way(NamedTuple):
    """A critical pair as an edge: `held` is kept while `pair.event` takes the next lock. `locks`: all that
    is held then, callers' locks included."""

    pair: Pair
    held: Held
    locks: Modes

    @property
    def rank(self) -> tuple[int, int, str, int]:
        """The surest and shortest first."""
        depth, trace = 0, self.pair.event.trace
        while trace is not None:
            depth, trace = depth + 1, trace.inner
        return (self.pair.event.doubt, depth, self.pair.function, self.pair.anchor)


Edges = dict[tuple[LockName, LockName], list[Way]]


class Cycle(NamedTuple):
    """Ways that may wait for each other for ever: each takes what the next one holds. The first is the one to
    blame: fewer ways go in its direction."""

    ways: tuple[Way, ...]


class LockOrder:
    """The order in which a program takes its locks."""

    def __init__(self, code: Code, values: ValueAnalysis, pairs: Iterable[Pair], entry: dict[Node, Guards]) -> None:
        self._code = code
        self._values = values
        self._entry = entry
        self._edges: Edges = {}
        for pair in pairs:
            if pair.event.kind == EventKind.ACQUIRE:
                self._add(pair)

    def cycles(self) -> Iterator[Cycle]:
        """The cycles of two locks, one for each function of the rarer direction, then longer ones."""
        linked: set[frozenset[LockName]] = set()
        for (one, other), ways in self._edges.items():
            back = self._edges.get((other, one), [])
            both = frozenset((one, other))
            if back and both not in linked:
                linked.add(both)
                rare, usual = (back, ways) if _is_rarer(back, ways) else (ways, back)
                yield from self._pairs_of(rare, usual)
        yield from self._longer(linked)

    def _add(self, pair: Pair) -> None:
        code = self._code.function(pair.function)
        taken = self._name(code, pair.event)
        if taken is None or code.is_initialiser or self._is_private(code, pair.event.path):
            return
        held_names = [(held, self._name(code, held)) for held in pair.outer]
        locks = self._all_held(code, pair)
        for held, name in held_names:
            if name is not None and name != taken and not self._is_private(code, held.path):
                self._edges.setdefault((name, taken), []).append(Way(pair, held, locks))

    def _all_held(self, code: FunctionCode, pair: Pair) -> Modes:
        found: Modes = dict(self._entry.get(pair.function, NO_GUARDS))
        for held in (*pair.outer, *pair.event.held):
            name = self._name(code, held)
            if name is not None:
                found[name] = max(found.get(name, LockMode.READ), held.mode)
        return found

    def _name(self, code: FunctionCode, lock: Held | Event) -> LockName | None:
        """The name of a lock; a parameter's is not one, for it means something else in every call."""
        name = lock_name(lock)
        if isinstance(name, Path) and isinstance(name.root, VarRoot):
            known = name.root.body == code.body_id and code.body.vars[name.root.var].kind == ir.VarKind.LOCAL
            return name if known else None
        return name

    def _is_private(self, code: FunctionCode, path: Path | None) -> bool:
        """Whether a lock is part of what the function itself has just made."""
        return is_own(self._code, self._values, code, path)

    def _longer(self, linked: set[frozenset[LockName]]) -> Iterator[Cycle]:
        """Cycles of three and more locks, where no two of them make one."""
        names = {name: number for number, name in enumerate(dict.fromkeys(n for edge in self._edges for n in edge))}
        back = list(names)
        graph: networkx.DiGraph[int] = networkx.DiGraph()
        graph.add_edges_from((names[one], names[other]) for one, other in self._edges)
        for count, cycle in enumerate(networkx.simple_cycles(graph, length_bound=MAX_CYCLE)):
            if count >= MAX_CYCLES:
                return
            locks = [back[number] for number in cycle]
            edges = list(zip(locks, [*locks[1:], locks[0]], strict=True))
            if len(locks) > 2 and not any(frozenset(edge) in linked for edge in edges):
                found = self._meeting([sorted(self._edges[edge], key=lambda way: way.rank) for edge in edges])
                if found is not None:
                    yield Cycle(found)

    def _pairs_of(self, rare: list[Way], usual: list[Way]) -> Iterator[Cycle]:
        """One cycle for each function that takes the locks in the rarer order."""
        told: set[str] = set()
        usual = sorted(usual, key=lambda way: way.rank)
        for way in sorted(rare, key=lambda way: way.rank):
            function = way.pair.function
            found = self._meeting([[way], usual]) if function not in told else None
            if found is not None:
                told.add(function)
                yield Cycle(found)

    def _meeting(self, sides: list[list[Way]]) -> tuple[Way, ...] | None:
        """One way from each side such that all may wait for each other; None when there is no such choice."""
        chosen: list[Way] = []
        for side in sides:
            fitting = next((way for way in side if self._fits(chosen, way)), None)
            if fitting is None:
                return None
            chosen.append(fitting)
        return tuple(chosen) if self._shuts_out(chosen[-1], chosen[0]) else None

    def _fits(self, chosen: list[Way], way: Way) -> bool:
        return all(_disjoint(way, other) for other in chosen) and (not chosen or self._shuts_out(chosen[-1], way))

    def _shuts_out(self, way: Way, after: Way) -> bool:
        """Whether what `way` takes cannot be had while `after` holds it."""
        taken = way.pair.event
        return LockMode.WRITE in (taken.mode, after.held.mode) and may_be_same(
            self._code.program, taken.holder, after.held.holder
        )


def _is_rarer(one: list[Way], other: list[Way]) -> bool:
    return len({way.pair.function for way in one}) < len({way.pair.function for way in other})


def _disjoint(one: Way, other: Way) -> bool:
    """Whether two goroutines can hold all of these locks at the same time."""
    return all(
        LockMode.WRITE not in (mode, other.locks[name]) for name, mode in one.locks.items() if name in other.locks
    )
