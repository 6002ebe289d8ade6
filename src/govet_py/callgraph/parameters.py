"""Values as a function's callers know them: its parameters by position."""

from __future__ import annotations

from collections.abc import Iterable

from govet_py.callgraph.code import FunctionCode
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
