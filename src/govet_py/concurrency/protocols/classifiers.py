"""Which function a call of a function value, or of an interface's method, asks about an error.

In a helper that repeats what it is given (`retry.Do(ctx, work)`, `policy.Do(work)`) that is what the caller at hand has
put in, as an argument or in a field of an argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import literal_fields
from govet_py.callgraph.parameters import argument_of
from govet_py.callgraph.slices import Slices
from govet_py.model import ir
from govet_py.model import program as p


class Caller(NamedTuple):
    """The call at `site` of `code` runs function `helper`."""

    helper: str
    code: FunctionCode
    site: int


class Classifiers:
    """What asks about errors, seen from one call of a helper, or (None) from no particular one."""

    def __init__(self, code: Code, calls: CallGraph, slices: Slices, caller: Caller | None = None) -> None:
        self._code = code
        self._calls = calls
        self._slices = slices
        self._caller = caller

    def of(self, code: FunctionCode, call: int) -> str:
        """The one function that a call runs; "" when it is not known or not one."""
        callee = code.callee(call)
        if isinstance(callee, p.Interface):
            found = {one.id for one in self._calls.callees(code, call)}
        elif isinstance(callee, p.Value):
            found = set(self.held(code, callee.register))
        else:
            return ""
        return found.pop() if len(found) == 1 else ""

    def held(self, code: FunctionCode, register: int) -> list[str]:
        """The functions that a register holds."""
        bound = list(self._bound(code, register))
        places = bound if bound else [(code, register)]
        return [value.function for frame, at in places for value in self._slices.functions(frame, at)]

    def _bound(self, code: FunctionCode, register: int) -> Iterator[tuple[FunctionCode, int]]:
        """What the caller has put in for a parameter, or for a field of one."""
        if self._caller is None or self._caller.helper != code.id:
            return
        what = code.denotes(register) if isinstance(code.code[register], ir.Selector) else None
        field = what.path[-1] if isinstance(what, p.FieldRef) else ""
        load = code.code[what.base if isinstance(what, p.FieldRef) else register]
        params = code.function.params
        if not isinstance(load, ir.Load) or load.var not in params:
            return
        given = argument_of(code, self._caller.code, self._caller.site, params.index(load.var))
        if not field and given != ir.NONE:
            yield self._caller.code, given
        for root in sorted(self._slices.allocations(self._caller.code, given)) if field and given != ir.NONE else ():
            frame = self._code.function(root.function)
            for name, value in literal_fields(self._code.program, frame, root.register):
                if name == field:
                    yield frame, value
