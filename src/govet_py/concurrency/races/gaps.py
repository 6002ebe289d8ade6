"""Pairs of a test and an act in one function that no critical section holds together.

From every touch that reads, control flow is followed until the same place is written or tested again, with the
locks that are still held since. A write that none of them has held all the way stands in another critical
section. It must depend on what was read, by data (a lost update) or by control (check-then-act).
Flanagan and Qadeer, "A Type and Effect System for Atomicity" (2003), without the types.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.control import after
from govet_py.concurrency.flow.dependence import Dependence
from govet_py.concurrency.locks.locksets import LockEvent, LockSets
from govet_py.concurrency.races.keys import ANY, Keys
from govet_py.concurrency.races.touch import Touch, is_harmless, sections
from govet_py.knowledge import concurrency as knows
from govet_py.knowledge.atomics import Does
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import NO_LOCKS, Path
from govet_py.model.types import is_error

Held = frozenset[Path]
_DEEDS = (ir.Call, ir.Store, ir.SetField, ir.SetIndex, ir.SetDeref, ir.SetName, ir.Send, ir.Recv, ir.Select)


class FunctionGaps:
    """The tests and acts of one function."""

    def __init__(self, program: Code, code: FunctionCode, touches: list[Touch], locks: LockSets | None) -> None:
        self.code = code
        self.dependence = Dependence(program, code)
        self._locks = locks
        self._events = locks.events if locks is not None else {}
        self._at: dict[int, list[Touch]] = {}
        for touch in touches:
            self._at.setdefault(touch.register, []).append(touch)
        self._derived: dict[int, frozenset[int]] = {}

    def gaps(self, reads: list[Touch]) -> Iterator[tuple[Touch, Touch]]:
        for test in reads:
            if any(self._is_same(test, t) and t.does != Does.READ for t in self._at[test.register]):
                continue
            acts, kept = self._acts(test)
            for act in acts:
                apart = act not in kept and self._is_apart(test, act)
                if apart and self._depends(test, act) and not self._is_checked_again(test, act):
                    yield test, act

    @staticmethod
    def guard(test: Touch, act: Touch) -> Path | None:
        """The lock of both, or of the act where the test is made without any; None where there is none."""
        locks = {lock.path for lock in act.guards}
        common = locks & {lock.path for lock in test.guards} if test.guards else locks
        return min(common, key=repr, default=None)

    def _is_apart(self, test: Touch, act: Touch) -> bool:
        return not test.guards or self.guard(test, act) is not None

    def _depends(self, test: Touch, act: Touch) -> bool:
        derived = self.derived(test.register)
        if self._is_settled(act):
            return False
        return act.value in derived or bool(self._deciding(derived, act))

    def _deciding(self, derived: frozenset[int], act: Touch) -> list[int]:
        branches = self.dependence.branches(derived)
        return [branch for branch in branches if self.dependence.controls(branch, act.register)]

    def _is_settled(self, act: Touch) -> bool:
        """Whether an atomic step in between lets one goroutine alone come to the act."""
        return any(
            touch.does == Does.UPDATE and self._deciding(self.derived(register), act)
            for register, touches in self._at.items()
            for touch in touches
        )

    def _is_checked_again(self, test: Touch, act: Touch) -> bool:
        """Whether what else the lock guards of the same object decides over the act, once it has been taken again:
        a flag that was set before it was given back."""
        return any(
            other.does == Does.READ
            and other.guards >= act.guards > NO_LOCKS
            and is_sibling(other.place, act.place)
            and self._comes_between(test, other, act)
            and bool(self._deciding(self.derived(register), act))
            for register, touches in self._at.items()
            for other in touches
        )

    def _comes_between(self, test: Touch, other: Touch, act: Touch) -> bool:
        """Whether the lock of the act is taken again between the test and another read."""
        taken = [at for at, event in self._events.items() if event.acquires & act.guards]
        return other.register < act.register and any(test.register < at < other.register for at in taken)

    def derived(self, register: int) -> frozenset[int]:
        known = self._derived.get(register)
        if known is None:
            known = self._derived[register] = self.dependence.derived((register,))
        return known

    def is_asked(self, test: Touch, act: Touch) -> bool:
        """Reports whether what decides over the act is what was read, not what some function answers to it."""
        calls = {at for at in self.derived(test.register) if at != test.register and self._is_answer(at)}
        values = self.dependence.derived((test.register,), calls)
        return bool(self._deciding(values, act))

    def _is_answer(self, register: int) -> bool:
        call = isinstance(self.code.code[register], ir.Call)
        return call and not isinstance(self.code.callee(register), p.BuiltinCall | p.Conversion)

    def _is_tested(self, touch: Touch) -> bool:
        return bool(self.dependence.branches(self.derived(touch.register)))

    def _acts(self, test: Touch) -> tuple[list[Touch], set[Touch]]:
        """The writes of the tested place that come next, and those of them that are reached with a lock
        held all the way on some path."""
        acts: dict[Touch, None] = {}
        kept: set[Touch] = set()
        start = frozenset(lock.path for lock in sections(self._locks, test.register))
        blocks = self.code.function.blocks
        work = [(self.code.block_of(test.register), test.register + 1, start)]
        seen: set[tuple[int, Held]] = set()
        while work:
            block, begin, held = work.pop()
            stopped, held = self._walk(test, begin, blocks[block].end, held, acts, kept)
            for successor in () if stopped else blocks[block].succs:
                if (successor, held) not in seen:
                    seen.add((successor, held))
                    work.append((successor, blocks[successor].start, held))
        return list(acts), kept

    def _walk(
        self, test: Touch, begin: int, end: int, held: Held, acts: dict[Touch, None], kept: set[Touch]
    ) -> tuple[bool, Held]:
        for register in range(begin, end):
            for touch in self._at.get(register, ()):
                if self._is_same(test, touch) and not (touch.does == Does.READ and not self._is_tested(touch)):
                    if touch.does == Does.WRITE:
                        acts[touch] = None
                        if held:
                            kept.add(touch)
                    return True, held
            event = self._events.get(register)
            if event is not None and event.releases and not self.code.is_deferred(register):
                held = held - event.releases
        return False, held

    @staticmethod
    def _is_same(test: Touch, touch: Touch) -> bool:
        return touch.place == test.place and (touch.key == test.key or ANY in (touch.key, test.key))

    # -- what is between ---------------------------------------------------------------------------

    def is_done_twice(self, test: Touch, act: Touch) -> bool:
        """Reports whether the test is to keep something from being done twice: what ends a channel, sends or
        starts, anywhere that the test decides over; any other call only once the place has been claimed, or
        when a reference is taken away after it has been used; or what callers do who are told that it is theirs. What
        each round of a loop behind the test may set again claims nothing: it says how the work went."""
        if self._says_who(act):
            return True
        clears = self.clears(act)
        if not clears and act.register in after(self.code, act.register, test.register.__eq__):
            return False
        effects = [
            register
            for branch in self._deciding(self.derived(test.register), act)
            for register in self._effects()
            if self.dependence.controls(branch, register)
        ]
        taken = clears and test.inner is None
        slow = act.inner is None and not act.alone and (taken or not clears)
        return any(slow or taken or self._is_final(at) or self._comes_after(at, act.register) for at in effects)

    def _says_who(self, act: Touch) -> bool:
        """Whether a function answers with a constant, another one behind the act than without it: `tryTake() bool`."""
        answers: dict[bool, set[str]] = {True: set(), False: set()}
        for register, step in enumerate(self.code.code):
            if isinstance(step, ir.Return):
                answer = self.code.code[step.results[0]] if len(step.results) == 1 else None
                if not isinstance(answer, ir.Const) or answer.kind != "bool":
                    return False
                answers[self._comes_after(register, act.register)].add(answer.value)
        return len(answers[True]) == 1 and bool(answers[False] - answers[True])

    def clears(self, act: Touch) -> bool:
        """Reports whether a write takes a reference away."""
        return act.value >= 0 and isinstance(value := self.code.code[act.value], ir.Const) and value.kind == "nil"

    def _comes_after(self, register: int, first: int) -> bool:
        one, other = self.code.block_of(first), self.code.block_of(register)
        return register > first if one == other else self.dependence.comes(one, other)

    def _effects(self) -> Iterator[int]:
        return (at for at, instruction in enumerate(self.code.code) if self._is_effect(at, instruction))

    def _is_effect(self, register: int, instruction: ir.Instruction) -> bool:
        if isinstance(instruction, ir.Send):
            return True
        if not isinstance(instruction, ir.Call) or register in self._events or register in self._at:
            return False
        callee = self.code.callee(register)
        if isinstance(callee, p.BuiltinCall):
            return callee.name == "close"
        return not isinstance(callee, p.Conversion) and not is_harmless(callee)

    def _is_final(self, register: int) -> bool:
        instruction = self.code.code[register]
        if isinstance(instruction, ir.Send) or (isinstance(instruction, ir.Call) and instruction.mode == ir.Mode.GO):
            return True
        callee = self.code.callee(register)
        return isinstance(callee, p.BuiltinCall) or p.is_one_of(callee, knows.DONE)

    def is_torn(self, test: Touch, act: Touch) -> bool:
        """Reports whether the lock of both is given back in between only to be taken again at once."""
        at = sorted(register for register in self._events if test.register < register < act.register)
        return any(
            self._events[one].releases & self._paths(self._events[other]) & {lock.path for lock in test.guards}
            and self.code.block_of(one) == self.code.block_of(other)
            and not any(isinstance(step, _DEEDS) for step in self.code.code[one + 1 : other])
            for one, other in pairwise(at)
        )

    @staticmethod
    def _paths(event: LockEvent) -> Held:
        return frozenset(lock.path for lock in event.acquires)

    def is_given(self, act: Touch) -> bool:
        """Reports whether what is written is what the caller has given: no one else can make it again."""
        origins = self.dependence.origins(act.value) if act.value >= 0 else frozenset()
        params = set(self.code.function.params)
        values = [self.code.code[origin] for origin in origins]
        return bool(values) and all(isinstance(value, ir.Load) and value.var in params for value in values)

    def compares(self, test: Touch, act: Touch) -> bool:
        """Reports whether what was read is compared, as more or less, with what is then written."""
        keys = Keys(self.code)
        value = keys.of(act.value)
        return value is not None and any(value == keys.of(other) for _, other in self._compared(test))

    def is_limited(self, test: Touch, act: Touch) -> bool:
        """Reports whether what was read is held against a limit: compared, as more or less, with more than zero, or,
        if it is then brought down, with zero too."""
        limits = (self.code.code[other] for at, other in self._compared(test) if not self._counts_rounds(at, act))
        return any(act.direction < 0 or not (isinstance(limit, ir.Const) and limit.value == "0") for limit in limits)

    def _counts_rounds(self, comparison: int, act: Touch) -> bool:
        """Whether a comparison ends a loop, of whatever number of rounds, that an act comes after."""
        loop, block = self.code.loop_of(comparison), self.code.block_of(comparison)
        ends = loop != ir.NONE and self.code.function.loops[loop].header == block
        return ends and not self.code.inside(self.code.loop_of(act.register), loop)

    def is_undone(self, test: Touch, act: Touch) -> bool:
        """Reports whether nothing but the failure of what the value was used for decides over the act."""
        errors = {at for at in self.derived(test.register) if is_error(self.code.type_of(at))}
        return not self._deciding(self.dependence.derived((test.register,), errors), act)

    def _compared(self, test: Touch) -> Iterator[tuple[int, int]]:
        """What a value derived from the test is compared with, as more or less: the comparison and the other side."""
        derived = self.derived(test.register)
        for at, instruction in enumerate(self.code.code):
            if isinstance(instruction, ir.Binary) and instruction.op in ("<", ">", "<=", ">="):
                sides = (instruction.left, instruction.right)
                if any(side in derived for side in sides):
                    yield from ((at, side) for side in sides if side not in derived)


def is_sibling(one: Path, other: Path) -> bool:
    """Reports whether two places are different fields of one object."""
    return one.root == other.root and one.fields[:-1] == other.fields[:-1] and one.fields != other.fields
