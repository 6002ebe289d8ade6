"""The part of the call graph that critical pairs are about: functions that come to an event and may be called
with a lock held, hold one themselves, or give somebody a callback. Registered callbacks are edges of it, and methods
that printing a value runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

import networkx

from govet_py.callgraph.callgraph import CallGraph, Edge, Node, Reason, callees_first
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.own_forms import OwnForms
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.leaf_locks import LeafLocks
from govet_py.concurrency.effects.callbacks import Callbacks
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.locks.perhaps_held import Perhaps
from govet_py.model import ir
from govet_py.model import program as p


class CriticalGraph:
    """`locks` are the locksets of the functions that have any, `perhaps` what they hold on some ways, `wrappers`
    return with a lock held, `eventful` functions have events besides locks."""

    def __init__(
        self,
        code: Code,
        values: ValueAnalysis,
        calls: CallGraph,
        callbacks: Callbacks,
        forms: OwnForms,
        locks: dict[str, LockSets],
        perhaps: dict[str, Perhaps],
        wrappers: frozenset[str],
        eventful: frozenset[str],
    ) -> None:
        self._code = code
        self._calls = calls
        self._callbacks = callbacks
        self._forms = forms
        self._locks = locks
        self._perhaps = perhaps
        self._wrappers = wrappers
        self.leaves = LeafLocks(code, values, locks, perhaps, self._targets)
        self._eventful = self.leaves.solve([*eventful, *callbacks.invokers], wrappers, self._up)

    def _targets(self, function: str, call: int) -> tuple[Node, ...]:
        return tuple(edge.target for edge in self._edges(function) if edge.site == call)

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

    def callees_first(self, component: list[Node]) -> list[Node]:
        """The nodes of a component in depth-first postorder: as few as possible before their callees."""
        return callees_first(component, self._edges)

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
        edges = self._calls.edges.get(node, ())
        if not isinstance(node, str):
            return iter(edges)
        return chain(edges, self._callbacks.edges.get(node, ()), self._forms.edges.get(node, ()))

    def _relevant(self) -> list[Node]:
        nodes = (node for node in self._calls.edges if node in self._eventful)
        return [node for node in nodes if node in self.called_locked or node in self._locks or self._hands_over(node)]

    def is_asked(self, node: Node) -> bool:
        """Whether callers want to know the events of a function."""
        return node in self.called_locked or node in self._runs_locked

    def _hands_over(self, node: Node) -> bool:
        """Whether a function makes a function value and calls somebody who may run it under a lock."""
        edges = list(self._edges(node))
        return any(edge.reason == Reason.VALUE for edge in edges) and any(
            edge.target in self._runs_locked for edge in edges
        )

    @cached_property
    def called_locked(self) -> set[Node]:
        """What may run while a caller holds a lock, and lock methods."""
        found: set[Node] = set(self._wrappers)
        for node in self._calls.edges:
            hands_over = self._hands_over(node)
            for edge in self._edges(node):
                if self._holds(node, edge) or (hands_over and edge.reason == Reason.VALUE):
                    found.add(edge.target)
        return self._down(found)

    @cached_property
    def _runs_locked(self) -> set[Node]:
        """The functions that call a function value, a parameter perhaps, with a lock held, and their callers."""
        found = [id for id, locks in self._locks.items() if self._runs_value(self._code.function(id), locks)]
        return self._up(found)

    @staticmethod
    def _runs_value(code: FunctionCode, locks: LockSets) -> bool:
        return any(
            isinstance(code.callee(at), p.Value) and _is_held(code, locks, at) for at in code.of_kind(ir.Call)
        )

    def _holds(self, node: Node, edge: Edge) -> bool:
        locks = self._locks.get(node) if isinstance(node, str) else None
        if locks is None or edge.mode == ir.Mode.GO:
            return False
        assert isinstance(node, str)
        return edge.site in self._perhaps.get(node, ()) or _is_held(self._code.function(node), locks, edge.site)

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


def _is_held(code: FunctionCode, locks: LockSets, register: int) -> bool:
    """Whether anything is held when an instruction runs, for a deferred call when it does at last."""
    return bool(locks.at_exit_of_defer(register) if code.is_deferred(register) else locks.taken_at(register))
