"""What a literal lists, here or as the initial value of a package variable that nobody changes: the elements of a
slice, the keys of a map."""

from __future__ import annotations

from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Map


class Table(NamedTuple):
    """`entries` are registers of `code`."""

    code: FunctionCode
    entries: tuple[int, ...]


def table(functions: Code, code: FunctionCode, register: int) -> Table | None:
    """What is listed in what a register holds; None where that is not told."""
    what = code.denotes(register) if isinstance(code.code[register], ir.Name | ir.Selector) else None
    if isinstance(what, p.VariableRef):
        package = functions.program.packages.get(what.package)
        declared = package.scope.get(what.name) if package is not None else None
        maker = functions.get(declared.initialiser) if isinstance(declared, p.VarObject) else None
        if maker is None or not isinstance(declared, p.VarObject) or _is_changed(functions, what):
            return None
        code, register = maker, declared.init
    else:
        register = code.source(register)
    made = code.code[register] if register != ir.NONE else None
    if not isinstance(made, ir.Composite):
        return None
    if not isinstance(functions.program.underlying(code.type_of(register)), Map):
        return Table(code, made.values)
    keys = tuple(key for key in made.keys if isinstance(key, int))
    return Table(code, keys) if len(keys) == len(made.keys) else None


def _is_changed(functions: Code, variable: p.VariableRef) -> bool:
    """Whether a function of its package sets a variable, or an entry of it, again."""
    for code in map(functions.function, functions.ids()):
        if code.package == variable.package and not code.is_initialiser:
            for at in code.of_kind(ir.SetName, ir.SetIndex):
                step = code.code[at]
                base = code.code[step.base] if isinstance(step, ir.SetIndex) else step
                if isinstance(base, ir.Name | ir.SetName) and base.name == variable.name:
                    return True
    return False
