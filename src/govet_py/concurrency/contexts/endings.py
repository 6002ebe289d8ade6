"""Where a function knows that a context is over, or which of its errors is the end of one.

Branches are judged by their tests: `case <-ctx.Done()`, `ctx.Err() != nil`, `errors.Is(err, context.Canceled)`. A block
counts when control reaches it through such branches only.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.flow.control import Edge, behind_edges, branch, precedes
from govet_py.concurrency.flow.failures import failing, is_end
from govet_py.knowledge.errors import AS, IS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Named, deref


def over_edges(cancellation: Cancellation, code: FunctionCode) -> Iterator[tuple[Edge, int]]:
    """The branches taken when a context is over, with the context's register."""
    asked = dict(cancellation.dones(code))
    errs = dict(cancellation.errs(code))
    if not asked and not errs:
        return
    for index in range(len(code.function.blocks)):
        match branch(code, index):
            case ir.Select() as select:
                for position, case in enumerate(select.cases):
                    done = code.source(case.chan)
                    if done in asked:
                        yield (index, position), asked[done]
            case ir.If() as test:
                for position, register in failing(code, test.cond):
                    err = code.source(register)
                    if err in errs:
                        yield (index, position), errs[err]


def over_points(cancellation: Cancellation, code: FunctionCode) -> Iterator[tuple[int, int]]:
    """The plain receives from a context's Done, with the context's register."""
    asked = dict(cancellation.dones(code))
    for register, instruction in enumerate(code.code) if asked else ():
        if type(instruction) is ir.Recv:
            done = code.source(instruction.chan)
            if done in asked:
                yield register, asked[done]


def is_after_end(cancellation: Cancellation, code: FunctionCode, register: int) -> bool:
    """Reports whether an instruction is reached only when some context has ended."""
    if any(precedes(code, at, register) for at, _ in over_points(cancellation, code)):
        return True
    return code.block_of(register) in behind_edges(code, (edge for edge, _ in over_edges(cancellation, code)))


def ended_errors(code: FunctionCode) -> Iterator[tuple[int, frozenset[int]]]:
    """The branches that compare an error with the end of a context: the block, and the successors for that end."""
    for index in range(len(code.function.blocks)):
        match branch(code, index):
            case ir.If() as test:
                ways = frozenset(_ended(code, test.cond))
            case ir.Switch() as switch:
                cases = enumerate(switch.cases)
                ways = frozenset(at for at, values in cases if any(_tests_end(code, value) for value in values))
            case _:
                continue
        if ways:
            yield index, ways


def _tests_end(code: FunctionCode, value: int) -> bool:
    return is_end(code, value) or 0 in _ended(code, value)


def _ended(code: FunctionCode, cond: int) -> Iterator[int]:
    """The successor (0 or 1) taken when some error is the end of a context."""
    test = code.code[cond]
    match test:
        case ir.Unary() if test.op == "!":
            yield from (1 - position for position in _ended(code, test.operand))
        case ir.Binary() if test.op in ("==", "!="):
            if is_end(code, test.left) or is_end(code, test.right):
                yield 0 if test.op == "==" else 1
        case ir.Binary() if test.op in ("&&", "||"):
            yield from (way for side in (test.left, test.right) for way in _ended(code, side))
        case ir.Call() if len(test.args) > 1:
            callee = code.callee(cond)
            if p.is_one_of(callee, IS) and is_end(code, test.args[1]):
                yield 0


def narrow_edges(code: FunctionCode, results: Set[int]) -> Iterator[Edge]:
    """The branches taken for an error, among some results, of one kind of its own: a sentinel or a type that is not
    of the end of a context."""
    for index in range(len(code.function.blocks)):
        test = branch(code, index)
        if isinstance(test, ir.If):
            yield from ((index, position) for position in _narrow(code, test.cond, results))
        elif isinstance(test, ir.Switch) and test.tag == ir.NONE:
            for position, values in enumerate(test.cases):
                if values and all(0 in _narrow(code, value, results) for value in values):
                    yield index, position


def _narrow(code: FunctionCode, cond: int, results: Set[int]) -> Iterator[int]:
    test = code.code[cond]
    match test:
        case ir.Unary() if test.op == "!":
            yield from (1 - position for position in _narrow(code, test.operand, results))
        case ir.Binary() if test.op in ("==", "!="):
            for side, other in ((test.left, test.right), (test.right, test.left)):
                if side in results and _is_sentinel(code, other):
                    yield 0 if test.op == "==" else 1
        case ir.Binary() if test.op == "&&":
            if 0 in (*_narrow(code, test.left, results), *_narrow(code, test.right, results)):
                yield 0
        case ir.Binary() if test.op == "||":
            sides = [frozenset(_narrow(code, side, results)) for side in (test.left, test.right)]
            fine = [any(way == 1 and at in results for way, at in failing(code, s)) for s in (test.left, test.right)]
            if any(0 in side for side in sides) and all(0 in side or no for side, no in zip(sides, fine, strict=True)):
                yield 0
        case ir.Call() if len(test.args) > 1 and test.args[0] in results:
            callee = code.callee(cond)
            name = callee.function if isinstance(callee, p.Static) else ""
            if (name in IS and _is_sentinel(code, test.args[1])) or (name in AS and _is_own_type(code, test.args[1])):
                yield 0


def _is_sentinel(code: FunctionCode, register: int) -> bool:
    """Whether a register holds the error of a package variable that is not one of a context."""
    return isinstance(code.denotes(register), p.VariableRef) and not is_end(code, register)


def _is_own_type(code: FunctionCode, register: int) -> bool:
    """Whether a register points to a variable of a type declared in the package at hand."""
    named = deref(deref(code.type_of(register)))
    return isinstance(named, Named) and named.package == code.package
