"""Helpers that run a function which they are given on many goroutines: `forAll(shards, func(s *Shard) { … })`.

A parameter that a goroutine of many copies calls is followed to the arguments of all callers, through helpers
that only hand it on, as in a summary "parameter i runs on many goroutines" (a mod-ref summary in small).
LIMIT: a function value that is kept in a field in between, or wrapped in another literal, is not followed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from govet_py.callgraph.callgraph import CallGraph, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import position_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import program as p
from govet_py.model.concurrency import FunctionValue

T = TypeVar("T")


class Parameter(NamedTuple):
    """Parameter `position` of a declared function, the receiver first."""

    function: str
    position: int


class FanOuts:
    """What runs on many goroutines because a helper does so; `started` are the functions of go statements."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._calls = calls

    def given(self, started: Mapping[Node, T], declared: bool = False) -> Iterator[tuple[str, T]]:
        """The functions that are handed to helpers, with the start that runs them; `declared`: also by go statements
        of functions that have a name, which `started` has nothing else of then."""
        known: dict[Parameter, T] = {}
        work: deque[Parameter] = deque()
        for id, register in self._calls.open_calls:
            code = self._code.function(id)
            callee, start = code.callee(register), self._start_around(code, started, declared)
            if start is not None and isinstance(callee, p.Value):
                for parameter in self._parameters(code, callee.register):
                    if known.setdefault(parameter, start) is start:
                        work.append(parameter)
        while work:
            parameter = work.popleft()
            started_itself = declared and known[parameter] is started.get(parameter.function)
            for code, argument in self._arguments(parameter, started_itself):
                for value in self._values.of(code, argument):
                    if isinstance(value, FunctionValue):
                        yield value.function, known[parameter]
                for outer in self._parameters(code, argument):
                    if outer not in known:
                        known[outer] = known[parameter]
                        work.append(outer)

    def _arguments(self, parameter: Parameter, started: bool) -> Iterator[tuple[FunctionCode, int]]:
        """What is put in for a parameter; of a function that is `started` itself, by go statements."""
        function = self._code.function(parameter.function)
        for code, argument in self._calls.arguments(function, parameter.position):
            if not started or _is_started_with(code, argument):
                yield code, argument

    def _start_around(self, code: FunctionCode, started: Mapping[Node, T], declared: bool) -> T | None:
        """The start of the function at hand, or of one around it."""
        while code.index != 0 and code.id not in started:
            code = self._code.sibling(code, code.function.parent)
        return started.get(code.id) if declared or code.index != 0 else None

    def _parameters(self, code: FunctionCode, register: int) -> Iterator[Parameter]:
        """The parameters of the declared function at hand that a register holds."""
        declared = self._code.sibling(code, 0)
        found = (position_of(declared, path) for path in self._values.paths(code, register))
        return (Parameter(declared.id, at) for at in found if at is not None)


def _is_started_with(code: FunctionCode, argument: int) -> bool:
    """Whether a go statement is given what is in a register."""
    return any(argument in code.code[at].args for at in code.go_statements())  # type: ignore[union-attr]
