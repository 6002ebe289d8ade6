"""What a function has made itself: nobody else knows it yet, as long as it is not let out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, AllocRoot, GlobalRoot, ParamRoot, Path, ResultRoot, VarRoot
from govet_py.model.types import Type, deref


class Started:
    """The types of objects that goroutines of their own work on: they, and what such objects hold, have been let out
    as elements of a container, even where nobody else knows the container."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def is_let_out(self, function: FunctionCode, register: int, path: Path) -> bool:
        """Reports whether a register holds an element, at a path, that a goroutine may have."""
        if ELEMENT not in path.fields:
            return False
        own = isinstance(path.root, VarRoot) and deref(function.types.var_type(path.root.var)) in self._types
        return own or deref(function.type_of(register)) in self._types

    @cached_property
    def _types(self) -> frozenset[Type]:
        functions = map(self._code.function, self._code.ids())
        starts = ((one, at) for one in functions for at in one.go_statements())
        return frozenset(deref(type_) for one, at in starts for type_ in self._run(one, at))

    def _run(self, function: FunctionCode, start: int) -> Iterator[Type]:
        """The types of the receiver of what a go statement runs, or of the receivers that its literal uses."""
        callee, made = function.callee(start), function.code[function.code[start].callee]  # type: ignore[union-attr]
        if isinstance(callee, p.Static) and callee.receiver != ir.NONE:
            yield function.type_of(callee.receiver)
        if isinstance(made, ir.MakeClosure):
            literal = self._code.sibling(function, made.function)
            loads = {literal.code[at].var for at in literal.of_kind(ir.Load)}  # type: ignore[union-attr]
            receivers = (var for var in loads if literal.body.vars[var].kind == ir.VarKind.RECEIVER)
            yield from (literal.types.var_type(var) for var in receivers)


def is_own(code: Code, values: ValueAnalysis, function: FunctionCode, path: Path | None) -> bool:
    """Whether a path begins at what one activation of a function makes, itself or through what it calls."""
    root = path.root if path is not None else None
    if not isinstance(root, AllocRoot | ResultRoot) or root.function != function.id:
        return False
    return isinstance(root, AllocRoot) or _is_made(code, values, root)


def is_local_struct(function: FunctionCode, register: int) -> bool:
    """Whether a register reads a variable of the function's own, or a named result, that begins with its zero value
    and is never given another one as a whole: what is in it was put there by the function."""
    load = function.code[register]
    if not isinstance(load, ir.Load):
        return False
    var = function.body.vars[load.var]
    own = var.owner == function.index and not var.captured and var.kind in (ir.VarKind.LOCAL, ir.VarKind.RESULT)
    return own and all(isinstance(function.code[value], ir.Zero) for value in function.values_of(load.var))


def _is_made(code: Code, values: ValueAnalysis, root: ResultRoot) -> bool:
    """Whether a call may return what it has made: a getter of what others know too has not, nor an iterator; what is
    behind an interface is not taken to, unless one type alone implements it."""
    function = code.function(root.function)
    call = function.code[root.register]
    if isinstance(call, ir.Extract):
        return False
    found = [path for path, _ in values.results(function, root)]
    if not found and isinstance(call, ir.Call) and _is_dynamic(function, root.register):
        return False
    return not any(isinstance(path.root, ParamRoot | GlobalRoot) or path.fields for path in found)


def _is_dynamic(code: FunctionCode, call: int) -> bool:
    return isinstance(code.callee(call), p.Interface)
