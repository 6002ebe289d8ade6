"""Conditions that matter to how often something runs, and to what is over when it does."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.control import behind_edges, decisions, tests
from govet_py.model import ir
from govet_py.model.types import ERROR

MAX_HOPS = 3


def is_singled_out(code: FunctionCode, register: int) -> bool:
    """Reports whether an instruction in a loop runs for one element only: behind `if key == chosen`.

    LIMIT: equality with a value that several elements have is taken for one as well.
    """
    return any(_selects(code, code.code[at], position) for at, position in decisions(code, register, MAX_HOPS))


def _selects(code: FunctionCode, test: ir.Instruction, branch: int) -> bool:
    if isinstance(test, ir.If):
        return branch == 0 and _is_equality(code, test.cond)
    if isinstance(test, ir.Switch) and test.tag == ir.NONE and branch < len(test.cases):
        return any(_is_equality(code, value) for value in test.cases[branch])
    return False


def _is_equality(code: FunctionCode, register: int) -> bool:
    """`a == b` of two values that are computed, not constants."""
    instruction = code.code[register]
    if not isinstance(instruction, ir.Binary) or instruction.op != "==":
        return False
    return not any(isinstance(code.code[side], ir.Const) for side in (instruction.left, instruction.right))


def closed_branch(code: FunctionCode, receive: int) -> int | None:
    """The block that is entered when a receive, or a range over a channel, finds the channel closed; None where
    nobody looks, or where other ways lead there too."""
    for negated, register, (met, failed) in _conditions(code):
        found = met if negated else failed
        if (register == receive or _is_ok_of(code, register, receive)) and len(code.predecessors[found]) == 1:
            return found
    return None


def branches(code: FunctionCode, call: int) -> tuple[int, int] | None:
    """The blocks that are entered when a call reports true and when it reports false; None where nobody looks."""
    for negated, register, (met, failed) in _conditions(code):
        if register == call:
            return (failed, met) if negated else (met, failed)
    return None


def error_blocks(code: FunctionCode) -> frozenset[int]:
    """The blocks that are entered only where an error was found not to be nil."""
    asked = ((block, _error_test(code, test.cond)) for block, test in tests(code))
    return behind_edges(code, [(block, 0 if sense else 1) for block, sense in asked if sense is not None])


def _error_test(code: FunctionCode, condition: int) -> bool | None:
    """Whether a condition is that an error is there (true) or that none is (false); None for any other."""
    negated, register = plain_condition(code, condition)
    test = code.code[register]
    if not isinstance(test, ir.Binary) or test.op not in ("==", "!="):
        return None
    sides = (test.left, test.right)
    if not any(map(code.is_nil, sides)) or all(code.type_of(side) != ERROR for side in sides):
        return None
    return (test.op == "!=") is not negated


def answered(code: FunctionCode, call: int, answer: str) -> int | None:
    """The block that is entered when the last result of a call is known to be nil, true or false; None where nobody
    looks."""
    for negated, register, entered in _conditions(code):
        compared = code.code[register]
        if answer == "nil" and isinstance(compared, ir.Binary) and compared.op in ("==", "!="):
            sides = (compared.left, compared.right)
            value = next((side for side in sides if not code.is_nil(side)), ir.NONE)
            if len(sides) - sum(map(code.is_nil, sides)) == 1 and _is_last_result(code, value, call):
                return entered[negated ^ (compared.op == "!=")]
        elif answer != "nil" and _is_last_result(code, register, call):
            return entered[negated ^ (answer == "false")]
    return None


def _is_last_result(code: FunctionCode, register: int, call: int) -> bool:
    register = plain_condition(code, register)[1]
    value = code.code[register]
    return register == call or (isinstance(value, ir.Extract) and value.tuple == call and _is_last(code, call, value))


def _is_last(code: FunctionCode, call: int, value: ir.Extract) -> bool:
    uses = (code.code[at] for at in code.of_kind(ir.Extract))
    return value.index == max(use.index for use in uses if isinstance(use, ir.Extract) and use.tuple == call)


def _conditions(code: FunctionCode) -> Iterator[tuple[bool, int, tuple[int, ...]]]:
    """The conditions: whether negated, of which register, and the two blocks they lead to."""
    for block, test in tests(code):
        yield (*plain_condition(code, test.cond), code.function.blocks[block].succs)


def nil_tests(code: FunctionCode) -> Iterator[tuple[int, int, int]]:
    """The blocks that test whether something is nil, with the one that is entered if so, and what is tested."""
    for block, test in tests(code):
        compared = code.code[test.cond]
        if isinstance(compared, ir.Binary) and compared.op in ("==", "!=") and code.is_nil(compared.right):
            yield block, code.function.blocks[block].succs[0 if compared.op == "==" else 1], compared.left


def plain_condition(code: FunctionCode, register: int) -> tuple[bool, int]:
    """A condition without its negation, whether it has one first, through the variable that holds it."""
    negated = False
    for _ in range(MAX_HOPS):
        instruction = code.code[register]
        if isinstance(instruction, ir.Unary) and instruction.op == "!":
            negated, register = not negated, instruction.operand
        elif isinstance(instruction, ir.Load):
            before = [at for at in code.stores.get(instruction.var, []) if at < register]
            if not before:
                break
            register = code.stored(before[-1])
        else:
            break
    return negated, register


def _is_ok_of(code: FunctionCode, register: int, receive: int) -> bool:
    instruction = code.code[register]
    return isinstance(instruction, ir.Extract) and instruction.tuple == receive and instruction.index % 2 == 1
