"""Observers: functions in a list that whoever goes through it runs all of, and leaves there for the next one.

A task that one of many goroutines takes off a queue runs once. The observers of an event run as often as there are
events, on every goroutine that tells of some.
"""

from __future__ import annotations

from collections.abc import Iterable

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.getters import takes_away
from govet_py.concurrency.effects.slots import Slots
from govet_py.concurrency.effects.taken_out import TakenOut
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.resolve.elements import range_over


class Observers:
    """The calls that run observers, of the functions that have been looked at."""

    def __init__(self, code: Code, slots: Slots) -> None:
        self._code = code
        self._slots = slots
        self._taken_out = TakenOut(code)
        self._sites: set[Site] = set()

    def note(self, code: FunctionCode, call: int) -> None:
        """Looks at a call of an element of a container, or of a method of one."""
        callee = code.callee(call)
        run = callee.register if isinstance(callee, p.Value) else code.receiver_of(call)
        if run != ir.NONE and self._slots.is_met_by_all(code, run):
            over = _ranged_over(code, run)
            if over != ir.NONE and not self._is_emptied(code, over, call):
                self._sites.add(code.site(call))

    def run_at(self, sites: Iterable[Site]) -> bool:
        """Reports whether the function that is run on a way is run by all who come to one of its places."""
        return any(site in self._sites for site in sites)

    def _is_emptied(self, code: FunctionCode, over: int, call: int) -> bool:
        """Whether a container is the function's own by then, or loses what it has."""
        origin = code.value_of(step.var) if isinstance(step := code.code[over], ir.Load) else over
        made = code.code[origin] if origin >= 0 else None
        if isinstance(made, ir.Extract):
            made = code.code[origin := made.tuple]
        getter = code.callee(origin) if isinstance(made, ir.Call) else None
        if isinstance(made, ir.Call) and not isinstance(getter, p.Static):
            return True
        target = self._code.get(getter.function) if isinstance(getter, p.Static) else None
        lost = takes_away(code) or (target is not None and takes_away(target))
        return lost or self._taken_out.holds(code, over, call)


def _ranged_over(code: FunctionCode, register: int) -> int:
    """The container whose element a register holds, NONE when it is taken out in another way."""
    if isinstance(step := code.code[register], ir.Load):
        register = code.value_of(step.var)
    taken = code.code[register] if register >= 0 else None
    round_ = code.code[taken.tuple] if isinstance(taken, ir.Extract) else None
    return range_over(code.code, round_) if isinstance(round_, ir.Next) else ir.NONE
