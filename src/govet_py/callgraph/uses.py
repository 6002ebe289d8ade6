"""Who uses a register: definitions to uses, within one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from govet_py.callgraph.code import FunctionCode
from govet_py.model import ir
from govet_py.model.sharing import one

_OPERANDS: dict[type, Callable[[Any], tuple[int, ...]]] = {
    ir.Selector: lambda i: (i.base,),
    ir.FieldAddr: lambda i: (i.base,),
    ir.Index: lambda i: (i.base, i.index),
    ir.IndexAddr: lambda i: (i.base, i.index),
    ir.SliceOf: lambda i: (i.base,),
    ir.Deref: lambda i: (i.base,),
    ir.Unary: lambda i: (i.operand,),
    ir.Binary: lambda i: (i.left, i.right),
    ir.TypeAssert: lambda i: (i.base,),
    ir.Composite: lambda i: (*i.values, *(key for key in i.keys if isinstance(key, int))),
    ir.Call: lambda i: (i.callee, *i.args),
    ir.Extract: lambda i: (i.tuple,),
    ir.Recv: lambda i: (i.chan,),
    ir.Range: lambda i: (i.base,),
    ir.Next: lambda i: (i.range,),
    ir.Store: lambda i: (i.value,),
    ir.SetName: lambda i: (i.value,),
    ir.SetField: lambda i: (i.base, i.value),
    ir.SetIndex: lambda i: (i.base, i.index, i.value),
    ir.SetDeref: lambda i: (i.base, i.value),
    ir.Send: lambda i: (i.chan, i.value),
    ir.If: lambda i: (i.cond,),
    ir.Switch: lambda i: (i.tag, *(value for case in i.cases for value in case)),
    ir.TypeSwitch: lambda i: (i.tag,),
    ir.Select: lambda i: tuple(part for case in i.cases for part in (case.chan, case.value)),
    ir.Return: lambda i: i.results,
}


def operands(instruction: ir.Instruction) -> tuple[int, ...]:
    """The registers that an instruction reads; NONE among them for operands that are not there."""
    of = _OPERANDS.get(type(instruction))
    return of(instruction) if of is not None else ()


def sends_of(instruction: ir.Instruction) -> Iterator[tuple[int, int, int]]:
    """The channels that an instruction sends on, with the value and the case of a select, else NONE."""
    if isinstance(instruction, ir.Send):
        yield instruction.chan, instruction.value, ir.NONE
    elif isinstance(instruction, ir.Select):
        yield from ((one.chan, one.value, at) for at, one in enumerate(instruction.cases) if one.value != ir.NONE)


def uses_of(code: FunctionCode) -> dict[int, Sequence[int]]:
    """By register, the instructions that read it, ascending."""
    found: dict[int, list[int]] = {}
    for register, instruction in enumerate(code.code):
        for operand in operands(instruction):
            found.setdefault(operand, []).append(register)
    return {operand: one(tuple(users)) for operand, users in found.items()}


def variable_of(code: FunctionCode, call: int, index: int) -> int:
    """The variable that keeps a result of a call, NONE without one."""
    for register in code.of_kind(ir.Store) if index >= 0 else ():
        store = code.code[register]
        assert isinstance(store, ir.Store)
        value = code.code[store.value]
        if store.value == call or (isinstance(value, ir.Extract) and value == ir.Extract(call, index)):
            return store.var
    return ir.NONE


def deferred_literals(code: FunctionCode) -> Iterator[int]:
    """The literals that a function defers a call of, by index."""
    for register in filter(code.is_deferred, code.of_kind(ir.Call)):
        made = code.code[code.code[register].callee]  # type: ignore[union-attr]
        if isinstance(made, ir.MakeClosure):
            yield made.function


def runs_deferred(code: FunctionCode, register: int) -> bool:
    """Reports whether a call is deferred, or one of the literal or method value in a register."""
    if isinstance(code.code[register], ir.Call):
        return code.is_deferred(register)
    calls = (at for at in code.of_kind(ir.Call) if code.code[at].callee == register)  # type: ignore[union-attr]
    return any(map(code.is_deferred, calls))
