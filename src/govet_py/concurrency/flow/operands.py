"""Which instructions use which registers, and which loads read which variables: values followed forward."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.model import ir

Registers = Iterator[int]


def _composite(i: Any) -> Registers:
    yield from i.values
    yield from (key for key in i.keys if isinstance(key, int))


def _call(i: Any) -> Registers:
    yield i.callee
    yield from i.args


def _select(i: Any) -> Registers:
    for case in i.cases:
        yield case.chan
        yield case.value


def _switch(i: Any) -> Registers:
    yield i.tag
    for case in i.cases:
        yield from case


def _fields(*names: str) -> Callable[[Any], Registers]:
    return lambda instruction: (getattr(instruction, name) for name in names)


_OPERANDS: dict[type, Callable[[Any], Registers]] = {
    ir.Selector: _fields("base"),
    ir.FieldAddr: _fields("base"),
    ir.Index: _fields("base", "index"),
    ir.IndexAddr: _fields("base", "index"),
    ir.SliceOf: _fields("base"),
    ir.Deref: _fields("base"),
    ir.TypeAssert: _fields("base"),
    ir.Range: _fields("base"),
    ir.Binary: _fields("left", "right"),
    ir.Unary: _fields("operand"),
    ir.Composite: _composite,
    ir.Call: _call,
    ir.Extract: _fields("tuple"),
    ir.Recv: _fields("chan"),
    ir.Next: _fields("range"),
    ir.Store: _fields("value"),
    ir.SetName: _fields("value"),
    ir.SetField: _fields("base", "value"),
    ir.SetIndex: _fields("base", "index", "value"),
    ir.SetDeref: _fields("base", "value"),
    ir.Send: _fields("chan", "value"),
    ir.If: _fields("cond"),
    ir.Switch: _switch,
    ir.TypeSwitch: _fields("tag"),
    ir.Select: _select,
    ir.Return: lambda i: iter(i.results),
}


def operands_of(instruction: ir.Instruction) -> Registers:
    """The registers that an instruction reads, NONE where it could read one and does not."""
    operands = _OPERANDS.get(type(instruction))
    return operands(instruction) if operands is not None else iter(())


def is_operand(instruction: ir.Instruction, register: int) -> bool:
    """Reports whether an instruction reads a register."""
    operands = _OPERANDS.get(type(instruction))
    return operands is not None and register in operands(instruction)


class Operands:
    """Def-use chains of functions, made when first asked for."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._users: dict[str, dict[int, list[int]]] = {}
        self._loads: dict[str, dict[int, list[tuple[str, int]]]] = {}

    def users(self, code: FunctionCode, register: int) -> list[int]:
        """The instructions of a function that have `register` as an operand, ascending."""
        found = self._users.get(code.id)
        if found is None:
            found = {}
            for user, instruction in enumerate(code.code):
                operands = _OPERANDS.get(type(instruction))
                for operand in operands(instruction) if operands else ():
                    found.setdefault(operand, []).append(user)
            self._users[code.id] = found
        return found.get(register, [])

    def loads(self, code: FunctionCode, var: int) -> list[tuple[str, int]]:
        """Where the value of a variable is read, or its address taken, in its whole body."""
        found = self._loads.get(code.body_id)
        if found is None:
            found = {}
            for index in range(len(code.body.functions)):
                sibling = self._code.sibling(code, index)
                for register, instruction in enumerate(sibling.code):
                    if isinstance(instruction, ir.Load | ir.Addr):
                        found.setdefault(instruction.var, []).append((sibling.id, register))
            self._loads[code.body_id] = found
        return found.get(var, [])
