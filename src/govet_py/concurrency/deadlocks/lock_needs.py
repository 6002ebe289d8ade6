"""Which locks a function may wait for on its own goroutine, itself or through what it calls.

The facts are sets of (lock name, mode) as bits of an integer, closed over the own calls callees first:
the acquisitions of Infer's starvation analysis without their order. *Sure* sets leave out calls through
an interface with several implementations.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import cached_property, reduce
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.own_calls import OwnCall, OwnCalls
from govet_py.concurrency.deadlocks.waits import Hop
from govet_py.concurrency.locks.lock_names import LockName, lock_name
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import LockMode

MAX_PASSES = 3
CONDITION_LOCK = Member(*knows.CONDITION_LOCK)


class Acquisition(NamedTuple):
    """A call at `register` that waits for a lock."""

    register: int
    name: LockName
    mode: LockMode


class Chain(NamedTuple):
    """How a lock is come to: calls from the outside in, the acquisition last. `spread` is the number of
    implementations at the least certain interface call, 1 when all calls are known."""

    hops: tuple[Hop, ...]
    spread: int


class LockNeeds:
    """Locks that functions wait for."""

    def __init__(
        self, code: Code, values: ValueAnalysis, calls: CallGraph, slices: Slices, own: OwnCalls
    ) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._slices = slices
        self._own = own
        self._bits: dict[tuple[LockName, LockMode], int] = {}
        self._direct: dict[str, list[Acquisition]] = {}
        for name, mode in knows.ACQUIRE.items():
            for function, register in calls.named(name):
                self._note(code.function(function), register, mode)
        for name in sorted(knows.SERIALISED_CALLBACK):
            for function, register in calls.named(name):
                self._note(code.function(function), register, LockMode.WRITE)
        self._masks: dict[Node, int] = {}
        self._close()

    def _note(self, code: FunctionCode, register: int, mode: LockMode) -> None:
        call, callee = code.code[register], code.callee(register)
        if not isinstance(call, ir.Call) or call.mode == ir.Mode.GO or not isinstance(callee, p.Static | p.Interface):
            return
        for path in self._values.paths(code, callee.receiver):
            name = lock_name(self._code, code, path.extend(callee.via))
            if name is not None:
                self._bits.setdefault((name, mode), 1 << len(self._bits))
                self._direct.setdefault(code.id, []).append(Acquisition(register, name, mode))

    def _close(self) -> None:
        relevant = self._relevant()
        components = [
            component
            for found in self._calls.bottom_up()
            if (component := [node for node in found if node in relevant])
        ]
        for _ in range(MAX_PASSES):
            if not self._pass(components):
                break

    def _relevant(self) -> set[Node]:
        """The functions that may come to a lock."""
        seen: set[Node] = set(self._direct)
        work: list[Node] = list(seen)
        while work:
            node = work.pop()
            callers = [caller for caller, edge in self._calls.callers.get(node, ()) if edge.mode != ir.Mode.GO]
            for caller in (*callers, *(caller for caller, _ in self._own.registered.get(node, ()))):
                if caller not in seen:
                    seen.add(caller)
                    work.append(caller)
        return seen

    def _pass(self, components: list[list[Node]]) -> bool:
        """Callees first; registered callbacks, which the call graph has no edges for, may need another pass."""
        masks, anything = self._masks, False
        for component in components:
            changed = True
            while changed:
                changed = False
                for node in component:
                    mask = self._own_mask(node)
                    for call in self._own.of(node):
                        mask |= masks.get(call.target, 0)
                    if mask != masks.get(node, 0):
                        masks[node] = mask
                        anything = True
                        changed = len(component) > 1
        return anything

    def _own_mask(self, node: Node) -> int:
        mask = 0
        for found in self._direct.get(node, ()) if isinstance(node, str) else ():
            mask |= self._bits[found.name, found.mode]
        return mask

    def own_mask(self, function: str, register: int) -> int:
        """The locks that a call itself waits for."""
        bits = (self._bits[a.name, a.mode] for a in self._direct.get(function, ()) if a.register == register)
        return reduce(int.__or__, bits, 0)

    def bits(self, name: LockName, held: LockMode) -> int:
        """The waits that do not come through while another goroutine holds `name`."""
        modes = (LockMode.WRITE,) if held == LockMode.READ else (LockMode.READ, LockMode.WRITE)
        return sum(self._bits.get((name, mode), 0) for mode in modes)

    @cached_property
    def of_conditions(self) -> frozenset[LockName]:
        """The locks that belong to condition variables."""
        found: list[LockName] = [CONDITION_LOCK]
        places = list(self._slices.stored(CONDITION_LOCK))
        for function, register in self._calls.named(knows.NEW_CONDITION):
            call = self._code.function(function).code[register]
            places.extend((function, argument) for argument in (call.args if isinstance(call, ir.Call) else ()))
        for function, register in places:
            code = self._code.function(function)
            names = (lock_name(self._code, code, path) for path in self._values.paths(code, register))
            found.extend(name for name in names if name is not None)
        return frozenset(found)

    def mask(self, node: Node) -> int:
        return self._masks.get(node, 0)

    def names(self, mask: int) -> Iterator[tuple[LockName, LockMode]]:
        """The locks in a set."""
        return (name for name, bit in self._bits.items() if bit & mask)

    def serialised(self, code: FunctionCode, register: int) -> list[LockName]:
        """What a call holds while it runs its argument: a sync.Once, for which everybody else waits meanwhile."""
        callee = code.callee(register) if isinstance(code.code[register], ir.Call) else None
        if not isinstance(callee, p.Static) or callee.function not in knows.SERIALISED_CALLBACK:
            return []
        return [found.name for found in self.acquisitions(code.id) if found.register == register]

    def users(self, name: LockName) -> list[str]:
        """The functions that wait for a lock themselves."""
        return self._users.get(name, [])

    @cached_property
    def _users(self) -> dict[LockName, list[str]]:
        found: dict[LockName, list[str]] = {}
        for function, acquisitions in self._direct.items():
            for name in dict.fromkeys(one.name for one in acquisitions):
                found.setdefault(name, []).append(function)
        return found

    def acquisitions(self, function: str) -> list[Acquisition]:
        """Where a function itself waits for locks."""
        return self._direct.get(function, [])

    def places(self, code: FunctionCode, mask: int) -> Iterator[tuple[int, Node | None]]:
        """Where a function waits for a lock of the set: a register, and the callee that does (None: itself)."""
        for found in self._direct.get(code.id, ()):
            if self._bits[found.name, found.mode] & mask:
                yield found.register, None
        for call in self._own.of(code.id):
            if self._masks.get(call.target, 0) & mask:
                yield call.register, call.target

    def chain(self, code: FunctionCode, register: int, target: Node | None, mask: int) -> Chain:
        """The way from a place down to the acquisition, through as few and as certain calls as possible."""
        first = Hop(code.id, register)
        if target is None:
            return Chain((first,), 1)
        best: dict[Node, Chain] = {target: Chain((first,), 1)}
        work: deque[Node] = deque([target])
        found: list[Chain] = []
        while work:
            node = work.popleft()
            so_far = best[node]
            if isinstance(node, str):
                here = [a.register for a in self.acquisitions(node) if self._bits[a.name, a.mode] & mask]
                if here:
                    found.append(Chain((*so_far.hops, Hop(node, here[0])), so_far.spread))
                    if so_far.spread == 1:
                        break
                    continue
            for call in self._own.of(node):
                if self._masks.get(call.target, 0) & mask and call.target not in best:
                    best[call.target] = self._extended(so_far, node, call)
                    work.append(call.target)
        return min(found, key=lambda one: (one.spread, len(one.hops)), default=Chain((first,), 99))

    def _extended(self, chain: Chain, node: Node, call: OwnCall) -> Chain:
        if isinstance(node, InterfaceNode):
            return Chain(chain.hops, max(chain.spread, len(self._own.of(node))))
        return Chain((*chain.hops, Hop(node, call.register)), max(chain.spread, call.spread))
