"""Acts behind `Wait` of a condition as if what was tested before it held by now.

`Wait` gives the lock back and takes it again: among several who were woken one is first, and who wakes for another
reason (the queue is closed) has not made the test come true either. So the test belongs in a loop around `Wait`
("the caller typically cannot assume that the condition is true when Wait returns", documentation of sync.Cond).

LIMIT: one lone waiter whom only those wake who have written what it tests is right without a loop, and left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, receiver_member
from govet_py.concurrency.flow.dependence import Dependence
from govet_py.concurrency.races.touch import Touch
from govet_py.knowledge import concurrency as knows
from govet_py.knowledge.atomics import Does

Pair = tuple[Touch, Touch]


class UnloopedWaits:
    """The tests before a `Wait` and what is set behind it without another test."""

    def __init__(self, code: Code, calls: CallGraph, touches: Mapping[str, list[Touch]]) -> None:
        self._code = code
        self._calls = calls
        self._touches = touches

    def find(self) -> Iterator[tuple[FunctionCode, Touch, Touch, bool]]:
        """By function: a test, what is set, and whether somebody wakes who has not written what is tested."""
        for name in sorted(knows.SLEEP):
            for id, wait in self._calls.named(name):
                code = self._code.function(id)
                condition = receiver_member(self._code.program, code, wait)
                for test, act in dict.fromkeys(self._pairs(code, wait)) if condition is not None else ():
                    yield code, test, act, self._is_woken_in_vain(condition, test)

    def _pairs(self, code: FunctionCode, wait: int) -> Iterator[Pair]:
        touches = self._touches.get(code.id, [])
        dependence = Dependence(self._code, code)
        blocks = code.function.blocks
        for test in (touch for touch in touches if touch.guards and _decisions(dependence, touch, wait)):
            same = [touch for touch in touches if _is_same(test, touch)]
            if any(test.register < touch.register < wait for touch in same):
                continue
            for act in filter(_sets, same):
                asked = {branch for one in same for branch in _decisions(dependence, one, act.register)}
                stops = {blocks[branch].end - 1 for branch in asked} | {one.register for one in same if _sets(one)}
                if _comes_first(code, wait, act.register, stops):
                    yield test, act

    def _is_woken_in_vain(self, condition: Member | None, test: Touch) -> bool:
        wakes = [place for name in sorted(knows.WAKE) for place in self._calls.named(name)]
        program, function = self._code.program, self._code.function
        wakers = {id for id, at in wakes if receiver_member(program, function(id), at) == condition}
        return any(not self._writes(waker, test.member) for waker in wakers)

    def _writes(self, function: str, member: Member | None) -> bool:
        return any(t.does != Does.READ and t.member == member for t in self._touches.get(function, ()))


def _decisions(dependence: Dependence, touch: Touch, register: int) -> set[int]:
    """The blocks that end with a decision on what is read, which says whether an instruction runs."""
    branches = dependence.branches(dependence.derived((touch.register,))) if touch.does == Does.READ else ()
    return {branch for branch in branches if dependence.controls(branch, register)}


def _comes_first(code: FunctionCode, wait: int, act: int, stops: set[int]) -> bool:
    """Whether control comes from a wait to an act without coming to any of `stops` before."""
    blocks = code.function.blocks
    work, seen = [(code.block_of(wait), wait + 1)], set[int]()
    while work:
        block, begin = work.pop()
        met = next((at for at in range(begin, blocks[block].end) if at == act or at in stops), None)
        if met == act:
            return True
        for successor in blocks[block].succs if met is None else ():
            if successor not in seen:
                seen.add(successor)
                work.append((successor, blocks[successor].start))
    return False


def _sets(touch: Touch) -> bool:
    return touch.does != Does.READ


def _is_same(one: Touch, other: Touch) -> bool:
    return one.place == other.place and one.key == other.key
