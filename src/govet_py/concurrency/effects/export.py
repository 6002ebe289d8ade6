"""What a function's callers see of its effects: under the names that they have for things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.effects.closedness import is_closed, is_counted
from govet_py.concurrency.effects.early_signals import EarlySignals, Paths, behind_signals
from govet_py.concurrency.effects.gates import Gates
from govet_py.concurrency.effects.happens_before import Order
from govet_py.concurrency.effects.settled import FrameEffect
from govet_py.concurrency.effects.slots import each_given
from govet_py.concurrency.effects.strands import for_each
from govet_py.concurrency.effects.told_waits import as_told, is_left, left_behind, waited
from govet_py.concurrency.locks.lock_events import DONE
from govet_py.concurrency.names import Names
from govet_py.model import ir
from govet_py.model.concurrency import (
    ELEMENT,
    NO_GROUPS,
    NO_LOCKS,
    Effect,
    EffectKind,
    GlobalRoot,
    Path,
    Strand,
    make,
)
from govet_py.model.sharing import one


class Export:
    """Puts the effects of one frame into the terms of its callers. What many effects share is worked out once;
    it is told apart by identity, which is safe while the frame is at hand."""

    def __init__(
        self, code: FunctionCode, values: ValueAnalysis, order: Order, gates: Gates, signals: EarlySignals, names: Names
    ) -> None:
        self._code = code
        self._values = values
        self._order = order
        self._gates = gates
        self._signals = signals
        self._names = names
        self._strands: dict[tuple[int, int, Paths], tuple[bool, Strand | None]] = {}
        self._paths: dict[tuple[int, bool], Path | None] = {}

    def effects(self, entries: Iterable[FrameEffect]) -> Iterator[Effect]:
        """The effects that callers have a name for."""
        order, gates, names = self._order, self._gates, self._names
        waits, gated, signals = bool(order.waits), gates.any, self._signals.any
        for anchor, effect in entries:
            kind, _, locks, inner, site, what, trace, certain, after, _, given = effect
            early = behind_signals(effect) if after and inner is not None else NO_GROUPS
            left_behind, strand = self._strand(anchor, inner, early) if inner is not None else (False, None)
            if kind == EffectKind.WAIT and inner is None:
                yield from self._waits(anchor, effect)
                continue
            outer = self._path(effect, left_behind)
            if outer is None or (kind == EffectKind.WAIT and _gives_up(self._code, order, effect)):
                continue
            if gated:
                locks = locks | gates.at(anchor)
            if waits:
                after = after | order.passed(anchor)
            if signals and inner is None and kind <= EffectKind.WRITE and not is_closed(outer):
                after = self._signals.marked(anchor, after)
            locks = names.locks(locks, inner) if locks else NO_LOCKS
            given = names.given(each_given(given, inner)) if given else ()
            after = names.groups(after) if after else NO_GROUPS
            if kind == EffectKind.INVOKE and inner is not None and strand is not None:
                if ELEMENT in outer.fields:
                    strand = for_each(self._code, self._values, effect.path, inner, strand)
                strand = self._perhaps_left(anchor, inner, early, strand)
            yield make(Effect, (kind, outer, locks, strand, site, what, trace, certain, after, False, given))

    def _waits(self, anchor: int, effect: Effect) -> Iterator[Effect]:
        """A wait of the function's own goroutine; if it may be given up, and the result tells, under a path that says
        so. Who waits for a goroutine waits for what that has waited for."""
        if _gives_up(self._code, self._order, effect):
            return
        group = waited(effect.path)
        without = self._order.without(self._returns, frozenset(self._order.waits.get(group, ())))
        after = self._names.groups(effect.after | self._order.passed(anchor))
        for path in (effect.path, *sorted(self._order.relayed(group), key=repr)):
            outer = self._path(effect._replace(path=path), False)
            if outer is not None:
                told = as_told(self._code, anchor, outer, self._returns, without)
                yield effect._replace(path=told, locks=NO_LOCKS, after=after, passed=False)

    @cached_property
    def _returns(self) -> Sequence[int]:
        return self._code.of_kind(ir.Return)

    def _strand(self, anchor: int, inner: Strand, early: Paths) -> tuple[bool, Strand | None]:
        """Whether a strand outlives the call, and what callers see of it, where it has signalled `early`."""
        key = (anchor, id(inner), early)
        known = self._strands.get(key)
        if known is None:
            left_behind = self._order.is_left_behind(anchor, inner, early)
            known = self._strands[key] = left_behind, _exported(self._names, self._order, anchor, inner, early)
        return known

    def _perhaps_left(self, anchor: int, inner: Strand, early: Paths, outer: Strand) -> Strand:
        """The strand of what a caller gives to be run, if an error tells that the function has not waited for it."""
        order, groups = self._order, self._order.groups(anchor, inner, early)
        if not outer.joined or inner.joined or is_left(groups) or order.is_awaited(groups):
            return outer
        without = order.without(self._returns, order.joins(anchor, inner, early), anchor)
        left = left_behind(self._code, self._returns, without)
        return outer if left is None else outer._replace(joined=False, groups=(*outer.groups, left))

    def _path(self, effect: Effect, left_behind: bool) -> Path | None:
        """The outer name of what an effect is about, None when no race can be told by it."""
        key = (id(effect.path), left_behind)
        if key not in self._paths:
            self._paths[key] = self._names.of(effect, left_behind)
        outer = self._paths[key]
        if outer is not None and ELEMENT in outer.fields and effect.kind <= EffectKind.WRITE and _is_one_of_many(outer):
            return None
        return outer


def _is_one_of_many(path: Path) -> bool:
    """Reports whether a path will never name a single object again: some element of a package variable."""
    return isinstance(path.root, GlobalRoot) and not is_closed(path) and not is_counted(path)


def is_end_of_context(effect: Effect) -> bool:
    """Reports whether an effect is a wait for the end of a context."""
    return effect.kind == EffectKind.WAIT and effect.path.fields[-1:] == (DONE,)


def _gives_up(code: FunctionCode, order: Order, effect: Effect) -> bool:
    """Whether a wait is for the end of a context, on some way out only: callers cannot count on it."""
    if not is_end_of_context(effect):
        return False
    return not all(effect.path in order.passed(at) for at in code.of_kind(ir.Return))


def _exported(names: Names, order: Order, anchor: int, strand: Strand, early: Paths) -> Strand:
    told = order.groups(anchor, strand, early)
    groups = tuple(path for group in told if not is_left((group,)) and (path := names.group(group)) is not None)
    joined = strand.joined or order.is_joined(anchor, strand, early)
    return one(make(Strand, (strand.site, strand.copies, ir.NONE, joined, groups, None, strand.later, strand.each)))
