"""The methods that showing a value runs: `log.Printf("%s", list)` calls `list.String()`, json.Marshal its MarshalJSON.

LIMIT: of a value only its own method counts, not those of its fields and elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.arguments import Target
from govet_py.callgraph.callgraph import CallGraph, Edge, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.shown import Shown
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model.types import Interface, Pointer, Type, deref


class OwnForms:
    """What calls that show values run besides."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._shown = Shown(code, calls)

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
        for id, calls in self._shown.all.items():
            code = self._code.function(id)
            for call, shows in calls.items():
                for argument, methods, _ in shows:
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
