"""Locks held across calls that wait for another process or machine.

A call goes over the network when its callee does, at most a few calls further down; interfaces of the
standard library and those with very many implementations are taken to stay at home. What makes it a fault is
who else needs the lock: an *event loop*, a goroutine that takes the lock for every value that it receives, is
held up for as long as the other machine does not answer; in a *convoy* somebody who only looks something up
waits for the lock while he holds a wider one, and with him everybody who needs that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node, Reason
from govet_py.callgraph.code import Code
from govet_py.callgraph.flow import comes_before
from govet_py.callgraph.members import Member
from govet_py.concurrency.deadlocks.lock_needs import Chain, LockNeeds
from govet_py.concurrency.deadlocks.lock_orders import LockOrders
from govet_py.concurrency.deadlocks.waits import Hop, Kind, Operation, Operations
from govet_py.concurrency.locks.lock_names import LockName, lock_name
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model.concurrency import LockMode
from govet_py.model.types import Named

MAX_DISTANCE = 5
MAX_IMPLEMENTERS = 12

NEAR = 2
"""The calls from an event loop down to the lock up to which it certainly comes there."""

MANY = 2
"""The functions that take a lock, from which on it matters how long it is held."""


class EventLoop(NamedTuple):
    """A goroutine that comes to the lock after every `receive`, through `need`."""

    receive: Operation
    need: Chain


class Convoy(NamedTuple):
    """A function that stays at home holds `lock` where it comes to the other one, through `need`."""

    lock: LockName
    function: str
    need: Chain


class NetworkWait(NamedTuple):
    """`way` leads from where `lock` is held down to a call that waits for another machine. `taken`: where it
    was taken. `users`: the other functions that take the lock."""

    lock: LockName
    taken: tuple[int, ...]
    way: tuple[Hop, ...]
    users: tuple[str, ...]
    loop: EventLoop | None
    convoy: Convoy | None = None

    @property
    def near(self) -> EventLoop | None:
        """The event loop, if it is certain enough to be named."""
        is_near = self.loop is not None and self.loop.need.spread == 1 and len(self.loop.need.hops) <= NEAR
        return self.loop if is_near else None

    @property
    def queue(self) -> Convoy | None:
        """The convoy, if it is certain enough to be named and no event loop says more."""
        is_sure = self.convoy is not None and self.convoy.need.spread == 1
        return self.convoy if is_sure and self.near is None else None


class NetworkWaits:
    """The locks of a program that are held across the network."""

    def __init__(
        self,
        code: Code,
        calls: CallGraph,
        needs: LockNeeds,
        orders: LockOrders,
        operations: Operations,
        locks: dict[str, LockSets],
    ) -> None:
        self._code = code
        self._calls = calls
        self._needs = needs
        self._orders = orders
        self._operations = operations
        self._locks = locks
        self._next: dict[Node, tuple[int, Node | None]] = {}
        self._loops: dict[LockName, EventLoop | None] = {}
        self._spread()

    def _spread(self) -> None:
        """From the calls that go over the network up to their callers, nearest first: where a function goes on."""
        work: deque[tuple[Node, int]] = deque()
        for node in self._calls.edges:
            if isinstance(node, InterfaceNode) and self._is_client(node):
                self._next[node] = (ir.NONE, None)
                work.append((node, 0))
        for name in (*sorted(knows.NETWORK), *self._calls.named_like(knows.NETWORK_PACKAGES)):
            for function, register in self._calls.named(name):
                if function not in self._next:
                    self._next[function] = (register, None)
                    work.append((function, 1))
        while work:
            node, distance = work.popleft()
            if distance < MAX_DISTANCE and not self._is_broad(node):
                for caller, edge in self._calls.callers.get(node, ()):
                    if edge.mode != ir.Mode.GO and edge.reason != Reason.VALUE and caller not in self._next:
                        self._next[caller] = (edge.site, node)
                        work.append((caller, distance + 1))

    def _is_client(self, node: InterfaceNode) -> bool:
        named = node.interface
        package = self._code.program.packages.get(named.package) if isinstance(named, Named) else None
        is_client = isinstance(named, Named) and named.name.endswith(knows.CLIENT_INTERFACE)
        return is_client and package is not None and package.has_generated

    def _is_broad(self, node: Node) -> bool:
        if not isinstance(node, InterfaceNode) or self._is_client(node):
            return False
        named = node.interface
        is_standard = not isinstance(named, Named) or "." not in named.package.partition("/")[0]
        return is_standard or len(self._calls.edges.get(node, ())) > MAX_IMPLEMENTERS

    def find(self) -> list[NetworkWait]:
        """All places where a function holds a lock of its own across such a call, nearest to the call first."""
        found = [wait for function in sorted(self._locks) for wait in self._of(function)]
        slow = {wait.lock for wait in found}
        convoys = {name: self._convoy(name, slow) for name in dict.fromkeys(wait.lock for wait in found)}
        return sorted((w._replace(convoy=convoys[w.lock]) for w in found), key=lambda wait: len(wait.way))

    def _of(self, function: str) -> Iterator[NetworkWait]:
        locks, code = self._locks[function], self._code.function(function)
        told: set[LockName] = set()
        for edge in self._calls.edges[function]:
            runs = edge.mode == ir.Mode.CALL and edge.reason != Reason.VALUE
            if not runs or edge.target not in self._next or self._is_broad(edge.target):
                continue
            for lock in locks.taken_at(edge.site):
                name = lock_name(self._code, code, lock.path)
                if isinstance(name, Member) and name not in told and lock.mode == LockMode.WRITE:
                    told.add(name)
                    taken = tuple(at for at, event in sorted(locks.events.items()) if lock in event.acquires)
                    way = (Hop(function, edge.site), *self._down(edge.target))
                    yield NetworkWait(name, taken, way, self._users(name, function), self._loop(name))

    def _down(self, node: Node | None) -> Iterator[Hop]:
        while node is not None:
            register, following = self._next[node]
            if isinstance(node, str):
                yield Hop(node, register)
            node = following

    def _users(self, name: LockName, besides: str) -> tuple[str, ...]:
        return tuple(user for user in self._needs.users(name) if user != besides)

    def _loop(self, name: LockName) -> EventLoop | None:
        if name not in self._loops:
            self._loops[name] = self._find_loop(self._needs.bits(name, LockMode.WRITE))
        return self._loops[name]

    def _find_loop(self, bits: int) -> EventLoop | None:
        """The event loop that is nearest to the lock."""
        found = [
            EventLoop(receive, self._needs.chain(code, at, target, bits))
            for receive in self._operations.all
            if receive.kind == Kind.RECEIVE and self._needs.mask(receive.function) & bits
            for code in (self._code.function(receive.function),)
            for at, target in self._needs.places(code, bits)
            if comes_before(code, at, receive.register) and comes_before(code, receive.register, at)
        ]
        fed = [loop for loop in found if self._operations.alike(loop.receive, Kind.SEND)]
        return min(fed, key=lambda loop: (loop.need.spread, len(loop.need.hops)), default=None)

    def _convoy(self, name: LockName, slow: set[LockName]) -> Convoy | None:
        """Who comes to the lock under another one that many need and that nobody else holds for long."""
        bits, found = self._needs.bits(name, LockMode.WRITE), list[Convoy]()
        for outer, order in self._orders.holders(bits):
            if isinstance(outer, Member) and outer not in slow and order.function not in self._next:
                if len(self._needs.users(outer)) > MANY:
                    code = self._code.function(order.function)
                    need = self._needs.chain(code, order.register, order.target, bits)
                    found.append(Convoy(outer, order.function, need))
        return min(found, key=lambda one: (one.need.spread, len(one.need.hops), one.function), default=None)
