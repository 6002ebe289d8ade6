"""Conditions that matter to how often something runs."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.model import ir

MAX_HOPS = 3


def is_singled_out(code: FunctionCode, register: int) -> bool:
    """Reports whether an instruction in a loop runs for one element only: behind `if key == chosen`.

    LIMIT: equality with a value that several elements have is taken for one as well.
    """
    block = code.block_of(register)
    for _ in range(MAX_HOPS):
        before = code.predecessors[block]
        if len(before) != 1:
            return False
        end = code.function.blocks[before[0]].end - 1
        if _selects(code, code.code[end], code.function.blocks[before[0]].succs.index(block)):
            return True
        block = before[0]
    return False


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
