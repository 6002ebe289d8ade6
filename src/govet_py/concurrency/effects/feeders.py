"""Which functions many goroutines run, through callbacks that they keep in fields too (`a.report(change)`)."""

from __future__ import annotations

from functools import cached_property

from govet_py.callgraph.callgraph import CallGraph, Node
from govet_py.callgraph.code import Code
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.effects.goroutines import Goroutines
from govet_py.model import ir
from govet_py.model.finding import Step

Place = tuple[str, int]


class Feeders:
    """The functions of goroutines that come in many copies."""

    def __init__(self, code: Code, calls: CallGraph, slices: Slices, goroutines: Goroutines) -> None:
        self._code = code
        self._calls = calls
        self._slices = slices
        self._goroutines = goroutines

    def path(self, function: str) -> tuple[Step, ...] | None:
        """The steps from the start of such a goroutine down to a function, None when there is none."""
        if self._goroutines.many(function) is not None:
            return self._goroutines.path(function)
        place = self._handed.get(function)
        if place is None:
            return None
        site = self._code.site(*place)
        return (*self._goroutines.path(place[0]), Step(site, "runs the callback"))

    @cached_property
    def _handed(self) -> dict[Node, Place]:
        """What callbacks run that are read from fields by functions of such goroutines, with the call."""
        found: dict[Node, Place] = {}
        for caller, register in self._calls.open_calls:
            code = self._code.function(caller)
            call = code.code[register]
            if self._goroutines.many(caller) is None or not isinstance(call, ir.Call):
                continue
            if isinstance(code.code[call.callee], ir.Selector):
                started = {value.function for value in self._slices.functions(code, call.callee)}
                for node in self._calls.reachable(started):
                    found.setdefault(node, (caller, register))
        return found
