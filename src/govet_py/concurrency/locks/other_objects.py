"""Locks of other objects of one type: `from.mu` guards nothing of `to`, which was looked up by another key.

Locks are compared by member all over the program; inside one function two objects of a type are told apart where
their variables were given them in different ways: two parameters, or two look-ups that differ in a variable.
"""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path


def is_of_another(code: FunctionCode, locks: LockSets, lock: Path, owner: int) -> bool:
    """Whether a lock that a function takes is surely in another object than the one in register `owner`."""
    mine = _variable(code, owner)
    takers = {_variable(code, _locked(code, at)) for at, paths in locks.named.items() if lock in paths}
    return bool(takers) and all(_differ(code, mine, taker) for taker in takers)


def _locked(code: FunctionCode, call: int) -> int:
    """The register of the object whose lock a call takes."""
    callee = code.callee(call)
    if not isinstance(callee, p.Static) or callee.receiver == ir.NONE:
        return ir.NONE
    receiver = code.code[callee.receiver]
    return receiver.base if isinstance(receiver, ir.Selector | ir.FieldAddr) else callee.receiver


def _variable(code: FunctionCode, register: int) -> int:
    load = code.code[register] if register != ir.NONE else None
    return load.var if isinstance(load, ir.Load) else ir.NONE


def _differ(code: FunctionCode, one: int, other: int) -> bool:
    if ir.NONE in (one, other) or one == other or code.types.var_type(one) != code.types.var_type(other):
        return False
    params = code.function.params
    if one in params or other in params:
        return one in params and other in params and not (code.stores.get(one) or code.stores.get(other))
    keys = _looked_up(code, one), _looked_up(code, other)
    return None not in keys and keys[0] != keys[1]


def _looked_up(code: FunctionCode, variable: int) -> tuple[int, ...] | None:
    """The variables by which a variable's only value was looked up; None for other values."""
    value = code.value_of(variable)
    step = code.code[value] if value != ir.NONE else None
    if isinstance(step, ir.Extract):
        step = code.code[step.tuple]
    if isinstance(step, ir.Index):
        operands: tuple[int, ...] = (step.index,)
    elif isinstance(step, ir.Call):
        operands = step.args
    else:
        return None
    keys = tuple(_variable(code, operand) for operand in operands)
    return keys if keys and ir.NONE not in keys else None
