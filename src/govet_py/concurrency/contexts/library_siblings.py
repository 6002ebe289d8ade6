"""Library functions called without a context, beside which there is one of the name that takes it: `db.Exec` and
`db.ExecContext`.

Who has a context and leaves it out waits on when that has ended. What waits later, a command that is run, counts where
it does, and what lives on a context of its own, a transaction, hears of the end by that.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model.types import Named, deref


def waits_without(program: Code, calls: CallGraph) -> Iterator[tuple[FunctionCode, int, int]]:
    """The calls of such functions, each with the call that waits, which may be the same."""
    for name in calls.named_like(("",)):
        known = name.startswith(knows.LOOKS_ONLY) or name in knows.CARRIES_FRESH
        if known or name.rpartition(".")[0] in knows.LIVES_ON or not _has_sibling(program, name):
            continue
        for id, call in calls.named(name):
            code = program.function(id)
            waits = _first_wait(code, call, _run_by(program, name))
            if waits != ir.NONE:
                yield code, call, waits


def _has_sibling(program: Code, name: str) -> bool:
    """Whether there is a function of the name that takes a context first, and the same besides."""
    plain = program.program.signature(name)
    others = (program.program.signature(name + ending) for ending in knows.WITH_CONTEXT)
    return plain is not None and any(one is not None and one.params == (CONTEXT, *plain.params) for one in others)


def _run_by(program: Code, name: str) -> frozenset[str]:
    """The methods that wait for what a function only prepares; none where the function waits itself."""
    signature = program.program.signature(name)
    made = deref(signature.results[0]) if signature is not None and signature.results else None
    return knows.RUN_LATER.get(f"{made.package}.{made.name}", frozenset()) if isinstance(made, Named) else frozenset()


def _first_wait(code: FunctionCode, call: int, methods: frozenset[str]) -> int:
    """The call by which a function waits for what it has called: that itself, or a method of the result."""
    waits = [call]
    if methods:
        named = (at for at in code.of_kind(ir.Call) if code.called_name(at) in methods)
        waits = [at for at in named if _may_hold(code, code.receiver_of(at), call)]
    return next((at for at in waits if code.mode_of(at) == ir.Mode.CALL), ir.NONE)


def _may_hold(code: FunctionCode, register: int, made: int) -> bool:
    """Whether a register is what a call made, or was read from a variable that was given it."""
    load = code.code[register] if register != ir.NONE else None
    return register == made or (isinstance(load, ir.Load) and made in code.values_of(load.var))
