"""What calls show of the values that they are given: printers, serialisers, and what hands its parameters on to them.

*Printers* are functions of libraries that print what they are given, by id or as functions like Printf are named, and
functions of the program that hand a variadic parameter on to one: so does vet's printf check find them. A parameter
that may be anything, `writeJSON(w, value any)`, is shown where the function shows it.

LIMIT: values of interface types are not followed to what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.knowledge.reflection import (
    LAST_WORDS,
    LIKE_PRINTF,
    PRINTED_BY,
    PRINTED_FROM,
    SERIALISED,
    SERIALISED_BY,
    TEXT_VERBS,
)
from govet_py.model import ir
from govet_py.model.program import BuiltinCall
from govet_py.model.types import Interface, TypeParam

_VERB = re.compile(r"%(?:%|[-+# 0]*[\d.*]*([a-zA-Z]))")
_WHOLE = "v"
"""The verb that prints a struct field by field."""


class Show(NamedTuple):
    """A call shows `argument` by the first of `methods` that it has; field by field if `whole` and it has none. The
    last words of a program are not `whole`: they tell of a bug, whatever they read."""

    argument: int
    methods: tuple[str, ...]
    whole: bool


class _Printer(NamedTuple):
    """Prints its arguments from `first` on, as the one at `format` says, NONE where it prints all as they are."""

    first: int
    format: int


_Found = dict[str, dict[int, list[Show]]]


class Shown:
    """What each call shows."""

    def __init__(self, code: Code, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls

    def of(self, code: FunctionCode, call: int) -> list[Show]:
        """What one call shows."""
        return self.all.get(code.id, {}).get(call, [])

    @cached_property
    def all(self) -> _Found:
        """What calls show, by function and call."""
        found: _Found = {}
        work = [*self._printed(), *self._serialised()]
        for id, call, show in work:
            known = found.setdefault(id, {}).setdefault(call, [])
            if show not in known:
                known.append(show)
                work += self._handed_on(id, show)
        return found

    def _handed_on(self, id: str, show: Show) -> Iterator[tuple[str, int, Show]]:
        """What the calls of a function show, if the function shows a parameter that may be anything."""
        code = self._code.function(id)
        at = _parameter(code, show.argument)
        if at is None or code.index or not _is_anything(self._code, code, show.argument):
            return
        at -= int(code.is_method)
        for caller, site in self._calls.sites(id):
            call = caller.code[site]
            if isinstance(call, ir.Call) and not call.spread and 0 <= at < len(call.args):
                yield caller.id, site, show._replace(argument=call.args[at])

    def _serialised(self) -> Iterator[tuple[str, int, Show]]:
        for name, at in SERIALISED.items():
            for id, call in self._calls.named(name):
                given: tuple[int, ...] = self._code.function(id).code[call].args  # type: ignore[union-attr]
                for argument in given[at:][:1]:
                    yield id, call, Show(argument, SERIALISED_BY[name.partition(".")[0]], True)

    def _printed(self) -> Iterator[tuple[str, int, Show]]:
        for id, call, printer in self._prints():
            code = self._code.function(id)
            for argument, verb in _asked(code, call, printer):
                if verb in TEXT_VERBS:
                    yield id, call, Show(argument, PRINTED_BY, verb == _WHOLE and not _is_last(code, call))

    def _prints(self) -> Iterator[tuple[str, int, _Printer]]:
        """The calls of printers: those of libraries first, then those of functions that are found to call one."""
        work: list[tuple[str, int, _Printer]] = []
        for name in dict.fromkeys([*PRINTED_FROM, *self._calls.named_as(LIKE_PRINTF)]):
            first = PRINTED_FROM.get(name, 1)
            printer = _Printer(first, first - 1 if name.endswith("f") else ir.NONE)
            work += ((id, call, printer) for id, call in self._calls.named(name))
        wrappers: set[str] = set()
        for id, call, printer in work:
            yield id, call, printer
            wrapper = _wrapper(self._code.function(id), call, printer) if id not in wrappers else None
            if wrapper is not None:
                wrappers.add(id)
                work += ((code.id, at, wrapper) for code, at in self._calls.sites(id))


def _asked(code: FunctionCode, call: int, printer: _Printer) -> Iterator[tuple[int, str]]:
    """The arguments that are printed, each with its verb."""
    instruction = code.code[call]
    assert isinstance(instruction, ir.Call)
    if instruction.spread or printer.format >= len(instruction.args):
        return
    given = instruction.args[printer.first :]
    if printer.format == ir.NONE:
        yield from ((argument, _WHOLE) for argument in given)
        return
    format = code.types.constant_text(code.index, instruction.args[printer.format])
    verbs = [verb for verb in _VERB.findall(format or "") if verb]
    yield from zip(given, verbs, strict=False)


def _is_last(code: FunctionCode, call: int) -> bool:
    """Whether what a call prints is what the program dies with."""
    if code.called_name(call).startswith(LAST_WORDS):
        return True
    later = (at for at in code.of_kind(ir.Call) if at > call and call in code.code[at].args)  # type: ignore[union-attr]
    return any(code.callee(at) == BuiltinCall("panic") for at in later)


def _wrapper(code: FunctionCode, call: int, printer: _Printer) -> _Printer | None:
    """What the function at hand prints, if the call prints the elements of its variadic parameter."""
    instruction, function = code.code[call], code.function
    if not isinstance(instruction, ir.Call) or not instruction.spread or not function.signature.variadic:
        return None
    last = len(function.params) - 1
    if _parameter(code, instruction.args[-1]) != last:
        return None
    format = _parameter(code, instruction.args[printer.format]) if 0 <= printer.format < len(instruction.args) else None
    shift = int(code.is_method)
    return _Printer(last - shift, ir.NONE if format is None else format - shift)


def _parameter(code: FunctionCode, register: int) -> int | None:
    load = code.code[register]
    params = code.function.params
    return params.index(load.var) if isinstance(load, ir.Load) and load.var in params else None


def _is_anything(code: Code, function: FunctionCode, register: int) -> bool:
    """Whether a value is of an interface type without methods, or of a type parameter."""
    type_ = function.type_of(register)
    if isinstance(type_, TypeParam):
        return True
    meant = code.program.underlying(type_)
    return isinstance(meant, Interface) and not meant.methods and not meant.embeds
