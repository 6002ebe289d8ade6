"""Literals that act on a condition: `defer func() { if err != nil { cancel() } }()`.

What the condition of a deferred one speaks of is the variable that the literal captures. A function that fails without
having set it, because it returns another error or hides it (`if err := f(); err != nil { return err }`), is not served.
Others only act after a failure, theirs or of whom they report for: when all goes well they do nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.uses import deferred_literals, uses_of
from govet_py.concurrency.flow.control import behind_edges, branch
from govet_py.concurrency.flow.failures import failed
from govet_py.concurrency.flow.path_facts import NO_FACTS, Conditions, Facts, Key
from govet_py.concurrency.obligations.watchdogs import mentions
from govet_py.model import ir

MAX_DEPTH = 3
"""So deep are literals inside literals followed."""


def guarded_calls(program: Code, code: FunctionCode, closures: Iterable[int], var: int) -> dict[int, Facts]:
    """The deferred literals, among those made at `closures`, that use a variable on a condition only, with what holds
    when they do. The condition speaks of variables that the function alone sets, and not by returning."""
    deferred, found = set(deferred_literals(code)), dict[int, Facts]()
    for register in closures:
        literal = code.code[register]
        if isinstance(literal, ir.MakeClosure) and literal.function in deferred:
            inner = program.function(literal_id(code.body_id, literal.function))
            needed = _condition(program, inner, var)
            if needed and all(_is_settled(program, code, key) for key, _ in needed):
                found[register] = needed
    return found


def reporters(program: Code, code: FunctionCode, var: int) -> tuple[frozenset[int], frozenset[int]]:
    """The literals of a function that use what is in a variable only where something has failed, by where they are
    made; and the calls of those that local variables keep for such places."""
    made: set[int] = set()
    calls: set[int] = set()
    for at in code.of_kind(ir.MakeClosure):
        index = code.code[at].function  # type: ignore[union-attr]
        if mentions(code, index, var) and _runs_on_failure_only(program, code, index, var, 0):
            made.add(at)
            kept = _kept_in(program, code, at)
            calls.update(load for load in code.of_kind(ir.Load) if code.code[load] == ir.Load(kept))
    return frozenset(made), frozenset(calls)


def _runs_on_failure_only(program: Code, code: FunctionCode, index: int, var: int, depth: int) -> bool:
    """Whether a literal of `code` uses a variable only where something has failed, there or where the literal itself is
    called by the variable that keeps it."""
    if depth > MAX_DEPTH or index in deferred_literals(code):
        return False
    literal = program.sibling(code, index)
    made = next(at for at in code.of_kind(ir.MakeClosure) if code.code[at] == ir.MakeClosure(index))
    kept = _kept_in(program, code, made)
    if kept == ir.NONE:
        return _is_used_in(program, literal, var, failed(literal), depth)
    return _is_used_in(program, code, kept, failed(code), depth)


def _kept_in(program: Code, code: FunctionCode, made: int) -> int:
    """The local variable that alone keeps a literal; NONE where there is none."""
    users = [code.code[use] for use in uses_of(code).get(made, ())]
    store = users[0] if len(users) == 1 else None
    return store.var if isinstance(store, ir.Store) and len(program.stores(code, store.var)) == 1 else ir.NONE


def _is_used_in(program: Code, code: FunctionCode, var: int, blocks: frozenset[int], depth: int) -> bool:
    """Whether a function uses a variable in some blocks only, or in literals that do so after a failure."""
    for at in code.of_kind(ir.Load, ir.Addr, ir.MakeClosure):
        step = code.code[at]
        if code.block_of(at) in blocks:
            continue
        if isinstance(step, ir.MakeClosure):
            used = mentions(code, step.function, var)
            if used and not _runs_on_failure_only(program, code, step.function, var, depth + 1):
                return False
        elif isinstance(step, ir.Load | ir.Addr) and step.var == var:
            return False
    return True


def fails_to_run(needed: Facts, facts: Facts) -> bool:
    """Reports whether what holds at a way out says that a condition is not met."""
    return any((key, not truth) in facts for key, truth in needed)


def _condition(program: Code, inner: FunctionCode, var: int) -> Facts:
    """What holds wherever a literal uses a variable; nothing when it does so without a condition."""
    uses = {inner.block_of(at) for at in inner.of_kind(ir.Load) if inner.code[at] == ir.Load(var)}
    conditions = Conditions(program, inner, frozenset(), frozenset())
    for block in range(len(inner.function.blocks)):
        test = branch(inner, block)
        for position in (0, 1) if isinstance(test, ir.If) and uses else ():
            if uses <= behind_edges(inner, [(block, position)]):
                return conditions.branch(test, position, NO_FACTS) or NO_FACTS  # type: ignore[arg-type]
    return NO_FACTS


def _is_settled(program: Code, code: FunctionCode, key: Key) -> bool:
    """Whether all variables that a condition speaks of are set by one function alone, and not by its returns."""
    return all(
        code.body.vars[var].kind != ir.VarKind.RESULT
        and all(index == code.index for index, _ in program.stores(code, var))
        for var in _variables(key)
    )


def _variables(key: Key) -> Iterator[int]:
    if len(key) == 2 and key[0] == "variable" and isinstance(key[1], int):
        yield key[1]
    for part in key:
        if isinstance(part, tuple):
            yield from _variables(part)
