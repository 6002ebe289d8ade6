"""Values as a function's callers know them: its parameters by position."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from govet_py.callgraph.code import FunctionCode
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import CELL, FunctionValue, ParamRoot, Path, Value, VarRoot, make

T = TypeVar("T")
LIMIT = 6


def to_parameters(code: FunctionCode, value: Value) -> Value:
    """A value in terms of its function's parameters: the variable of a parameter becomes `ParamRoot`."""
    if isinstance(value, FunctionValue):
        receivers = tuple(parameter_path(code, path) for path in value.receivers)
        return value._replace(receivers=receivers) if receivers else value
    return parameter_path(code, value)


def parameter_path(code: FunctionCode, path: Path) -> Path:
    """`path`, with `ParamRoot` for a parameter of `code`."""
    position = parameter_of(code, path) if path.fields != (CELL,) else None
    return path if position is None else make(Path, (ParamRoot(position), path.fields))


def limited(values: Iterable[T]) -> tuple[T, ...]:
    """The values, once each; of many only the first few."""
    found: dict[T, None] = {}
    for value in values:
        found[value] = None
        if len(found) == LIMIT:
            break
    return tuple(found)


def parameter_of(code: FunctionCode, path: Path) -> int | None:
    """The position of the parameter that a path begins at, None when it begins elsewhere."""
    root, params = path.root, code.function.params
    if isinstance(root, VarRoot) and root.body == code.body_id and root.var in params:
        return params.index(root.var)
    return None


def position_of(code: FunctionCode, path: Path) -> int | None:
    """As `parameter_of`, of the parameter itself: None for its parts too."""
    return parameter_of(code, path) if not path.fields else None


def argument_of(code: FunctionCode, caller: FunctionCode, call: int, position: int) -> int:
    """The register that a call of a function puts in for a parameter, the receiver first; NONE when there is none."""
    callee = caller.callee(call) if position == 0 and isinstance(caller.code[call], ir.Call) else None
    promoted = code.is_method and isinstance(callee, p.Static | p.Interface) and callee.via
    return ir.NONE if promoted else argument_above(code, caller, call, position)


def argument_above(code: FunctionCode, caller: FunctionCode, call: int, position: int) -> int:
    """As `argument_of`; the object that embeds the receiver of a promoted method is told as well."""
    instruction = caller.code[call]
    if not isinstance(instruction, ir.Call):
        return ir.NONE
    if code.is_method and isinstance(caller.callee(call), p.Static | p.Interface):
        name = code.id.rpartition(".")[2]
        if caller.called_name(call) != name:
            return _bound(caller, instruction, name) if position == 0 else ir.NONE
    if code.is_method and position == 0:
        return caller.receiver_of(call)
    at = position - code.is_method
    return instruction.args[at] if 0 <= at < len(instruction.args) else ir.NONE


def _bound(caller: FunctionCode, call: ir.Call, method: str) -> int:
    """The receiver of a method value that a call hands over for another to call: `g.Go(block.Close)`."""
    given = (caller.code[argument] for argument in call.args)
    bound = [one.base for one in given if isinstance(one, ir.Selector) and one.name == method]
    return bound[0] if len(bound) == 1 else ir.NONE
