"""What an expression names, as long as nothing on the way is assigned anew: `s.subs.done`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.channels.channel_model import Op
from govet_py.model import ir
from govet_py.model import program as p

MAX_HOPS = 8


class Subject(NamedTuple):
    """`var` is the variable that the expression starts from (NONE: a package variable `name`), `fields` the
    fields walked from it."""

    var: int
    name: str
    fields: tuple[str, ...]


def channel_of(code: FunctionCode, op: Op) -> int:
    """The register of the channel of an operation."""
    instruction = code.code[op.register]
    match instruction:
        case ir.Send() | ir.Recv():
            return instruction.chan
        case ir.Select():
            return instruction.cases[op.case].chan
        case ir.Next():
            ranged = code.code[instruction.range]
            return ranged.base if isinstance(ranged, ir.Range) else ir.NONE
        case ir.Call():
            return instruction.args[0] if instruction.args else ir.NONE
    return ir.NONE


def subject(code: FunctionCode, register: int) -> Subject | None:
    """The variable and fields that a register was read from; None for elements, results and the like."""
    fields: list[str] = []
    for _ in range(MAX_HOPS):
        if register < 0:
            return None
        instruction = code.code[register]
        match instruction:
            case ir.Load() | ir.Addr():
                return Subject(instruction.var, "", tuple(reversed(fields)))
            case ir.Name():
                return Subject(ir.NONE, instruction.name, tuple(reversed(fields)))
            case ir.Selector() | ir.FieldAddr():
                fields.append(instruction.name)
                register = instruction.base
            case ir.Deref():
                register = instruction.base
            case _:
                return None
    return None


def subject_name(code: FunctionCode, register: int) -> str:
    """A register as the code names it, `s.subs.done`; "" where it has no such name."""
    what = subject(code, register)
    if what is None:
        return ""
    first = code.body.vars[what.var].name if what.var >= 0 else what.name
    return ".".join((first, *what.fields))


def is_given_away(code: FunctionCode, what: Subject) -> bool:
    """Reports whether an object is returned, stored, or sent, so that others may have it."""
    for instruction in code.code:
        match instruction:
            case ir.Return():
                values: tuple[int, ...] = instruction.results
            case ir.SetField() | ir.SetIndex() | ir.Send() | ir.SetName():
                values = (instruction.value,)
            case ir.Composite():
                values = instruction.values
            case _:
                continue
        if any(subject(code, value) == what for value in values):
            return True
    return False


def renewals(code: FunctionCode, what: Subject) -> Iterator[int]:
    """The instructions of a function after which the expression may name something else."""
    for register, instruction in enumerate(code.code):
        match instruction:
            case ir.Store():
                if instruction.var == what.var:
                    yield register
            case ir.SetName():
                if instruction.name == what.name:
                    yield register
            case ir.SetField():
                if instruction.name in what.fields:
                    yield register


def group_calls(code: FunctionCode) -> Iterator[tuple[int, str, Subject]]:
    """The calls of library methods on named objects, as (register, method, object)."""
    for register, instruction in enumerate(code.code):
        if type(instruction) is ir.Call:
            callee = code.callee(register)
            if isinstance(callee, p.Static) and callee.receiver >= 0:
                what = subject(code, callee.receiver)
                if what is not None:
                    yield register, callee.function, what
