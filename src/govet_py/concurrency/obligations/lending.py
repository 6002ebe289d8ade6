"""What is lent, to callees that work with a thing and neither keep it nor give it back, and what is handed on."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import uses_of
from govet_py.knowledge.releases import ENDING_VERBS
from govet_py.model import ir
from govet_py.model import program as p

DEPTH = 3


def is_lent(program: Code, code: FunctionCode, use: int, load: int, depth: int = DEPTH) -> bool:
    """Reports whether the call at `use` is given what `load` holds to work with only."""
    call, callee = code.code[use], code.callee(use) if isinstance(code.code[use], ir.Call) else None
    target = program.get(callee.function) if isinstance(callee, p.Static) else None
    if not isinstance(call, ir.Call) or not isinstance(callee, p.Static) or target is None or depth == 0:
        return False
    if load not in call.args:
        return False
    position = call.args.index(load) + (callee.receiver != ir.NONE)
    if call.mode != ir.Mode.CALL or target.function.signature.variadic or position >= len(target.function.params):
        return False
    return _only_works_with(program, target, target.function.params[position], depth)


def _only_works_with(program: Code, code: FunctionCode, var: int, depth: int) -> bool:
    """Whether a parameter is only compared, asked, changed, and lent again."""
    if code.body.vars[var].captured:
        return False
    uses = uses_of(code)
    for register, instruction in enumerate(code.code):
        if not isinstance(instruction, ir.Load | ir.Addr) or instruction.var != var:
            continue
        for use in uses.get(register, ()):
            if not works_with(code, use, register) and not is_lent(program, code, use, register, depth - 1):
                return False
    return True


def works_with(code: FunctionCode, use: int, load: int) -> bool:
    """Reports whether an instruction compares a thing, asks it, or sets a field of it."""
    user = code.code[use]
    if isinstance(user, ir.SetField):
        return user.value != load
    return isinstance(user, ir.Binary) or (isinstance(user, ir.Selector) and user.name not in ENDING_VERBS)


def handed_on(program: Code, code: FunctionCode, var: int) -> Iterator[int]:
    """Where what a variable holds is stored, sent, or given to somebody who may keep it; to return it is another
    matter."""
    uses = uses_of(code)
    for register, step in enumerate(code.code):
        if isinstance(step, ir.Load | ir.Addr) and step.var == var:
            for use in uses.get(register, ()):
                kept = not isinstance(code.code[use], ir.Return) and not works_with(code, use, register)
                if kept and not is_lent(program, code, use, register):
                    yield use
