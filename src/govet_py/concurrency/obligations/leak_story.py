"""How a leak is told: where it was taken on, which branches lead away from its release, where it is left."""

from __future__ import annotations

from itertools import islice

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.obligations import Exit
from govet_py.model import ir
from govet_py.model.finding import Related, Step

MAX_BRANCHES = 4
MAX_RELATED = 8


def way_steps(code: FunctionCode, acquire: Step, exit: Exit, left: str) -> tuple[Step, ...]:
    """The acquisition, the last branches of the way to the exit, the exit: the return, or the last branch
    where the return is not written."""
    blocks = code.function.blocks
    branches: list[Step] = []
    for block, following in zip(exit.path, exit.path[1:], strict=False):
        at = blocks[block].end - 1
        last = code.code[at]
        if isinstance(last, ir.If):
            taken = "holds" if blocks[block].succs[0] == following else "does not hold"
            branches.append(Step(code.site(at), f"the condition {taken}"))
        elif isinstance(last, ir.Switch | ir.TypeSwitch | ir.Select):
            branches.append(Step(code.site(at), "one of the cases is taken"))
    site = code.site(exit.register)
    if site.span == code.function.span:
        site = branches[-1].site if branches else acquire.site
    return (acquire, *branches[-MAX_BRANCHES:], Step(site, left))


def also(code: FunctionCode, registers: tuple[int, ...], message: str) -> tuple[Related, ...]:
    """The same remark at several places of a function."""
    written = (register for register in dict.fromkeys(registers) if code.site(register).span != code.function.span)
    return tuple(Related(code.site(register), message) for register in islice(written, MAX_RELATED))
