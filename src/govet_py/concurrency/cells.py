"""Accesses of variables and fields themselves: captured variables, named results, fields.

Only what can matter is looked at: a captured variable that somebody stores to after its definition,
and a field that the same body (a declaration with its function literals) assigns.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression
from govet_py.concurrency.locksets import LockSets
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import CELL, Effect, EffectKind, GlobalRoot, Path, VarRoot

MAX_DEPTH = 2
"""Fields of fields of fields are left to the inferred guards: they would crowd the summaries."""


class _Contested(NamedTuple):
    """The captured variables and the field names of a body that are written more than at definition."""

    vars: frozenset[int]
    fields: frozenset[str]


class Cells:
    """Reads and writes of variables and fields, body by body."""

    def __init__(self, code: Code, values: ValueAnalysis) -> None:
        self._code = code
        self._values = values
        self._contested: dict[str, _Contested] = {}

    def accesses(
        self, code: FunctionCode, locks: LockSets, register: int, instruction: ir.Instruction
    ) -> Iterator[Effect]:
        """The accesses of one instruction."""
        contested = self._of_body(code)
        match instruction:
            case ir.Name() if instruction.name in self._globals:
                yield from self._global(code, locks, register, register, EffectKind.READ)
            case ir.SetName():
                yield from self._set_global(code, locks, register, instruction.name)
            case ir.Load() if instruction.var in contested.vars:
                yield self._variable(code, locks, register, instruction.var, EffectKind.READ)
            case ir.Store() if instruction.var in contested.vars and not instruction.define:
                yield self._variable(code, locks, register, instruction.var, EffectKind.WRITE)
            case ir.SetField():
                yield from self._field(code, locks, register, instruction.base, instruction.name, EffectKind.WRITE)
            case ir.Selector() if instruction.name in contested.fields:
                yield from self._field(code, locks, register, instruction.base, instruction.name, EffectKind.READ)
            case ir.Return():
                yield from self._results(code, locks, register, instruction, contested)
            case _:
                return

    def _variable(self, code: FunctionCode, locks: LockSets, register: int, var: int, kind: EffectKind) -> Effect:
        path = Path(VarRoot(code.body_id, var), (CELL,))
        name = code.body.vars[var].name
        return Effect(kind, path, locks.at(register), None, code.site(register), name, None, True)

    def _global(
        self, code: FunctionCode, locks: LockSets, register: int, name: int, kind: EffectKind
    ) -> Iterator[Effect]:
        what = code.denotes(name)
        if isinstance(what, p.VariableRef) and (what.package, what.name) in self._globals[what.name]:
            path = Path(GlobalRoot(what.package, what.name), (CELL,))
            yield Effect(kind, path, locks.at(register), None, code.site(register), what.name, None, True)

    def _set_global(self, code: FunctionCode, locks: LockSets, register: int, name: str) -> Iterator[Effect]:
        package = code.package
        if (package, name) in self._globals.get(name, ()):
            path = Path(GlobalRoot(package, name), (CELL,))
            yield Effect(EffectKind.WRITE, path, locks.at(register), None, code.site(register), name, None, True)

    @cached_property
    def _globals(self) -> dict[str, set[tuple[str, str]]]:
        """Package variables that functions assign, initialisation aside, as (package, name) by name."""
        found: dict[str, set[tuple[str, str]]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            if code.is_initialiser:
                continue
            for instruction in code.code:
                if type(instruction) is ir.SetName:
                    found.setdefault(instruction.name, set()).add((code.package, instruction.name))
        return found

    def _field(
        self, code: FunctionCode, locks: LockSets, register: int, base: int, name: str, kind: EffectKind
    ) -> Iterator[Effect]:
        found = self._code.program.field(code.type_of(base), name)
        if found is None:
            return
        paths = [path for path in self._values.paths(code, base) if len(path.fields) < MAX_DEPTH]
        what = f"{expression(code, base)}.{name}"
        for path in paths:
            cell = path.extend((*found[1], CELL))
            yield Effect(kind, cell, locks.at(register), None, code.site(register), what, None, len(paths) == 1)

    def _results(
        self, code: FunctionCode, locks: LockSets, register: int, instruction: ir.Return, contested: _Contested
    ) -> Iterator[Effect]:
        """`return x` writes a named result; a bare return reads it."""
        for var, value in zip(code.function.results, instruction.results, strict=False):
            given = code.code[value]
            if var in contested.vars and not (isinstance(given, ir.Load) and given.var == var):
                yield self._variable(code, locks, register, var, EffectKind.WRITE)

    def _of_body(self, code: FunctionCode) -> _Contested:
        known = self._contested.get(code.body_id)
        if known is None:
            known = self._contested[code.body_id] = _contested(code.body)
        return known


def _contested(body: ir.Body) -> _Contested:
    written: set[int] = set()
    fields: set[str] = set()
    for function in body.functions:
        for instruction in function.code:
            if type(instruction) is ir.Store and not instruction.define:
                written.add(instruction.var)
            elif type(instruction) is ir.SetField:
                fields.add(instruction.name)
    return _Contested(frozenset(var for var in written if body.vars[var].captured), frozenset(fields))
