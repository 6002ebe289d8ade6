"""What a literal lists, here or as the initial value of a package variable that nobody changes: the elements of a
slice, the keys of a map; and what the variable of a loop over it holds, one after the other."""

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


def ranged(functions: Code, code: FunctionCode, register: int) -> Table | None:
    """What a register holds in the rounds of a loop over what is listed; None for others."""
    part = code.code[code.source(register)]
    step = code.code[part.tuple] if isinstance(part, ir.Extract) else None
    over = code.code[step.range] if isinstance(step, ir.Next) else None
    if not isinstance(part, ir.Extract) or not isinstance(over, ir.Range):
        return None
    is_map = isinstance(functions.program.underlying(code.type_of(over.base)), Map)
    return table(functions, code, over.base) if part.index == (0 if is_map else 1) else None


def texts(functions: Code, code: FunctionCode, register: int) -> list[str] | None:
    """The constant texts that a register may hold; None where one is not constant."""
    constant = code.types.constant_text(code.index, register)
    if constant is not None:
        return [constant]
    step = code.code[register]
    if isinstance(step, ir.Binary) and step.op == "+":
        left, right = texts(functions, code, step.left), texts(functions, code, step.right)
        return None if left is None or right is None else [one + other for one in left for other in right]
    listed = ranged(functions, code, register)
    found = [listed.code.types.constant_text(listed.code.index, one) for one in listed.entries] if listed else [None]
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else None


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
