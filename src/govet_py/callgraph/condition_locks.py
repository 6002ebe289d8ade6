"""The lock of a condition under its first name: after `s.ready = sync.NewCond(&s.mu)`, `s.ready.L` is `s.mu`.

A field of the program's structs holds such a condition when all that is ever stored there is made with the same
neighbour of the field, in the same object.

LIMIT: conditions that are made somewhere else and handed in keep a lock of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from govet_py.knowledge.concurrency import CONDITION_LOCK, NEW_CONDITION
from govet_py.model import ir
from govet_py.model.program import Denotation, FieldRef, Program
from govet_py.model.types import Named, Type, deref

LOCK = CONDITION_LOCK[2]
EMBEDDED = CONDITION_LOCK[1]
CONSTRUCTOR = NEW_CONDITION.rpartition(".")[2]

Field = tuple[str, str, str]
"""Package, type and name of a field."""


class Put(NamedTuple):
    """A value is stored in field `name` of `base`: a condition with `lock`, or anything (NONE), among the fields
    `beside` of a literal."""

    base: int
    name: str
    lock: int
    beside: tuple[tuple[str, int], ...]


class Function(Protocol):
    """What this needs of a function."""

    code: tuple[ir.Instruction, ...]

    def source(self, register: int) -> int: ...

    def of_kind(self, *kinds: type) -> Sequence[int]: ...

    def denotes(self, register: int) -> Denotation | None: ...

    def type_of(self, register: int) -> Type: ...


class ConditionLocks:
    """What the conditions in fields are made with."""

    def __init__(self, program: Program, functions: Callable[[], Iterable[Function]]) -> None:
        self._program = program
        self._functions = functions

    def of(self, code: Function, found: FieldRef) -> FieldRef:
        """The field that `L` of a condition is; `found` itself when that is not known."""
        condition = self._condition(code, found)
        field = self._field(code, condition) if condition is not None else None
        lock = self._locks.get(field) if field is not None else None
        if condition is None or lock is None:
            return found
        return FieldRef(condition.base, (*condition.path[:-1], lock))

    @staticmethod
    def _condition(code: Function, found: FieldRef) -> FieldRef | None:
        """The field that the condition itself is in: embedded in `found.base`, or what that was read from."""
        if len(found.path) > 1:
            return FieldRef(found.base, found.path[:-1])
        register = code.source(found.base)
        what = code.denotes(register) if isinstance(code.code[register], ir.Selector | ir.FieldAddr) else None
        return what if isinstance(what, FieldRef) else None

    def _field(self, code: Function, found: FieldRef) -> Field | None:
        owner = deref(code.type_of(found.base))
        for name in found.path[:-1]:
            inner = self._program.field(owner, name)
            owner = deref(inner[0]) if inner else owner
        return (owner.package, owner.name, found.path[-1]) if isinstance(owner, Named) else None

    @cached_property
    def _locks(self) -> dict[Field, str]:
        """By field of a condition, its neighbour that is the lock."""
        self.__dict__["_locks"] = {}  # while it is worked out no field has another name
        names = {put.name for code in self._functions() for put in _puts(code) if put.lock != ir.NONE}
        found: dict[Field, set[str]] = {}
        for code in self._functions() if names else ():
            for put in _puts(code):
                field = self._field(code, FieldRef(put.base, (put.name,))) if put.name in names else None
                if field is not None:
                    found.setdefault(field, set()).add(_neighbour(code, put))
        return {field: next(iter(locks)) for field, locks in found.items() if len(locks) == 1 and "" not in locks}


def _puts(code: Function) -> Iterator[Put]:
    """What is stored in fields. Setting the lock of a condition that is there makes the condition anew."""
    for register in code.of_kind(ir.SetField, ir.Composite):
        instruction = code.code[register]
        if isinstance(instruction, ir.Composite):
            pairs = zip(instruction.keys, instruction.values, strict=True)
            named = tuple((key, value) for key, value in pairs if isinstance(key, str))
            yield from (Put(register, name, _given(code, value), named) for name, value in named)
        elif isinstance(instruction, ir.SetField) and instruction.name == LOCK:
            holder = code.code[instruction.base]
            if isinstance(holder, ir.Selector | ir.FieldAddr):
                yield Put(holder.base, holder.name, instruction.value, ())
            yield Put(instruction.base, EMBEDDED, instruction.value, ())
        elif isinstance(instruction, ir.SetField):
            yield Put(instruction.base, instruction.name, _given(code, instruction.value), ())


def _neighbour(code: Function, put: Put) -> str:
    """The field beside the one that is set which is its condition's lock, "" when none is."""
    if put.lock == ir.NONE:
        return ""
    what = code.denotes(put.lock) if isinstance(code.code[put.lock], ir.Selector | ir.FieldAddr) else None
    if isinstance(what, FieldRef) and len(what.path) == 1 and _are_same(code, what.base, put.base):
        return what.path[0]
    return next((name for name, value in put.beside if _are_same(code, value, put.lock)), "")


def _given(code: Function, value: int) -> int:
    """The lock that a condition is made with, NONE for any other value."""
    made = code.code[code.source(value)]
    if isinstance(made, ir.Composite):
        return next((at for key, at in zip(made.keys, made.values, strict=True) if key == LOCK), ir.NONE)
    callee = code.code[made.callee] if isinstance(made, ir.Call) else None
    known = isinstance(callee, ir.Selector) and callee.name == CONSTRUCTOR
    return made.args[0] if isinstance(made, ir.Call) and known and made.args else ir.NONE


def _are_same(code: Function, one: int, other: int) -> bool:
    """Whether two registers hold the same object, or its address: one variable, or one definition."""
    first, second = code.code[one], code.code[other]
    if isinstance(first, ir.Load | ir.Addr) and isinstance(second, ir.Load | ir.Addr) and first.var == second.var:
        return True
    return code.source(one) == code.source(other)
