"""Listeners that are dropped at the first error, because they answer it as they would to be let go.

A *keeper* calls each of the functions that a field holds and keeps those that return true. One of them that returns
false wherever it is told of an error, and true otherwise, hears of nothing any more once the store was out of reach for
a moment, or the record not yet there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.flow.control import Edge, after, behind_edges, tests
from govet_py.concurrency.flow.failures import failing
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Basic, Func, is_error

DEPTH = 3
BOOL = Basic("bool")
TRUE, FALSE = "true", "false"


class GivenUp(NamedTuple):
    """The `listener` returns false at `leaves` when it is told of an error; `keeper` lets it go for that: it calls it
    at `call`."""

    listener: str
    leaves: int
    keeper: str
    call: int


def given_up_watches(program: Code, slices: Slices, invokers: Iterable[str]) -> Iterator[GivenUp]:
    """One a listener; `invokers` are the functions that call function values."""
    told = set[str]()
    for id in invokers:
        keeper = program.function(id)
        for call in _keeping_calls(program, keeper):
            for listener in _listeners(program, slices, keeper, call, DEPTH):
                leaves = _gives_up(listener) if listener.id not in told else None
                if leaves is not None:
                    told.add(listener.id)
                    yield GivenUp(listener.id, leaves, id, call)


def _keeping_calls(program: Code, code: FunctionCode) -> Iterator[int]:
    """The calls in loops of functions that are told of errors, and that are kept if they return true."""
    for call in code.of_kind(ir.Call) if code.function.loops else ():
        callee, step = code.callee(call), code.code[call]
        if code.loop_of(call) == ir.NONE or not isinstance(callee, p.Value) or not isinstance(step, ir.Call):
            continue
        type_ = program.program.underlying(code.type_of(callee.register))
        plain = isinstance(type_, Func) and type_.results == (BOOL,) and bool(type_.params)
        if plain and is_error(type_.params[-1]) and _is_kept(code, call, callee.register):  # type: ignore[union-attr]
            yield call


def _is_kept(code: FunctionCode, call: int, listener: int) -> bool:
    """Whether a function is put into a list only where a call of it returns true, or taken from a map where not."""
    yes, no = list[Edge](), list[Edge]()
    for block, test in tests(code):
        cond, holds = test.cond, 0
        while isinstance(step := code.code[cond], ir.Unary) and step.op == "!":
            cond, holds = step.operand, 1 - holds
        if cond == call:
            yes.append((block, holds))
            no.append((block, 1 - holds))
    kept, dropped = behind_edges(code, yes), behind_edges(code, no)
    load = code.code[listener]
    for at in code.of_kind(ir.Call) if yes else ():
        callee, step = code.callee(at), code.code[at]
        if isinstance(callee, p.BuiltinCall) and isinstance(step, ir.Call):
            mine = isinstance(load, ir.Load) and any(code.loads(arg, load.var) for arg in step.args)
            if callee.name == "append" and mine and code.block_of(at) in kept:
                return True
            if callee.name == "delete" and code.block_of(at) in dropped:
                return True
    return False


def _listeners(program: Code, slices: Slices, code: FunctionCode, call: int, depth: int) -> Iterator[FunctionCode]:
    """The functions that a call may run, those that they hand the answer of included."""
    callee = code.callee(call)
    values = slices.functions(code, callee.register) if isinstance(callee, p.Value) else ()
    for value in values:
        inner = program.get(value.function)
        if inner is not None and inner.function.params:
            yield inner
            for at in inner.of_kind(ir.Return) if depth else ():
                results = inner.code[at].results  # type: ignore[union-attr]
                if len(results) == 1 and isinstance(inner.code[results[0]], ir.Call):
                    yield from _listeners(program, slices, inner, results[0], depth - 1)


def _gives_up(code: FunctionCode) -> int | None:
    """The return by which a listener refuses every error, if it takes no note of them otherwise and refuses nothing
    else."""
    returns = {at: _answer(code, at) for at in code.of_kind(ir.Return)}
    error = code.function.params[-1]
    for block, test in tests(code):
        for branch, register in failing(code, test.cond):
            cond = code.code[test.cond]
            if not code.loads(register, error) or not isinstance(cond, ir.Binary) or cond.op not in ("==", "!="):
                continue
            start = code.function.blocks[code.function.blocks[block].succs[branch]].start
            within = [start, *after(code, start)]
            leaves = [at for at in within if at in returns]
            others = set(returns).difference(leaves)
            refuses = bool(leaves) and all(returns[at] == FALSE for at in leaves)
            if refuses and any(returns[at] == TRUE for at in others) and not any(_notes(code, at) for at in within):
                return leaves[0]
    return None


def _answer(code: FunctionCode, at: int) -> str:
    """The constant that a return gives, "" for others."""
    step = code.code[at]
    results = step.results if isinstance(step, ir.Return) else ()
    answer = code.code[results[0]] if len(results) == 1 else None
    return answer.value if isinstance(answer, ir.Const) else ""


def _notes(code: FunctionCode, at: int) -> bool:
    """Whether an instruction may tell somebody, or make up for it: it starts a goroutine, calls a method of an object,
    not of the error, sends, or sets something that others have."""
    match code.code[at]:
        case ir.Send() | ir.Select() | ir.SetField() | ir.SetIndex() | ir.SetName() | ir.SetDeref():
            return True
        case ir.Store() as store:
            return code.body.vars[store.var].owner != code.index
        case ir.Call() as call:
            object_ = code.receiver_of(at)
            asked = object_ == ir.NONE or code.loads(object_, code.function.params[-1])
            return call.mode != ir.Mode.CALL or not asked
    return False
