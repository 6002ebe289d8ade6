"""The functions around some functions: who calls or starts them, and what they call or start.

Callers are followed upwards and callees downwards, so that neighbours of neighbours that have nothing to
do with the middle stay out. Neither the node of an interface nor a literal in its function counts as a step.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from govet_py.callgraph.callgraph import Edge as Call
from govet_py.callgraph.callgraph import InterfaceNode
from govet_py.callgraph.callgraph import Node as Callee
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.facts import Facts
from govet_py.knowledge.concurrency import SPAWNERS
from govet_py.model import ir
from govet_py.model.concurrency import FunctionValue
from govet_py.model.picture import Edge, Link, Node
from govet_py.model.source import Site
from govet_py.model.types import Named

_MODES = {ir.Mode.GO: Link.GO, ir.Mode.DEFER: Link.DEFER, ir.Mode.CALL: Link.CALL}
_LINKS = tuple(Link)


class Around(NamedTuple):
    """Nodes nearest first, the edges between them, and how many functions were left out."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


class Surroundings:
    """The call graph with the starts of goroutines, to be looked at from some functions."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._down: dict[Callee, dict[Callee, Link]] = {}
        for source, edges in facts.calls.edges.items():
            for edge in edges:
                self._add(source, edge.target, self._link(source, edge))
        for starter, function in self._spawned():
            self._add(starter, function, Link.GO)
        self._up: dict[Callee, list[Callee]] = {}
        for source, targets in self._down.items():
            for target in targets:
                self._up.setdefault(target, []).append(source)

    def around(self, centres: Sequence[str], depth: int, most: int) -> Around:
        """What is at most `depth` calls up or down from `centres`, and what joins two of them."""
        found: dict[Callee, None] = dict.fromkeys(centres)
        found.update(dict.fromkeys(self._joints(centres)))
        for node in self._reached(centres, depth):
            found.setdefault(node)
        shown = list(found)[:most]
        kept = set(shown)
        edges = [
            Edge(_id(source), _id(target), link)
            for source in shown for target, link in self._down.get(source, {}).items() if target in kept
        ]
        starts = {edge.target for edge in edges if edge.link is Link.GO}
        nodes = [self._node(node, _id(node) in starts, node in centres) for node in shown]
        return Around(tuple(nodes), tuple(sorted(edges, key=lambda edge: edge[:2])), len(found) - len(shown))

    def enclosing(self, site: Site) -> str | None:
        """The innermost function that a site lies in."""
        code = self._facts.code.enclosing(site)
        return code.id if code else None

    def site(self, id: str) -> Site | None:
        """Where a function is declared."""
        code = self._facts.code.get(id)
        return Site(code.path, code.function.span) if code else None

    def ids(self) -> Iterator[str]:
        return self._facts.code.ids()

    def _add(self, source: Callee, target: Callee, link: Link) -> None:
        links = self._down.setdefault(source, {})
        if target not in links or _LINKS.index(link) < _LINKS.index(links[target]):
            links[target] = link

    def _link(self, source: Callee, edge: Call) -> Link:
        if isinstance(source, InterfaceNode):
            return Link.IMPLEMENTS
        instruction = self._facts.code.function(source).code[edge.site]
        return _MODES[edge.mode] if isinstance(instruction, ir.Call) else Link.GIVES

    def _spawned(self) -> Iterator[tuple[str, str]]:
        """What library calls start as goroutines, errgroup's Go for example."""
        for name, spawner in SPAWNERS.items():
            for caller, register in self._facts.calls.named(name):
                code = self._facts.code.function(caller)
                call = code.code[register]
                if isinstance(call, ir.Call) and spawner.function < len(call.args):
                    for value in self._facts.values.of(code, call.args[spawner.function]):
                        if isinstance(value, FunctionValue) and self._facts.code.get(value.function):
                            yield caller, value.function

    def _joints(self, centres: Iterable[str]) -> list[Callee]:
        """What one centre leads to and another is led to by."""
        ordered = list(centres)
        known = set(ordered)
        below = {target for one in ordered for target in self._down.get(one, {}) if target not in known}
        return sorted((node for node in below if any(target in known for target in self._down.get(node, {}))), key=_id)

    def _reached(self, centres: Sequence[str], depth: int) -> list[Callee]:
        """Nearest first, then by name; upwards and downwards apart."""
        down = _distances(centres, depth, lambda node: self._down.get(node, {}))
        distances = _distances(centres, depth, lambda node: self._up.get(node, ()))
        for node, distance in down.items():
            distances[node] = min(distance, distances.get(node, distance))
        return sorted(distances, key=lambda node: (distances[node], _id(node)))

    def _node(self, node: Callee, starts: bool, is_centre: bool) -> Node:
        if isinstance(node, InterfaceNode):
            return Node(_id(node), _interface_label(node), is_interface=True)
        start = self._facts.goroutines.many(node) if starts else None
        many = start is not None and start.function == node
        return Node(node, short_name(node), is_centre=is_centre, starts=starts, many=many)


def _distances(
    centres: Iterable[str], depth: int, beside: Callable[[Callee], Iterable[Callee]],
) -> dict[Callee, int]:
    """How many functions away what is at most `depth` away is."""
    distances: dict[Callee, int] = dict.fromkeys(centres, 0)
    work: deque[Callee] = deque(distances)
    while work:
        node = work.popleft()
        for other in beside(node):
            distance = distances[node] + _is_a_step(node, other)
            if distance <= depth and distance < distances.get(other, depth + 1):
                distances[other] = distance
                (work.append if distance > distances[node] else work.appendleft)(other)
    return distances


def _is_a_step(node: Callee, other: Callee) -> bool:
    """Interfaces are no functions, and a literal is a part of the function around it."""
    if isinstance(node, InterfaceNode) or isinstance(other, InterfaceNode):
        return not isinstance(other, InterfaceNode)
    return node.partition("$")[0] != other.partition("$")[0]


def _id(node: Callee) -> str:
    if isinstance(node, InterfaceNode):
        return f"interface {_type_id(node)}.{node.method}"
    return node


def _type_id(node: InterfaceNode) -> str:
    owner = node.interface
    return f"{owner.package}.{owner.name}" if isinstance(owner, Named) else str(owner)


def _interface_label(node: InterfaceNode) -> str:
    owner = node.interface
    return f"{owner.name}.{node.method}" if isinstance(owner, Named) else f"interface.{node.method}"
