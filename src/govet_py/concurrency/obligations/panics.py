"""Locks that a panic leaves held, where somebody further up recovers and the program goes on.

Told are panics with a lock that no deferred call releases, and calls of functions of the program that panic by
themselves (`panic(…)`), below a function that recovers and does not panic again, as a server does around each handler
of requests. What a library or the runtime may panic with is not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Edge, InterfaceNode, Node, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import argument_of
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.uses import operands
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.flow.control import decisions
from govet_py.concurrency.flow.recoveries import is_served, recovers
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge.concurrency import ACQUIRE, HANDLER_RECOVERY
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path
from govet_py.model.finding import Confidence, Finding, Rule, Step

DEPTH = 3
Place = tuple[str, int]


class PanicLeak(NamedTuple):
    """`call` of `function`, under the lock `name` taken at `acquire`, comes to the panic at `panic`, from which
    `recovery` recovers. `asked_for`: what the function's caller gives decides whether it panics."""

    function: str
    name: str
    acquire: int
    call: int
    panic: Place
    recovery: str
    asked_for: bool


class _Panic(NamedTuple):
    """A panic at `place`, which comes or not by what the parameters `decided_by` of the function at hand are."""

    place: Place
    decided_by: frozenset[int]


class Panics:
    """The panics of a program, and who recovers from them."""

    def __init__(self, code: Code, calls: CallGraph, slices: Slices, locks: dict[str, LockSets]) -> None:
        self._code = code
        self._calls = calls
        self._slices = slices
        self._locks = locks
        self._panics: dict[tuple[str, int], _Panic | None] = {}
        """By function and how much deeper is looked."""

    def leaks(self) -> Iterator[PanicLeak]:
        """One finding a function and lock."""
        for id, locks in sorted(self._locks.items()):
            recovery = self._recovered.get(id)
            if recovery is not None:
                yield from self._leaks_of(self._code.function(id), locks, recovery)

    def _leaks_of(self, code: FunctionCode, locks: LockSets, recovery: str) -> Iterator[PanicLeak]:
        acquires = _acquires(code, locks)
        told: set[Path] = set()
        for site, panic in self._panics_of(code) if acquires else ():
            left = self._left(code, locks, site) - told
            for path, at in acquires.items() if left else ():
                if path in left:
                    told.add(path)
                    asked_for = bool(panic.decided_by)
                    yield PanicLeak(code.id, _name(code, at), at, site, panic.place, recovery, asked_for)

    @staticmethod
    def _left(code: FunctionCode, locks: LockSets, call: int) -> set[Path]:
        """The locks held at a call that the function has taken and no deferred call of it releases."""
        held = {lock.path for lock in locks.taken_at(call)}
        for register, event in locks.events.items() if held else ():
            if code.is_deferred(register):
                held -= event.releases
        return held

    # -- panics --------------------------------------------------------------------------------------

    def _panics_of(self, code: FunctionCode) -> Iterator[tuple[int, _Panic]]:
        """Where a function panics, and where it calls one that does."""
        yield from ((register, _Panic((code.id, register), _deciding(code, register))) for register in _panics_in(code))
        for edge in self._calls.edges.get(code.id, ()):
            panic = self._panic_below(code, edge, DEPTH)
            if panic is not None:
                yield edge.site, panic

    def _panic_below(self, code: FunctionCode, edge: Edge, depth: int) -> _Panic | None:
        """The panic that a static call comes to, by the parameters of the caller."""
        if edge.reason != Reason.STATIC or edge.mode != ir.Mode.CALL or not isinstance(edge.target, str) or not depth:
            return None
        target, key = self._code.function(edge.target), (edge.target, depth)
        if key not in self._panics:
            self._panics[key] = self._panic_of(target, depth)
        found = self._panics[key]
        return found and found._replace(decided_by=_handed_down(code, edge.site, target, found.decided_by))

    def _panic_of(self, code: FunctionCode, depth: int) -> _Panic | None:
        if recovers(self._code, code):
            return None
        for register in _panics_in(code):
            return _Panic((code.id, register), _deciding(code, register))
        below = (self._panic_below(code, edge, depth - 1) for edge in self._calls.edges.get(code.id, ()))
        return next((panic for panic in below if panic is not None), None)

    # -- recoveries ----------------------------------------------------------------------------------

    @cached_property
    def _recovered(self) -> dict[Node, str]:
        """The functions that run below one that recovers, on its goroutine, with that one."""
        found: dict[Node, str] = {}
        served: list[Node] = []
        for id in self._code.ids():
            code = self._code.function(id)
            if recovers(self._code, code):
                self._spread(found, [id, *self._run_by(id)], short_name(id))
            elif is_served(code):
                served.append(id)
        self._spread(found, served, HANDLER_RECOVERY)
        return found

    def _spread(self, found: dict[Node, str], work: list[Node], recovery: str) -> None:
        """Notes for functions, and for what they run, who recovers from their panics."""
        while work:
            node = work.pop()
            if node not in found:
                found[node] = recovery
                work.extend(edge.target for edge in self._calls.edges.get(node, ()) if self._stays(node, edge))

    def _run_by(self, function: str) -> Iterator[str]:
        """What a function that recovers is given to run."""
        code = self._code.function(function)
        for caller, register in self._calls.open_calls:
            call = code.code[register] if caller == function else None
            if isinstance(call, ir.Call) and call.mode == ir.Mode.CALL:
                yield from (value.function for value in self._slices.functions(code, call.callee))

    def _stays(self, node: Node, edge: Edge) -> bool:
        """Whether what an edge leads to runs on the same goroutine."""
        if isinstance(node, InterfaceNode) or edge.mode == ir.Mode.GO:
            return edge.mode != ir.Mode.GO
        code = self._code.function(node)
        made = isinstance(code.code[edge.site], ir.MakeClosure)
        return not made or not any(edge.site in operands(code.code[at]) for at in code.go_statements())


def _panics_in(code: FunctionCode) -> Iterator[int]:
    """Where a function itself panics."""
    return (call for call in code.of_kind(ir.Call) if code.callee(call) == p.BuiltinCall("panic"))


def _deciding(code: FunctionCode, panic: int) -> frozenset[int]:
    """The parameters, not the receiver, that the test right before a panic compares."""
    found: set[int] = set()
    for branch, _ in decisions(code, panic, 1):
        last = code.code[branch]
        test = code.code[last.cond] if isinstance(last, ir.If) else None
        if isinstance(test, ir.Binary) and not code.is_nil(test.right):
            found.update(at for side in (test.left, test.right) if (at := _parameter(code, side)) >= 0)
    return frozenset(found)


def _handed_down(code: FunctionCode, call: int, target: FunctionCode, positions: frozenset[int]) -> frozenset[int]:
    """Which parameters of a caller are the arguments for those of its callee."""
    given = (argument_of(target, code, call, at) for at in positions)
    return frozenset(at for value in given if value != ir.NONE and (at := _parameter(code, value)) >= 0)


def _parameter(code: FunctionCode, register: int) -> int:
    """The position of the parameter that a register holds as it was given, NONE for the receiver and the rest."""
    load = code.code[register]
    if not isinstance(load, ir.Load) or load.var not in code.function.params or code.stores.get(load.var):
        return ir.NONE
    is_receiver = code.body.vars[load.var].kind == ir.VarKind.RECEIVER
    return ir.NONE if is_receiver else code.function.params.index(load.var)


def _acquires(code: FunctionCode, locks: LockSets) -> dict[Path, int]:
    """Where a function takes each lock first, by the lock's own method."""
    found: dict[Path, int] = {}
    for register, taken in sorted(locks.taken.items()):
        if p.known_name(code.callee(register)) in ACQUIRE:
            found.update((lock.path, register) for lock in taken if lock.path not in found)
    return found


def _name(code: FunctionCode, acquire: int) -> str:
    receiver = code.receiver_of(acquire)
    return expression(code, receiver) if receiver != ir.NONE else "the lock"


def panic_finding(rule: Rule, program: Code, leak: PanicLeak) -> Finding:
    """A lock that a panic leaves held. It is `medium` where the function panics itself, or what a caller gives decides
    about the panic."""
    code, inner = program.function(leak.function), program.function(leak.panic[0])
    depth = int(leak.panic != (code.id, leak.call))
    steps = (
        Step(code.site(leak.acquire), f"{leak.name} is taken, and no deferred call releases it"),
        *([Step(code.site(leak.call), "calls, with the lock")] if depth else []),
        Step(inner.site(leak.panic[1]), f"panics; {leak.recovery} recovers, and {leak.name} stays locked", 0, depth),
    )
    message = f"{leak.name} stays locked when {short_name(inner.id)} panics and {leak.recovery} recovers"
    confidence = Confidence.MEDIUM if leak.asked_for or not depth else Confidence.LOW
    return Finding(rule, confidence, message, steps[0].site, code.id, ("panic", leak.name), steps)
