"""Flag parameters: bools that a function never assigns, what its branches ask of them, and what its callers say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.control import tests
from govet_py.model import ir


class FlagTest(NamedTuple):
    """The branch at the end of `block` goes to `met` where variable `var` is true, to `failed` where it is not."""

    block: int
    var: int
    met: int
    failed: int


def flag_tests(code: FunctionCode) -> Iterator[FlagTest]:
    """The branches of a function that ask for a flag parameter, its own or that of a function around it."""
    for index, test in tests(code):
        succs = code.function.blocks[index].succs
        if len(set(succs)) == 2:
            var, value = _tested(code, test.cond)
            if var != ir.NONE:
                met, failed = succs if value else reversed(succs)
                yield FlagTest(index, var, met, failed)


def given_flag(code: FunctionCode, call: int, argument: int) -> bool | int | None:
    """What a call gives for a flag: a constant, or the variable of the parameter that is passed on."""
    instruction = code.code[call]
    if not isinstance(instruction, ir.Call) or not 0 <= argument < len(instruction.args):
        return None
    match code.code[instruction.args[argument]]:
        case ir.Const(kind="bool") as constant:
            return constant.value == "true"
        case ir.Load() as load if code.body.vars[load.var].kind == ir.VarKind.PARAM:
            return load.var
    return None


def _tested(code: FunctionCode, register: int) -> tuple[int, bool]:
    """The flag that a condition asks for, and whether it is true then; NONE for anything else."""
    value = True
    while isinstance(test := code.code[register], ir.Unary) and test.op == "!":
        register, value = test.operand, not value
    return (test.var if isinstance(test, ir.Load) and _is_flag(code, test.var) else ir.NONE), value


def _is_flag(code: FunctionCode, var: int) -> bool:
    declared = code.body.vars[var]
    if declared.kind != ir.VarKind.PARAM or declared.addressed:
        return False
    steps = (step for function in code.body.functions for step in function.code)
    return not any(isinstance(step, ir.Store) and step.var == var for step in steps)
