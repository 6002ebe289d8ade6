"""Deferred literals that release what a variable holds at the end, not what it held where they were deferred.

    w, err := open(a)
    defer func() { w.Close() }()
    …
    w, err = open(b) // a stays open, and b is closed twice if that is deferred as well

A literal shares the variables of its function. What the first call gave is released by nobody once another call's
result takes its place, unless it was released, stored or given away before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.describe import expression
from govet_py.concurrency.flow.control import after
from govet_py.concurrency.flow.obligations import Duty, Obligations
from govet_py.concurrency.obligations.lending import handed_on
from govet_py.concurrency.obligations.pairs import Taken, success_of_call
from govet_py.concurrency.obligations.watchdogs import mentions
from govet_py.knowledge.contexts import CANCEL_FUNCTIONS
from govet_py.knowledge.releases import ENDING_VERBS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.finding import Confidence, Finding, Rule, Step


class _Deferred(NamedTuple):
    """The literal deferred at `call` releases what is in `var`. `asks`: it compares it with nil first."""

    call: int
    var: int
    asks: bool


def stale_defers(rule: Rule, program: Code, *, cancels: bool) -> Iterator[Finding]:
    """The findings of a program: of cancel functions, or of everything else; one for each thing that is left."""
    for id in program.ids():
        code = program.function(id)
        if code.of_kind(ir.MakeClosure) and any(map(code.is_deferred, code.of_kind(ir.Call))):
            defers = [one for one in _deferred(program, code) if cancels == _is_cancel(code, one.var)]
            for one in defers:
                yield from _replaced(rule, program, code, one, {other.call for other in defers if other.var == one.var})


def _is_cancel(code: FunctionCode, var: int) -> bool:
    return code.types.var_type(var) in CANCEL_FUNCTIONS


def _deferred(program: Code, code: FunctionCode) -> Iterator[_Deferred]:
    """The deferred literals that release a variable of the function around them, by a method or by a call of it."""
    for at in filter(code.is_deferred, code.of_kind(ir.Call)):
        made = code.code[code.code[at].callee]  # type: ignore[union-attr]
        if isinstance(made, ir.MakeClosure):
            inner = program.sibling(code, made.function)
            released = {_released(inner, call) for call in inner.of_kind(ir.Call)} - {ir.NONE}
            mine = (var for var in sorted(released) if code.body.vars[var].owner == code.index)
            yield from (_Deferred(at, var, _asks(inner, var)) for var in mine)


def _asks(code: FunctionCode, var: int) -> bool:
    tests = (code.code[at] for at in code.of_kind(ir.Binary))
    return any(isinstance(test, ir.Binary) and code.loads(test.left, var) and code.is_nil(test.right) for test in tests)


def _released(code: FunctionCode, call: int) -> int:
    """The variable whose value a call releases, NONE for other calls."""
    step = code.code[call]
    callee = code.code[step.callee] if isinstance(step, ir.Call) else None
    if isinstance(callee, ir.Selector) and callee.name in ENDING_VERBS:
        callee = code.code[callee.base]
    elif not isinstance(callee, ir.Load) or not _is_cancel(code, callee.var):
        return ir.NONE
    return callee.var if isinstance(callee, ir.Load) else ir.NONE


def _replaced(
    rule: Rule, program: Code, code: FunctionCode, one: _Deferred, same: set[int]
) -> Iterator[Finding]:
    """The findings of one deferred literal; `same`: all those that release the same variable."""
    takings = _takings(program, code, one.var)
    later = set(after(code, one.call)) if takings else set[int]()
    for replaced in (taken.call for taken in takings if taken.call in later):
        twice = not same.isdisjoint(after(code, replaced))
        if one.asks and not twice:
            continue
        ends = _ends(program, code, one.var, twice=twice)
        acquires = {taken.call: success_of_call(code, taken) for taken in takings}
        handed = frozenset(taken.value for taken in takings)
        duty = Duty(acquires, ends, ends_at_blocks=_begins(code, one.var), not_nil=handed)
        for exit in Obligations(program, code, duty).exits():
            if exit.again and exit.register == replaced and code.block_of(one.call) in exit.path:
                yield _finding(rule, code, one, replaced)
                return


def _begins(code: FunctionCode, var: int) -> frozenset[int]:
    """Where another round of a loop begins that has a variable of its own."""
    loop = code.body.vars[var].loop
    return frozenset() if loop == ir.NONE else frozenset((code.function.loops[loop].header,))


def _takings(program: Code, code: FunctionCode, var: int) -> list[Taken]:
    """The calls that give what a variable holds; none where it gets anything else, or is set elsewhere as well."""
    if len(program.stores(code, var)) != len(code.stores.get(var, ())):
        return []
    values = [at for at in code.values_of(var) if not isinstance(code.code[at], ir.Zero)]
    found = [Taken(code.id, code.call_behind(at), var, at) for at in values]
    return found if all(one.call != ir.NONE and not _is_given(code, one.call, var) for one in found) else []


def _is_given(code: FunctionCode, call: int, var: int) -> bool:
    """Whether a call works with a variable: what it returns may hold that."""
    step = code.code[call]
    operands = (*step.args, code.receiver_of(call)) if isinstance(step, ir.Call) else ()
    return any(at != ir.NONE and code.loads(at, var) for at in operands)


def _ends(program: Code, code: FunctionCode, var: int, *, twice: bool) -> frozenset[int]:
    """Where a variable's thing is released, or given to somebody who may release it. What another deferred literal
    releases once more (`twice`) is no business of library functions that are given it."""
    released = {call for call in code.of_kind(ir.Call) if _released(code, call) == var and not code.is_deferred(call)}
    handed = {at for at in handed_on(program, code, var) if not (twice and _is_of_library(program, code, at))}
    deferred = {code.code[call].callee for call in filter(code.is_deferred, code.of_kind(ir.Call))}  # type: ignore[union-attr]
    closures = (at for at in code.of_kind(ir.MakeClosure) if at not in deferred)
    captured = {at for at in closures if mentions(code, code.code[at].function, var)}  # type: ignore[union-attr]
    return frozenset(released | handed | captured)


def _is_of_library(program: Code, code: FunctionCode, at: int) -> bool:
    callee = code.callee(at) if isinstance(code.code[at], ir.Call) else None
    return isinstance(callee, p.Static) and program.get(callee.function) is None


def _finding(rule: Rule, code: FunctionCode, one: _Deferred, replaced: int) -> Finding:
    name, call = code.body.vars[one.var].name, code.code[replaced]
    assert isinstance(call, ir.Call)
    maker = expression(code, call.callee)
    message = f"{name} gets what {maker} returns: the deferred literal releases that, and never what {name} held before"
    steps = (
        Step(code.site(one.call), f"this literal releases what {name} holds when it runs, at the end"),
        Step(code.site(replaced), f"{name} is given something else, and what it held has not been released"),
    )
    return Finding(rule, Confidence.MEDIUM, message, steps[-1].site, code.id, ("stale defer", maker, name), steps)
