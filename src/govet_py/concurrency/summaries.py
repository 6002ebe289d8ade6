"""Summaries of all functions, bottom-up over the strongly connected components of the call graph.

Within a component summaries are iterated to a fixpoint: the set of (kind, path, locks, strand shape)
only grows and is finite, for paths are cut at MAX_FIELDS; a bound on rounds and on effects keeps
pathological components cheap and is counted in the statistics.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis, parameter_path
from govet_py.concurrency.frames import Frame, FrameBuilder, FrameEffect
from govet_py.concurrency.gates import Gates
from govet_py.concurrency.happens_before import Order
from govet_py.concurrency.locksets import LockSets
from govet_py.model import ir
from govet_py.model.concurrency import (
    CELL,
    EMPTY_SUMMARY,
    NO_LOCKS,
    AllocRoot,
    Effect,
    EffectKind,
    GlobalRoot,
    HeldLock,
    ParamRoot,
    ResultRoot,
    Root,
    Strand,
    Summary,
    VarRoot,
)

MAX_ROUNDS = 8
LARGE = 200
LARGE_ROUNDS = 4
MAX_EFFECTS = 100
MAX_IMPLEMENTERS = 120

Key = tuple[object, ...]


class Summaries:
    """The summary of every function and interface method, and the frames that start goroutines."""

    def __init__(self, code: Code, values: ValueAnalysis, graph: CallGraph) -> None:
        self._code = code
        self._graph = graph
        self._values = values
        self._summaries: dict[Node, Summary] = {}
        self.frames: dict[str, Frame] = {}
        self.locks: dict[str, LockSets] = {}
        self.statistics = {"summaries_cut": 0, "rounds_cut": 0}
        self._builder = FrameBuilder(code, values, self.of)
        for component in graph.bottom_up():
            self._solve(component)

    def of(self, node: Node) -> Summary:
        """The summary of a function or interface method; empty where nothing is known."""
        return self._summaries.get(node, EMPTY_SUMMARY)

    def _solve(self, component: list[Node]) -> None:
        """Iterates a component until nothing changes: a node is looked at again when a callee has changed."""
        members = set(component)
        work = deque(self._callees_first(component, members))
        queued = set(component)
        left = MAX_ROUNDS * len(component) if len(component) <= LARGE else LARGE_ROUNDS * len(component)
        while work and left:
            node = work.popleft()
            queued.discard(node)
            left -= 1
            known = self._summaries.get(node)
            found = self._summarise(node)
            if known is not None and _keys(known) == _keys(found):
                continue
            self._summaries[node] = found
            for caller, _ in self._graph.callers.get(node, ()):
                if caller in members and caller not in queued:
                    queued.add(caller)
                    work.append(caller)
        self.statistics["rounds_cut"] += bool(work)

    def _callees_first(self, component: list[Node], members: set[Node]) -> Iterator[Node]:
        """The nodes of a component in depth-first postorder: as few as possible before their callees."""
        seen: set[Node] = set()
        for start in component if len(component) > 1 else ():
            stack = [] if start in seen else [(start, iter(self._graph.edges[start]))]
            seen.add(start)
            while stack:
                node, edges = stack[-1]
                target = next((e.target for e in edges if e.target in members and e.target not in seen), None)
                if target is None:
                    yield node
                    stack.pop()
                else:
                    seen.add(target)
                    stack.append((target, iter(self._graph.edges[target])))
        if len(component) == 1:
            yield component[0]

    def _summarise(self, node: Node) -> Summary:
        if isinstance(node, InterfaceNode):
            return self._merge(node)
        code = self._code.function(node)
        frame = self._builder.build(code)
        if frame.locks.any:
            self.locks[node] = frame.locks
        if any(effect.strand is not None for _, effect in frame.effects):
            self.frames[node] = frame
        return self._export(frame)

    def _merge(self, node: InterfaceNode) -> Summary:
        edges = self._graph.edges[node]
        if len(edges) > MAX_IMPLEMENTERS:
            self.statistics["summaries_cut"] += 1
            return EMPTY_SUMMARY
        return Summary(self._reduced(e for edge in edges for e in self.of(edge.target).effects if _portable(e)))

    def _export(self, frame: Frame) -> Summary:
        code = frame.code
        order = Order(code, frame.effects)
        gates = Gates(code, self._values)
        effects = self._reduced(
            Effect(
                effect.kind,
                parameter_path(code, effect.path),
                _exported_locks(code, effect.locks | gates.at(anchor)),
                _exported_strand(code, order, anchor, effect.strand),
                *effect[4:],
            )
            for anchor, effect in _distinct(frame, gates)
            if is_visible(code, effect)
        )
        held = frozenset(lock for lock in frame.locks.at_return() if _outlives(code, lock.path.root))
        released = frozenset(parameter_path(code, p) for p in frame.locks.released() if _outlives(code, p.root))
        return Summary(effects, _exported_locks(code, held), released)

    def _reduced(self, effects: Iterable[Effect]) -> tuple[Effect, ...]:
        """One effect a key, the surest first; of two that differ in locks only, the less locked."""
        chosen: dict[Key, Effect] = {}
        for effect in effects:
            key = _key(effect)
            known = chosen.get(key)
            if known is None or (effect.certain and not known.certain):
                chosen[key] = effect
        kept = list(_without_covered(chosen.values()))
        if len(kept) > MAX_EFFECTS:
            self.statistics["summaries_cut"] += 1
            kept.sort(key=_priority)
        return tuple(kept[:MAX_EFFECTS])


def _distinct(frame: Frame, gates: Gates) -> Iterable[FrameEffect]:
    """The effects of a frame, those of its own goroutine once each: where they happen orders nothing for
    callers, unless there are gates."""
    if gates.any:
        return frame.effects
    own: dict[Key, FrameEffect] = {}
    rest: list[FrameEffect] = []
    for entry in frame.effects:
        effect = entry.effect
        if effect.strand is not None:
            rest.append(entry)
            continue
        key = (effect.kind, effect.path, effect.locks)
        known = own.get(key)
        if known is None or (effect.certain and not known.effect.certain):
            own[key] = entry
    return [*own.values(), *rest]


_PRIORITY = {EffectKind.INVOKE: 0, EffectKind.DONE: 1, EffectKind.WAIT: 1, EffectKind.WRITE: 2, EffectKind.READ: 3}


def _priority(effect: Effect) -> tuple[bool, int, int]:
    """What a crowded summary keeps: maps and callbacks before variables and fields, what is near first."""
    return (effect.path.is_cell, len(effect.path.fields), _PRIORITY[effect.kind])


def is_visible(code: FunctionCode, effect: Effect) -> bool:
    """Reports whether a caller, or the function around a literal, can name what the effect is about."""
    root = effect.path.root
    if effect.path.fields == (CELL,) and isinstance(root, GlobalRoot):
        return True
    if effect.path.fields == (CELL,) and isinstance(root, VarRoot):
        return root.body == code.body_id and code.body.vars[root.var].owner != code.index
    if effect.path.is_cell and isinstance(root, VarRoot) and root.var in code.function.params:
        return not code.is_by_value(root.var)
    return _is_outer(code, root)


def _is_outer(code: FunctionCode, root: Root) -> bool:
    if isinstance(root, VarRoot):
        if root.body != code.body_id:
            return False
        return root.var in code.function.params or code.body.vars[root.var].owner != code.index
    if isinstance(root, AllocRoot | ResultRoot):
        return root.function != code.id
    return isinstance(root, ParamRoot)


def _outlives(code: FunctionCode, root: Root) -> bool:
    return isinstance(root, GlobalRoot) or _is_outer(code, root)


def _portable(effect: Effect) -> bool:
    return isinstance(effect.path.root, ParamRoot | GlobalRoot)


def _exported_locks(code: FunctionCode, locks: Iterable[HeldLock]) -> frozenset[HeldLock]:
    return frozenset(HeldLock(parameter_path(code, lock.path), lock.mode) for lock in locks) if locks else NO_LOCKS


def _exported_strand(code: FunctionCode, order: Order, anchor: int, strand: Strand | None) -> Strand | None:
    if strand is None:
        return None
    groups = tuple(parameter_path(code, group) for group in order.groups(anchor, strand) if _is_outer(code, group.root))
    return strand._replace(joined=strand.joined or order.is_joined(anchor, strand), groups=groups, loop=ir.NONE)


def _key(effect: Effect) -> Key:
    return (*_shape(effect), effect.locks)


def _shape(effect: Effect) -> Key:
    strand = effect.strand
    return (effect.kind, effect.path, None if strand is None else (strand.copies, strand.joined, strand.groups))


def _without_covered(effects: Iterable[Effect]) -> Iterator[Effect]:
    groups: dict[Key, list[Effect]] = {}
    for effect in effects:
        groups.setdefault(_shape(effect), []).append(effect)
    for group in groups.values():
        if len(group) == 1:
            yield group[0]
        else:
            yield from (e for e in group if not any(other.locks < e.locks for other in group))


def _keys(summary: Summary) -> tuple[object, ...]:
    return (frozenset(_key(effect) for effect in summary.effects), summary.acquires, summary.releases)
