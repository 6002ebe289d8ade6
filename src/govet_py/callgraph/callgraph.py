"""The call graph: which function may run which, and why each edge is there.

Interface calls go through a node of their own (`InterfaceNode`), so that what all implementations
have in common is computed once and not at each call. A function that makes a closure, or uses a
function as a value, has a VALUE edge to it: whoever runs it in the end was given it here.

Cost: one callee resolution a call site; nodes and edges grow with functions and call sites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from enum import Enum
from functools import cached_property
from typing import NamedTuple, Union

import networkx

from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.uses import operands
from govet_py.callgraph.values import ValueAnalysis
from govet_py.knowledge.concurrency import SPAWNED, SPAWNERS, Spawner
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import FunctionValue
from govet_py.model.types import Type, deref


class InterfaceNode(NamedTuple):
    """All implementations of one interface method, taken together."""

    interface: Type
    method: str


Node = Union[str, InterfaceNode]


KEEPS = (ir.Composite, ir.SetIndex, ir.SetField, ir.SetName, ir.Send)
"""Instructions that keep a function value for somebody to run later."""


class Reason(Enum):
    STATIC = "static"
    INTERFACE = "interface"
    VALUE = "value"


class Edge(NamedTuple):
    """`site` is the register of the call (or of the instruction that makes the function value)."""

    target: Node
    site: int
    mode: ir.Mode
    reason: Reason


def callees_first(component: list[Node], edges: Callable[[Node], Iterable[Edge]]) -> list[Node]:
    """The nodes of a component in depth-first postorder: as few as possible before their callees."""
    if len(component) == 1:
        return component
    members, seen, ordered = set(component), set[Node](), list[Node]()
    for start in component:
        stack = [] if start in seen else [(start, iter(edges(start)))]
        seen.add(start)
        while stack:
            node, rest = stack[-1]
            target = next((e.target for e in rest if e.target in members and e.target not in seen), None)
            if target is None:
                ordered.append(node)
                stack.pop()
            else:
                seen.add(target)
                stack.append((target, iter(edges(target))))
    return ordered


class CallGraph:
    """Edges by caller, and functions in bottom-up order. `open_calls`: the calls, as (caller, register), of function
    values of which nothing is known on the spot; `conversions`: those that convert a value to another type."""

    def __init__(self, code: Code, values: ValueAnalysis) -> None:
        self._code = code
        self._values = values
        self.statistics = {"calls": 0, "static": 0, "interface": 0, "value": 0, "unresolved": 0}
        self.edges: dict[Node, list[Edge]] = {}
        self._named: dict[str, list[tuple[str, int]]] = {}
        self._spawnable: dict[str, tuple[tuple[int, str], ...]] = {}
        self.open_calls: list[tuple[str, int]] = []
        self.conversions: list[tuple[str, int]] = []
        for id in code.ids():
            self.edges[id] = list(self._edges_of(code.function(id)))
        for node in [e.target for edges in list(self.edges.values()) for e in edges]:
            if isinstance(node, InterfaceNode) and node not in self.edges:
                self.edges[node] = [
                    Edge(target, ir.NONE, ir.Mode.CALL, Reason.INTERFACE)
                    for target in code.program.implementers(node.interface, node.method)
                ]

    def _edges_of(self, code: FunctionCode) -> Iterator[Edge]:
        for register in code.of_kind(ir.Call, ir.MakeClosure, *KEEPS):
            instruction = code.code[register]
            if isinstance(instruction, ir.Call):
                yield from self._call_edges(code, register, instruction)
            elif isinstance(instruction, ir.MakeClosure):
                target = literal_id(code.body_id, instruction.function)
                yield Edge(target, register, ir.Mode.CALL, Reason.VALUE)
            else:
                yield from self._value_edges(code, operands(instruction))

    def _call_edges(self, code: FunctionCode, register: int, call: ir.Call) -> Iterator[Edge]:
        callee = code.callee(register)
        counts = self.statistics
        counts["calls"] += 1
        if isinstance(callee, p.Static):
            counts["static"] += 1
            if self._code.get(callee.function):
                yield Edge(callee.function, register, call.mode, Reason.STATIC)
                yield from self._object_edges(code, call, callee.function)
            else:
                self._named.setdefault(callee.function, []).append((code.id, register))
                yield from self._handler_edges(code, call, SPAWNERS.get(callee.function))
        elif isinstance(callee, p.Interface):
            counts["interface"] += 1
            self._named.setdefault(p.interface_method_id(callee), []).append((code.id, register))
            yield Edge(InterfaceNode(callee.interface, callee.method), register, call.mode, Reason.INTERFACE)
        elif isinstance(callee, p.Value):
            targets = self._values.targets(code, register)
            counts["value" if targets else "unresolved"] += 1
            if not targets:
                self.open_calls.append((code.id, register))
            for target in targets:
                if self._code.get(target.function):
                    yield Edge(target.function, register, call.mode, Reason.VALUE)
        elif isinstance(callee, p.Conversion):
            self.conversions.append((code.id, register))
        elif isinstance(callee, p.UnknownCallee):
            counts["unresolved"] += 1
        yield from self._value_edges(code, call.args)

    def _value_edges(self, code: FunctionCode, registers: Iterable[int]) -> Iterator[Edge]:
        """Declared functions and method values that are handed over or kept."""
        for register in registers:
            if register >= 0 and type(code.code[register]) in (ir.Name, ir.Selector):
                what = code.denotes(register)
                if isinstance(what, p.FunctionRef) and self._code.get(what.id):
                    yield Edge(what.id, register, ir.Mode.CALL, Reason.VALUE)

    def _handler_edges(self, code: FunctionCode, call: ir.Call, spawner: Spawner | None) -> Iterator[Edge]:
        """The method of an object that is handed over to be run."""
        if spawner is not None and spawner.method and spawner.function < len(call.args):
            register = call.args[spawner.function]
            for value in self._values.started(code, register, spawner.method):
                if isinstance(value, FunctionValue) and self._code.get(value.function):
                    yield Edge(value.function, register, ir.Mode.CALL, Reason.VALUE)

    def _object_edges(self, code: FunctionCode, call: ir.Call, callee: str) -> Iterator[Edge]:
        """The methods of objects that are handed over as something of which a spawner may run a method."""
        known = self._spawnable.get(callee)
        if known is None:
            signature = self._code.program.signature(callee)
            params = enumerate(signature.params) if signature is not None else ()
            known = self._spawnable[callee] = tuple((at, SPAWNED[type_]) for at, type_ in params if type_ in SPAWNED)
        for position, method in known:
            if position < len(call.args):
                found = self._code.program.method(deref(code.type_of(call.args[position])), method)
                if found is not None and self._code.get(found[0]):
                    yield Edge(found[0], call.args[position], ir.Mode.CALL, Reason.VALUE)

    def bottom_up(self) -> Iterator[list[Node]]:
        """The strongly connected components, callees before callers."""
        yield from self._components

    @cached_property
    def _components(self) -> list[list[Node]]:
        nodes: dict[Node, int] = {node: index for index, node in enumerate(self.edges)}
        names = list(nodes)
        graph: networkx.DiGraph[int] = networkx.DiGraph()
        graph.add_nodes_from(range(len(names)))
        graph.add_edges_from(
            (nodes[node], nodes[edge.target])
            for node, edges in self.edges.items()
            for edge in edges
            if edge.target in nodes
        )
        return [
            [names[index] for index in sorted(component)]
            for component in networkx.strongly_connected_components(graph)
        ]

    def named(self, function: str) -> list[tuple[str, int]]:
        """The calls, as (caller, register), of a function without a body here or of an interface method,
        by its id (`sync.Mutex.Lock`, `context.Context.Value`)."""
        return self._named.get(function, [])

    def named_like(self, prefixes: tuple[str, ...]) -> list[str]:
        """The functions without a body here whose ids start with one of the prefixes."""
        return sorted(name for name in self._named if name.startswith(prefixes))

    def named_as(self, names: Set[str]) -> list[str]:
        """The functions without a body here, and interface methods, of which the name alone is one of some."""
        return sorted(id for id in self._named if id.rpartition(".")[2] in names)

    @property
    def interface_calls(self) -> Iterator[tuple[str, int]]:
        """The calls, as (caller, register), of interface methods."""
        nodes = (node for node in self.callers if isinstance(node, InterfaceNode))
        return ((caller, edge.site) for node in nodes for caller, edge in self.callers[node] if isinstance(caller, str))

    @cached_property
    def callers(self) -> dict[Node, list[tuple[Node, Edge]]]:
        """The edges turned round."""
        result: dict[Node, list[tuple[Node, Edge]]] = {}
        for node, edges in self.edges.items():
            for edge in edges:
                result.setdefault(edge.target, []).append((node, edge))
        return result

    def sites(self, function: str) -> Iterator[tuple[FunctionCode, int]]:
        """The calls, as (caller, register), that may run a function: also those of interface methods that it is."""
        seen: set[Node] = set()
        work: list[Node] = [function]
        while work:
            for caller, edge in self.callers.get(work.pop(), ()):
                if isinstance(caller, InterfaceNode):
                    if caller not in seen:
                        seen.add(caller)
                        work.append(caller)
                    continue
                code = self._code.function(caller)
                if isinstance(code.code[edge.site], ir.Call):
                    yield code, edge.site

    def arguments(self, function: FunctionCode, position: int) -> Iterator[tuple[FunctionCode, int]]:
        """What callers put in for a parameter (the receiver first): caller and register."""
        at = position - function.is_method
        for code, register in self.sites(function.id):
            call = code.code[register]
            if isinstance(call, ir.Call) and 0 <= at < len(call.args):
                yield code, call.args[at]

    def method_calls(self, method: str) -> Iterator[tuple[FunctionCode, int, int]]:
        """The calls that name a method: caller, register, and the register of the receiver there."""
        for caller, edge in self.callers.get(method, ()):
            code = self._code.get(caller) if isinstance(caller, str) else None
            if code is not None and isinstance(code.code[edge.site], ir.Call):
                callee = code.callee(edge.site)
                if isinstance(callee, p.Static) and callee.receiver != ir.NONE:
                    yield code, edge.site, callee.receiver

    def callees(self, code: FunctionCode, call: int) -> Iterator[FunctionCode]:
        """The functions with a body that a call may run, or that it is given."""
        nodes: list[Node] = [edge.target for edge in self.edges[code.id] if edge.site == call]
        for node in list(nodes):
            if isinstance(node, InterfaceNode):
                nodes.extend(edge.target for edge in self.edges.get(node, ()))
        for node in nodes:
            target = self._code.get(node) if isinstance(node, str) else None
            if target is not None:
                yield target

    def reachable(self, roots: Iterable[Node]) -> set[Node]:
        """Every node that can be reached from the roots, themselves included."""
        seen = set(roots)
        work = list(seen)
        while work:
            fresh = [node for node in self._targets.get(work.pop(), ()) if node not in seen]
            seen.update(fresh)
            work.extend(fresh)
        return seen

    @cached_property
    def _targets(self) -> dict[Node, tuple[Node, ...]]:
        return {node: tuple({edge.target: None for edge in edges}) for node, edges in self.edges.items() if edges}
