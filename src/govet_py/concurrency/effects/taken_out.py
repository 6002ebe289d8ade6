"""What a function takes out of a field: `m := s.jobs; s.jobs = nil`, then works through m.

Nobody else comes to it by the field any more, so that it is the function's own, or its caller's if it returns it.
That others may do the same at once is a race for the field, not for what was in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.control import precedes
from govet_py.model import ir
from govet_py.model import program as p

MAX_HOPS = 4


class TakenOut:
    """Of a program."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._returned: dict[tuple[str, int], bool] = {}

    def holds(self, code: FunctionCode, register: int, at: int) -> bool:
        """Reports whether a register holds, at an instruction, what was taken out of a field or package variable."""
        step = code.code[register]
        match step:
            case ir.Load():
                declared = code.body.vars[step.var]
                if declared.captured and not declared.addressed:
                    code, at = self._where_set(code, step.var, at)
                value = code.value_of(step.var)
                if declared.addressed or value == ir.NONE:
                    return False
                kept = isinstance(code.code[value], ir.Selector | ir.Name)
                return _is_replaced(code, value, at) if kept else self._is_given(code, value)
            case ir.Call() | ir.Extract():
                return self._is_given(code, register)
        return False

    def _where_set(self, code: FunctionCode, var: int, at: int) -> tuple[FunctionCode, int]:
        """The function that sets a captured variable, the only time, and where it makes the literal that asks."""
        setters = {index for index, _ in self._code.stores(code, var)}
        asker, place = code, at
        while len(setters) == 1 and asker.index not in setters and asker.index:
            outer = self._code.sibling(asker, asker.function.parent)
            made = (at for at in outer.of_kind(ir.MakeClosure) if _makes(outer, at, asker.index))
            asker, place = outer, next(made, ir.NONE)
        return (asker, place) if setters == {asker.index} and place != ir.NONE else (code, at)

    def _is_given(self, code: FunctionCode, register: int) -> bool:
        """Whether a register is a result of a function that returns what it has taken out."""
        part, index = code.code[register], 0
        if isinstance(part, ir.Extract):
            register, index = part.tuple, part.index
        callee = code.callee(register) if isinstance(code.code[register], ir.Call) else None
        target = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        return target is not None and self._returns(target, index)

    def _returns(self, code: FunctionCode, index: int) -> bool:
        key = (code.id, index)
        if key not in self._returned:
            self._returned[key] = False
            results = list(_results(code, index))
            self._returned[key] = bool(results) and all(self.holds(code, one, at) for at, one in results)
        return self._returned[key]


def _makes(code: FunctionCode, register: int, literal: int) -> bool:
    closure = code.code[register]
    return isinstance(closure, ir.MakeClosure) and closure.function == literal


def _results(code: FunctionCode, index: int) -> Iterator[tuple[int, int]]:
    """The returns of a function, with the register of one result; nothing is nobody's."""
    for at in code.of_kind(ir.Return):
        results: tuple[int, ...] = code.code[at].results  # type: ignore[union-attr]
        if index < len(results) and not code.is_nil(results[index]):
            yield at, results[index]


def _is_replaced(code: FunctionCode, read: int, at: int) -> bool:
    """Whether what a register was read from surely has another value at an instruction."""
    return any(
        _is_same(code, read, setter) and precedes(code, read, setter) and precedes(code, setter, at)
        for setter in code.of_kind(ir.SetField, ir.SetName)
    )


def _is_same(code: FunctionCode, read: int, setter: int) -> bool:
    """Whether an instruction sets what a register was read from, to something else."""
    taken, replaced = code.code[read], code.code[setter]
    if isinstance(taken, ir.Selector) and isinstance(replaced, ir.SetField):
        same = taken.name == replaced.name and _is_one(code, taken.base, replaced.base, MAX_HOPS)
    else:
        same = isinstance(taken, ir.Name) and isinstance(replaced, ir.SetName) and taken.name == replaced.name
    given = code.code[replaced.value] if isinstance(replaced, ir.SetField | ir.SetName) else None
    return same and not (isinstance(given, ir.Load) and read in code.values_of(given.var))


def _is_one(code: FunctionCode, one: int, other: int, hops: int) -> bool:
    """Whether two registers read one object, by a variable that stays the same."""
    first, second = code.code[one], code.code[other]
    if isinstance(first, ir.Load):
        declared = code.body.vars[first.var]
        fixed = len(code.stores.get(first.var, ())) <= 1 and not declared.addressed
        return first == second and fixed
    if isinstance(first, ir.Selector) and isinstance(second, ir.Selector) and hops:
        return first.name == second.name and _is_one(code, first.base, second.base, hops - 1)
    return isinstance(first, ir.Name) and first == second
