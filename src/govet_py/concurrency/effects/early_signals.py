"""Signals that a goroutine gives before it is done: whoever waits for one has not waited for what comes behind.

`done <- struct{}{}; count++`: a receive from `done` orders nothing for `count`. Where such an access comes about it is
marked with what its goroutine has signalled before and will not signal again; callers take a mark away when they
find another signal behind it. Between signals, as in a loop, each is taken to be waited for in its turn.
"""

from __future__ import annotations

from collections.abc import Iterable

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.control import case_start
from govet_py.model import ir
from govet_py.model.concurrency import NO_GROUPS, Effect, EffectKind, Path

SIGNALLED = "<signalled>"
"""The last field of a path, among what an effect comes after, that means the signal and not the wait for it."""

Paths = frozenset[Path]


def behind_signals(effect: Effect) -> Paths:
    """What the goroutine of an effect has signalled for the last time before it."""
    if not effect.after:
        return NO_GROUPS
    return frozenset(Path(one.root, one.fields[:-1]) for one in effect.after if one.fields[-1:] == (SIGNALLED,))


def unmarked(effect: Effect) -> Effect:
    """An effect without its marks: as if its goroutine signalled when it is done."""
    waited = frozenset(one for one in effect.after if one.fields[-1:] != (SIGNALLED,))
    return effect if len(waited) == len(effect.after) else effect._replace(after=waited)


def comes_before(one: Paths, other: Paths) -> bool:
    """Reports whether what comes after `one` has waited for no more than what comes after `other`, and is waited for by
    nobody who does not wait for the latter as well."""
    if one <= other:
        return all(path in one or path.fields[-1:] != (SIGNALLED,) for path in other)
    return all(path in other or path.fields[-1:] == (SIGNALLED,) for path in one) and comes_before(one & other, other)


class EarlySignals:
    """The signals that the own goroutine of one frame gives."""

    def __init__(self, code: FunctionCode, entries: Iterable[tuple[int, Effect]]) -> None:
        self._code = code
        self._given: dict[Path, set[int]] = {}
        self._deferred: dict[Path, set[int]] = {}
        for anchor, effect in entries:
            if effect.kind == EffectKind.DONE and effect.strand is None:
                found = self._deferred if code.is_deferred(anchor) else self._given
                found.setdefault(effect.path.extend((SIGNALLED,)), set()).add(self._point(anchor, effect))
        self._known: dict[int, tuple[Paths, Paths]] = {}
        self._ways: dict[int, frozenset[int]] = {}

    @property
    def any(self) -> bool:
        """Reports whether there are any."""
        return bool(self._given or self._deferred)

    def at(self, anchor: int) -> tuple[Paths, Paths]:
        """What has been signalled for the last time when control comes to an instruction, and what may be signalled
        behind it; as marks."""
        known = self._known.get(anchor)
        if known is None:
            late = self._code.is_deferred(anchor)
            known = self._known[anchor] = self._at_exit(anchor) if late else self._around(anchor)
        return known

    def marked(self, anchor: int, after: Paths) -> Paths:
        """What an access of the frame's own goroutine comes after, with its marks."""
        before, behind = self.at(anchor)
        return (after - behind) | before if before or behind else after

    def _around(self, anchor: int) -> tuple[Paths, Paths]:
        behind, before = set(self._deferred), set()
        for mark, points in self._given.items():
            if any(self._leads(anchor, point) for point in points):
                behind.add(mark)
            elif anchor not in points and any(self._leads(point, anchor) for point in points):
                before.add(mark)
        return frozenset(before - behind), frozenset(behind)

    def _at_exit(self, anchor: int) -> tuple[Paths, Paths]:
        """Of a deferred call: what is deferred before it runs later."""
        behind, before = set(), set(self._given)
        for mark, points in self._deferred.items():
            if any(point != anchor and self._leads(point, anchor) for point in points):
                behind.add(mark)
            elif anchor not in points and any(self._leads(anchor, point) for point in points):
                before.add(mark)
        return frozenset(before - behind - {m for m, at in self._deferred.items() if anchor in at}), frozenset(behind)

    def _point(self, anchor: int, effect: Effect) -> int:
        """Where a signal has been given: of a select, the end of what comes before the case that gives it."""
        select = self._code.code[anchor]
        if isinstance(select, ir.Select):
            for index, case in enumerate(select.cases):
                if case.span == effect.site.span:
                    return case_start(self._code, anchor, index)
        return anchor

    def _leads(self, start: int, goal: int) -> bool:
        """Whether control can come from just after one instruction to another."""
        begin, end = self._code.block_of(start), self._code.block_of(goal)
        return (begin == end and start < goal) or end in self._from(begin)

    def _from(self, block: int) -> frozenset[int]:
        """The blocks that control can come to from the end of a block."""
        known = self._ways.get(block)
        if known is None:
            blocks, seen, work = self._code.function.blocks, set[int](), [block]
            while work:
                fresh = [successor for successor in blocks[work.pop()].succs if successor not in seen]
                seen.update(fresh)
                work.extend(fresh)
            known = self._ways[block] = frozenset(seen)
        return known
