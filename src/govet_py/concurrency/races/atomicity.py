"""Which tests and acts that a gap in the lock keeps apart are bugs: who may come in between, and what harm it does."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.effects.claims import Claims
from govet_py.concurrency.effects.gates import Gates
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.races.fresh_onces import FreshOnce, fresh_onces
from govet_py.concurrency.races.gaps import FunctionGaps
from govet_py.concurrency.races.keys import ANY, WHOLE
from govet_py.concurrency.races.stale_nils import left_behind, nilled, stale_nils, takes_away
from govet_py.concurrency.races.statefulness import Statefulness
from govet_py.concurrency.races.touch import STEP, Inner, Sets, Touch, is_beside, is_beside_its_lock
from govet_py.concurrency.races.touches import Touches
from govet_py.concurrency.races.twins import revivals, twins
from govet_py.concurrency.races.unlooped_waits import UnloopedWaits
from govet_py.concurrency.races.visitors import Visitors
from govet_py.knowledge import concurrency as knows
from govet_py.knowledge.atomics import Does
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot, EffectKind, LockMode, Path, ResultRoot, VarRoot


class Harm(Enum):
    """What goes wrong when another goroutine comes in between."""

    LOST_UPDATE = "lost update"
    CREATED_TWICE = "created twice"
    LIMIT = "limit exceeded"
    TWICE = "done twice"
    OVERWRITTEN = "overwritten"
    BACKWARDS = "moved backwards"
    TORN = "torn"
    REVIVED = "revived"
    GONE = "gone"
    REMOVED = "removed"
    WOKEN = "woken"
    UNCLEAR = "unclear"


class Other(NamedTuple):
    """A write of the same place by another function."""

    function: str
    touch: Touch


class Gap(NamedTuple):
    """`test` is read and `act` written in different critical sections of `function`; `guard` is the lock of
    both. `others` are functions that write the place as well."""

    function: str
    test: Touch
    act: Touch
    guard: Path | None
    harm: Harm
    others: tuple[Other, ...]


class Atomicity:
    """The gaps of a program."""

    def __init__(
        self,
        code: Code,
        values: ValueAnalysis,
        calls: CallGraph,
        touches: Touches,
        locks: dict[str, LockSets],
        guarded: GuardedMembers,
        visitors: Visitors,
    ) -> None:
        self._code = code
        self._values = values
        self._claims = Claims(code, values)
        self._calls = calls
        self._touches = touches
        self._locks = locks
        self._guarded = guarded
        self._visitors = visitors
        self._stateful = Statefulness(code.program)

    def gaps(self) -> Iterator[Gap]:
        """The gaps in which another goroutine may come, by function."""
        known = twins(self._touches.all.values())
        for id, touches in sorted(self._touches.all.items()):
            written = {touch.place for touch in touches if touch.does == Does.WRITE}
            reads = [touch for touch in touches if touch.does == Does.READ and touch.place in written]
            paired = {touch.member for touch in touches if touch.does == Does.READ}.intersection(known)
            if reads or (written and paired):
                function = FunctionGaps(self._code, self._code.function(id), touches, self._locks.get(id))
                found = [self._gap(function, test, act) for test, act in function.gaps(reads)]
                if paired:
                    found += [self._revival(function, *pair) for pair in revivals(function, touches, known)]
                yield from (gap for gap in found if gap is not None)
        yield from self._stale()
        yield from self._woken()

    def fresh_onces(self) -> Iterator[FreshOnce]:
        """Every sync.Once that each who comes makes anew."""
        yield from fresh_onces(self._code, self._calls, self._values)

    def _gap(self, function: "FunctionGaps", test: Touch, act: Touch) -> Gap | None:
        if act.direction and function.is_undone(test, act):
            return None
        harm = self._harm(function, test, act)
        torn = not self._outer(function.code) and function.is_torn(test, act)
        if harm == Harm.UNCLEAR and torn:
            harm = Harm.TORN
        others = self._others(function.code, act)
        if not test.guards and not self._is_bare(function, test, act, harm, others):
            return None
        if not torn and self._is_alone(function.code, act, others, harm):
            return None
        return Gap(function.code.id, test, act, function.guard(test, act), harm, others)

    def _revival(self, function: FunctionGaps, test: Touch, act: Touch) -> Gap | None:
        others = self._others(function.code, act)
        alone = self._is_alone(function.code, act, others, Harm.REVIVED)
        return None if alone else Gap(function.code.id, test, act, function.guard(test, act), Harm.REVIVED, others)

    def _woken(self) -> Iterator[Gap]:
        """The acts behind a wait for a condition that need not hold when it ends."""
        for code, test, act, in_vain in UnloopedWaits(self._code, self._calls, self._touches.all).find():
            if in_vain or self._visitors.meets_itself(code.id):
                yield Gap(code.id, test, act, FunctionGaps.guard(test, act), Harm.WOKEN, self._others(code, act))

    def _stale(self) -> Iterator[Gap]:
        """The uses of what was there before the lock was given back, and another function may have taken away."""
        known = nilled(self._code, self._touches.all)
        for id, touches in sorted(self._touches.all.items()):
            locks, code = self._locks.get(id), self._code.function(id)
            for test, act in stale_nils(self._code, code, touches, locks, known) if locks else ():
                yield from self._gone(code, test, act, False)
            yield from self._left_behind(code, locks) if locks else ()

    def _left_behind(self, code: FunctionCode, locks: LockSets) -> Iterator[Gap]:
        """The uses by literals that a function gives away."""
        for register in code.of_kind(ir.MakeClosure):
            step = code.code[register]
            assert isinstance(step, ir.MakeClosure)
            literal = self._code.sibling(code, step.function)
            inner = self._locks.get(literal.id)
            if inner is not None and not any(self._calls.sites(literal.id)):
                for test, act, itself in left_behind(self._code, code, literal, locks, inner):
                    at = Inner(literal.id, literal.site(act.register), act.what)
                    yield from self._gone(code, test, act._replace(register=register, inner=at), itself)

    def _gone(self, code: FunctionCode, test: Touch, act: Touch, itself: bool) -> Iterator[Gap]:
        """The use of what others take away, or who uses it `itself`, if several do."""
        harm = Harm.GONE if act.key == WHOLE else Harm.REMOVED
        others = tuple(
            other
            for other in self._others(code, act._replace(inner=None))
            if takes_away(self._code.function(other.function), other.touch)
        )
        if (others or itself) and not self._is_alone(code, act, others, harm):
            yield Gap(code.id, test, act, FunctionGaps.guard(test, act), harm, others)

    # -- who else ----------------------------------------------------------------------------------

    @cached_property
    def _writers(self) -> dict[Member, list[Other]]:
        """Where each member is written, by a function itself or through a setter."""
        found: dict[Member, list[Other]] = {}
        for id, touches in sorted(self._touches.all.items()):
            for touch in touches:
                if touch.does != Does.READ and touch.member is not None:
                    found.setdefault(touch.member, []).append(Other(id, touch))
        return found

    def _others(self, code: FunctionCode, act: Touch) -> tuple[Other, ...]:
        own = {code.body_id, act.inner[0].partition("$")[0] if act.inner else ""}
        writers = self._writers.get(act.member, []) if act.member else []
        return tuple(
            other
            for other in writers
            if other.function.partition("$")[0] not in own and _is_same_object(act, other.touch)
        )

    def _is_alone(self, code: FunctionCode, act: Touch, others: tuple[Other, ...], harm: Harm) -> bool:
        """Whether nobody can come in between and do harm: all who might take turns, or there is one goroutine."""
        outer = self._outer(code)
        if outer and all(self._holds(other, outer) for other in others):
            return True
        if Gates(code, self._claims).at(act.register) or self._visitors.takes_turns(code.id):
            return True
        harmful = any(_is_harmful(act, other.touch, harm) and self._comes_in_between(code, other) for other in others)
        return not harmful and not self._visitors.meets_itself(code.id)

    def _comes_in_between(self, code: FunctionCode, other: Other) -> bool:
        """Whether another goroutine than a function's may write an object that somebody has already."""
        made = isinstance(other.touch.place.root, AllocRoot) and other.touch.place.root.function == other.function
        return not made and self._visitors.meet(code.id, other.function)

    def _is_bare(
        self, function: FunctionGaps, test: Touch, act: Touch, harm: Harm, others: tuple[Other, ...]
    ) -> bool:
        """Whether a test without any lock should have had the act's: a lock beside the place, which every other
        write of it holds. Where the act is without a lock as well, another function tests and sets with it."""
        if harm not in (Harm.TWICE, Harm.CREATED_TWICE, Harm.OVERWRITTEN):
            return False
        code = function.code
        if not act.guards:
            locked = self._is_locked_elsewhere(code, act, others)
            shared = locked or (
                not function.clears(act) and function.is_asked(test, act) and self._is_common(code, act)
            )
            free = not self._guarded.entry.get(code.id) and not code.id.endswith(knows.CALLER_LOCKS)
            return shared and free and self._is_published(code, test)
        beside = any(is_beside(act, lock.path) for lock in act.guards)
        return beside and all(access.private or access.guards for access in self._writes(test.member))

    def _is_locked_elsewhere(self, code: FunctionCode, act: Touch, others: tuple[Other, ...]) -> bool:
        """Whether all other functions that write the place hold a lock beside it, and one tests it under that lock."""
        if not any(is_beside_its_lock(other.touch) and self._is_tested(other) for other in others):
            return False
        own = {code.id, act.inner.function if act.inner else ""}
        rest = (access for access in self._writes(act.member) if access.function not in own)
        return all(access.private or access.guards for access in rest)

    def _is_tested(self, other: Other) -> bool:
        return any(
            touch.does == Does.READ and touch.place == other.touch.place and touch.guards >= other.touch.guards
            for touch in self._touches.all[other.function]
        )

    def _is_common(self, code: FunctionCode, act: Touch) -> bool:
        """Whether a method that many goroutines run has a receiver that the program makes once, at its start."""
        if act.member is None or act.inner is not None or not isinstance(act.place.root, VarRoot):
            return False
        return self._visitors.is_run_by_many(code.id) and self._visitors.is_made_once(act.member)

    def _is_published(self, code: FunctionCode, test: Touch) -> bool:
        read = code.code[test.register]
        if not isinstance(read, ir.Selector):
            return False
        access = self._guarded.field_access(code, test.register, read.base, read.name, EffectKind.READ)
        return access is not None and not access.private and not access.unnamed

    def _writes(self, member: Member | None) -> Iterator[Access]:
        """The assignments of a field in its package."""
        for id in self._code.ids() if member else ():
            if member is not None and id.startswith(member.package + "."):
                function = self._code.function(id)
                for register in function.of_kind(ir.SetField):
                    use = function.code[register]
                    if isinstance(use, ir.SetField) and use.name == member.name:
                        access = self._guarded.field_access(function, register, use.base, use.name, EffectKind.WRITE)
                        if access is not None and access.member == member:
                            yield access

    def _outer(self, code: FunctionCode) -> set[Member]:
        """The locks that every caller holds to write."""
        return {member for member, mode in self._guarded.entry.get(code.id, ()) if mode == LockMode.WRITE}

    def _is_under_lock(self, code: FunctionCode) -> bool:
        """Whether every call of a function literal in the declaration around it holds a lock to write."""
        calls = [
            (caller, edge.site)
            for caller, edge in self._calls.callers.get(code.id, ())
            if isinstance(caller, str) and isinstance(self._code.function(caller).code[edge.site], ir.Call)
        ]
        return bool(code.index and calls) and all(
            caller in self._locks and any(lock.mode == LockMode.WRITE for lock in self._locks[caller].at(site))
            for caller, site in calls
        )

    def _holds(self, other: Other, locks: set[Member]) -> bool:
        guards = self._guarded.at(self._code.function(other.function), other.touch.register)
        return any(member in locks for member, _ in guards)

    # -- what goes wrong ---------------------------------------------------------------------------

    def _harm(self, function: "FunctionGaps", test: Touch, act: Touch) -> Harm:
        if self._outer(function.code) or self._is_under_lock(function.code):
            return Harm.UNCLEAR
        if act.sets == Sets.STEP and _is_atomic(act) and act.inner is not None:
            return Harm.UNCLEAR
        if act.sets == Sets.STEP:
            counted = act.direction and not _is_atomic(act)
            return Harm.LIMIT if counted or function.is_limited(test, act) else Harm.UNCLEAR
        if act.sets == Sets.CONSTANT:
            return Harm.TWICE if function.is_done_twice(test, act) and self._is_known(test, act) else Harm.UNCLEAR
        if act.value >= 0 and act.value in function.derived(test.register):
            return Harm.LOST_UPDATE
        if act.value >= 0 and function.compares(test, act):
            return Harm.BACKWARDS
        if act.made and all(self._stateful.is_stateful(type_) for type_ in act.made):
            return Harm.CREATED_TWICE
        if act.key not in (WHOLE, ANY) and function.is_given(act):
            return Harm.OVERWRITTEN
        return Harm.LIMIT if test.key == ANY else Harm.UNCLEAR

    def _is_known(self, test: Touch, act: Touch) -> bool:
        """Whether the object of an accessor is one that goroutines share, as far as one can tell: not one that
        the function has been handed out, nor one that every request makes for itself."""
        if isinstance(test.place.root, ResultRoot):
            return False
        accessors = test.inner is not None and act.inner is not None and not _is_atomic(test)
        return not (accessors and test.member is not None and self._visitors.is_made_per_run(test.member))


def _is_same_object(act: Touch, other: Touch) -> bool:
    """Whether two writes of a member may be of one object: types that wrap an atomic are told apart by the field
    that holds them, all others by type alone, in the function that does it."""
    if act.inner is not None and _is_atomic(act):
        return act.holder is not None and other.holder == act.holder
    return other.inner is None


def _is_harmful(act: Touch, other: Touch, harm: Harm) -> bool:
    """Reports whether another write can make an act wrong that one goroutine alone comes to."""
    if harm == Harm.LIMIT:
        return not (other.sets == Sets.STEP and act.direction and other.direction == -act.direction)
    if harm in (Harm.CREATED_TWICE, Harm.OVERWRITTEN):
        return other.sets == Sets.VALUE
    return True


def _is_atomic(touch: Touch) -> bool:
    return any(lock.path.fields[-1:] == (STEP,) for lock in touch.guards)
