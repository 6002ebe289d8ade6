"""Effects of a callee in the terms of the frame that runs it.

One summary has up to a hundred effects that share few paths, locks and strands: each of these is put in the
frame's terms once a call. They are told apart by identity, which is safe while the summary is at hand.
"""

from __future__ import annotations

from typing import NamedTuple

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.bindings import Binding
from govet_py.concurrency.effects.strands import composed
from govet_py.concurrency.effects.traces import chain
from govet_py.model.concurrency import (
    Effect,
    HeldLock,
    LockSet,
    Path,
    Strand,
    Trace,
    Value,
    make,
)

Place = tuple[Path, Path]


class Context(NamedTuple):
    """How the function at hand runs a callee: where, under which locks, on which strand."""

    anchor: int
    locks: LockSet
    strand: Strand | None
    trace: tuple[Trace, ...]
    certain: bool
    passed: bool = False


class Lifting:
    """Lifts the effects of one summary at one call."""

    def __init__(self, values: ValueAnalysis, code: FunctionCode, binding: Binding, context: Context) -> None:
        self._values = values
        self._code = code
        self._binding = binding
        self._context = context
        self._places: dict[int, list[Place]] = {}
        self._locks: dict[tuple[int, int, int], LockSet] = {}
        self._strands: dict[int, Strand | None] = {}

    def places(self, path: Path) -> list[Place]:
        """What a callee's path stands for here, as it is handed over and under its first name; what is cut off
        names no single place."""
        known = self._places.get(id(path))
        if known is None:
            canonical = self._values.canonical
            known = self._places[id(path)] = [
                (value, canonical(value))
                for value in self._binding.values(path)
                if isinstance(value, Path) and value.is_exact
            ]
        return known

    def lifted(self, effect: Effect, value: Value) -> Effect:
        """A callee's effect on what is `value` here."""
        path = value if isinstance(value, Path) else effect.path
        return self.made(effect, path, self._values.canonical(path))

    def made(self, effect: Effect, value: Path, path: Path) -> Effect:
        """A callee's effect at one of its places."""
        context = self._context
        kind, old, locks, inner, site, what, trace, certain, after, _, given = effect
        if locks:
            locks = self._held(locks, old, value)
        strand = context.strand
        if inner is None:
            if context.locks:
                locks = locks | context.locks if locks else context.locks
        else:
            key = id(inner)
            if key not in self._strands:
                self._strands[key] = composed(self._code, context.anchor, context.strand, inner, self._binding)
            strand = self._strands[key]
        steps = context.trace
        if len(steps) == 1 and trace is None:
            trace = steps[0]
        elif len(steps) == 1:
            site_, message, goroutine, _ = steps[0]
            trace = make(Trace, (site_, message, goroutine, trace))
        else:
            trace = chain(steps, trace)
        if after:
            after = self._binding.groups(after)
        if given:
            given = tuple([self._binding.paths_of(paths) for paths in given])
        certain = certain and context.certain
        return make(Effect, (kind, path, locks, strand, site, what, trace, certain, after, context.passed, given))

    def _held(self, locks: LockSet, path: Path, value: Path) -> LockSet:
        """The locks of an effect on `path`, which is `value` here."""
        key = (id(locks), id(path), id(value))
        known = self._locks.get(key)
        if known is None:
            where, anchor = self._binding.lock_path, self._context.anchor
            known = self._locks[key] = frozenset([
                make(HeldLock, (found, mode))
                for lock, mode in locks
                if (found := where(lock, path, value, anchor)) is not None
            ])
        return known
