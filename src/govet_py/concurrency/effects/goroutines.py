"""Which functions run on goroutines that come in many copies.

A *root* is what a go statement or spawner starts, or a handler that a server calls per request. It has
MANY copies when it is started in a loop, or by a function that itself runs again and again: called in
a loop, or by a function that is. A function that such a goroutine gets from its helper's caller is one
too. Everything a MANY root reaches runs beside itself. One pass down the call graph each; the start
nearest to a function is kept as evidence.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.effects.fan_outs import FanOuts
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model.concurrency import Copies, FunctionValue
from govet_py.model.finding import Step
from govet_py.model.program import TypeObject
from govet_py.model.source import Site
from govet_py.model.types import Interface, Named


class Start(NamedTuple):
    """`function` is started as a goroutine at `site` (in `starter`), in many copies because of
    `repeated`: the loop's or call's site; None for handlers."""

    function: str
    site: Site
    starter: str
    repeated: Site


class Goroutines:
    """The MANY roots of a program and what they reach."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._repeated = self._find_repeated()
        self._parent: dict[Node, tuple[Node, Site] | None] = {}
        self._start: dict[Node, Start] = {}
        self._requested: set[str] = set()
        self._spread()

    def is_requested(self, function: str) -> bool:
        """Reports whether a library runs a function for every request, as often at once as there are requests."""
        return function in self._requested

    def requested(self) -> tuple[str, ...]:
        """The functions that libraries run for every request, in order."""
        return tuple(sorted(self._requested))

    def is_repeated(self, function: str) -> bool:
        """Reports whether a function runs again and again, in a loop or below one."""
        return function in self._repeated

    def many(self, function: str) -> Start | None:
        """The start of a MANY goroutine that reaches `function`, or None."""
        return self._start.get(function)

    def path(self, function: str) -> tuple[Step, ...]:
        """The steps from the start of the goroutine down to `function`."""
        start = self._start[function]
        sites: list[Site] = []
        node: Node = function
        while (parent := self._parent.get(node)) is not None:
            if parent[1].path:
                sites.append(parent[1])
            node = parent[0]
        steps = [Step(start.repeated, "again and again"), Step(start.site, "a goroutine is started")]
        if start.repeated == start.site:
            steps = [Step(start.site, "many goroutines are started")]
        return (*steps, *(Step(site, "which calls", 0, depth) for depth, site in enumerate(reversed(sites), 1)))

    def _find_repeated(self) -> dict[Node, Site]:
        """Functions that run again and again, with the loop's call that shows it."""
        found: dict[Node, Site] = {}
        work: deque[Node] = deque()
        for node, edges in self._calls.edges.items():
            if isinstance(node, InterfaceNode):
                continue
            code = self._code.function(node)
            for edge in edges if code.function.loops else ():
                if edge.target not in found and code.loop_of(edge.site) != ir.NONE:
                    found[edge.target] = code.site(edge.site)
                    work.append(edge.target)
        while work:
            node = work.popleft()
            for edge in self._calls.edges.get(node, ()):
                if edge.target not in found:
                    found[edge.target] = found[node]
                    work.append(edge.target)
        return found

    def _starts(self) -> Iterator[Start]:
        for node, edges in self._calls.edges.items():
            if isinstance(node, InterfaceNode):
                continue
            code = self._code.function(node)
            for edge in edges:
                if edge.mode == ir.Mode.GO and isinstance(edge.target, str):
                    yield from self._many(code, edge.site, edge.target)
        for handler in (*handlers(self._code), *_offered_handlers(self._code)):
            self._requested.add(handler.function)
            yield handler
        for name, spawner in knows.SPAWNERS.items():
            for id, register in self._calls.named(name):
                yield from self._spawned(self._code.function(id), register, spawner)

    def _spawned(self, code: FunctionCode, register: int, spawner: knows.Spawner) -> Iterator[Start]:
        call = code.code[register]
        assert isinstance(call, ir.Call)
        if spawner.function >= len(call.args):
            return
        for value in self._values.started(code, call.args[spawner.function], spawner.method):
            if isinstance(value, FunctionValue):
                if spawner.copies == Copies.MANY:
                    self._requested.add(value.function)
                    yield Start(value.function, code.site(register), code.id, code.site(register))
                else:
                    yield from self._many(code, register, value.function)

    def _many(self, code: FunctionCode, register: int, target: str) -> Iterator[Start]:
        if code.loop_of(register) != ir.NONE:
            yield Start(target, code.site(register), code.id, code.site(register))
        elif code.id in self._repeated:
            yield Start(target, code.site(register), code.id, self._repeated[code.id])

    def _begin(self, start: Start, work: deque[Node]) -> None:
        if start.function not in self._start:
            self._start[start.function] = start
            self._parent[start.function] = None
            work.append(start.function)

    def _spread(self) -> None:
        work: deque[Node] = deque()
        for start in self._starts():
            self._begin(start, work)
        for function, start in list(FanOuts(self._code, self._values, self._calls).given(self._start)):
            self._begin(start._replace(function=function), work)
        while work:
            node = work.popleft()
            for edge in self._calls.edges.get(node, ()):
                if edge.target not in self._start:
                    site = Site("", 0) if isinstance(node, InterfaceNode) else self._code.function(node).site(edge.site)
                    self._start[edge.target] = self._start[node]
                    self._parent[edge.target] = (node, site)
                    work.append(edge.target)


def handlers(code: Code) -> Iterator[Start]:
    """RPC handlers: the methods of types that implement a server interface of generated code. The server runs them
    beside themselves, one goroutine a request."""
    for package in code.program.packages.values():
        for found in package.scope.values() if package.has_generated else ():
            named = isinstance(found, TypeObject) and found.decl.name.endswith(knows.HANDLER_INTERFACE)
            if named and isinstance(found, TypeObject) and isinstance(found.decl.type, Interface):
                yield from _served(code, Named(package.path, found.decl.name), found.decl.type)


def _offered_handlers(code: Code) -> Iterator[Start]:
    """Handlers of HTTP requests that a package has for users who are not in view: they hand them to a server. A literal
    in a handler is part of it."""
    for id in code.ids():
        function = code.function(id)
        if id.rpartition(".")[2][:1].isupper() and _handles_requests(function):
            parent = function.body.functions[function.index].parent
            inner = parent != ir.NONE and _handles_requests(code.sibling(function, parent))
            if not inner and code.program.is_offered(function.package):
                site = Site(function.path, function.function.span)
                yield Start(id, site, id, site)


def _handles_requests(function: FunctionCode) -> bool:
    params = function.function.params[function.is_method :]
    return len(params) == len(knows.REQUEST) and tuple(map(function.types.var_type, params)) == knows.REQUEST


def _served(code: Code, interface: Named, declared: Interface) -> Iterator[Start]:
    for method in declared.methods:
        for id in code.program.implementers(interface, method.name):
            function = code.get(id)
            if function is not None:
                site = Site(function.path, function.function.span)
                yield Start(id, site, id, site)
