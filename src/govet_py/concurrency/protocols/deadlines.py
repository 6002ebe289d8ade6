"""The deadline of one cycle: a context that is made for one round of a loop, in the loop or in what it calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.protocols.progress import (
    Kept,
    carries_on,
    counts_in_part,
    kept_by_callback,
    kept_by_loop,
    kept_of_result,
    parts,
    resumes,
    takes_in_turn,
)
from govet_py.knowledge.contexts import LIMITED
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import FunctionValue
from govet_py.model.source import Site
from govet_py.model.types import ERROR, Func

MAX_CALLEES = 3
CAUSE = "Cause"
MAX_WRAPS = 4
_HOLDS = (ir.Load, ir.Name, ir.Selector, ir.Call, ir.Index, ir.Extract)
"""Instructions whose result may be a function, besides literals."""


class Deadline(NamedTuple):
    """The context of one cycle gets its deadline at `mark`, at the end of the calls of `path`."""

    mark: Site
    path: tuple[Site, ...]


class Deadlines:
    """The deadlines of a program's cycles."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._known: dict[str, Deadline | None] = {}
        self._resumed: dict[str, list[int]] = {}

    def in_loop(self, code: FunctionCode, call: int) -> Deadline | None:
        """The deadline that a loop sets for a call in it."""
        made = self._context(code, call, code.loop_of(call)) if code.loop_of(call) != ir.NONE else None
        return Deadline(code.site(made), ()) if made is not None else None

    def below(self, code: FunctionCode, call: int, kept: Kept) -> Deadline | None:
        """The deadline that what a call runs sets for the work of one cycle; `kept`: what the loop around it keeps."""
        for one in self._callees(code, call):
            deadline = self.within(one.id)
            for work in self._going_on(one, kept) if deadline is None else ():
                made = self._context(one, work, one.loop_of(work))
                deadline = Deadline(one.site(made), ()) if made is not None else deadline
            if deadline is not None:
                return deadline
        return None

    def within(self, function: str) -> Deadline | None:
        """The deadline of a function for work that keeps what it has done, and whose error it returns: what has been
        done until then is not lost. An attempt that is over with its deadline is none."""
        if function not in self._known:
            self._known[function] = None
            code = self._code.get(function)
            self._known[function] = self._within(code) if code is not None else None
        return self._known[function]

    def given(self, code: FunctionCode, call: int) -> list[str]:
        """The functions that a call is given."""
        instruction = code.code[call]
        args: tuple[int, ...] = instruction.args  # type: ignore[union-attr]
        values = (v for arg in args if self._may_be_function(code, arg) for v in self._values.of(code, arg))
        return [value.function for value in values if isinstance(value, FunctionValue)]

    def _may_be_function(self, code: FunctionCode, register: int) -> bool:
        kind = type(code.code[register])
        if kind is ir.MakeClosure:
            return True
        return kind in _HOLDS and isinstance(self._code.program.underlying(code.type_of(register)), Func)

    def resumes(self, code: FunctionCode, call: int) -> bool:
        """Reports whether a call is given what its callback keeps, or what it has returned: the next round goes on
        where this one has got to."""
        if carries_on(code, call):
            return True
        return any(resumes(self._code, code, call, kept_by_callback(self._code, one)) for one in self.given(code, call))

    def _goes_on(self, code: FunctionCode, call: int) -> bool:
        """Reports whether a call resumes, or is given what the function keeps of what it answers: a page, a key."""
        return self.resumes(code, call) or resumes(self._code, code, call, kept_of_result(self._code, code, call))

    def works(self, code: FunctionCode, call: int, kept: Kept) -> Iterator[tuple[FunctionCode, int]]:
        """The calls that resume where they got to, whose error a call gives: itself, or one in what it runs, where that
        also begins with what the loop around the call has `kept`."""
        if self.resumes(code, call):
            yield code, call
        for one in self._callees(code, call):
            if one.id not in self._resumed:
                self._resumed[one.id] = list(dict.fromkeys(self._resumed_in(one)))
            yield from ((one, work) for work in self._resumed[one.id])
            yield from ((one, work) for work in self._going_on(one, kept) if work not in self._resumed[one.id])

    def _going_on(self, code: FunctionCode, kept: Kept) -> Iterator[int]:
        """The calls whose error a function returns, and that begin with what its caller has kept."""
        if kept.fields and code.of_kind(ir.Selector):
            yield from (work for work in returned_calls(code) if resumes(self._code, code, work, kept))

    def _resumed_in(self, code: FunctionCode) -> Iterator[int]:
        """The calls that resume, whose error a function returns, or that of reading what they have opened."""
        for work in returned_calls(code):
            loop = code.loop_of(work)
            opened = self._opened(code, work) if loop != ir.NONE else ()
            yield from (at for at in opened if resumes(self._code, code, at, kept_by_loop(self._code, code, loop)))
            if self._goes_on(code, work) or (loop == ir.NONE and self._says_where(code, work)):
                yield work

    def _says_where(self, code: FunctionCode, call: int) -> bool:
        """Whether a call before a loop is given what the loop keeps: it tells the other side where to go on."""
        loops = range(len(code.function.loops))
        after = [one for one in loops if code.function.blocks[code.function.loops[one].header].start > call]
        return any(resumes(self._code, code, call, kept_by_loop(self._code, code, one)) for one in after)

    def _callees(self, code: FunctionCode, call: int) -> list[FunctionCode]:
        """The few functions that a call may run and that may fail."""
        callee = code.callee(call)
        if isinstance(callee, p.Static):
            target = self._code.get(callee.function)
            found = [target] if target is not None else []
        else:
            found = list(self._calls.callees(code, call))
        return [one for one in found if one.may_fail] if len(found) <= MAX_CALLEES else []

    def _within(self, code: FunctionCode) -> Deadline | None:
        for work in returned_calls(code):
            loop = code.loop_of(work)
            made = self._context(code, work, loop)
            if made is not None and self.given(code, work):
                return Deadline(code.site(made), (code.site(work),))
            for opened in (work, *self._opened(code, work)) if loop != ir.NONE else ():
                made = self._context(code, opened, ir.NONE)
                if made is not None and resumes(self._code, code, opened, kept_by_loop(self._code, code, loop)):
                    return Deadline(code.site(made), (code.site(work),))
            made = self._kept_in_part(code, work)
            if made is not None:
                return Deadline(code.site(made), (code.site(work),))
            callee = code.callee(work)
            below = self.within(callee.function) if loop == ir.NONE and isinstance(callee, p.Static) else None
            if below is not None:
                return Deadline(below.mark, (code.site(work), *below.path))
        return None

    def _kept_in_part(self, code: FunctionCode, work: int) -> int | None:
        """The WithTimeout that cuts off work of which the part that is done until then is kept."""
        step = code.code[work]
        if isinstance(step, ir.Call) and takes_in_turn(code, work):
            return self._limited(code, (*step.args, code.receiver_of(work)), ir.NONE)
        return self._limited(code, parts(code, work), ir.NONE) if counts_in_part(code, work) else None

    @staticmethod
    def _opened(code: FunctionCode, call: int) -> Iterator[int]:
        """The calls that made what a call is a method of."""
        receiver = code.receiver_of(call)
        load = code.code[receiver] if receiver != ir.NONE else None
        for value in code.values_of(load.var) if isinstance(load, ir.Load) else ():
            made = code.call_behind(value)
            if made != ir.NONE:
                yield made

    def _context(self, code: FunctionCode, call: int, loop: int) -> int | None:
        """The WithTimeout in a loop, if there is one, that makes the context of the call."""
        instruction = code.code[call]
        assert isinstance(instruction, ir.Call)
        return self._limited(code, instruction.args, loop)

    def _limited(self, code: FunctionCode, registers: Iterable[int], loop: int) -> int | None:
        """The WithTimeout in a loop, if there is one, whose context is in one of some registers."""
        for register in registers:
            load = code.code[register]
            for value in code.values_of(load.var) if isinstance(load, ir.Load) else ():
                made = code.call_behind(value)
                callee = code.callee(made) if made != ir.NONE and code.loop_of(made) == loop else None
                if _is_limited(callee) or self._makes_limited(callee):
                    return made
        return None

    def _makes_limited(self, callee: p.Callee | None) -> bool:
        """Whether a function only returns what WithTimeout, or the like, does."""
        made = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        last = made.code[-1] if made is not None and len(made.function.blocks) == 1 else None
        if made is None or not isinstance(last, ir.Return) or not last.results:
            return False
        call = made.call_behind(last.results[0])
        return call != ir.NONE and _is_limited(made.callee(call))


def _is_limited(callee: p.Callee | None) -> bool:
    """Whether a call sets a deadline, whose error is the context's own: not a cause that the call gives."""
    return p.is_one_of(callee, LIMITED) and not p.known_name(callee).endswith(CAUSE)


def returned_calls(code: FunctionCode) -> list[int]:
    """The calls whose error a function may return, as it is or wrapped in another, each once."""
    found: dict[int, None] = {}
    for register in code.of_kind(ir.Return):
        results: tuple[int, ...] = code.code[register].results  # type: ignore[union-attr]
        if results and code.may_fail:
            found.update(dict.fromkeys(_calls_behind(code, results[-1], MAX_WRAPS, set())))
    return list(found)


def _calls_behind(code: FunctionCode, register: int, wraps: int, seen: set[tuple[int, int]]) -> Iterator[int]:
    """The calls that an error comes from; `seen` are variables that were gone through, with the wraps left then."""
    load = code.code[register]
    values = [register]
    if isinstance(load, ir.Load) and (load.var, wraps) not in seen:
        seen.add((load.var, wraps))
        values += code.values_of(load.var)
    for call in filter(ir.NONE.__ne__, map(code.call_behind, values)):
        yield call
        step = code.code[call]
        for one in step.args if wraps and isinstance(step, ir.Call) else ():
            if code.type_of(one) == ERROR:
                yield from _calls_behind(code, one, wraps - 1, seen)
