"""Contexts that end with the function that made them: `ctx, cancel := context.With…; defer cancel()`."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.reaching import ENTRY, Reaching
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.flow.control import after
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p

MAX_STEPS = 60


class Scoped(NamedTuple):
    """`made` makes a context that `cancel`, a deferred call, ends when `function` returns, `always` or only where a
    deferred literal finds that something has failed. `limited`: time may end it before."""

    function: str
    made: int
    cancel: int
    limited: bool
    always: bool


class ScopedContexts:
    """The scoped contexts of a program, and what is derived from them."""

    def __init__(self, code: Code, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls
        self._reaching: dict[str, Reaching] = {}

    @cached_property
    def by_function(self) -> dict[str, list[Scoped]]:
        """The scoped contexts by the function that makes them."""
        found: dict[str, list[Scoped]] = {}
        for name in sorted(knows.CANCELLABLE):
            for id, register in self._calls.named(name):
                code = self._code.function(id)
                cancel = self._deferred_cancel(code, register)
                if cancel is not None:
                    always = not self._is_conditional(code, register, cancel)
                    found.setdefault(id, []).append(Scoped(id, register, cancel, name in knows.LIMITED, always))
        return found

    def _deferred_cancel(self, code: FunctionCode, made: int) -> int | None:
        """The defer that calls the cancel function of the context made at `made`, itself or in a literal, and not only
        when something has failed."""
        variables, fields = cancel_variables(code, made), frozenset(_cancel_fields(code, made))
        deferred = filter(code.is_deferred, code.of_kind(ir.Call))
        return next((register for register in deferred if self._calls_one_of(code, register, variables, fields)), None)

    def _calls_one_of(
        self, code: FunctionCode, call: int, variables: set[int], fields: Set[tuple[int, str]]
    ) -> bool:
        callee = code.code[code.code[call].callee]  # type: ignore[union-attr]
        if isinstance(callee, ir.Load):
            return callee.var in variables
        if isinstance(callee, ir.Selector):
            return (variable_read(code, callee.base), callee.name) in fields
        return isinstance(callee, ir.MakeClosure) and bool(
            _calls_of(self._code.sibling(code, callee.function), variables)
        )

    def _is_conditional(self, code: FunctionCode, made: int, cancel: int) -> bool:
        """Whether a deferred literal may return without a call of the cancel function, though there is one."""
        callee = code.code[code.code[cancel].callee]  # type: ignore[union-attr]
        if not isinstance(callee, ir.MakeClosure):
            return False
        inner, variables = self._code.sibling(code, callee.function), cancel_variables(code, made)
        tests = {at for at in inner.of_kind(ir.If) if _is_about(inner, inner.code[at].cond, variables)}  # type: ignore[union-attr]
        stops = tests.union(_calls_of(inner, variables))
        return any(isinstance(inner.code[at], ir.Return) for at in after(inner, 0, stops.__contains__))

    def makers(self, code: FunctionCode, register: int) -> set[tuple[str, int]]:
        """The calls that a context went through on its way to a register, as (function, register)."""
        return self.trace(code, register)[0]

    def variables(self, code: FunctionCode, register: int) -> set[int]:
        """The variables that a context went through on its way to a register."""
        return self.trace(code, register)[1]

    def trace(self, code: FunctionCode, register: int) -> tuple[set[tuple[str, int]], set[int]]:
        """As `makers` and `variables`, both."""
        found: set[tuple[str, int]] = set()
        variables: set[int] = set()
        seen: set[tuple[str, int]] = set()
        work = [(code, register)]
        while work and len(seen) < MAX_STEPS:
            function, at = work.pop()
            if at < 0 or (function.id, at) in seen:
                continue
            seen.add((function.id, at))
            match function.code[at]:
                case ir.Load() as load:
                    if not self._is_replaced(function, at, load.var):
                        variables.add(load.var)
                    work.extend(self._stored(function, at))
                case ir.Extract() as part:
                    work.append((function, part.tuple))
                case ir.Call() as call:
                    if self._detaches(function, at):
                        continue
                    found.add((function.id, at))
                    work.extend((function, arg) for arg in call.args if function.type_of(arg) == CONTEXT)
        return found, variables

    def _detaches(self, code: FunctionCode, call: int) -> bool:
        """Whether a call's context does not end with the one it is given."""
        callee = code.callee(call)
        if isinstance(callee, p.Static):
            return callee.function == knows.DETACHED or callee.function in self._detaching
        if isinstance(callee, p.Interface):
            targets = self._code.program.implementers(callee.interface, callee.method)
            return any(target in self._detaching for target in targets)
        return False

    @cached_property
    def _detaching(self) -> frozenset[str]:
        """The functions that make a context which does not end with another."""
        names = (knows.DETACHED, *sorted(knows.FRESH))
        return frozenset(id for name in names for id, _ in self._calls.named(name))

    def _is_replaced(self, code: FunctionCode, load: int, var: int) -> bool:
        """Whether a parameter has another value for sure than that which the function was given; one that a literal
        captures, when the literal is made."""
        index, at = code.index, load
        while index != code.body.vars[var].owner:
            around = self._code.sibling(code, code.body.functions[index].parent)
            made = [r for r in around.of_kind(ir.MakeClosure) if around.code[r] == ir.MakeClosure(index)]
            if len(made) != 1:
                return False
            index, at = around.index, made[0]
        owner = self._code.sibling(code, index)
        if var not in owner.function.params or not self._code.is_assigned_here_only(owner, var):
            return False
        return ENTRY not in self._definitions(owner, at, var)

    def _definitions(self, code: FunctionCode, load: int, var: int) -> frozenset[int]:
        return self._reaching.setdefault(code.id, Reaching(code)).definitions(load, var)

    def _stored(self, code: FunctionCode, load: int) -> Iterator[tuple[FunctionCode, int]]:
        """What the variable that is read at `load` may hold."""
        instruction = code.code[load]
        assert isinstance(instruction, ir.Load)
        if self._code.is_assigned_here_only(code, instruction.var):
            definitions = sorted(self._definitions(code, load, instruction.var))
            yield from ((code, code.stored(at)) for at in definitions if at != ENTRY)
        else:
            yield from self._code.values_of(code, instruction.var)


def _calls_of(code: FunctionCode, variables: set[int]) -> list[int]:
    """The calls of what one of some variables holds."""
    calls = code.of_kind(ir.Call)
    return [at for at in calls if _is_about(code, code.code[at].callee, variables)]  # type: ignore[union-attr]


def _is_about(code: FunctionCode, register: int, variables: set[int]) -> bool:
    """Whether a register reads one of some variables, or compares it."""
    step = code.code[register]
    if isinstance(step, ir.Binary):
        return any(_is_about(code, side, variables) for side in (step.left, step.right))
    return isinstance(step, ir.Load) and step.var in variables


def _cancel_fields(code: FunctionCode, made: int) -> Iterator[tuple[int, str]]:
    """The fields that keep the cancel function which a call makes: the variable of the object, and the name."""
    for at in code.of_kind(ir.SetField):
        step = code.code[at]
        value = code.code[step.value] if isinstance(step, ir.SetField) else None
        if isinstance(value, ir.Extract) and value.tuple == made and value.index == 1:
            yield variable_read(code, step.base), step.name  # type: ignore[union-attr]


def variable_read(code: FunctionCode, register: int) -> int:
    """The variable that a register was read from; NONE for anything else."""
    step = code.code[register]
    return step.var if isinstance(step, ir.Load) else ir.NONE


def cancel_variables(code: FunctionCode, made: int, result: int = 1) -> set[int]:
    """The variables that keep the cancel function which a call makes, or another of its results."""
    extracts = {
        at for at, i in enumerate(code.code) if type(i) is ir.Extract and i.tuple == made and i.index == result
    }
    return {i.var for i in code.code if type(i) is ir.Store and i.value in extracts}
