"""How much room channels have: numbers followed back through parameters, fields and the options of a constructor.

Of a constructor that is called in several places, each call is looked at by itself, if its options are written there:
`Make(Depth(1))` says nothing of what `Make()` returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import member_of
from govet_py.callgraph.parameters import argument_above
from govet_py.callgraph.slices import Slices
from govet_py.knowledge.channels import INT_FLAGS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot
from govet_py.model.types import Chan

Place = tuple[str, int]
MAX_HOPS = 3
_BOUNDS = ("min", "max")


class _Making(NamedTuple):
    """A call, in `caller` at `site`, of the function `maker` that makes a channel. `options`: the functions that its
    arguments call, with these calls; None where other arguments may be options."""

    maker: str
    caller: FunctionCode
    site: int
    options: dict[str, int] | None


class Capacities:
    """The capacities of channels."""

    def __init__(self, code: Code, slices: Slices, calls: CallGraph) -> None:
        self._code = code
        self._slices = slices
        self._calls = calls

    def of(self, root: AllocRoot, way: list[Place]) -> list[int]:
        """What a make may give room for, where that is constant: for each call of its function on the way of the
        channel, for each call that may give options, or for all calls together."""
        code = self._code.function(root.function)
        call = code.code[root.register]
        shape = self._code.program.underlying(code.type_of(root.register))
        if not isinstance(call, ir.Call) or not isinstance(shape, Chan):
            return []
        if len(call.args) < 2:
            return [0]
        makings = list(self._makings(root.function, way))
        if not makings and code.function.signature.variadic:
            calls = ((caller.id, site) for caller, site in self._calls.sites(root.function))
            makings = list(self._makings(root.function, calls))
        found = (self._largest(code, call.args[1], MAX_HOPS, making) for making in makings or [None])
        return [one for one in found if one is not None]

    def number(self, code: FunctionCode, register: int) -> int | None:
        """The largest number that a register may hold, where all that it is given is constant."""
        return self._largest(code, register, MAX_HOPS, None)

    def _makings(self, maker: str, way: Iterable[Place]) -> Iterator[_Making | None]:
        for id, register in way:
            caller = self._code.function(id)
            call = caller.code[register]
            callee = caller.callee(register) if isinstance(call, ir.Call) else None
            if isinstance(call, ir.Call) and isinstance(callee, p.Static) and callee.function == maker:
                yield _Making(maker, caller, register, None if call.spread else _options(caller, call))

    def _largest(self, code: FunctionCode, register: int, depth: int, making: _Making | None) -> int | None:
        """The largest number that a register may hold, where all that parameters and fields are given is constant."""
        known = code.types.constant_int(code.index, register)
        if known is not None or depth == 0:
            return known
        callee = code.callee(register) if isinstance(code.code[register], ir.Call) else None
        if isinstance(callee, p.BuiltinCall) and callee.name in _BOUNDS:
            return self._bounded(code, register, depth, making)
        flag = self._default(code, register)
        if flag is not None:
            return flag
        given = list(self._given(code, register, making))
        asked = [one for one in given if not self._is_never_put_in(*one)]
        found = [self._largest(self._code.function(id), at, depth - 1, making) for id, at in asked]
        numbers = [one for one in found if one is not None]
        return max(numbers) if numbers and len(numbers) == len(found) else None

    def _is_never_put_in(self, function: str, register: int) -> bool:
        """Whether a value is a parameter of a function that nobody uses, an option for others: the default counts."""
        code = self._code.function(function)
        load = code.code[register]
        owner = self._code.sibling(code, code.body.vars[load.var].owner) if isinstance(load, ir.Load) else None
        if owner is None or not isinstance(load, ir.Load) or load.var not in owner.function.params:
            return False
        return not any(self._code.values_of(code, load.var)) and not self._calls.callers.get(owner.id)

    def _default(self, code: FunctionCode, register: int) -> int | None:
        """The default of a flag of the command line that a register holds: what most run with."""
        read = code.code[register]
        places = self._slices.places(code, read.base) if isinstance(read, ir.Deref) else ()
        for id, at in places:
            frame = self._code.function(id)
            call = frame.code[at]
            known = p.known_name(frame.callee(at)) if isinstance(call, ir.Call) else ""
            if isinstance(call, ir.Call) and known in INT_FLAGS and len(call.args) > INT_FLAGS[known]:
                return frame.types.constant_int(frame.index, call.args[INT_FLAGS[known]])
        return None

    def _bounded(self, code: FunctionCode, register: int, depth: int, making: _Making | None) -> int | None:
        """The largest result of `min`, of which one argument is a bound for all, or of `max`."""
        call, callee = code.code[register], code.callee(register)
        assert isinstance(call, ir.Call) and isinstance(callee, p.BuiltinCall)
        found = [self._largest(code, one, depth, making) for one in call.args]
        numbers = [one for one in found if one is not None]
        if callee.name == "min":
            return min(numbers, default=None)
        return max(numbers) if len(numbers) == len(found) else None

    def _given(self, code: FunctionCode, register: int, making: _Making | None) -> Iterator[Place]:
        """What the variable or field that a register was read from is given anywhere."""
        step = code.code[register]
        if isinstance(step, ir.Load):
            yield from ((owner.id, value) for owner, value in self._code.values_of(code, step.var))
            yield from self._arguments(self._code.sibling(code, code.body.vars[step.var].owner), step.var, making)
        elif isinstance(step, ir.Selector | ir.Name):
            member = member_of(self._code.program, code, register)
            for id, value in self._slices.stored(member) if member is not None else ():
                assert member is not None
                if making is None or not self._is_left_out(self._code.function(id), member.owner, making):
                    yield id, value

    def _arguments(self, function: FunctionCode, var: int, making: _Making | None) -> Iterator[Place]:
        """What calls of a function put in for a parameter: all of them, or those of one making."""
        if var not in function.function.params:
            return
        sites = list(self._calls.sites(function.id))
        if making is not None and function.id == making.maker:
            sites = [(making.caller, making.site)]
        elif making is not None and making.options is not None and function.id in making.options:
            sites = [(making.caller, making.options[function.id])]
        for caller, site in sites:
            value = argument_above(function, caller, site, function.function.params.index(var))
            if value != ir.NONE:
                yield caller.id, value

    def _is_left_out(self, setter: FunctionCode, owner: str, making: _Making) -> bool:
        """Whether what sets a field is part of an option which a call does not give: a literal, or a method of another
        type than the field's `owner`."""
        if making.options is None or setter.id == making.maker:
            return False
        if setter.index != 0 and setter.body_id in making.options:
            return False
        receiver = self._code.program.functions[setter.body_id].receiver
        return setter.index != 0 or (not making.options and receiver is not None and receiver.type_name != owner)


def _options(caller: FunctionCode, call: ir.Call) -> dict[str, int] | None:
    """The functions that the arguments of a call call, with these calls; None where one may come from elsewhere."""
    found: dict[str, int] = {}
    for argument in call.args:
        callee = caller.callee(argument) if isinstance(caller.code[argument], ir.Call) else None
        if isinstance(callee, p.Static):
            found[callee.function] = argument
        elif not isinstance(caller.code[argument], ir.Const | ir.TypeValue):
            return None
    return found
