"""Start-up order: what a program's start-up code watches, and what it has built before.

A *program* package is `main` or lies under cmd/. Its calls into other packages are the entries of start-up, and so are
its own functions that watch. Within an entry calls are taken in source order; a call stands for all it reaches by
calls, go statements and groups of goroutines. Other function values that are only handed over run later, and do not
count; but what a function literal builds is taken to be built (a retry runs the one that it is given).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Edge, InterfaceNode, Node, Reason
from govet_py.callgraph.code import Code, FunctionCode, package_of
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.protocols.handed_up import hands_up
from govet_py.concurrency.protocols.keyed_stores import KeyedStores
from govet_py.concurrency.protocols.postponed import follows_an_event, is_optional, tries_again
from govet_py.concurrency.protocols.stores import kept_records
from govet_py.knowledge.concurrency import SPAWNERS
from govet_py.knowledge.records import Record, is_program, short_id
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import Named

MAX_IMPLEMENTERS = 4


class EarlyWatch(NamedTuple):
    """The start-up function `entry` (called at `started` by a program) comes through the call at `call`
    to a watch of `record`, at the end of `path`, and nothing before has built or looked at the record."""

    entry: str
    call: int
    record: Record
    started: Site
    path: tuple[Site, ...]


class StartUp:
    """The start-up code of a program's components, held against the records they depend on."""

    def __init__(self, code: Code, calls: CallGraph, slices: Slices, records: Sequence[Record]) -> None:
        self._code = code
        self._slices = slices
        self._calls = calls
        self._keyed = KeyedStores(code, calls)
        known = (*records, *kept_records(code.program, records))
        self._records = (*known, *self._keyed.records(known))
        self._in_order: dict[str, list[Edge]] = {}

    def early_watches(self) -> Iterator[EarlyWatch]:
        """The first watch of each record in each entry that nothing ensures before."""
        for record in self._records:
            watches = self._ways(record.watches)
            ensures = self._ways(record.ensures, literals=True)
            own = self._own_sources(record)
            for entry, started in (*self._entries(ensures), *self._own_entries(record, ensures)):
                found = self._first_watch(entry, watches, ensures, record)
                if found is not None and package_of(entry) not in own:
                    yield EarlyWatch(entry, found.site, record, started, self._path(entry, found, watches))

    def _own_sources(self, record: Record) -> set[str]:
        """Packages that implement the watched interface themselves: they depend on nobody's record."""
        return {
            package_of(edge.target)
            for node, edges in self._calls.edges.items()
            if isinstance(node, InterfaceNode) and self._watches(node, record)
            for edge in edges
            if isinstance(edge.target, str) and short_id(edge.target) not in record.watches
        }

    def _watches(self, node: InterfaceNode, record: Record) -> bool:
        owner = node.interface
        name = short_id(p.method_id(owner, node.method)) if isinstance(owner, Named) else ""
        targets = (edge.target for edge in self._calls.edges[node])
        return name in record.watches or any(isinstance(t, str) and short_id(t) in record.watches for t in targets)

    def _entries(self, ensures: dict[Node, Edge | None]) -> Iterator[tuple[str, Site]]:
        """Functions that a program calls, unless the program ensured the record before each call."""
        seen: set[str] = set()
        for id in self._code.ids():
            if not self._is_program(id):
                continue
            code = self._code.function(id)
            ensured = False
            for edge in self._ordered(id):
                for target in self._targets(edge):
                    if not ensured and not self._is_program(target) and target not in seen:
                        seen.add(target)
                        yield target, code.site(edge.site)
                ensured = ensured or self._builds(code, edge, ensures)

    def _own_entries(self, record: Record, ensures: dict[Node, Edge | None]) -> Iterator[tuple[str, Site]]:
        """The functions of a program itself that watch a record of another package, and where they are called from."""
        for id in dict.fromkeys(id for name in sorted(record.watches) for id, _ in self._called.get(name, ())):
            if self._is_program(id) and short_id(id) not in record.watches:
                started = self._started_at(id, ensures, frozenset())
                if started is not None:
                    yield id, started

    def _started_at(self, id: str, ensures: dict[Node, Edge | None], seen: frozenset[str]) -> Site | None:
        """Where a function of a program is called on the way from main, if nothing ensures the record on the way."""
        code = self._code.function(id)
        if code.is_main:
            return Site(code.path, code.function.span)
        for caller, call in self._calls.sites(id):
            before = (edge for edge in self._ordered(caller.id) if edge.site < call)
            ensured = any(self._builds(caller, edge, ensures) for edge in before)
            if caller.id in seen or not self._is_program(caller.id) or ensured:
                continue
            if self._started_at(caller.id, ensures, seen | {id}) is not None:
                return caller.site(call)
        return None

    def _builds(self, code: FunctionCode, edge: Edge, ensures: dict[Node, Edge | None]) -> bool:
        """Whether a call builds the record by now, unless told not to: a goroutine may do so at an event only."""
        if edge.target not in ensures or is_optional(self._code, self._slices, code, edge.site):
            return False
        run = self._code.get(edge.target) if isinstance(edge.target, str) and edge.mode == ir.Mode.GO else None
        if run is None:
            return True
        building = [one.site for one in self._calls.edges[run.id] if one.target in ensures]
        return not building or not all(follows_an_event(self._code, run, at) for at in building)

    def _is_program(self, id: str) -> bool:
        return is_program(self._code.program, package_of(id))

    def _ordered(self, id: str) -> list[Edge]:
        """The calls of a function in source order, values handed over left out."""
        found = self._in_order.get(id)
        if found is None:
            edges = (edge for edge in self._calls.edges[id] if self._is_call(id, edge))
            calls = (edge._replace(site=self._started.get((id, edge.site), edge.site)) for edge in edges)
            found = self._in_order[id] = sorted(calls, key=lambda edge: edge.site)
        return found

    def _is_call(self, caller: str, edge: Edge) -> bool:
        """Whether an edge runs its target now: a handler that a call returns, to be registered, runs later."""
        code = self._code.function(caller)
        runs = isinstance(code.code[edge.site], ir.Call) and (
            edge.reason != Reason.VALUE or isinstance(code.callee(edge.site), p.Value)
        )
        return runs or (caller, edge.site) in self._started

    @cached_property
    def _started(self) -> dict[tuple[str, int], int]:
        """The calls that give a group of goroutines a function value to run, by function and register of the value."""
        found: dict[tuple[str, int], int] = {}
        for name, spawner in SPAWNERS.items():
            for id, register in self._calls.named(name) if spawner.grouped else ():
                code = self._code.function(id)
                given = code.code[register].args[spawner.function]  # type: ignore[union-attr]
                found.update({(id, given): register, (id, code.source(given)): register})
        return found

    def _targets(self, edge: Edge) -> Iterator[str]:
        if isinstance(edge.target, str):
            yield edge.target

    def _first_watch(
        self, function: str, watches: dict[Node, Edge | None], ensures: dict[Node, Edge | None], record: Record
    ) -> Edge | None:
        for edge in self._ordered(function):
            if self._is_ensured(function, edge, ensures, record):
                return None
            if edge.target in watches or self._does(function, edge.site, record.watches):
                again = tries_again(self._code, self._code.function(function), edge.site)
                return edge if not again and not self._guarded_below(edge.target, watches, ensures, record, 0) else None
        return None

    def _guarded_below(
        self, node: Node, watches: dict[Node, Edge | None], ensures: dict[Node, Edge | None], record: Record, depth: int
    ) -> bool:
        """Whether the callee itself looks at or builds the record before it watches. A store's own watch looks for what
        it is to give, and fails without."""
        if depth > 12 or node not in watches or isinstance(node, InterfaceNode):
            return False
        looks = record._replace(reads=frozenset()) if short_id(node) in record.watches else record
        for edge in self._ordered(node):
            if self._is_ensured(node, edge, ensures, looks):
                return True
            if edge.target in watches or self._does(node, edge.site, record.watches):
                again = tries_again(self._code, self._code.function(node), edge.site)
                return again or self._guarded_below(edge.target, watches, ensures, record, depth + 1)
        return False

    def _is_ensured(self, function: str, call: Edge, ensures: dict[Node, Edge | None], record: Record) -> bool:
        """Whether a call, or a literal made before it, builds the record, or the call looks at it."""
        code = self._code.function(function)
        if self._does(function, call.site, record.ensures):
            return not is_optional(self._code, self._slices, code, call.site)
        if self._builds(code, call, ensures):
            return True
        if self._does(function, call.site, record.reads) and not hands_up(code, call.site):
            return True
        made = (edge for edge in self._calls.edges[function] if edge.site < call.site and _is_literal(edge))
        return any(edge.target in ensures and self._is_run(function, edge.site) for edge in made)

    def _is_run(self, function: str, literal: int) -> bool:
        """Whether a literal is handed to a function of the program: libraries keep handlers for later."""
        code = self._code.function(function)
        for register in code.of_kind(ir.Call):
            call, callee = code.code[register], code.callee(register)
            if isinstance(call, ir.Call) and any(code.source(argument) == literal for argument in call.args):
                return isinstance(callee, p.Static) and self._code.get(callee.function) is not None
        return False

    def _does(self, function: str, call: int, names: frozenset[str]) -> bool:
        """Whether a call is one of the named functions, interface methods and uses of a key."""
        return any(name in names for name in self._names(function, call))

    def _names(self, function: str, call: int) -> tuple[str, str]:
        """The short id of what a call names, a function or an interface's method, and what it does with a key."""
        callee = self._code.function(function).callee(call)
        return short_id(p.known_name(callee)), self._keyed.name(function, call)

    @cached_property
    def _called(self) -> dict[str, list[tuple[str, Edge]]]:
        """The calls of a name, in functions that have them."""
        found: dict[str, list[tuple[str, Edge]]] = {}
        for id in self._code.ids():
            for edge in self._ordered(id):
                for name in self._names(id, edge.site):
                    found.setdefault(name, []).append((id, edge))
        return found

    def _ways(self, names: frozenset[str], literals: bool = False) -> dict[Node, Edge | None]:
        """Every function that reaches one of the named functions, with the call to take next; `literals`: or
        hands over a literal that does."""
        ways: dict[Node, Edge | None] = {id: None for id in self._code.ids() if short_id(id) in names}
        for name in sorted(names):
            for id, edge in self._called.get(name, ()):
                ways.setdefault(id, edge)
        work = list(ways)
        for node in work:
            for caller, edge in self._calls.callers.get(node, ()):
                if caller in ways or not self._leads_on(caller, edge, literals):
                    continue
                ways[caller] = edge
                work.append(caller)
        return ways

    def _leads_on(self, caller: Node, edge: Edge, literals: bool) -> bool:
        if isinstance(caller, InterfaceNode):
            return len(self._calls.edges[caller]) <= MAX_IMPLEMENTERS
        return self._is_call(caller, edge) or (literals and _is_literal(edge) and self._is_run(caller, edge.site))

    def _path(self, entry: str, first: Edge, watches: dict[Node, Edge | None]) -> tuple[Site, ...]:
        sites = [self._code.function(entry).site(first.site)]
        node, seen = first.target, set[Node]()
        while node in watches and node not in seen:
            seen.add(node)
            edge = watches[node]
            if edge is None:
                break
            if isinstance(node, str):
                sites.append(self._code.function(node).site(edge.site))
            node = edge.target
        return tuple(sites)


def _is_literal(edge: Edge) -> bool:
    return isinstance(edge.target, str) and "$" in edge.target
