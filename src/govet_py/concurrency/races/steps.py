"""Writes that bring a value one step further, up or down, whatever it was."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.operands import is_operand
from govet_py.concurrency.races.touch import Sets, Touch
from govet_py.knowledge.atomics import NOTHING, Does
from govet_py.model import ir
from govet_py.model import program as p


def counted(code: FunctionCode, add: Touch) -> Touch:
    """An addition of which nobody looks at the result: a step that another goroutine may have taken before."""
    by = code.types.constant_int(code.index, add.value)
    if not by or any(is_operand(instruction, add.register) for instruction in code.code):
        return add
    return add._replace(does=Does.WRITE, value=NOTHING, sets=Sets.STEP, direction=1 if by > 0 else -1)


def direction(code: FunctionCode, write: Touch, touches: list[Touch]) -> int | None:
    """Whether what is written is the old value and something more (1) or less (-1), as `n + 1`, or neither (0), as
    `append(list, x)`. None when it is not computed from the old value at all."""
    value = code.code[write.value]
    way = 1
    match value:
        case ir.Binary():
            parts: tuple[int, ...] = (value.left, value.right)
            way = {"+": 1, "-": -1}.get(value.op, 0)
        case ir.Call():
            callee = code.callee(write.value)
            parts = value.args[:1] if isinstance(callee, p.BuiltinCall) and callee.name == "append" else ()
            way = 0
        case _:
            return None
    own = any(t.register in parts and t.place == write.place and t.key == write.key for t in touches)
    return way if own else None
