"""Who must act for a wait to end, and which locks stand in their way.

A party is an operation that would end the wait, in some function. It is *stuck* on a lock when it may have
to take the lock before it comes there: on every way that leads to it, in its own function or in those that
call it. A channel is served by whoever comes first, so every party has to be stuck; a WaitGroup needs all.

A party that takes the lock once and goes on to the operation may have done so already, as when a waiter
looks under the lock whether there is somebody to wait for. It counts as *sure* only if it comes back to the
lock after the operation, or is a goroutine of its own; or if it is `main`, which waits itself.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cached_property, reduce
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Edge, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.flow import END, comes_before, leaves
from govet_py.concurrency.deadlocks.lending import Lending
from govet_py.concurrency.deadlocks.lock_needs import Chain, LockNeeds
from govet_py.concurrency.deadlocks.lock_orders import LockOrders
from govet_py.concurrency.deadlocks.own_calls import OwnCalls
from govet_py.concurrency.deadlocks.waits import Callback, Hop, Kind, Operation, Wait
from govet_py.concurrency.locks.lock_names import LockName
from govet_py.model import ir

MAX_CLIMB = 3
MAX_SPREAD = 3
_BEGUN_BY = {Kind.DONE: Kind.ADD, Kind.GIVE_BACK: Kind.BORROW}
_ANY = (Kind.WAIT, Kind.DRAIN)
"""Waits that one stuck party is enough for."""


class Party(NamedTuple):
    """Who is waited for: `release` would end the wait, `way` leads up from it to the function in which the
    lock is needed, `need` from there down to the acquisition. `callback`: what it was given to run, if that is
    where it needs the lock. `gone`: it needs the lock when it has stopped receiving, to say so.
    `through`: it needs another lock, whose holder needs this one. `behind`: it waits to send to somebody whose
    `need` this is."""

    release: Operation
    way: tuple[Hop, ...]
    need: Chain
    sure: bool
    callback: Callback | None = None
    gone: bool = False
    through: tuple[LockName, Chain] | None = None
    behind: Wait | None = None

    @property
    def is_direct(self) -> bool:
        """Reports whether nobody else stands between the party and the lock."""
        return self.through is None and self.behind is None

    @property
    def spread(self) -> int:
        """The implementations at the least certain call, counted threefold on the way through another lock."""
        return max(self.need.spread, 3 * self.through[1].spread - 2 if self.through else 1)

    def at_most(self, spread: int) -> Party:
        """The party, if the calls that lead up to it have so many implementations."""
        return self._replace(need=self.need._replace(spread=max(self.need.spread, spread)))

    @property
    def length(self) -> int:
        """The calls on the way to the lock."""
        return len(self.need.hops) + (len(self.through[1].hops) if self.through else 0)


class Parties:
    """The parties of waits."""

    def __init__(
        self,
        code: Code,
        calls: CallGraph,
        own: OwnCalls,
        needs: LockNeeds,
        orders: LockOrders,
        lending: Lending,
    ) -> None:
        self._code = code
        self._calls = calls
        self._own = own
        self._needs = needs
        self._orders = orders
        self._operations = lending.operations
        self._lending = lending
        self._nearest: dict[tuple[object, ...], tuple[Chain, bool] | None] = {}

    def possible(self, wait: Wait) -> int:
        """The locks on which the parties of a wait may be stuck: an upper bound that is quick to have. A context is
        a way out, but for a borrower: it gets nothing before it gives up."""
        if wait.bounded and not all(self._lending.is_loan(one) for one in wait.alternatives):
            return 0
        if wait.callbacks:
            return _union(self._needs.mask(callback.function) for callback in wait.callbacks)
        mask = -1
        for alternative in wait.alternatives:
            each = [self._masked(party.function) for party in self._lending.others(alternative)]
            every = _union(each) if alternative.kind in _ANY else reduce(int.__and__, each, -1 if each else 0)
            mask &= every
            if not mask:
                break
        return mask

    def _masked(self, function: str) -> int:
        mask = self._reach(function, MAX_CLIMB)
        for _, receivers in self._sends.get(function, ()):
            mask |= _union(self._needs.mask(one.function) for one in receivers)
        return mask | self._orders.beyond(mask)

    def _reach(self, function: str, climb: int) -> int:
        mask = self._needs.mask(function)
        for caller, _, _ in self._callers(function) if climb else ():
            mask |= self._reach(caller, climb - 1)
        return mask

    def _callers(self, function: str) -> Iterator[tuple[str, int, int]]:
        """Who runs a function, where, and how many implementations a call through an interface has to choose from."""
        for caller, call in self._own.callers(function):
            if isinstance(caller, str):
                yield caller, call.register, 1
            else:
                spread = len(self._own.of(caller))
                callers = self._own.callers(caller) if spread <= MAX_SPREAD else ()
                yield from ((one, at.register, spread) for one, at in callers if isinstance(one, str))

    def stuck(self, wait: Wait, mask: int) -> tuple[Party, ...]:
        """The parties with the lock of the set that each needs; () when the wait may end all the same."""
        if wait.callbacks:
            return tuple(self._run_callbacks(wait, mask))
        found: list[Party] = []
        for alternative in wait.alternatives:
            parties = self._lending.others(alternative)
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
        if self._waits_itself(wait, function):
            return None
        code = self._code.function(function)
        way = (*way, Hop(function, register))
        begins = self._begins(wait, code, release)
        found = self._before(code, release, way, begins, mask)
        if found is not None and not found.sure and self._is_waiter(wait, code):
            found = found._replace(sure=True)
        if found is None or not found.sure:
            found = self._gone(code, release, mask) or found or self._through(code, release, way, begins, mask)
        if found is None:
            found = self._behind(code, release, way, begins, mask)
        if found is not None or len(way) > MAX_CLIMB or (begins and self._begun_by(release) is not None):
            return found
        return self._stuck_callers(wait, release, function, way, mask)

    def _is_waiter(self, wait: Wait, code: FunctionCode) -> bool:
        """Whether it is the main goroutine that waits, on every way: what main does later comes too late."""
        seen: dict[Node, None] = dict.fromkeys((wait.function,) if code.is_main else ())
        work = list(seen)
        while work:
            node = work.pop()
            callers = [caller for caller, _ in self._own.callers(node)]
            started = any(_starts(edge) for _, edge in self._calls.callers.get(node, ()))
            if started or node in self._operations.spawned or not (callers or node == code.id):
                return False
            work.extend(caller for caller in dict.fromkeys(callers) if caller not in seen)
            seen.update(dict.fromkeys(callers))
        return code.id in seen

    def _begins(self, wait: Wait, code: FunctionCode, release: Operation) -> tuple[int, ...]:
        """From where on a function is a party: it adds itself to the group, or starts the goroutine that waits."""
        adds = self._adds(code, release) if self._begun_by(release) is not None else ()
        return adds or tuple(e.site for e in self._calls.edges[code.id] if e.target == wait.function and _starts(e))

    def _before(
        self, code: FunctionCode, release: Operation, way: tuple[Hop, ...], begins: tuple[int, ...], mask: int
    ) -> Party | None:
        """The nearest need on the way to the last hop."""
        register = way[-1].register
        key = (code.id, register, release, begins, mask)
        if key not in self._nearest:
            self._nearest[key] = self._nearest_need(code, release, register, begins, mask)
        found = self._nearest[key]
        return Party(release, way, *found) if found is not None else None

    def _nearest_need(
        self, code: FunctionCode, release: Operation, register: int, begins: tuple[int, ...], mask: int
    ) -> tuple[Chain, bool] | None:
        """The nearest need before `register`, and whether it is sure to come before the release."""
        barriers = self._definitions(code, release) if code.id == release.function else ()
        places = [
            (at, target)
            for at, target in self._needs.places(code, mask)
            if comes_before(code, at, register, barriers)
            and not (at == release.operand and code.id == release.function)
            and (not begins or any(comes_before(code, begin, at) for begin in begins))
        ]
        if not places:
            return None
        chains = (self._needs.chain(code, at, target, mask) for at, target in places)
        best = min(chains, key=lambda chain: (chain.spread, len(chain.hops)))
        again = register != END and any(comes_before(code, register, at) for at, _ in places)
        back = release.kind == Kind.GIVE_BACK or self._lending.is_return(release)
        return best, again or back or self._is_goroutine(code.id, MAX_CLIMB)

    def _through(
        self, code: FunctionCode, release: Operation, way: tuple[Hop, ...], begins: tuple[int, ...], mask: int
    ) -> Party | None:
        """The need of another lock, whose holder may need one of the set."""
        found = self._before(code, release, way, begins, self._orders.behind(mask))
        last = found.need.hops[-1] if found is not None else None
        wanted = self._needs.own_mask(last.function, last.register) if last is not None else 0
        witness = self._orders.witness(wanted, mask) if wanted else None
        return found._replace(through=witness) if found is not None and witness is not None else None

    def _behind(
        self, code: FunctionCode, release: Operation, way: tuple[Hop, ...], begins: tuple[int, ...], mask: int
    ) -> Party | None:
        """A send on the way to the last hop whose receivers all need the lock for every value."""
        for wait, receivers in self._sends.get(code.id, ()):
            if not all(one.function != code.id and self._needs.mask(one.function) & mask for one in receivers):
                continue
            on_the_way = comes_before(code, wait.register, way[-1].register)
            if not on_the_way or (begins and not any(comes_before(code, begin, wait.register) for begin in begins)):
                continue
            stuck = [self._receiver(one, mask) for one in receivers]
            sure = [one for one in stuck if one is not None and one.sure]
            if sure and len(sure) == len(receivers):
                return sure[0]._replace(release=release, way=way, behind=wait)
        return None

    def _receiver(self, receive: Operation, mask: int) -> Party | None:
        code = self._code.function(receive.function)
        return self._before(code, receive, (Hop(code.id, receive.register),), (), mask)

    @cached_property
    def _sends(self) -> dict[str, list[tuple[Wait, list[Operation]]]]:
        """The waits that nothing but a receiver ends, by function, with the receivers."""
        found: dict[str, list[tuple[Wait, list[Operation]]]] = {}
        for wait in self._operations.waits:
            if not wait.bounded and all(one.kind == Kind.SEND for one in wait.alternatives):
                receivers = [r for alternative in wait.alternatives for r in self._operations.releasers(alternative)]
                found.setdefault(wait.function, []).append((wait, receivers))
        return found

    def _gone(self, code: FunctionCode, release: Operation, mask: int) -> Party | None:
        """A receiver that leaves its loop and then needs the lock, as to be taken off a list of subscribers,
        while the sender waits for it."""
        if release.kind != Kind.RECEIVE or code.id != release.function:
            return None
        left = leaves(code, release.register)
        places = self._needs.places(code, mask) if left else ()
        chains = [
            self._needs.chain(code, at, target, mask)
            for at, target in places
            if code.is_deferred(at) or (code.block_of(at) in left and not comes_before(code, at, release.register))
        ]
        if not chains:
            return None
        best = min(chains, key=lambda chain: (chain.spread, len(chain.hops)))
        return Party(release, (Hop(code.id, release.register),), best, sure=True, gone=True)

    def _waits_itself(self, wait: Wait, function: str) -> bool:
        """Whether the wait is part of what a party does itself: a subscriber that puts a first value into its own
        channel waits for nobody else."""
        callers = {caller for caller, _ in self._own.callers(wait.function)}
        return callers == {function} and not any(_starts(edge) for _, edge in self._calls.callers[wait.function])

    def _stuck_callers(
        self, wait: Wait, release: Operation, function: str, way: tuple[Hop, ...], mask: int
    ) -> Party | None:
        """All callers must be stuck, or, of those that began what is to end, one."""
        some, first = release.kind in _BEGUN_BY, None
        for caller, register, spread in self._callers(function):
            party = self._stuck(wait, release, caller, register, way, mask)
            if party is None and not some:
                return None
            first = first or (party.at_most(spread) if party is not None else None)
        return first

    @staticmethod
    def _definitions(code: FunctionCode, release: Operation) -> tuple[int, ...]:
        """Where a local channel variable is set: what comes before that is another channel's concern."""
        operand = code.code[release.operand] if not release.owner and release.operand >= 0 else None
        if isinstance(operand, ir.Load) and not code.body.vars[operand.var].captured:
            return tuple(code.stores.get(operand.var, ()))
        return ()

    def _adds(self, code: FunctionCode, done: Operation) -> tuple[int, ...]:
        """Where a function itself adds to the group that it is done with: nobody waits for it before."""
        kind = self._begun_by(done)
        adding = {add.function: add.register for add in self._operations.alike(done, kind)} if kind is not None else {}
        own = [adding[code.id]] if code.id in adding else []
        return (*own, *(call.register for call in self._own.of(code.id) if self._adds_below(call.target, adding)))

    def _adds_below(self, target: Node, adding: Container[str]) -> bool:
        return target in adding if isinstance(target, str) else any(c.target in adding for c in self._own.of(target))

    def _begun_by(self, release: Operation) -> Kind | None:
        """What a function does first if it does `release` later on."""
        taken = {Kind.RECEIVE: Kind.SEND, Kind.FREE: Kind.TAKE}.get(release.kind, Kind.RECEIVE)
        return _BEGUN_BY.get(release.kind) or (taken if self._lending.is_return(release) else None)

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


