"""Where a function knows that something has failed: `err != nil`, `errors.Is(err, …)`, a switch of these.

A block counts when control reaches it through such branches only.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.control import Edge, behind_edges, branch
from govet_py.knowledge.contexts import CONTEXT, OVER
from govet_py.knowledge.errors import AS, IS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR, Unknown


def failed(code: FunctionCode, retries: bool = True) -> frozenset[int]:
    """The blocks that are reached only after an error; `retries`: the body of `for try() != nil` too."""
    return behind_edges(code, (edge for edge in failure_edges(code) if retries or not _goes_round(code, edge)))


def _goes_round(code: FunctionCode, edge: Edge) -> bool:
    """Whether a branch is that of a loop's header into its loop."""
    block, position = edge
    loop = code.function.blocks[block].loop
    successor = code.function.blocks[block].succs[position]
    if loop == ir.NONE or code.function.loops[loop].header != block:
        return False
    return code.inside(code.function.blocks[successor].loop, loop)


def failure_edges(code: FunctionCode) -> Iterator[Edge]:
    """The branches taken when an error is there."""
    for index in range(len(code.function.blocks)):
        match branch(code, index):
            case ir.If() as test:
                for position, register in failing(code, test.cond):
                    if register == test.cond or is_error(code, register) or _recovers(code, register):
                        yield index, position
            case ir.Switch() as switch:
                yield from ((index, position) for position in _failing_cases(code, switch))


def success_edges(code: FunctionCode) -> Iterator[Edge]:
    """The branches that are taken only when there is no error: `err == nil`, the else of `err != nil || retry`."""
    for index in range(len(code.function.blocks)):
        match branch(code, index):
            case ir.If() as test:
                yield from ((index, position) for position in _without_error(code, test.cond))
            case ir.Switch() as switch if switch.tag == ir.NONE:
                for position, values in enumerate(switch.cases):
                    if values and all(0 in _without_error(code, value) for value in values):
                        yield index, position


def _without_error(code: FunctionCode, cond: int) -> Iterator[int]:
    """The successors (0 or 1) that a test leads to only when there is no error."""
    test = code.code[cond]
    match test:
        case ir.Unary() if test.op == "!":
            yield from (1 - position for position in _without_error(code, test.operand))
        case ir.Binary() if test.op in ("==", "!="):
            sides = ((test.left, test.right), (test.right, test.left))
            if any(code.is_nil(other) and is_error(code, side) for side, other in sides):
                yield 0 if test.op == "==" else 1
        case ir.Binary() if test.op in ("&&", "||"):
            sure = 0 if test.op == "&&" else 1
            yield from (sure for side in (test.left, test.right) if sure in _without_error(code, side))


def is_error(code: FunctionCode, register: int) -> bool:
    """Reports whether a value that is compared with nil is an error: by its type, or, where that is not known, as the
    last of several results."""
    if not isinstance(code.type_of(register), Unknown):
        return code.type_of(register) == ERROR
    step = code.code[register]
    values = code.values_of(step.var) if isinstance(step, ir.Load) else [register]
    return bool(values) and all(_is_last_result(code, code.code[value]) for value in values)


def _is_last_result(code: FunctionCode, step: ir.Instruction) -> bool:
    if not isinstance(step, ir.Extract) or step.index == 0 or not isinstance(code.code[step.tuple], ir.Call):
        return False
    others = (code.code[at] for at in code.of_kind(ir.Extract))
    return not any(isinstance(one, ir.Extract) and one[0] == step.tuple and one[1] > step[1] for one in others)


def failing(code: FunctionCode, cond: int) -> Iterator[tuple[int, int]]:
    """The successor (0 or 1) taken when some error is there, with the error's register; for calls that
    classify an error (`errors.Is`) the call itself."""
    test = code.code[cond]
    match test:
        case ir.Unary() if test.op == "!":
            yield from ((1 - position, register) for position, register in failing(code, test.operand))
        case ir.Binary() if test.op in ("==", "!="):
            for side, other in ((test.left, test.right), (test.right, test.left)):
                if code.is_nil(other):
                    yield (0 if test.op == "!=" else 1), side
                elif is_end(code, other):
                    yield (0 if test.op == "==" else 1), side
        case ir.Binary() if test.op in ("&&", "||"):
            wanted = 0 if test.op == "&&" else 1
            for side in (test.left, test.right):
                yield from (found for found in failing(code, side) if found[0] == wanted or test.op == "||")
        case ir.Call() if test.args:
            callee = code.callee(cond)
            if p.is_one_of(callee, IS | AS):
                yield 0, cond
                yield 0, test.args[0]


def _failing_cases(code: FunctionCode, switch: ir.Switch) -> Iterator[int]:
    """The cases of `switch { case err != nil: … }` and of `switch err { case context.Canceled: … }`."""
    on_error = switch.tag != ir.NONE and code.type_of(switch.tag) == ERROR
    for position, values in enumerate(switch.cases):
        if not values:
            continue
        if on_error:
            if not any(code.is_nil(value) for value in values):
                yield position
        elif switch.tag == ir.NONE and all(_tests_failure(code, value) for value in values):
            yield position


def _tests_failure(code: FunctionCode, value: int) -> bool:
    return any(
        position == 0 and (register == value or is_error(code, register))
        for position, register in failing(code, value)
    )


def _recovers(code: FunctionCode, register: int) -> bool:
    register = code.source(register)
    if not isinstance(code.code[register], ir.Call):
        return False
    callee = code.callee(register)
    return isinstance(callee, p.BuiltinCall) and callee.name == "recover"


def is_end(code: FunctionCode, register: int) -> bool:
    """Reports whether a register holds the error of a context that is over."""
    what = code.denotes(register) if isinstance(code.code[register], ir.Selector) else None
    return isinstance(what, p.VariableRef) and what.package == CONTEXT.package and what.name in OVER
