"""Who may run a function at the same time: the goroutines it is reached from, and what makes them take turns.

Upwards from the function through its callers to the starts of goroutines, handlers and functions that nobody
in the program calls. A function that one goroutine alone comes to never meets itself. One that every way
takes a semaphore for meets nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Edge, InterfaceNode, Node, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.effects.claims import TESTS_OF_ONE, Claims
from govet_py.concurrency.effects.fan_outs import FanOuts
from govet_py.concurrency.effects.gates import Gates
from govet_py.concurrency.effects.goroutines import Goroutines
from govet_py.knowledge import concurrency as knows
from govet_py.knowledge.records import is_program
from govet_py.knowledge.releases import SEMAPHORE_RELEASES, SEMAPHORES
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, Copies, ResultRoot
from govet_py.model.types import Named, deref

MAX_NODES = 4000
KINDS = 2
WIDEST = 16
"""An interface method with more implementers says little of which of them a goroutine calls."""


class Visitor(NamedTuple):
    """Somebody who runs a function: `many` at once, or one goroutine that is started at `start`. A function
    that nobody in the program calls is `open`: whoever uses it decides."""

    node: Node
    site: int
    many: bool
    open: bool


class Visitors:
    """The visitors of functions, looked up on demand."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph, goroutines: Goroutines) -> None:
        self._code = code
        self._values = values
        self._claims = Claims(code, values)
        self.calls = calls
        self.goroutines = goroutines
        self._meets: dict[str, bool] = {}
        self._once: dict[tuple[str, str], bool] = {}

    def meets_itself(self, function: str) -> bool:
        """Reports whether two goroutines may be in the function at once."""
        known = self._meets.get(function)
        if known is None:
            parties = dict.fromkeys(self._parties(function))
            many = any(party.many or party.open for party in parties)
            known = self._meets[function] = many or len(parties) > 1
        return known

    def meet(self, one: str, other: str) -> bool:
        """Reports whether two functions may run on different goroutines."""
        parties = {*self._parties(one), *self._parties(other)}
        return len(parties) > 1 or any(party.many or party.open for party in parties)

    def _parties(self, function: str, widest: int = MAX_NODES) -> Iterator[Visitor]:
        """Those who reach a function, through interfaces of at most so many implementers."""
        seen: set[Node] = {function}
        work: list[Node] = [function]
        while work and len(seen) < MAX_NODES:
            node = work.pop()
            callers = self.calls.callers.get(node, [])
            requested = isinstance(node, str) and self.goroutines.is_requested(node)
            if isinstance(node, str) and (requested or not callers):
                yield Visitor(node, ir.NONE, requested, not self._runs_once(node))
            for caller, edge in callers:
                party = self._started(caller, edge)
                if party is not None:
                    yield party
                elif caller not in seen and (isinstance(caller, str) or self._width(caller) <= widest):
                    seen.add(caller)
                    work.append(caller)

    def _width(self, node: InterfaceNode) -> int:
        return len(self.calls.edges.get(node, ()))

    def _runs_once(self, node: str) -> bool:
        """Whether a function is a program's own: `main`, an `init`, the commands in the packages of programs."""
        code = self._code.function(node)
        return code.is_initialiser or is_program(self._code.program, code.package)

    def _started(self, caller: Node, edge: Edge) -> Visitor | None:
        """The goroutine that an edge starts; None when it is a call."""
        if isinstance(caller, InterfaceNode):
            return None
        code, site = self._code.function(caller), edge.site
        if edge.mode == ir.Mode.GO:
            return Visitor(caller, site, self._is_shared_start(code, site), False)
        if edge.reason == Reason.VALUE and isinstance(code.code[site], ir.MakeClosure):
            spawn = self._spawn_of(code, site)
            if spawn is not None:
                register, copies = spawn
                return Visitor(caller, register, copies == Copies.MANY or code.loop_of(register) != ir.NONE, False)
        if edge.reason == Reason.VALUE and edge.target in self._handed:
            return Visitor(caller, site, code.loop_of(site) != ir.NONE, False)
        return None

    @cached_property
    def _handed(self) -> frozenset[str]:
        """The functions that are given to helpers which run them on goroutines of their own."""
        edges = (edge for edges in self.calls.edges.values() for edge in edges)
        started: dict[Node, bool] = {edge.target: True for edge in edges if edge.mode == ir.Mode.GO}
        return frozenset(id for id, _ in FanOuts(self._code, self._values, self.calls).given(started))

    def _is_shared_start(self, code: FunctionCode, site: int) -> bool:
        """Whether a go statement in a loop starts goroutines that share their receiver."""
        if code.loop_of(site) == ir.NONE:
            return False
        callee = code.callee(site)
        if not isinstance(callee, p.Static) or callee.receiver == ir.NONE:
            return True
        roots = [path.root for path in self._values.paths(code, callee.receiver)]
        return not roots or not all(isinstance(r, AllocRoot | ResultRoot) and r.function == code.id for r in roots)

    def _spawn_of(self, code: FunctionCode, closure: int) -> tuple[int, Copies] | None:
        """The call that starts a function literal on another goroutine, and in how many copies."""
        for register in code.of_kind(ir.Call):
            call = code.code[register]
            if isinstance(call, ir.Call) and closure in call.args:
                callee = code.callee(register)
                spawner = knows.SPAWNERS.get(callee.function) if isinstance(callee, p.Static) else None
                if spawner is not None:
                    return register, spawner.copies
        return None

    def is_run_by_many(self, function: str) -> bool:
        """Reports whether handlers or other goroutines that come in many copies run the function: not those that
        call one of very many `Write` or `Close` methods."""
        return any(party.many for party in self._parties(function, WIDEST))

    def is_made_once(self, owner: Member) -> bool:
        """Reports whether only a program's start makes objects of a type."""
        known = self._once.get((owner.package, owner.owner))
        if known is None:
            makers = list(self._makers(owner))
            known = bool(makers) and all(self._is_start(id, party) for id in makers for party in self._parties(id))
            self._once[(owner.package, owner.owner)] = known
        return known

    def is_made_often(self, owner: Member) -> bool:
        """Reports whether objects of a type are made by others than a program's start."""
        return any(True for _ in self._makers(owner)) and not self.is_made_once(owner)

    def _is_start(self, maker: str, party: Visitor) -> bool:
        return party.site == ir.NONE and not (party.many or party.open) and "$" not in maker

    def is_made_per_run(self, owner: Member) -> bool:
        """Reports whether objects of a type are made by what several kinds of goroutines run in many copies, such
        as the handlers of requests: then each has one of its own."""
        return any(
            sum(party.many for party in dict.fromkeys(self._parties(id))) >= KINDS for id in self._makers(owner)
        )

    def _makers(self, owner: Member) -> Iterator[str]:
        for id in self._code.ids():
            code = self._code.function(id) if id.startswith(owner.package + ".") else None
            if code is not None and any(
                _is_named(code, register, owner) for register in code.of_kind(ir.Composite)
            ):
                yield id

    # -- taking turns ------------------------------------------------------------------------------

    @cached_property
    def _takers(self) -> frozenset[str]:
        return frozenset(id for name in SEMAPHORES for id, _ in self.calls.named(name))

    @cached_property
    def _leavers(self) -> frozenset[str]:
        """Functions that take a semaphore and may leave it to their caller."""
        calls = [call for name in sorted(SEMAPHORE_RELEASES) for call in self.calls.named(name)]
        return self._takers - {id for id, register in calls if self._code.function(id).is_deferred(register)}

    def takes_turns(self, function: str) -> bool:
        """Reports whether the function, or every way to it, takes a semaphore or passes a gate first."""
        seen: set[Node] = {function}
        work: list[Node] = [function]
        found = False
        while work:
            node = work.pop()
            if isinstance(node, str) and self.takes_semaphore(node):
                found = True
                continue
            callers = self.calls.callers.get(node, [])
            if len(seen) > MAX_NODES or not (callers or (isinstance(node, str) and self._runs_once(node))):
                return False
            for caller, edge in callers:
                if isinstance(caller, str) and self.is_gated(caller, edge.site):
                    found = True
                    continue
                if edge.mode == ir.Mode.GO and caller not in self._takers:
                    return False
                if caller not in seen:
                    seen.add(caller)
                    work.append(caller)
        return found

    def takes_semaphore(self, function: str) -> bool:
        """Reports whether a function takes a semaphore itself, or by a call that leaves it to its caller."""
        return function in self._takers or self._calls_leaver(function)

    def is_gated(self, function: str, site: int) -> bool:
        """Reports whether a compare-and-swap lets one goroutine at a time come to an instruction."""
        return function in self._gated and bool(Gates(self._code.function(function), self._claims).at(site))

    @cached_property
    def _gated(self) -> frozenset[str]:
        return frozenset(id for name in sorted(TESTS_OF_ONE) for id, _ in self.calls.named(name))

    def _calls_leaver(self, node: str) -> bool:
        return any(edge.target in self._leavers for edge in self.calls.edges.get(node, ()))


def _is_named(code: FunctionCode, register: int, owner: Member) -> bool:
    type_ = deref(code.type_of(register))
    return isinstance(type_, Named) and (type_.package, type_.name) == (owner.package, owner.owner)
