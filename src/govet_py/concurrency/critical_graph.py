"""The part of the call graph that critical pairs are about: functions that come to an event and may be called
with a lock held, hold one themselves, or give somebody a callback. Registered callbacks are edges of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

import networkx

from govet_py.callgraph.callgraph import CallGraph, Edge, Node, Reason
from govet_py.concurrency.callbacks import Callbacks
from govet_py.model import ir


class CriticalGraph:
    """`locking` functions take locks themselves, `wrappers` return with a lock held, `eventful` ones have
    events besides locks."""

    def __init__(
        self,
        calls: CallGraph,
        callbacks: Callbacks,
        locking: frozenset[str],
        wrappers: frozenset[str],
        eventful: frozenset[str],
    ) -> None:
        self._calls = calls
        self._callbacks = callbacks
        self._locking = locking
        self._wrappers = wrappers
        self._eventful = eventful

    def components(self) -> Iterator[list[Node]]:
        """The strongly connected components, callees before callers."""
        nodes = self._relevant()
        index = {node: number for number, node in enumerate(nodes)}
        graph: networkx.DiGraph[int] = networkx.DiGraph()
        graph.add_nodes_from(range(len(nodes)))
        for node in nodes:
            graph.add_edges_from((index[node], index[e.target]) for e in self._edges(node) if e.target in index)
        for found in networkx.strongly_connected_components(graph):
            yield [nodes[number] for number in sorted(found)]

    @cached_property
    def callers(self) -> dict[Node, list[Node]]:
        """Who runs a function on the own goroutine, or makes it a value."""
        found: dict[Node, list[Node]] = {}
        for node in self._calls.edges:
            for edge in self._edges(node):
                if edge.mode != ir.Mode.GO:
                    found.setdefault(edge.target, []).append(node)
        return found

    def _edges(self, node: Node) -> Iterator[Edge]:
        registered = self._callbacks.edges.get(node, ()) if isinstance(node, str) else ()
        return chain(self._calls.edges.get(node, ()), registered)

    def _relevant(self) -> list[Node]:
        eventful = self._up(sorted(self._locking | self._eventful))
        locked = self._down(self._called_locked())
        return [
            node
            for node in self._calls.edges
            if node in eventful and (node in locked or node in self._locking or self._hands_over(node, eventful))
        ]

    def _hands_over(self, node: Node, eventful: set[Node]) -> bool:
        """Whether a function makes or passes on a function value, which its callee may run under a lock."""
        return any(edge.reason == Reason.VALUE and edge.target in eventful for edge in self._calls.edges[node])

    def _up(self, starts: Iterable[Node]) -> set[Node]:
        seen = set(starts)
        work = list(seen)
        while work:
            for caller in self.callers.get(work.pop(), ()):
                if caller not in seen:
                    seen.add(caller)
                    work.append(caller)
        return seen

    def _down(self, starts: Iterable[Node]) -> set[Node]:
        seen = set(starts)
        work = list(seen)
        while work:
            for edge in self._edges(work.pop()):
                if edge.target not in seen and edge.mode != ir.Mode.GO:
                    seen.add(edge.target)
                    work.append(edge.target)
        return seen

    def _called_locked(self) -> set[Node]:
        """What is called by a function with locks, function values (which anybody may call) and lock methods."""
        found: set[Node] = set(self._wrappers)
        for node in self._calls.edges:
            for edge in self._edges(node):
                if edge.reason == Reason.VALUE or (node in self._locking and edge.mode != ir.Mode.GO):
                    found.add(edge.target)
        return found
