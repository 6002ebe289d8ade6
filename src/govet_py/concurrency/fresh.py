"""What a function has made itself: nobody else knows it yet, as long as it is not let out."""

from __future__ import annotations

from functools import cached_property

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, AllocRoot, GlobalRoot, ParamRoot, Path, ResultRoot
from govet_py.model.types import Type, deref


class Started:
    """The types with methods that goroutines of their own run: objects of such types in a container have been let out,
    even where nobody else knows the container."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def is_let_out(self, function: FunctionCode, register: int, path: Path) -> bool:
        """Reports whether a register holds an element, at a path, that a goroutine may have."""
        return ELEMENT in path.fields and deref(function.type_of(register)) in self._types

    @cached_property
    def _types(self) -> frozenset[Type]:
        found: set[Type] = set()
        for function in map(self._code.function, self._code.ids()):
            for start in function.go_statements():
                callee = function.callee(start)
                if isinstance(callee, p.Static) and callee.receiver != ir.NONE:
                    found.add(deref(function.type_of(callee.receiver)))
        return frozenset(found)


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
