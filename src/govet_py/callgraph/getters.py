"""Functions that look an object up, and make it where there is none (`get(id)` of a cache), or take it away."""

from __future__ import annotations

from collections.abc import Sequence

from govet_py.callgraph.arguments import Known
from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.parameters import to_parameters
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, AllocRoot, Path, ResultRoot, Value

_DELETE = p.BuiltinCall("delete")


def without_kept(values: Known, code: FunctionCode, row: Sequence[Value]) -> Sequence[Value]:
    """What a function may return as one of its results, in terms of its parameters, without what it makes and puts into
    the container where it has looked before: that is an element as well."""
    made = {value for value in row if isinstance(value, Path) and isinstance(value.root, AllocRoot | ResultRoot)}
    if not made or not any(isinstance(value, Path) and value.fields[-1:] == (ELEMENT,) for value in row):
        return row
    for register in code.of_kind(ir.SetIndex):
        put = code.code[register]
        assert isinstance(put, ir.SetIndex)
        places = {to_parameters(code, path.extend((ELEMENT,))) for path in values.paths(code, put.base)}
        if not places.isdisjoint(row):
            kept = made.intersection(values.paths(code, put.value))
            row = [value for value in row if value not in kept]
    return row


def takes_away(code: FunctionCode) -> bool:
    """Reports whether a function removes entries from maps."""
    return any(code.callee(register) == _DELETE for register in code.of_kind(ir.Call))
