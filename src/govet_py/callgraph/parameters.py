"""Values as a function's callers know them: its parameters by position."""

from __future__ import annotations

from collections.abc import Iterable

from govet_py.callgraph.code import FunctionCode
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import CELL, FunctionValue, ParamRoot, Path, Value, VarRoot, make

LIMIT = 6


def to_parameters(code: FunctionCode, value: Value) -> Value:
    """A value in terms of its function's parameters: the variable of a parameter becomes `ParamRoot`."""
    if isinstance(value, FunctionValue):
        receivers = tuple(parameter_path(code, path) for path in value.receivers)
        return value._replace(receivers=receivers) if receivers else value
    return parameter_path(code, value)


def parameter_path(code: FunctionCode, path: Path) -> Path:
    """`path`, with `ParamRoot` for a parameter of `code`."""
    root = path.root
    if path.fields == (CELL,):
        return path
    if isinstance(root, VarRoot) and root.body == code.body_id and root.var in code.function.params:
        return make(Path, (ParamRoot(code.function.params.index(root.var)), path.fields))
    return path


def limited(values: Iterable[Value]) -> tuple[Value, ...]:
    """The values, once each; of many only the first few."""
    return tuple(dict.fromkeys(values))[:LIMIT]


def parameter_of(code: FunctionCode, path: Path) -> int | None:
    """The position of the parameter that a path begins at, None when it begins elsewhere."""
    root = path.root
    known = isinstance(root, VarRoot) and root.body == code.body_id and root.var in code.function.params
    return code.function.params.index(root.var) if isinstance(root, VarRoot) and known else None


def argument_of(code: FunctionCode, caller: FunctionCode, call: int, position: int) -> int:
    """The register that a call of a function puts in for a parameter, the receiver first; NONE when there is none."""
    instruction, callee = caller.code[call], caller.callee(call)
    if not isinstance(instruction, ir.Call):
        return ir.NONE
    method = code.body.vars[code.function.params[0]].kind == ir.VarKind.RECEIVER
    if method and position == 0:
        return callee.receiver if isinstance(callee, p.Static | p.Interface) and not callee.via else ir.NONE
    at = position - method
    return instruction.args[at] if 0 <= at < len(instruction.args) else ir.NONE
