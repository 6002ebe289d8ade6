"""Where code fails for want of a context value: `ctx.Value(key)` whose absence ends in an error or a panic.

A *getter* (a function that returns what `ctx.Value(key)` gave, with or without ok) counts as the
lookup itself in its callers, so that it is the caller's handling of absence that decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.context_values import PARAMETER, ContextValues, key_at, key_of
from govet_py.knowledge import contexts as knows
from govet_py.knowledge.channels import NO_RETURN
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR

MAX_WALK = 6
LEN = p.BuiltinCall("len")
ZEROS = frozenset({("nil", "nil"), ("string", ""), ("int", "0")})


class Lookup(NamedTuple):
    """The call at `register` looks `key` up in the context register `context`, and the function fails
    when it is not there."""

    function: str
    register: int
    context: int
    key: str


class Lookups(NamedTuple):
    """Those of a program: `required` where absence is a failure, `asked` all, calls of getters included."""

    required: list[Lookup]
    asked: dict[str, list[Lookup]]


def lookups(code: Code, calls: CallGraph, contexts: ContextValues) -> Lookups:
    """The lookups of the program; those that are asked by function."""
    work = [
        Lookup(id, register, receiver, key)
        for id, register in calls.named(knows.VALUE)
        for receiver, key in _value_call(code.function(id), register)
    ]
    found: list[Lookup] = []
    seen: set[Lookup] = set()
    asked: dict[str, list[Lookup]] = {}
    while work:
        lookup = work.pop()
        if lookup in seen:
            continue
        seen.add(lookup)
        asked.setdefault(lookup.function, []).append(lookup)
        function = code.function(lookup.function)
        if _is_returned(function, lookup.register) and not _insists(function, lookup.register):
            work.extend(_at_callers(code, calls, contexts, lookup))
        elif fails_without(function, lookup.register):
            given = lookup.key.startswith(PARAMETER)
            told = _at_callers(code, calls, contexts, lookup) if given else [lookup]
            found.extend(one for one in told if not one.key.startswith(PARAMETER))
    return Lookups(sorted(found), asked)


def _value_call(code: FunctionCode, register: int) -> Iterator[tuple[int, str]]:
    call = code.code[register]
    assert isinstance(call, ir.Call)
    callee = code.callee(register)
    key = key_of(code, call.args[0]) if call.args else None
    if key is not None:
        yield callee.receiver, key  # type: ignore[union-attr]


def _at_callers(code: Code, calls: CallGraph, contexts: ContextValues, lookup: Lookup) -> Iterator[Lookup]:
    getter = code.function(lookup.function)
    positions = {
        getter.function.params.index(context.origin.root.var)  # type: ignore[union-attr]
        for context in contexts.of(getter, lookup.context)
        if context.origin is not None and context.origin.root.var in getter.function.params  # type: ignore[union-attr]
    }
    for caller, edge in calls.callers.get(getter.id, ()):
        if isinstance(caller, str):
            above = code.function(caller)
            call = above.code[edge.site]
            shift = _receivers(above, edge.site) if isinstance(call, ir.Call) else 0
            for position in sorted(positions):
                if isinstance(call, ir.Call) and 0 <= position - shift < len(call.args):
                    key = key_at(above, edge.site, lookup.key)
                    if key is not None:
                        yield Lookup(caller, edge.site, call.args[position - shift], key)


def _receivers(code: FunctionCode, call: int) -> int:
    """1 where the callee's first parameter is a receiver that is not among the arguments."""
    callee = code.callee(call)
    return int(isinstance(callee, p.Interface) or (isinstance(callee, p.Static) and callee.receiver != ir.NONE))


def _is_returned(code: FunctionCode, register: int) -> bool:
    """Whether the value is a result: an error that says it is missing is none, it is the function's failure."""
    results = {r for i in code.code if isinstance(i, ir.Return) for r in i.results}
    return any(code.type_of(r) != ERROR for r in results & _derived(code, register))


def _derived(code: FunctionCode, register: int) -> set[int]:
    """The registers that hold the looked-up value, its ok or its length, under whatever name."""
    found = {register}
    for at in range(register + 1, len(code.code)):
        match code.code[at]:
            case ir.TypeAssert() as use if use.base in found:
                found.add(at)
            case ir.Extract() as use if use.tuple in found:
                found.add(at)
            case ir.Call() as call if code.callee(at) == LEN and call.args[0] in found:
                found.add(at)
            case ir.Load() as load:
                stores = code.stores.get(load.var, [])
                if any(code.stored(store) in found for store in stores if store < at):
                    found.add(at)
    return found


def _insists(code: FunctionCode, register: int) -> bool:
    """Whether a function panics without the value: its callers are not asked."""
    derived = _derived(code, register)
    absent = [block for block in code.function.blocks if _asks(code, block, derived)]
    return all(_panics(code, block, derived) for block in absent) if absent else _asserts(code, derived)


def _panics(code: FunctionCode, block: ir.Block, derived: set[int]) -> bool:
    """Whether what a test for the value leads to, when there is none, ends the goroutine."""
    cond = code.code[block.end - 1].cond  # type: ignore[union-attr]
    absent = _absent_branch(code, cond, derived)
    after = code.function.blocks[block.succs[absent]] if absent is not None else block
    return isinstance(code.code[after.end - 1], ir.Stop) or _never_returns(code, after)


def _never_returns(code: FunctionCode, block: ir.Block) -> bool:
    calls = (at for at in range(block.start, block.end) if type(code.code[at]) is ir.Call)
    return any(p.known_name(code.callee(at)) in NO_RETURN for at in calls)


def _asserts(code: FunctionCode, derived: set[int]) -> bool:
    """Whether the value is asserted to be of a type, with no second result that tells."""
    taken_apart = {i.tuple for i in code.code if isinstance(i, ir.Extract)}
    return any(isinstance(code.code[at], ir.TypeAssert) and at not in taken_apart for at in derived)


def _asks(code: FunctionCode, block: ir.Block, derived: set[int]) -> bool:
    last = code.code[block.end - 1]
    return isinstance(last, ir.If) and _absent_branch(code, last.cond, derived) is not None


def fails_without(code: FunctionCode, register: int) -> bool:
    """Reports whether the function fails when the lookup at `register` finds nothing."""
    derived = _derived(code, register)
    return _insists(code, register) or any(_branch_fails(code, block, derived) for block in code.function.blocks)


def _branch_fails(code: FunctionCode, block: ir.Block, derived: set[int]) -> bool:
    last = code.code[block.end - 1]
    if not isinstance(last, ir.If):
        return False
    absent = _absent_branch(code, last.cond, derived)
    return absent is not None and _ends_in_failure(code, block.succs[absent])


def _absent_branch(code: FunctionCode, cond: int, derived: set[int]) -> int | None:
    """Which successor of the test is taken when there is no value, None for other tests."""
    match code.code[cond]:
        case ir.Unary() as test if test.op == "!":
            inner = _absent_branch(code, test.operand, derived)
            return None if inner is None else 1 - inner
        case ir.Binary() as test if test.op in ("==", "!="):
            sides = (test.left, test.right)
            if any(s in derived for s in sides) and any(_is_zero(code, s) for s in sides):
                fails = any(s in derived and code.type_of(s) == ERROR for s in sides)
                return 0 if (test.op == "==") != fails else 1
        case ir.Binary() as test if test.op in ("||", "&&"):
            for side in (test.left, test.right):
                inner = _absent_branch(code, side, derived)
                if inner == (0 if test.op == "||" else 1):
                    return inner
        case _ if cond in derived:
            return 1
    return None


def _is_zero(code: FunctionCode, register: int) -> bool:
    """Whether a register holds nil, or the literal zero of a type, which is what a failed assertion leaves."""
    literal = code.code[register]
    return isinstance(literal, ir.Const) and (literal.kind, literal.value) in ZEROS


def _ends_in_failure(code: FunctionCode, block: int) -> bool:
    """Whether a branch ends in a panic or an error. Where it joins others again, absence is put up with."""
    for _ in range(MAX_WALK):
        last = code.code[code.function.blocks[block].end - 1]
        if isinstance(last, ir.Stop) or _never_returns(code, code.function.blocks[block]):
            return True
        if isinstance(last, ir.Return):
            return code.may_fail and bool(last.results) and not code.is_nil(last.results[-1])
        if not isinstance(last, ir.Jump):
            return False
        block = code.function.blocks[block].succs[0]
        if len(code.predecessors[block]) > 1:
            return False
    return False
