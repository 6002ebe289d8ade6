"""Deferred literals that act on a condition: `defer func() { if err != nil { cancel() } }()`.

What the condition speaks of is the variable that the literal captures. A function that fails without having set it,
because it returns another error or one that hides it (`if err := f(); err != nil { return err }`), is not served.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.uses import deferred_literals
from govet_py.concurrency.flow.control import behind_edges, branch
from govet_py.concurrency.flow.path_facts import NO_FACTS, Conditions, Facts, Key
from govet_py.model import ir


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
