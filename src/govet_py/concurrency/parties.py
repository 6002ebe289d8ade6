"""Who must act for a wait to end, and which locks stand in their way.

A party is an operation that would end the wait, in some function. It is *stuck* on a lock when it may have
to take the lock before it comes there: on every way that leads to it, in its own function or in those that
call it. A channel is served by whoever comes first, so every party has to be stuck; a WaitGroup needs all.

A party that takes the lock once and goes on to the operation may have done so already, as when a waiter
looks under the lock whether there is somebody to wait for. It counts as *sure* only if it comes back to the
lock after the operation, or is a goroutine of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Edge, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.flow import END, comes_before
from govet_py.concurrency.lock_needs import Chain, LockNeeds
from govet_py.concurrency.own_calls import OwnCalls
from govet_py.concurrency.waits import Callback, Hop, Kind, Operation, Operations, Wait
from govet_py.model import ir

MAX_CLIMB = 3
_BEGUN_BY = {Kind.DONE: Kind.ADD, Kind.GIVE_BACK: Kind.BORROW}
_ANY = (Kind.WAIT, Kind.DRAIN)
"""Waits that one stuck party is enough for."""


class Party(NamedTuple):
    """Who is waited for: `release` would end the wait, `way` leads up from it to the function in which the
    lock is needed, `need` from there down to the acquisition. `callback`: what it was given to run, if that is
    where it needs the lock."""

    release: Operation
    way: tuple[Hop, ...]
    need: Chain
    sure: bool
    callback: Callback | None = None


class Parties:
    """The parties of waits."""

    def __init__(
        self, code: Code, calls: CallGraph, own: OwnCalls, needs: LockNeeds, operations: Operations
    ) -> None:
        self._code = code
        self._calls = calls
        self._own = own
        self._needs = needs
        self._operations = operations

    def possible(self, wait: Wait) -> int:
        """The locks on which the parties of a wait may be stuck: an upper bound that is quick to have."""
        if wait.callbacks:
            return _union(self._needs.mask(callback.function) for callback in wait.callbacks)
        mask = -1
        for alternative in wait.alternatives:
            each = [self._reach(party.function, MAX_CLIMB) for party in self._operations.releasers(alternative)]
            every = _union(each) if alternative.kind in _ANY else reduce(int.__and__, each, -1 if each else 0)
            mask &= every
            if not mask:
                break
        return mask

    def _reach(self, function: str, climb: int) -> int:
        mask = self._needs.mask(function)
        for caller, _ in self._own.callers(function) if climb else ():
            mask |= self._reach(caller, climb - 1) if isinstance(caller, str) else self._needs.mask(caller)
        return mask

    def stuck(self, wait: Wait, mask: int) -> tuple[Party, ...]:
        """The parties with the lock of the set that each needs; () when the wait may end all the same."""
        if wait.callbacks:
            return tuple(self._run_callbacks(wait, mask))
        found: list[Party] = []
        for alternative in wait.alternatives:
            parties = self._operations.releasers(alternative)
            stuck = {party: self._stuck(wait, party, party.function, party.register, (), mask) for party in parties}
            free = {party.function for party, how in stuck.items() if how is None}
            here = [how for party, how in stuck.items() if how is not None and party.function not in free]
            if not here or (free and alternative.kind not in _ANY):
                return ()
            found.extend(here)
        return tuple(found)

    def _run_callbacks(self, wait: Wait, mask: int) -> Iterable[Party]:
        for callback in wait.callbacks:
            if self._needs.mask(callback.function) & mask:
                runner = self._code.function(callback.runner.function)
                chain = self._needs.chain(runner, callback.runner.register, callback.function, mask)
                way = (Hop(callback.release.function, callback.release.register),)
                yield Party(callback.release, way, chain, True, callback)

    def _stuck(
        self, wait: Wait, release: Operation, function: str, register: int, way: tuple[Hop, ...], mask: int
    ) -> Party | None:
        """The need of a party before it comes to its release at `register`, in `function` or every caller."""
        code = self._code.function(function)
        way = (*way, Hop(function, register))
        barriers = self._definitions(code, release) if function == release.function else ()
        adds = self._adds(code, release) if release.kind in _BEGUN_BY else ()
        begins = adds or tuple(e.site for e in self._calls.edges[function] if e.target == wait.function and _starts(e))
        chains = [
            (at, self._needs.chain(code, at, target, mask))
            for at, target in self._needs.places(code, mask)
            if comes_before(code, at, register, barriers)
            and (not begins or any(comes_before(code, begin, at) for begin in begins))
        ]
        if chains:
            best = min((chain for _, chain in chains), key=lambda chain: (chain.spread, len(chain.hops)))
            again = register != END and any(comes_before(code, register, at) for at, _ in chains)
            sure = again or release.kind == Kind.GIVE_BACK or self._is_goroutine(function, MAX_CLIMB)
            return Party(release, way, best, sure)
        if len(way) > MAX_CLIMB or adds:
            return None
        return self._stuck_callers(wait, release, function, way, mask)

    def _stuck_callers(
        self, wait: Wait, release: Operation, function: str, way: tuple[Hop, ...], mask: int
    ) -> Party | None:
        callers = [(caller, call) for caller, call in self._own.callers(function) if isinstance(caller, str)]
        found = [self._stuck(wait, release, caller, call.register, way, mask) for caller, call in callers]
        stuck = [party for party in found if party is not None]
        return stuck[0] if stuck and (len(stuck) == len(found) or release.kind in _BEGUN_BY) else None

    @staticmethod
    def _definitions(code: FunctionCode, release: Operation) -> tuple[int, ...]:
        """Where a local channel variable is set: what comes before that is another channel's concern."""
        operand = code.code[release.operand] if not release.owner and release.operand >= 0 else None
        if isinstance(operand, ir.Load) and not code.body.vars[operand.var].captured:
            return tuple(code.stores.get(operand.var, ()))
        return ()

    def _adds(self, code: FunctionCode, done: Operation) -> tuple[int, ...]:
        """Where a function itself adds to the group that it is done with: nobody waits for it before."""
        adding = {add.function: add.register for add in self._operations.alike(done, _BEGUN_BY[done.kind])}
        own = [adding[code.id]] if code.id in adding else []
        return (*own, *(call.register for call in self._own.of(code.id) if call.target in adding))

    def _is_goroutine(self, function: Node, climb: int) -> bool:
        """Whether a function is started as a goroutine, or called by one that is."""
        edges = self._calls.callers.get(function, ())
        if any(edge.mode == ir.Mode.GO for _, edge in edges) or function in self._operations.spawned:
            return True
        return climb > 0 and any(self._is_goroutine(caller, climb - 1) for caller, _ in self._own.callers(function))


def _starts(edge: Edge) -> bool:
    return edge.mode == ir.Mode.GO


def _union(masks: Iterable[int]) -> int:
    return reduce(int.__or__, masks, 0)


