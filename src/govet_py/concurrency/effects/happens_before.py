"""What a frame orders: starts before what runs on the new goroutine, joins after (The Go Memory Model).

A strand is *joined* by a WAIT on one of its groups: the WaitGroup or errgroup it belongs to, or a
channel that it sends on or closes. Two effects of a frame may happen in parallel when neither is
ordered before the other by the control flow of the frame and its joins.

LIMIT: a receive joins every strand that sends on the channel, however many there are; copies of one strand are
joined by each other only where there is one token.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.effects.closedness import channel_closed_by_both
from govet_py.concurrency.effects.early_signals import Paths, behind_signals
from govet_py.concurrency.effects.told_waits import heeded, is_left, is_told, told_at, waited
from govet_py.concurrency.flow.conditions import branches, closed_branch
from govet_py.concurrency.flow.control import case_start
from govet_py.concurrency.flow.rounds import replaced, round_ends, turns
from govet_py.concurrency.locks.lock_events import SERVED, STOPPED
from govet_py.model import ir
from govet_py.model.concurrency import (
    ELEMENT,
    EVERY,
    NO_GROUPS,
    AllocRoot,
    Copies,
    Effect,
    EffectKind,
    LockMode,
    LockSet,
    OpaqueRoot,
    Path,
    ResultRoot,
    Root,
    Strand,
    VarRoot,
)
from govet_py.model.source import Site

Anchored = tuple[int, Effect]
NOWHERE: frozenset[float] = frozenset()


class _Reach(NamedTuple):
    """Where control may come to: by block the registers from and up to where, and all of the latter."""

    parts: dict[int, list[tuple[int, float]]]
    ends: set[float]


class Order:
    """The order of the effects of one frame."""

    def __init__(self, code: FunctionCode, effects: Sequence[Anchored]) -> None:
        self._code = code
        self._effects = effects
        self._passed: dict[int, frozenset[Path]] = {}
        self._groups: dict[tuple[int, Site, tuple[Path, ...], Paths], tuple[Path, ...]] = {}
        self._protected: dict[tuple[LockSet, LockSet, int], bool] = {}
        self._reached: dict[tuple[int, frozenset[float], int], _Reach] = {}

    @cached_property
    def waits(self) -> dict[Path, set[float]]:
        """The registers where the frame's own goroutine waits on each path."""
        found: dict[Path, set[float]] = {}
        for anchor, effect in self._effects:
            if effect.kind == EffectKind.WAIT and effect.strand is None and not self._code.is_deferred(anchor):
                joined = self._join_point(anchor, effect)
                if joined is not None:
                    found.setdefault(waited(effect.path), set()).add(joined)
        return found

    def passed(self, anchor: int) -> frozenset[Path]:
        """What the frame's goroutine has surely waited for when it comes to an instruction. Channels in loops
        carry data: to receive from them says little about who sent."""
        if not self.waits:
            return NO_GROUPS
        known = self._passed.get(anchor)
        if known is None:
            ends = self._code.of_kind(ir.Return) if self._code.is_deferred(anchor) else (anchor,)
            signals = self._signals.items() if ends else ()
            passed = (group for group, joins in signals if not any(self._after(-1, end, joins) for end in ends))
            known = self._passed[anchor] = frozenset(passed)
        return known

    def relayed(self, group: Path) -> frozenset[Path]:
        """What another goroutine has waited for before it signals to those who wait for a group."""
        return frozenset(path for signalled, after in self._relays if signalled == group for path in after)

    @cached_property
    def _signals(self) -> dict[Path, frozenset[float]]:
        found = {}
        for group, joins in self.waits.items():
            at = frozenset(signal for join in joins if (signal := self._signal(join)) is not None) | self._told(group)
            if at:
                found[group] = at
        return found

    def _told(self, group: Path) -> frozenset[float]:
        """The calls that may have waited for a group: those who come later count on it, as if nobody gave up."""
        waits = ((at, e) for at, e in self._effects if e.kind == EffectKind.WAIT and e.strand is None)
        return frozenset(at for at, e in waits if is_told(e.path) and waited(e.path) == group)

    def _signal(self, join: float) -> float | None:
        """Where a wait has surely ended the strand: in loops only where the channel is found to be closed."""
        register = int(join + 0.5)
        if self._code.loop_of(register) == ir.NONE or isinstance(self._code.code[register], ir.Call):
            return join
        block = closed_branch(self._code, register)
        return None if block is None else self._code.function.blocks[block].start - 0.5

    @cached_property
    def _deferred_waits(self) -> frozenset[Path]:
        return frozenset(
            waited(effect.path)
            for anchor, effect in self._effects
            if effect.kind == EffectKind.WAIT and effect.strand is None and self._code.is_deferred(anchor)
            if effect.path.fields[-1:] != (STOPPED,)
        )

    def _join_point(self, anchor: int, effect: Effect) -> float | None:
        """A select joins only where the receive was chosen: just before the first instruction of that case; a
        timer's Stop only where it reports true, and so for a callee that tells whether it has waited."""
        if is_told(effect.path):
            at = told_at(self._code, anchor, effect.path)
            return anchor if at is None else at
        if effect.path.fields[-1:] == (STOPPED,):
            return self._stopped(anchor)
        select = self._code.code[anchor]
        if not isinstance(select, ir.Select):
            return anchor
        for index, case in enumerate(select.cases):
            if case.span == effect.site.span or len(select.cases) == 1:
                return case_start(self._code, anchor, index) - 0.5
        return anchor

    def _stopped(self, stop: int) -> float | None:
        """Where a function is known not to run, any more: where Stop has reported true. Whoever waits where it
        reports false has come as far: `if !timer.Stop() { <-done }`."""
        found = branches(self._code, stop)
        if found is None:
            return None
        met, failed = (self._code.function.blocks[block] for block in found)
        waits = any(failed.start <= at < failed.end and e.kind == EffectKind.WAIT for at, e in self._effects)
        return met.start - 0.5 if waits or len(self._code.predecessors[found[0]]) == 1 else None

    @cached_property
    def _dones(self) -> dict[tuple[int, Site], tuple[Path, ...]]:
        found: dict[tuple[int, Site], list[Path]] = {}
        for anchor, effect in self._effects:
            if effect.kind == EffectKind.DONE and effect.strand is not None:
                found.setdefault((anchor, effect.strand.site), []).append(effect.path)
        return {key: tuple(dict.fromkeys(paths)) for key, paths in found.items()}

    def groups(self, anchor: int, strand: Strand, early: Paths = NO_GROUPS) -> tuple[Path, ...]:
        """All that a Wait may join the strand by, but for `early` signals."""
        key = (anchor, strand.site, strand.groups, early)
        known = self._groups.get(key)
        if known is None:
            told = (*strand.groups, *self._dones.get((anchor, strand.site), ()))
            own = dict.fromkeys(path for path in told if path not in early)
            relayed = [path for path, after in self._relays if not after.isdisjoint(own)] if self._relays else ()
            known = self._groups[key] = tuple(dict.fromkeys((*own, *relayed)))
        return known

    @cached_property
    def _relays(self) -> list[tuple[Path, frozenset[Path]]]:
        """What is signalled after a wait: a goroutine that closes `all` when the workers are done."""
        dones = (effect for _, effect in self._effects if effect.kind == EffectKind.DONE)
        return list(dict.fromkeys((effect.path, effect.after) for effect in dones if effect.after))

    def without(self, returns: Iterable[int], joins: frozenset[float], start: int = -1) -> list[int]:
        """Those returns that the function may come to, from its start or another one, without passing a join."""
        return [at for at in returns if self._after(start, at, joins)]

    def joins(self, anchor: int, strand: Strand, early: Paths, but: Path | None = None) -> frozenset[float]:
        """The registers of this frame at which the strand has ended, told by any group `but` one, or `early` ones."""
        waits, ends = self.waits, self._round_ends
        groups = [group for group in self.groups(anchor, strand, early) if group != but]
        told = heeded(self._code, groups) if is_left(groups) else NOWHERE
        return told.union(at for group in groups for at in (*waits.get(group, ()), *ends.get(group, ())))

    @cached_property
    def _round_ends(self) -> dict[Path, list[float]]:
        """Where loops end that wait on a path in each round."""
        return {path: list(round_ends(self._code, points)) for path, points in self.waits.items()}

    def is_joined(self, anchor: int, strand: Strand, early: Paths = NO_GROUPS) -> bool:
        """Reports whether the function waits for the strand before it returns, on the way it means to take.

        LIMIT: a way out that abandons the goroutine, such as `case <-ctx.Done()`, is looked at in this frame only (for
        what a caller gives to be run, in the caller's too), or every cancelled call would race with its successor.
        """
        groups = self.groups(anchor, strand, early)
        return self.is_awaited(groups) or is_left(groups) or bool(self.joins(anchor, strand, early))

    def is_awaited(self, groups: Iterable[Path]) -> bool:
        """Reports whether a deferred call waits for one of some groups."""
        return not self._deferred_waits.isdisjoint(groups)

    def is_left_behind(self, anchor: int, strand: Strand | None, early: Paths = NO_GROUPS) -> bool:
        """Reports whether the strand may still run when the function has returned."""
        return strand is not None and not strand.joined and not self.is_joined(anchor, strand, early)

    def parallel(self, one: Anchored, other: Anchored) -> bool:
        """Reports whether two effects on the same object may happen at the same time."""
        (a, first), (b, second) = one, other
        if self._waited(first, b, second) or self._waited(second, a, first):
            return False
        if first.strand is None and second.strand is None:
            return False
        if first.strand is None:
            return self._beside(b, second, one)
        if second.strand is None:
            return self._beside(a, first, other)
        if a == b:
            many = self.is_many(a, first) and self.is_many(a, second)  # else the many are below
            apart = first.strand.site != second.strand.site and (first.passed or second.passed)
            return many or apart or first.strand.takes != second.strand.takes  # the callee has judged the rest
        return self._beside(a, first, other) or self._beside(b, second, one)

    def is_counted(self, add: Anchored, wait: Anchored) -> bool:
        """Reports whether a WaitGroup cannot be at zero when it is added to: the goroutine that adds is counted, or
        adds again what it has added before it started the one that waits."""
        (at, effect), (start, waiter) = add, wait
        if effect.strand is not None:
            return Path(effect.path.root, effect.path.fields[:-2]) in self.groups(at, effect.strand)
        if waiter.strand is None:
            return False
        adds = (a for a, one in self._effects if one.path == effect.path and one.kind == EffectKind.READ)
        return any(a != start and self._after(a, start, NOWHERE) for a in adds)

    def follows(self, first: Anchored, then: Anchored) -> bool:
        """Reports whether the frame's own goroutine may do one thing to an object, and the other thing after it."""
        (a, one), (b, other) = first, then
        if one.strand is not None or other.strand is not None or a == b or self._code.is_deferred(a):
            return False
        return self._after(a, b, NOWHERE, self._loop_of(one.path.root))

    def _waited(self, late: Effect, anchor: int, early: Effect) -> bool:
        """Whether `late` comes after a join of the strand of `early`, somewhere below this frame, or was started
        by the function that did `early`, which ran only once."""
        if not late.after:
            return False
        if any(lock.path in late.after for lock in early.locks):  # of the one run of a sync.Once
            return True
        if early.strand is None:
            return False
        told = self.groups(anchor, early.strand, behind_signals(early))
        passed = late.after.intersection(told) - {channel_closed_by_both(early, late)}
        if late.strand is not None and late.strand.site == early.strand.site and late.strand.copies == Copies.MANY:
            return any(self._is_token(group) for group in passed)
        return bool(passed)

    def _is_token(self, group: Path) -> bool:
        """Whether copies of one goroutine that wait for each other's signal run one by one: the frame's own
        goroutine gives the first signal, once. More signals let as many of them in at once, as a semaphore does;
        and so it is one if the frame's goroutine gives back only what it has waited for."""
        given = self._gates.get(group, [])
        once = len(given) == 1 and self._code.loop_of(given[0]) == ir.NONE
        return once and all(wait > given[0] for wait in self.waits.get(group, ()))

    def is_protected(self, one: Anchored, other: Anchored) -> bool:
        """Reports whether the locksets of two accesses exclude each other: a common lock that one of them holds
        to write. A lock made in the loop that starts the copies of a goroutine is another one for each."""
        first, second = one[1], other[1]
        if not first.locks or not second.locks:
            return False
        strand = first.strand if one[0] == other[0] else None
        loop = ir.NONE if strand is None else strand.loop
        key = (first.locks, second.locks, loop)
        known = self._protected.get(key)
        if known is None:
            known = self._protected[key] = self._exclude(first.locks, second.locks, loop)
        return known

    def _exclude(self, some: LockSet, others: LockSet, loop: int) -> bool:
        held = dict(others)
        return any(
            path in held
            and LockMode.WRITE in (mode, held[path])
            and ELEMENT not in path.fields
            and (loop == ir.NONE or not self._is_made_in(path, loop))
            for path, mode in some
        )

    def _is_made_in(self, path: Path, loop: int) -> bool:
        return self._code.inside(self._loop_of(path.root), loop)

    def is_many(self, anchor: int, effect: Effect) -> bool:
        """Reports whether several copies of the strand may touch the same object at once."""
        strand = effect.strand
        if strand is None or strand.copies == Copies.ONE:
            return False
        if strand.loop == ir.NONE:
            return True
        if self._code.inside(self._loop_of(effect.path.root), strand.loop):
            return False
        if not self._code.inside(self._code.loop_of(anchor), strand.loop):
            return True  # they were made in the loop, and are run together
        joins, root = self.joins(anchor, strand, behind_signals(effect)), effect.path.root
        if isinstance(root, AllocRoot | ResultRoot) and type(self._code.code[anchor]) is ir.Call:
            joins |= replaced(self._code, anchor, root.register) if root.function == self._code.id else NOWHERE
        return self._after(anchor, anchor, joins)

    def _beside(self, start: int, started: Effect, met: Anchored) -> bool:
        """Whether a strand started at `start` may still run when the frame comes to what it may meet."""
        strand, (at, effect) = started.strand, met
        assert strand is not None
        if strand.joined or start == at:
            return False
        joins = self.joins(start, strand, behind_signals(started), channel_closed_by_both(started, effect))
        loop = self._turn(start, at) if EVERY in started.path.fields else self._loop_of(started.path.root)
        begins = self._begins(start, started, joins) or (start,)
        if strand.later and effect.strand is None:
            begins = self._served(start, at)
        if self._code.is_deferred(at):
            return any(self._reaches_return(begin, joins) for begin in begins)
        return any(self._after(begin, at, joins, loop) for begin in begins)

    def _turn(self, start: int, at: int) -> int:
        """The loop whose element of the round both instructions are about, or NONE."""
        both = {*turns(self._code, start)}.intersection(turns(self._code, at))
        return min(both, default=ir.NONE)

    def _begins(self, start: int, started: Effect, joins: frozenset[float]) -> list[int]:
        """Where the frame's own goroutine lets the effect of another one begin: a start gate, that it waits for. What
        comes behind a join of that goroutine is none."""
        gates = [at for gate in started.after for at in self._gates.get(gate, ())] if started.after else []
        return [at for at in gates if self._after(start, at, joins)]

    def _served(self, registered: int, met: int) -> list[int]:
        """Where what was registered at an instruction begins: where it is served then, at once if it is already. Where
        nobody serves here, loops are the work that is done meanwhile, and the rest prepares for it."""
        serves = {at for at, e in self._effects if e.kind == EffectKind.DONE and e.path == SERVED}
        works = not serves and self._code.loop_of(met) != ir.NONE
        if works or any(self._after(at, registered, NOWHERE) for at in serves):
            return [registered]
        return [at for at in serves if self._after(registered, at, NOWHERE)]

    @cached_property
    def _gates(self) -> dict[Path, list[int]]:
        """The registers where the frame's own goroutine signals to those that wait."""
        found: dict[Path, list[int]] = {}
        for anchor, effect in self._effects:
            if effect.kind == EffectKind.DONE and effect.strand is None and not self._code.is_deferred(anchor):
                found.setdefault(effect.path, []).append(anchor)
        return found

    def _loop_of(self, root: Root) -> int:
        """The loop in which an object is made afresh, or NONE."""
        if isinstance(root, VarRoot):
            var = self._code.body.vars[root.var] if root.body == self._code.body_id else None
            return var.loop if var is not None and var.owner == self._code.index else ir.NONE
        if isinstance(root, AllocRoot | ResultRoot | OpaqueRoot) and root.function == self._code.id:
            return self._code.loop_of(root.register)
        return ir.NONE

    def _after(self, start: int, goal: int, joins: frozenset[float], loop: int = ir.NONE) -> bool:
        """Whether control may come from just after `start` to `goal` without passing a join, nor the head
        of `loop`, behind which the object is another one."""
        key = (start, joins, loop)
        reached = self._reached.get(key)
        if reached is None:
            reached = self._reached[key] = self._reach(start, joins, loop)
        if goal in joins and goal in reached.ends:
            return True
        return any(begin <= goal < end for begin, end in reached.parts.get(self._code.block_of(goal), ()))

    def _reach(self, start: int, joins: frozenset[float], loop: int) -> _Reach:
        """All that `_after` may come to from `start`."""
        blocks = self._code.function.blocks
        header = self._code.function.loops[loop].header if loop != ir.NONE else ir.NONE
        work = [(self._code.block_of(start) if start >= 0 else 0, start + 1)]
        seen: set[int] = set()
        found = _Reach({}, set())
        while work:
            block, begin = work.pop()
            last: float = blocks[block].end
            end = min((at for at in joins if begin - 0.5 <= at <= last - 1), default=last) if joins else last
            found.parts.setdefault(block, []).append((begin, end))
            found.ends.add(end)
            if end == last:
                fresh = [s for s in blocks[block].succs if s not in seen and s != header]
                seen.update(fresh)
                work.extend((s, blocks[s].start) for s in fresh)
        return found

    def _reaches_return(self, start: int, joins: frozenset[float]) -> bool:
        blocks = self._code.function.blocks
        return any(
            isinstance(self._code.code[block.end - 1], ir.Return) and self._after(start, block.end - 1, joins)
            for block in blocks
            if block.end > block.start
        )
