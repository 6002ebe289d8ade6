"""Objects that a function goes on to use when it has given back the lock of the container that they are in.

It has looked one up under the lock, or made one and put it there: from then on others come to it, who hold the lock.
What a function takes out of the container again is its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.getters import takes_away
from govet_py.concurrency.flow.control import precedes
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.races.let_out import puts
from govet_py.concurrency.races.object_sources import element_of
from govet_py.model import ir
from govet_py.model.concurrency import EffectKind
from govet_py.model.types import Pointer


class Later(NamedTuple):
    """`access` to field `name` of an object, without the lock of `given`, where that was read from its container, or
    put there."""

    given: Access
    access: Access
    name: str


def uses_after_unlock(code: Code, function: FunctionCode, members: GuardedMembers) -> Iterator[Later]:
    """Of one function."""
    if not members.takes_locks(function) or takes_away(function):
        return
    put = _put(function, members)
    for register in function.of_kind(ir.SetField, ir.Selector):
        step = function.code[register]
        assert isinstance(step, ir.SetField | ir.Selector)
        if members.taken(function, register) or not isinstance(function.type_of(step.base), Pointer):
            continue
        given = _looked_up(code, function, members, step.base) or _given(function, put, step.base, register)
        if given is not None:
            kind = EffectKind.READ if isinstance(step, ir.Selector) else EffectKind.WRITE
            yield Later(given, members.named_access(given.member, kind, function, register), step.name)


def _looked_up(code: Code, function: FunctionCode, members: GuardedMembers, object_: int) -> Access | None:
    """How a function has read an element from its container under a lock."""
    container = element_of(code, function, object_)
    taken = function.taken_by(object_) if container != ir.NONE else ir.NONE
    held = taken != ir.NONE and members.taken(function, taken)
    return members.access(function, taken, container, EffectKind.READ) if held else None


def _put(function: FunctionCode, members: GuardedMembers) -> dict[int, Access]:
    """The variables with what a function has made and puts into a container under a lock."""
    found: dict[int, Access] = {}
    for register, container, value in (*puts(function), *_keys(function)):
        load = function.code[value]
        if not isinstance(load, ir.Load) or not members.taken(function, register):
            continue
        made = function.values_of(load.var)
        if len(made) == 1 and isinstance(function.code[made[0]], ir.Composite) and _is_field(function, container):
            access = members.access(function, register, container, EffectKind.WRITE)
            if access is not None:
                found.setdefault(load.var, access)
    return found


def _keys(function: FunctionCode) -> Iterator[tuple[int, int, int]]:
    """As `puts`, for the keys of maps: a set of objects."""
    for register in function.of_kind(ir.SetIndex):
        step = function.code[register]
        assert isinstance(step, ir.SetIndex)
        yield register, step.base, step.index


def _is_field(function: FunctionCode, container: int) -> bool:
    return isinstance(function.code[container], ir.Selector | ir.Name)


def _given(function: FunctionCode, put: dict[int, Access], object_: int, register: int) -> Access | None:
    """Where the function has put an object before it uses it."""
    load = function.code[object_]
    access = put.get(load.var) if isinstance(load, ir.Load) else None
    return access if access is not None and precedes(function, access.register, register) else None
