"""A sync.Once that the function which it runs comes to again: `Do` waits for itself, for ever.

The Once is followed from its `Do` down the calls that the function makes on its own goroutine: a package
variable, or the field of an object that is handed on as a receiver or an argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression, short_name
from govet_py.knowledge.concurrency import ONCE_DO
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, FunctionValue, GlobalRoot, Path, VarRoot
from govet_py.model.finding import Confidence, Finding, Rule, Step

MAX_DEPTH = 5

Place = tuple[str, int]


class Reentry(NamedTuple):
    """The function that `Do` runs at `outer` comes to `inner`, the same Do, by the calls `way`."""

    name: str
    outer: Place
    way: tuple[Place, ...]
    inner: Place


class OnceReentries:
    """Those of a program."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._calls = calls

    def all(self) -> Iterator[Reentry]:
        """One for each Do that is waited for below itself."""
        for id, register in self._calls.named(ONCE_DO):
            code = self._code.function(id)
            once = self._once(code, register)
            for function, known in self._run(code, register, once) if once is not None else ():
                found = self._below(function, known, (), frozenset())
                if found is not None:
                    yield Reentry(self._name(code, register), (id, register), *found)
                    break

    @staticmethod
    def _name(code: FunctionCode, register: int) -> str:
        receiver = code.receiver_of(register)
        return expression(code, receiver) if receiver != ir.NONE else "the Once"

    def _once(self, code: FunctionCode, register: int) -> Path | None:
        """The Once of a Do, if it can be one only."""
        callee = code.callee(register)
        paths = self._values.paths(code, callee.receiver) if isinstance(callee, p.Static) else ()
        if len(paths) != 1 or not isinstance(callee, p.Static) or ELEMENT in paths[0].fields:
            return None
        return paths[0].extend(callee.via)

    def _run(self, code: FunctionCode, register: int, once: Path) -> Iterator[tuple[FunctionCode, Path]]:
        """What a Do runs, with the Once as it is known there."""
        call = code.code[register]
        values = self._values.of(code, call.args[0]) if isinstance(call, ir.Call) and call.args else ()
        value = values[0] if len(values) == 1 else None
        function = self._code.get(value.function) if isinstance(value, FunctionValue) else None
        if function is None or not isinstance(value, FunctionValue):
            return
        named = once if function.index != 0 else _handed(function, once, [(0, path) for path in value.receivers])
        if named is not None:
            yield function, named

    def _below(
        self, function: FunctionCode, once: Path, way: tuple[Place, ...], seen: frozenset[str]
    ) -> tuple[tuple[Place, ...], Place] | None:
        """The nearest Do of the same Once, and the calls that lead to it."""
        calls: list[tuple[FunctionCode, Path, int]] = []
        for register in function.of_kind(ir.Call):
            if function.mode_of(register) == ir.Mode.GO:
                continue
            if p.known_name(function.callee(register)) == ONCE_DO:
                if self._once(function, register) == once:
                    return way, (function.id, register)
                continue
            called = self._called(function, register, once)
            if called is not None and called[0].id not in seen:
                calls.append((*called, register))
        for target, named, register in calls if len(way) < MAX_DEPTH else ():
            found = self._below(target, named, (*way, (function.id, register)), seen | {function.id})
            if found is not None:
                return found
        return None

    def _called(self, function: FunctionCode, register: int, once: Path) -> tuple[FunctionCode, Path] | None:
        """What a call runs, with the Once as it is known there; literals that are called where they are made too."""
        call, callee = function.code[register], function.callee(register)
        made = function.code[call.callee] if isinstance(call, ir.Call) and call.callee >= 0 else None
        if isinstance(made, ir.MakeClosure):
            return self._code.function(literal_id(function.body_id, made.function)), once
        target = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        if target is None or not isinstance(callee, p.Static) or not isinstance(call, ir.Call):
            return None
        given = [(at + target.is_method, path) for at, arg in enumerate(call.args) for path in self._one(function, arg)]
        if target.is_method and callee.receiver >= 0:
            given.extend((0, path.extend(callee.via)) for path in self._one(function, callee.receiver))
        named = _handed(target, once, given)
        return (target, named) if named is not None else None

    def _one(self, code: FunctionCode, register: int) -> tuple[Path, ...]:
        paths = self._values.paths(code, register)
        return paths if len(paths) == 1 else ()


def _handed(function: FunctionCode, once: Path, given: list[tuple[int, Path]]) -> Path | None:
    """A Once as a function knows it that gets what it is a part of; everybody knows a package variable."""
    if isinstance(once.root, GlobalRoot):
        return once
    params = function.function.params
    for position, path in given:
        rest = once.fields[len(path.fields) :]
        if path.is_prefix_of(once) and rest and position < len(params):
            return Path(VarRoot(function.body_id, params[position]), rest)
    return None


def reentry_finding(rule: Rule, program: Code, found: Reentry) -> Finding:
    """How it is told: the Do, the calls, the Do again."""
    outer, inner = program.site(*found.outer), program.site(*found.inner)
    calls = [Step(program.site(*place), "calls on", 0, depth) for depth, place in enumerate(found.way, 1)]
    steps = (
        Step(outer, f"{found.name} runs a function once"),
        *calls,
        Step(inner, "waits for that to end", 0, len(calls) + 1),
    )
    site = program.site(*found.way[-1]) if found.way else inner
    message = f"{found.name} waits for itself: what it runs comes to it again (in {short_name(found.inner[0])})"
    return Finding(rule, Confidence.MEDIUM, message, site, found.inner[0], (found.name, "ONCE"), steps)
