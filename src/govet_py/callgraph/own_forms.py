"""The methods that showing a value runs: `log.Printf("%s", list)` calls `list.String()`, json.Marshal its MarshalJSON.

*Printers* are functions of libraries that print what they are given, by id or as functions like Printf are named, and
functions of the program that hand a variadic parameter on to one: so does vet's printf check find them.

LIMIT: of a value only its own method counts, not those of its fields and elements; values of interface types are not
followed to what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.arguments import Target
from govet_py.callgraph.callgraph import CallGraph, Edge, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.knowledge.reflection import (
    LIKE_PRINTF,
    PRINTED_BY,
    PRINTED_FROM,
    SERIALISED,
    SERIALISED_BY,
    TEXT_VERBS,
)
from govet_py.model import ir
from govet_py.model.types import Interface, Pointer, Type, deref

_VERB = re.compile(r"%(?:%|[-+# 0]*[\d.*]*([a-zA-Z]))")


class Printer(NamedTuple):
    """Prints its arguments from `first` on, as the one at `format` says, NONE where it prints all as they are."""

    first: int
    format: int


class OwnForms:
    """What calls that show values run besides."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._calls = calls

    def of(self, code: FunctionCode, call: int) -> Iterator[Target]:
        """The methods of what a call shows, with their receivers."""
        for function, argument, via in self._run.get(code.id, {}).get(call, ()):
            receivers = tuple(path.extend(via) for path in self._values.paths(code, argument))
            yield Target(function, receivers, True)

    @cached_property
    def edges(self) -> dict[str, list[Edge]]:
        """What this adds to the call graph, by caller."""
        return {
            id: [
                Edge(function, call, self._code.function(id).code[call].mode, Reason.STATIC)  # type: ignore[union-attr]
                for call, run in calls.items()
                for function, _, _ in run
            ]
            for id, calls in self._run.items()
        }

    @cached_property
    def _run(self) -> dict[str, dict[int, list[tuple[str, int, tuple[str, ...]]]]]:
        """By function and call: each method, the register of its object, and the embedded fields in between."""
        found: dict[str, dict[int, list[tuple[str, int, tuple[str, ...]]]]] = {}
        for id, call, shown, methods in self._shown():
            code = self._code.function(id)
            for argument in shown:
                method = self._method(code.type_of(argument), methods)
                if method is not None:
                    found.setdefault(id, {}).setdefault(call, []).append((method[0], argument, method[1]))
        return found

    def _method(self, type_: Type, methods: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
        """The first of some methods that a type has, if it is of this program."""
        program = self._code.program
        if isinstance(program.underlying(type_), Interface):
            return None
        for name in methods:
            found = program.method(deref(type_), name)
            if found is not None:
                receiver = program.functions[found[0]].receiver if found[0] in program.functions else None
                is_in_set = isinstance(type_, Pointer) or found[1] or (receiver is not None and not receiver.is_pointer)
                return found if is_in_set and self._code.get(found[0]) else None
        return None

    def _shown(self) -> Iterator[tuple[str, int, tuple[int, ...], tuple[str, ...]]]:
        """All calls that show something: the function, the call, what it shows, and the methods that are asked for."""
        for id, call, printer in self._prints():
            code = self._code.function(id)
            yield id, call, _printed(code, call, printer), PRINTED_BY
        for name, at in SERIALISED.items():
            for id, call in self._calls.named(name):
                given: tuple[int, ...] = self._code.function(id).code[call].args  # type: ignore[union-attr]
                yield id, call, given[at:][:1], SERIALISED_BY[name.partition(".")[0]]

    def _prints(self) -> Iterator[tuple[str, int, Printer]]:
        """The calls of printers: those of libraries first, then those of functions that are found to call one."""
        work: list[tuple[str, int, Printer]] = []
        for name in dict.fromkeys([*PRINTED_FROM, *self._calls.named_as(LIKE_PRINTF)]):
            first = PRINTED_FROM.get(name, 1)
            printer = Printer(first, first - 1 if name.endswith("f") else ir.NONE)
            work += ((id, call, printer) for id, call in self._calls.named(name))
        wrappers: set[str] = set()
        for id, call, printer in work:
            yield id, call, printer
            wrapper = _wrapper(self._code.function(id), call, printer) if id not in wrappers else None
            if wrapper is not None:
                wrappers.add(id)
                work += ((code.id, at, wrapper) for code, at in self._calls.sites(id))


def _printed(code: FunctionCode, call: int, printer: Printer) -> tuple[int, ...]:
    """The arguments that are shown as text."""
    instruction = code.code[call]
    assert isinstance(instruction, ir.Call)
    if instruction.spread or printer.format >= len(instruction.args):
        return ()
    given = instruction.args[printer.first :]
    if printer.format == ir.NONE:
        return given
    format = code.types.constant_text(code.index, instruction.args[printer.format])
    if format is None:
        return ()
    return tuple(argument for argument, verb in zip(given, verbs(format), strict=False) if verb in TEXT_VERBS)


def verbs(format: str) -> list[str]:
    """The verbs of a format, one for each argument."""
    return [verb for verb in _VERB.findall(format) if verb]


def _wrapper(code: FunctionCode, call: int, printer: Printer) -> Printer | None:
    """What the function at hand prints, if the call prints the elements of its variadic parameter."""
    instruction, function = code.code[call], code.function
    if not isinstance(instruction, ir.Call) or not instruction.spread or not function.signature.variadic:
        return None
    last = len(function.params) - 1
    if _parameter(code, instruction.args[-1]) != last:
        return None
    format = _parameter(code, instruction.args[printer.format]) if 0 <= printer.format < len(instruction.args) else None
    shift = int(code.is_method)
    return Printer(last - shift, ir.NONE if format is None else format - shift)


def _parameter(code: FunctionCode, register: int) -> int | None:
    load = code.code[register]
    params = code.function.params
    return params.index(load.var) if isinstance(load, ir.Load) and load.var in params else None
