"""Work that is done whether or not what came before it has failed: `err := backup(ctx); restart(fresh); return err`.

The error is kept for later. The end of the context may be what it tells of, so that what has to be done all the same
cannot be left to that context.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.flow.control import after
from govet_py.concurrency.flow.failures import failure_edges, is_error
from govet_py.model import ir


def goes_on_after_failure(cancellation: Cancellation, code: FunctionCode, call: int, contexts: Iterable[int]) -> bool:
    """Reports whether a function comes to `call` although something may have failed that it has waited for under the
    context of one of the variables, and looks at the error again after `call`."""
    vars = tuple(contexts)
    for given in cancellation.given(code):
        if given.call < call and any(cancellation.stems_from(code, given.argument, var) for var in vars):
            for kept in _errors_of(code, given.call, call):
                if _comes_to(code, kept, given.call, call) and _is_read_after(code, kept, call):
                    return True
    return False


def _errors_of(code: FunctionCode, waited: int, call: int) -> Iterator[int]:
    """The variables that still hold the error of one call when control comes to another."""
    for var, stores in code.stores.items():
        before = [at for at in stores if at < call]
        value = code.stored(before[-1]) if before else ir.NONE
        step = code.code[value] if value >= 0 else None
        if value == waited or (isinstance(step, ir.Extract) and step.tuple == waited):
            if is_error(code, value):
                yield var


def _comes_to(code: FunctionCode, var: int, waited: int, call: int) -> bool:
    """Whether the ways on which a variable holds an error lead from one call to another."""
    blocks, target = code.function.blocks, code.block_of(call)
    if code.block_of(waited) != target and not code.reaches(waited, target):
        return False
    for block, position in failure_edges(code):
        last = blocks[block].end - 1
        if waited < last < call and _is_tested(code, last, var):
            entered = blocks[block].succs[position]
            if entered != target and not code.reaches(blocks[entered].start, target):
                return False
    return True


def _is_tested(code: FunctionCode, test: int, var: int) -> bool:
    """Whether a branch looks at a variable."""
    step = code.code[test]
    compared = code.code[step.cond] if isinstance(step, ir.If) else None
    return isinstance(compared, ir.Binary) and any(code.loads(side, var) for side in (compared.left, compared.right))


def _is_read_after(code: FunctionCode, var: int, call: int) -> bool:
    """Whether what a variable holds at a call is looked at later."""
    stores = frozenset(code.stores.get(var, ()))
    later = (code.code[at] for at in after(code, call, stores.__contains__))
    return any(isinstance(step, ir.Load) and step.var == var for step in later)
