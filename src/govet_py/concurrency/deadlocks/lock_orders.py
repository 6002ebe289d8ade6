"""Which locks are held while others are needed: the edges of the lock-order graph, by name.

A party that needs lock M is stuck on lock L as well when somebody may hold M and need L.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property, reduce
from typing import NamedTuple

from govet_py.callgraph.callgraph import Node
from govet_py.callgraph.code import Code
from govet_py.concurrency.deadlocks.lock_needs import Chain, LockNeeds
from govet_py.concurrency.locks.lock_names import LockName, lock_name
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.model.concurrency import LockMode


class Order(NamedTuple):
    """`function` holds a lock where it calls `target` at `register` (None: takes another itself), which may need
    the locks of `mask`."""

    function: str
    register: int
    target: Node | None
    mask: int


class LockOrders:
    """The lock orders of a program."""

    def __init__(self, code: Code, needs: LockNeeds, locks: dict[str, LockSets]) -> None:
        self._code = code
        self._needs = needs
        self._orders: dict[tuple[LockName, LockMode], list[Order]] = {}
        self._behind: dict[int, int] = {}
        self._witnesses: dict[tuple[int, int], tuple[LockName, Chain] | None] = {}
        for function in sorted(locks):
            if needs.mask(function):
                self._note(function, locks[function])

    def _note(self, id: str, locks: LockSets) -> None:
        code = self._code.function(id)
        for register, target in self._needs.places(code, -1):
            for lock in locks.taken_at(register):
                name = lock_name(self._code, code, lock.path)
                if name is not None:
                    mask = self._needs.mask(target) if target is not None else self._needs.own_mask(id, register)
                    self._orders.setdefault((name, lock.mode), []).append(Order(id, register, target, mask))

    def behind(self, bits: int) -> int:
        """The waits for locks that somebody may hold while needing one of `bits`."""
        if bits not in self._behind:
            self._behind[bits] = self._find_behind(bits)
        return self._behind[bits]

    def _find_behind(self, bits: int) -> int:
        found = 0
        for (name, mode), orders in self._orders.items():
            if any(order.mask & bits for order in orders):
                found |= self._needs.bits(name, mode)
        return found & ~bits

    def holders(self, bits: int) -> Iterator[tuple[LockName, Order]]:
        """Where one of `bits` is needed while another lock is held, with that lock."""
        for (name, _), orders in self._orders.items():
            if not self._needs.bits(name, LockMode.READ) & bits:
                yield from ((name, order) for order in orders if order.mask & bits)

    def beyond(self, bits: int) -> int:
        """The waits that holders of the locks which `bits` wait for may come to."""
        return self._beyond(bits)

    @cached_property
    def _beyond(self) -> Callable[[int], int]:
        masks = [
            (self._needs.bits(name, mode), reduce(int.__or__, (order.mask for order in orders)))
            for (name, mode), orders in self._orders.items()
        ]
        return cache(lambda bits: reduce(int.__or__, (mask for own, mask in masks if own & bits), 0))

    def witness(self, wanted: int, bits: int) -> tuple[LockName, Chain] | None:
        """Who holds a lock that `wanted` waits for and needs one of `bits`, as directly as possible."""
        if (wanted, bits) not in self._witnesses:
            self._witnesses[wanted, bits] = self._find_witness(wanted, bits)
        return self._witnesses[wanted, bits]

    def _find_witness(self, wanted: int, bits: int) -> tuple[LockName, Chain] | None:
        found: list[tuple[LockName, Chain]] = []
        for (name, mode), orders in self._orders.items():
            if self._needs.bits(name, mode) & wanted:
                for order in orders:
                    if order.mask & bits:
                        code = self._code.function(order.function)
                        found.append((name, self._needs.chain(code, order.register, order.target, bits)))
        return min(found, key=lambda one: (one[1].spread, len(one[1].hops)), default=None)
