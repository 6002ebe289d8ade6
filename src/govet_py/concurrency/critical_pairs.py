"""Critical pairs (Infer's starvation analysis): every event that a function may come to, with the locks held then.

Bottom-up over the strongly connected components of the part of the call graph that matters: functions that
come to an event and may be called with a lock held. Of the ways to one event a summary keeps the surest, with
the fewest locks; pairs that are complete inside the callee are told there and need not travel.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

import networkx

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.callbacks import Callbacks
from govet_py.concurrency.critical_events import Event, EventKind, Held, Pair, exported_path
from govet_py.concurrency.critical_frames import CriticalFrames, Entry, Source
from govet_py.concurrency.locksets import LockSets
from govet_py.concurrency.summaries import Summaries
from govet_py.model import ir
from govet_py.model.concurrency import GlobalRoot, ParamRoot, Trace

MAX_EVENTS = 60
MAX_IMPLEMENTERS = 12
MAX_ROUNDS = 6
MAX_DEPTH = 14

Key = tuple[object, ...]


class Sources(NamedTuple):
    """Events besides locks: `of` an instruction; `functions` that have one."""

    of: Source
    functions: frozenset[str]


class CriticalPairs:
    """The critical events of all functions, and the pairs of functions that hold a lock."""

    def __init__(
        self,
        code: Code,
        values: ValueAnalysis,
        calls: CallGraph,
        callbacks: Callbacks,
        summaries: Summaries,
        sources: tuple[Sources, ...] = (),
    ) -> None:
        self._code = code
        self._calls = calls
        self._locks: dict[str, LockSets] = summaries.locks
        self._sources = sources
        self._wrappers = [id for id in self._locks if summaries.of(id).acquires]
        self._events: dict[Node, tuple[Event, ...]] = {}
        self._entries: dict[str, list[Entry]] = {}
        self._frames = CriticalFrames(
            code, values, callbacks, self._locks, self.events, tuple(source.of for source in sources)
        )
        for component in self._components():
            self._solve(component)

    def events(self, node: Node) -> tuple[Event, ...]:
        """What a call of a function or interface method may come to, in the paths of its parameters. Empty for
        functions that are never called with a lock held."""
        return self._events.get(node, ())

    def entries(self, function: str) -> list[Entry]:
        """All events of a function in its own paths, by the instruction through which they come about."""
        return self._entries.get(function, [])

    @cached_property
    def pairs(self) -> list[Pair]:
        """The critical pairs of all functions that hold a lock themselves, in a stable order."""
        return [
            Pair(id, entry.anchor, entry.event, entry.outer)
            for id in sorted(self._entries)
            for entry in self._entries[id]
            if entry.outer and entry.event.kind != EventKind.INVOKE
        ]

    # -- the functions that matter -----------------------------------------------------------------

    def _components(self) -> list[list[Node]]:
        nodes = self._relevant()
        index = {node: number for number, node in enumerate(nodes)}
        graph: networkx.DiGraph[int] = networkx.DiGraph()
        graph.add_nodes_from(range(len(nodes)))
        for node in nodes:
            graph.add_edges_from((index[node], index[e.target]) for e in self._calls.edges[node] if e.target in index)
        return [[nodes[i] for i in sorted(found)] for found in networkx.strongly_connected_components(graph)]

    def _relevant(self) -> list[Node]:
        """The functions that come to an event and are called with a lock held, or hold one themselves."""
        eventful = self._callers_of([*self._locks, *(id for source in self._sources for id in source.functions)])
        locked = self._calls.reachable(self._called_locked())
        return [node for node in self._calls.edges if node in eventful and (node in locked or node in self._locks)]

    def _callers_of(self, starts: Iterable[Node]) -> set[Node]:
        seen: set[Node] = set(starts)
        work = list(seen)
        while work:
            for caller, edge in self._calls.callers.get(work.pop(), ()):
                if caller not in seen and edge.mode != ir.Mode.GO:
                    seen.add(caller)
                    work.append(caller)
        return seen

    def _called_locked(self) -> set[Node]:
        """What is called with a lock held, function values (which somebody may call so), and lock methods."""
        found: set[Node] = set(self._wrappers)
        for node, edges in self._calls.edges.items():
            locks = self._locks.get(node) if isinstance(node, str) else None
            for edge in edges:
                if edge.reason == Reason.VALUE or (locks is not None and edge.mode != ir.Mode.GO):
                    found.add(edge.target)
        return found

    # -- the fixpoint ------------------------------------------------------------------------------

    def _solve(self, component: list[Node]) -> None:
        members = set(component)
        work = deque(component)
        queued = set(component)
        left = MAX_ROUNDS * len(component)
        while work and left:
            node = work.popleft()
            queued.discard(node)
            left -= 1
            found = self._summarise(node)
            known = self._events.get(node, ())
            self._events[node] = found
            if {_key(event) for event in known} == {_key(event) for event in found} or len(component) == 1:
                continue
            for caller, _ in self._calls.callers.get(node, ()):
                if caller in members and caller not in queued:
                    queued.add(caller)
                    work.append(caller)

    def _summarise(self, node: Node) -> tuple[Event, ...]:
        if isinstance(node, InterfaceNode):
            return self._merged(node)
        code = self._code.function(node)
        entries = self._entries[node] = self._frames.build(code)
        return _reduced(_exported(code, entries))

    def _merged(self, node: InterfaceNode) -> tuple[Event, ...]:
        edges = self._calls.edges[node]
        if len(edges) > MAX_IMPLEMENTERS:
            return ()
        events = (event for edge in edges for event in self.events(edge.target))
        return _reduced(found for event in events if (found := _portable(event)) is not None)


def _portable(event: Event) -> Event | None:
    """An implementation's event as one of the interface method."""
    path = event.path
    if path is None or isinstance(path.root, ParamRoot | GlobalRoot):
        return event
    return event._replace(path=None) if event.member is not None else None


def _exported(code: FunctionCode, entries: list[Entry]) -> Iterator[Event]:
    """The events that mean something to callers, with the function's own locks among those held."""
    for _, event, outer in entries:
        path = exported_path(code, event.path)
        if event.kind == EventKind.INVOKE and path is None:
            continue
        if event.kind == EventKind.ACQUIRE and path is None and event.member is None:
            continue
        held = tuple(_exported_lock(code, lock) for lock in (*outer, *event.held))
        released = frozenset(p for released in event.released if (p := exported_path(code, released)) is not None)
        yield event._replace(path=path, held=held, released=released)


def _exported_lock(code: FunctionCode, lock: Held) -> Held:
    return lock._replace(path=exported_path(code, lock.path))


def _reduced(events: Iterable[Event]) -> tuple[Event, ...]:
    """One event a key: the surest, with the fewest releases and locks, on the shortest way."""
    chosen: dict[Key, tuple[tuple[int, ...], Event]] = {}
    for event in events:
        rank = _rank(event)
        key = _key(event)
        if rank[-1] <= MAX_DEPTH and (key not in chosen or rank < chosen[key][0]):
            chosen[key] = (rank, event)
    ranked = sorted(chosen.values(), key=lambda entry: entry[0]) if len(chosen) > MAX_EVENTS else chosen.values()
    return tuple(event for _, event in ranked)[:MAX_EVENTS]


def _key(event: Event) -> Key:
    return (event.kind, event.path, event.member, event.mode)


def _rank(event: Event) -> tuple[int, ...]:
    return (event.doubt, len(event.released), len(event.held), _depth(event.trace))


def _depth(trace: Trace | None) -> int:
    depth = 0
    while trace is not None:
        depth, trace = depth + 1, trace.inner
    return depth
