"""Summaries of all functions, bottom-up over the strongly connected components of the call graph.

Within a component summaries are worked out again when a callee's has changed; paths are cut at MAX_FIELDS.
Bounds on rounds and on effects keep large components cheap and are counted in the statistics: what a
summary keeps of too many effects is chosen in one order for all functions, but it may still take dozens of
rounds until hundreds of functions that call each other agree.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node, callees_first
from govet_py.callgraph.code import Code
from govet_py.callgraph.dispatch import Dispatch
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.effects.claims import Claims
from govet_py.concurrency.effects.contested import contested
from govet_py.concurrency.effects.early_signals import EarlySignals, behind_signals, comes_before, unmarked
from govet_py.concurrency.effects.export import Export, is_end_of_context
from govet_py.concurrency.effects.frames import Frame, FrameBuilder
from govet_py.concurrency.effects.gates import Gates
from govet_py.concurrency.effects.happens_before import Order
from govet_py.concurrency.effects.leaves import Leaves
from govet_py.concurrency.effects.quiet import Quiet
from govet_py.concurrency.effects.settled import FrameEffect
from govet_py.concurrency.effects.slots import is_of_one
from govet_py.concurrency.effects.work_queues import WorkQueues
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.concurrency.names import Names, Shared
from govet_py.model.concurrency import (
    EMPTY_SUMMARY,
    HELD,
    Effect,
    EffectKind,
    GlobalRoot,
    LockSet,
    ParamRoot,
    Path,
    ReturnRoot,
    Summary,
    VarRoot,
)

MAX_ROUNDS = 8
LARGE = 100
LARGE_ROUNDS = 3
MAX_EFFECTS = 60
LARGE_PROGRAM = 40_000
LARGE_EFFECTS = 40
"""What a summary keeps in programs of more functions than that: memory grows with the product."""
TURNS = 3
"""How many effects of a place, one way or another, a crowded summary keeps before those of other places."""
MAX_IMPLEMENTERS = 120

Key = tuple[object, ...]
Invocations = dict[Node, list[tuple[Path, LockSet]]]


class Summaries:
    """The summary of every function and interface method."""

    def __init__(
        self, code: Code, values: ValueAnalysis, graph: CallGraph, locks: LockSummaries, leaves: Leaves, quiet: Quiet,
        judge: Callable[[Frame], None],
    ) -> None:
        """`judge` is given each frame that starts goroutines, once it is complete."""
        self._code = code
        self._graph = graph
        self._values = values
        self._claims = Claims(code, values)
        self._summaries: dict[Node, Summary] = {}
        self._judge = judge
        self._frames: dict[str, Frame] = {}
        self._locks = locks
        self.statistics = {"summaries_cut": 0, "rounds_cut": 0}
        self._shared: Shared = {}
        self._ranks: dict[int, tuple[Key, Key, Path]] = {}
        """By identity of a path, which is kept with it: another one must not come to lie where it was."""
        self._most = MAX_EFFECTS if len(graph.edges) <= LARGE_PROGRAM else LARGE_EFFECTS
        self._outside: dict[str, tuple[Gates, Names]] = {}
        dispatch, queues = Dispatch(code, graph), WorkQueues(code, graph, values)
        self._builder = FrameBuilder(code, values, self.of, locks, dispatch, leaves, quiet, queues)
        for component in graph.bottom_up():
            self._solve(component)
        self._shared.clear()
        self._ranks.clear()
        self._builder.close()
        self._forget()

    def _forget(self) -> None:
        """Gives up what only callers ask for: of what is uncertain, all but callbacks."""
        for summary in self._summaries.values():
            summary.effects = tuple(one for one in summary.effects if one.certain or one.kind == EffectKind.INVOKE)

    def of(self, node: Node) -> Summary:
        """The summary of a function or interface method; empty where nothing is known. Once all are there, they have
        only effects that are certain, and callbacks."""
        return self._summaries.get(node, EMPTY_SUMMARY)

    def invocations(self) -> Invocations:
        """The callbacks that functions run on their own goroutine, with the locks that they hold then."""
        found: Invocations = {}
        for node, summary in self._summaries.items():
            for effect in summary.effects:
                if effect.kind == EffectKind.INVOKE and effect.strand is None:
                    found.setdefault(node, []).append((effect.path, effect.locks))
        return found

    def _solve(self, component: list[Node]) -> None:
        """Iterates a component until nothing changes: a node is looked at again when a callee has changed."""
        members = set(component)
        work = deque(callees_first(component, self._graph.edges.__getitem__))
        queued = set(component)
        left = dict.fromkeys(component, MAX_ROUNDS if len(component) <= LARGE else LARGE_ROUNDS)
        cut = False
        while work:
            node = work.popleft()
            queued.discard(node)
            left[node] -= 1
            known = self._summaries.get(node)
            found = self._summarise(node)
            if known is not None and _keys(known) == _keys(found):
                continue
            self._summaries[node] = found
            for caller in dict.fromkeys(caller for caller, _ in self._graph.callers.get(node, ())):
                if caller in members and caller not in queued:
                    cut = cut or not left[caller]
                    if left[caller]:
                        queued.add(caller)
                        work.append(caller)
        self._builder.forget()
        for frame in self._frames.values():
            self._judge(frame)
        self._frames.clear()
        self._outside.clear()
        self.statistics["rounds_cut"] += cut

    def _summarise(self, node: Node) -> Summary:
        if isinstance(node, InterfaceNode):
            return self._merge(node)
        code = self._code.function(node)
        frame = self._builder.build(code)
        judged = contested(frame)
        if judged is not None:
            self._frames[node] = judged
        else:
            self._frames.pop(node, None)
        return self._export(frame)

    def _merge(self, node: InterfaceNode) -> Summary:
        edges = self._graph.edges[node]
        if len(edges) > MAX_IMPLEMENTERS:
            self.statistics["summaries_cut"] += 1
            return EMPTY_SUMMARY
        found = (e for edge in edges for e in self.of(edge.target).effects if _portable(e))
        return Summary(self._reduced(e for e in found if len(edges) == 1 or not is_end_of_context(e)))

    def _export(self, frame: Frame) -> Summary:
        code = frame.code
        order = Order(code, frame.effects)
        known_outside = self._outside.get(code.id)
        gates, names = known_outside or (Gates(code, self._claims), Names(code, self._values, self._shared))
        self._outside[code.id] = gates, names
        signals = EarlySignals(code, frame.effects)
        entries = _distinct(frame, gates, order, signals)
        effects = self._reduced(Export(code, self._values, order, gates, signals, names).effects(entries))
        known = self._locks.of(code.id)
        return Summary(effects, known.acquires, known.releases)

    def _reduced(self, effects: Iterable[Effect]) -> tuple[Effect, ...]:
        """What a summary keeps: what stands for all effects, or the nearest of them, then without their marks."""
        kept = _standing(effects)
        if len(kept) > self._most and any(behind_signals(effect) for effect in kept):
            kept = _standing(map(unmarked, kept))
        if len(kept) > self._most:
            self.statistics["summaries_cut"] += 1
            kept.sort(key=self._priority)
            kept = _various(kept)
        return tuple(kept[: self._most])

    def _priority(self, effect: Effect) -> Key:
        """What a crowded summary keeps: maps, callbacks and captured variables before package variables and fields,
        what is near, in no atomic variable and no element that is looked up first, and beyond that always the same, so
        that circles of functions agree and settle."""
        path = effect.path
        rank = self._ranks.get(id(path))
        if rank is None:
            far = path.fields.count(HELD)
            outlying = far > 0 or (path.is_cell and not isinstance(path.root, VarRoot))
            rank = self._ranks[id(path)] = (outlying, len(path.fields) + far), (path.fields, repr(path.root)), path
        first, then, beside = is_of_one(effect), _PRIORITY[effect.kind], effect.strand is not None
        return (first, *rank[0], then, *rank[1], beside, _orders(effect))


def _standing(effects: Iterable[Effect]) -> list[Effect]:
    """One effect a key, the surest first; of two that differ in locks only, the less locked. Their paths are
    shared: those that are equal are one object."""
    shapes: dict[Key, dict[Key, Effect]] = {}
    for effect in effects:
        chosen = shapes.setdefault((effect.kind, id(effect.path), _course(effect), effect.given), {})
        known = chosen.get((effect.locks, effect.after))
        if known is None or (effect.certain and not known.certain):
            chosen[effect.locks, effect.after] = effect
    return [effect for chosen in shapes.values() for effect in _without_covered(list(chosen.values()))]


def _distinct(frame: Frame, gates: Gates, order: Order, signals: EarlySignals) -> Iterable[FrameEffect]:
    """The effects of a frame, those of its own goroutine once each: where they happen orders nothing for
    callers, unless there are gates, joins or signals."""
    if gates.any or order.waits:
        return frame.effects
    own: dict[Key, FrameEffect] = {}
    rest: list[FrameEffect] = []
    for entry in frame.effects:
        effect = entry[1]
        if effect.strand is not None:
            rest.append(entry)
            continue
        around = signals.at(entry[0]) if signals.any and effect.kind <= EffectKind.WRITE else ()
        key = (effect.kind, id(effect.path), effect.locks, effect.after, effect.given, around)
        known = own.get(key)
        if known is None or (effect.certain and not known.effect.certain):
            own[key] = entry
    return [*own.values(), *rest]


_PRIORITY = {EffectKind.INVOKE: 0, EffectKind.DONE: 1, EffectKind.WAIT: 1, EffectKind.WRITE: 2, EffectKind.READ: 3}


def _orders(effect: Effect) -> int:
    """How much there is that may order an effect before or behind others."""
    groups = effect.strand.groups if effect.strand is not None else ()
    return len(groups) + len(effect.locks) + len(effect.after) + (not effect.certain)


def _various(effects: list[Effect]) -> list[Effect]:
    """Effects in order, but behind all others those of places that have had their turns."""
    turns: dict[Key, int] = {}
    first: list[Effect] = []
    later: list[Effect] = []
    for effect in effects:
        place = (effect.kind, id(effect.path), effect.strand is None)
        turns[place] = turn = turns.get(place, 0) + 1
        (first if turn <= TURNS else later).append(effect)
    return first + later


def _portable(effect: Effect) -> bool:
    return isinstance(effect.path.root, ParamRoot | GlobalRoot | ReturnRoot)


def _key(effect: Effect) -> Key:
    return (effect.kind, effect.path, _course(effect), effect.locks, effect.after, effect.given)


def _course(effect: Effect) -> Key | None:
    """What callers see of the goroutine of an effect: how many there are, when they begin and what ends them."""
    strand = effect.strand
    return None if strand is None else (strand.copies, strand.joined, strand.groups, strand.later, strand.each)


def _without_covered(alike: list[Effect]) -> list[Effect]:
    """Effects of one shape, without those that another stands for."""
    return alike if len(alike) == 1 else [e for e in alike if not any(_covers(other, e) for other in alike)]


def _covers(wide: Effect, narrow: Effect) -> bool:
    """Reports whether what races with `narrow` races with `wide` too."""
    if wide.locks == narrow.locks and wide.after == narrow.after:
        return False
    return wide.locks <= narrow.locks and comes_before(wide.after, narrow.after)


def _keys(summary: Summary) -> frozenset[Key]:
    return frozenset(_key(effect) for effect in summary.effects)
