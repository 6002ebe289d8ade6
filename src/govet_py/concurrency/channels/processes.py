"""Functions that are all that a process does: what they leave behind ends with it."""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.runs import Runs, Use
from govet_py.model import ir
from govet_py.model.types import is_error
from govet_py.resolve.universe import BOOL, INT

_STATUS = frozenset({BOOL, INT})


def ends_with_process(code: Code, runs: Runs, function: FunctionCode) -> bool:
    """Whether the process ends with the function: main, or what main alone calls, and goes on to end from: with what
    a function works out for it, main does more."""
    if function.is_initialiser or function.is_main:
        return True
    uses = runs.uses(function.id)
    only_main = bool(uses) and all(use.caller and _is_once_in_main(code.function(use.caller), use) for use in uses)
    return only_main and not _works_out(code, function)


def _is_once_in_main(caller: FunctionCode, use: Use) -> bool:
    return caller.is_main and caller.loop_of(use.register) == ir.NONE


def _works_out(code: Code, function: FunctionCode) -> bool:
    """Whether a function has a result besides what tells how it went: an error, an exit status."""
    signature = code.program.signature(function.body_id) if function.index == 0 else None
    return signature is not None and any(not is_error(type_) and type_ not in _STATUS for type_ in signature.results)
