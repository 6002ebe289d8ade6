"""How code names things: short source-like texts for messages, rebuilt from instructions."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.model import ir


def expression(code: FunctionCode, register: int, depth: int = 6) -> str:
    """The source text of an operand as far as it matters: names, fields and calls; `…` for the rest."""
    if register < 0 or depth == 0:
        return "…"
    instruction = code.code[register]
    match instruction:
        case ir.Load() | ir.Addr():
            return code.body.vars[instruction.var].name
        case ir.Name():
            return instruction.name
        case ir.Selector() | ir.FieldAddr():
            return f"{expression(code, instruction.base, depth - 1)}.{instruction.name}"
        case ir.Index() | ir.IndexAddr():
            return f"{expression(code, instruction.base, depth - 1)}[…]"
        case ir.Deref() | ir.SliceOf() | ir.TypeAssert():
            return expression(code, instruction.base, depth - 1)
        case ir.Call():
            return f"{expression(code, instruction.callee, depth - 1)}(…)"
        case ir.MakeClosure():
            return "func literal"
        case ir.Extract():
            return expression(code, instruction.tuple, depth - 1)
        case _:
            return "…"


def called(code: FunctionCode, call: int) -> str:
    """The source text of what a call runs."""
    step = code.code[call]
    return expression(code, step.callee if isinstance(step, ir.Call) else ir.NONE)


def short_name(function: str) -> str:
    """A function id without its import path: `Server.Lock`; literals read as `func literal in …`."""
    name = function.rpartition("/")[2]
    name = name.partition(".")[2] or name
    base, dollar, _ = name.partition("$")
    return f"func literal in {base}" if dollar else base
