"""Critical pairs (Infer's starvation analysis): every event that a function may come to, with the locks held then.

Bottom-up over the strongly connected components of the part of the call graph that matters: functions that
come to an event and may be called with a lock held. Of the ways to one event a summary keeps the surest, with
the fewest locks; pairs that are complete inside the callee are told there and need not travel. A callback of the
caller is one event for each set of locks that it is run under.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.own_forms import OwnForms
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.critical_events import Event, EventKind, Held, LockName, Pair, exported_path
from govet_py.concurrency.deadlocks.critical_frames import CriticalFrames, Entry, Source
from govet_py.concurrency.deadlocks.critical_graph import CriticalGraph
from govet_py.concurrency.deadlocks.flags import Flag
from govet_py.concurrency.effects.callbacks import Callbacks
from govet_py.concurrency.fresh import is_own
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.model.concurrency import GlobalRoot, ParamRoot, Trace

MAX_EVENTS = 40
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
        locks: LockSummaries,
        sources: tuple[Sources, ...] = (),
    ) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._locks: dict[str, LockSets] = locks.locks
        wrappers = frozenset(id for id in self._locks if locks.of(id).acquires)
        eventful = frozenset(id for source in sources for id in source.functions)
        forms = OwnForms(code, values, calls)
        self._graph = CriticalGraph(
            code, values, calls, callbacks, forms, self._locks, locks.perhaps, wrappers, eventful
        )
        self._events: dict[Node, tuple[Event, ...]] = {}
        self._entries: dict[str, list[Entry]] = {}
        others = tuple(source.of for source in sources)
        self._frames = CriticalFrames(
            code, values, callbacks, forms, locks, self._graph.leaves.members, self.events, others
        )
        for component in self._graph.components():
            self._solve(component)
        del self._frames  # which knows of these pairs, too: nothing else would free them

    def events(self, node: Node) -> tuple[Event, ...]:
        """What a call of a function or interface method may come to, in the paths of its parameters. Empty for
        functions that are never called with a lock held."""
        return self._events.get(node, ())

    def entries(self, function: str) -> list[Entry]:
        """All events of a function in its own paths, by the instruction through which they come about."""
        return self._entries.get(function, [])

    @cached_property
    def pairs(self) -> list[Pair]:
        """The critical pairs that come about in each function, in a stable order."""
        return [
            Pair(id, entry.anchor, entry.event, outer)
            for id in sorted(self._entries)
            for entry in self._entries[id]
            if (outer := entry.outer + entry.event.held[: entry.event.met]) and entry.event.kind != EventKind.INVOKE
        ]

    def is_written(self, name: LockName | None) -> bool:
        """Reports whether somebody may take a lock for writing."""
        return not isinstance(name, Member) or name in self._graph.leaves.written

    # -- the fixpoint ------------------------------------------------------------------------------

    def _solve(self, component: list[Node]) -> None:
        members = set(component)
        work = deque(self._graph.callees_first(component))
        queued = set(component)
        left = MAX_ROUNDS * len(component)
        while work and left:
            node = work.popleft()
            queued.discard(node)
            left -= 1
            found = self._summarise(node)
            known = self._events.get(node, ())
            self._events[node] = found
            if len(component) == 1 or _ranks(known) == _ranks(found):
                continue
            for caller in self._graph.callers.get(node, ()):
                if caller in members and caller not in queued:
                    queued.add(caller)
                    work.append(caller)

    def _summarise(self, node: Node) -> tuple[Event, ...]:
        if isinstance(node, InterfaceNode):
            return self._merged(node)
        code = self._code.function(node)
        asked = self._graph.is_asked(node)
        entries = self._entries[node] = self._frames.build(code, asked)
        return _reduced(self._exported(code, entries)) if asked else ()

    def _exported(self, code: FunctionCode, entries: list[Entry]) -> Iterator[Event]:
        """The events that mean something to callers, with the function's own locks among those held."""
        for _, event, outer in entries:
            path = exported_path(code, event.path)
            if event.kind == EventKind.INVOKE and (path is None or len(path.fields) > 1):
                continue
            if event.kind == EventKind.ACQUIRE and path is None and event.member is None:
                continue
            shared = (lock for lock in (*outer, *event.held) if not self._is_private(code, lock))
            held = tuple(_exported_lock(code, lock) for lock in shared)
            released = event.released
            if released:
                released = frozenset(p for one in released if (p := exported_path(code, one)) is not None)
            flags = event.flags
            if flags:
                flags = frozenset(f for flag in flags if (f := _exported_flag(code, flag)) is not None)
            _, _, member, mode, what, site, _, _, trace, doubt, _, _, holder = event
            yield Event(event.kind, path, member, mode, what, site, held, released, trace, doubt, flags, 0, holder)

    def _is_private(self, code: FunctionCode, lock: Held) -> bool:
        """Whether a lock lies in what the function has made: nobody whom its callers know of waits for that one."""
        return is_own(self._code, self._values, code, lock.path)

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


def _exported_flag(code: FunctionCode, flag: Flag) -> Flag | None:
    path = exported_path(code, flag.path)
    return Flag(path, flag.value) if path is not None else None


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
    """What tells events apart. The locks below a callback do: pairs with what it comes to are the callers'."""
    held = frozenset((lock.path, lock.member) for lock in event.held) if event.kind == EventKind.INVOKE else None
    return (event.kind, event.path, event.member, event.mode, event.flags, held)


def _rank(event: Event) -> tuple[int, ...]:
    return (event.doubt, len(event.released), len(event.held), _depth(event.trace))


def _ranks(events: tuple[Event, ...]) -> dict[Key, tuple[int, ...]]:
    return {_key(event): _rank(event) for event in events}


def _depth(trace: Trace | None) -> int:
    depth = 0
    while trace is not None:
        depth, trace = depth + 1, trace.inner
    return depth
