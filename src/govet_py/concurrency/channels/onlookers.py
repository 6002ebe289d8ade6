"""Goroutines that look at what the function which started them is at, and go on looking when it has returned.

A goroutine that never ends is at home in a function that never returns, or that starts what runs as long as the
process. Not so where it reports on a variable of that function: nobody changes it any more once the function is left.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.channels.leak_model import Leak, Why
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.subjects import subject
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Basic


def onlookers(code: Code, runs: Runs, function: FunctionCode) -> Iterator[Leak]:
    """The leak that a function literal is, if it has no way out and looks at a variable that is no longer in use."""
    if function.index == 0 or runs.exits(function).reach(ir.NONE, ()):
        return
    for use in runs.uses(function.id):
        if use.how != How.STARTED or not use.caller:
            continue
        starter = code.function(use.caller)
        returns = () if starter.is_main else runs.exits(starter).reach(use.register, ())
        for var in sorted(_looked_at(starter, function)) if returns else ():
            changes = _changes(code, runs, starter, function, use.register, var)
            if changes:
                start = (starter.id, use.register)
                name = starter.body.vars[var].name
                yield Leak(Why.ONLOOKER, start, name, (start,), ((starter.id, changes[-1]),))
                return


def _looked_at(starter: FunctionCode, literal: FunctionCode) -> set[int]:
    """The variables of its starter that a literal reads."""
    reads = {step.var for step in literal.code if isinstance(step, ir.Load | ir.Addr)}
    local = (var for var in reads if starter.body.vars[var].kind == ir.VarKind.LOCAL)
    return {var for var in local if starter.body.vars[var].owner == starter.index}


def _changes(
    code: Code, runs: Runs, starter: FunctionCode, literal: FunctionCode, start: int, var: int
) -> list[int]:
    """Where the starter itself changes a variable after the start; none if others may have it: what is handed on,
    stored or used by another literal."""
    for index in range(len(starter.body.functions)):
        other = code.sibling(starter, index)
        if other.id not in (starter.id, literal.id) and _uses(other, var):
            return []
    if not all(_is_own_use(one, register, var) for one in (starter, literal) for register in _uses(one, var)):
        return []
    exits = runs.exits(starter)
    found = {*starter.stores.get(var, ()), *_called_on(starter, var)}
    return sorted(register for register in found if register > start and exits.reaches(start, register))


def _uses(function: FunctionCode, var: int) -> list[int]:
    return [at for at, step in enumerate(function.code) if isinstance(step, ir.Load | ir.Addr) and step.var == var]


def _is_own_use(function: FunctionCode, register: int, var: int) -> bool:
    """Whether a use of a variable keeps it where it is: a field of it is read or set, or a method called on it. Who has
    a copy of a number or a text cannot change it."""
    if isinstance(function.code[register], ir.Load) and isinstance(function.types.var_type(var), Basic):
        return True
    users = (function.code[user] for user in uses_of(function).get(register, ()))
    return all(isinstance(user, ir.Selector | ir.FieldAddr | ir.Deref | ir.SetField) for user in users)


def _called_on(function: FunctionCode, var: int) -> Iterator[int]:
    """The calls of methods on a variable, or a field of it."""
    for register in function.of_kind(ir.Call):
        callee = function.callee(register)
        what = subject(function, callee.receiver) if isinstance(callee, p.Static) and callee.receiver >= 0 else None
        if what is not None and what.var == var:
            yield register
