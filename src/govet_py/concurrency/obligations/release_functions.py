"""Functions that take something and return the function that gives it back: `unlock := keys.Lock(name)`.

A literal that a function returns, or a method value, releases a lock that the function leaves held, or a slot that
it has taken. Who calls the function owes a call of what it gets, as one of a cancel function: nobody else can.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.obligations.cancels import Loss, LostCancel
from govet_py.concurrency.obligations.leak_story import also, way_steps
from govet_py.concurrency.obligations.semaphores import Semaphores
from govet_py.knowledge.concurrency import RELEASE
from govet_py.knowledge.releases import ONCE
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path, VarRoot
from govet_py.model.finding import Confidence, Finding, Rule, Step
from govet_py.model.types import Func

_MESSAGES = {
    Loss.DISCARDED: "what {maker} has taken is never given back: what it returns is thrown away (in {function})",
    Loss.PATH: "what {maker} has taken is not given back on a path on which {function} returns",
    Loss.ROUND: "what {maker} has taken is not given back on a path on which {function} goes round its loop",
}


class ReleaseFunctions:
    """The functions of a program whose callers get a function that gives back what they have taken."""

    def __init__(
        self, code: Code, values: ValueAnalysis, locks: dict[str, LockSets], semaphores: Semaphores
    ) -> None:
        self._code = code
        self._values = values
        self._locks = locks
        self._semaphores = semaphores

    def makers(self) -> dict[str, int]:
        """By function, which result it is."""
        found: dict[str, int] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for index, type_ in enumerate(code.function.signature.results if code.index == 0 else ()):
                under = self._code.program.underlying(type_)
                if isinstance(under, Func) and not under.params and self._always_gives(code, index):
                    found[id] = index
        return found

    def _always_gives(self, code: FunctionCode, index: int) -> bool:
        """Whether each return hands out a function that gives back what is held there, or fails with nil."""
        given = 0
        for at in code.of_kind(ir.Return):
            step = code.code[at]
            results = step.results if isinstance(step, ir.Return) else ()
            if index >= len(results):
                return False
            if code.is_nil(results[index]) and code.may_fail:
                continue
            if not any(self._gives_back(code, one, at) for one in self._behind(code, results[index])):
                return False
            given += 1
        return given > 0

    @staticmethod
    def _behind(code: FunctionCode, register: int) -> Iterator[int]:
        """The function values that a result may be, out of variables and wrappers that run them once."""
        work, seen = [register], {register}
        for at in work:
            step, given = code.code[at], list[int]()
            if isinstance(step, ir.Load):
                given = code.values_of(step.var)
            elif isinstance(step, ir.Call) and len(step.args) == 1:
                callee = code.callee(at)
                if isinstance(callee, p.Conversion) or p.is_one_of(callee, ONCE):
                    given = [step.args[0]]
            else:
                yield at
            work.extend(one for one in given if one not in seen)
            seen.update(given)

    def _gives_back(self, code: FunctionCode, register: int, at: int) -> bool:
        """Whether a function value releases what the function holds when it returns."""
        step, locks = code.code[register], self._locks.get(code.id)
        held = {lock.path for lock in locks.left_at(at)} if locks is not None else set[Path]()
        if isinstance(step, ir.MakeClosure):
            literal = literal_id(code.body_id, step.function)
            inner = self._locks.get(literal)
            return bool(inner is not None and inner.released & held) or self._semaphores.gives_back(code, literal)
        what = code.denotes(register)
        if not isinstance(what, p.FunctionRef) or what.receiver == ir.NONE or what.id not in RELEASE:
            return False
        load = code.code[what.receiver]
        named = (Path(VarRoot(code.body_id, load.var)),) if isinstance(load, ir.Load) else ()
        owners = (*named, *self._values.paths(code, what.receiver))
        return not held.isdisjoint(one.extend(what.via) for one in owners)


def release_findings(rule: Rule, program: Code, lost: LostCancel) -> Iterator[Finding]:
    """A function that gives back something, and is not called: where that is sure."""
    code = program.function(lost.made.function)
    call = code.code[lost.made.call]
    if lost.loss not in _MESSAGES or not isinstance(call, ir.Call):
        return
    maker = expression(code, call.callee)
    steps: tuple[Step, ...] = (Step(code.site(lost.made.call), f"{maker} returns the function that gives it back"),)
    if lost.exits:
        steps = way_steps(code, steps[0], lost.exits[0], f"{lost.name} has not been called")
    related = also(code, tuple(exit.register for exit in lost.exits[1:]), "nor is it here")
    message = _MESSAGES[lost.loss].format(maker=maker, function=short_name(code.id))
    identity = (lost.loss.value, lost.name or maker)
    yield Finding(rule, Confidence.MEDIUM, message, steps[0].site, code.id, identity, steps, related)
