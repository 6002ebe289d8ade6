"""What does not build a record before it is watched: what a flag asks for, what an event does; and watches that are
tried until the record is there."""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.flow.control import decisions
from govet_py.concurrency.flow.outcomes import Simulation
from govet_py.knowledge.channels import BOOL_FLAGS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR, Chan
from govet_py.resolve.elements import range_over

MAX_DECISIONS = 8


def tries_again(program: Code, code: FunctionCode, call: int) -> bool:
    """Whether the loop around a call may call it again after an error: not the loop over what is to be called for."""
    loop = code.loop_of(call)
    if loop == ir.NONE or code.function.loops[loop].kind == "range":
        return False
    for at in code.of_kind(ir.Store):
        store = code.code[at]
        kept = isinstance(store, ir.Store) and code.loop_of(at) == loop and code.call_behind(store.value) == call
        if isinstance(store, ir.Store) and kept and code.type_of(store.value) == ERROR:
            return any(not outcome.leaves for outcome in Simulation(program, None).after(code, at, loop))
    return False


def follows_an_event(program: Code, code: FunctionCode, call: int) -> bool:
    """Whether a call is made in a loop for what it receives, or for each tick."""
    loop = code.loop_of(call)
    while loop != ir.NONE:
        received = code.of_kind(ir.Recv, ir.Select, ir.Next)
        if any(at < call and code.loop_of(at) == loop and _receives(program, code, at) for at in received):
            return True
        loop = code.function.loops[loop].parent
    return False


def _receives(program: Code, code: FunctionCode, register: int) -> bool:
    step = code.code[register]
    if isinstance(step, ir.Next):
        return isinstance(program.program.underlying(code.type_of(range_over(code.code, step))), Chan)
    return isinstance(step, ir.Recv) or (isinstance(step, ir.Select) and not step.has_default)


def is_optional(program: Code, slices: Slices, code: FunctionCode, call: int) -> bool:
    """Whether a call is made only where a flag of the command line, which is not set by itself, asks for it."""
    return any(
        position == 0 and isinstance(test, ir.If) and _is_off(program, slices, code, test.cond)
        for at, position in decisions(code, call, MAX_DECISIONS)
        for test in (code.code[at],)
    )


def _is_off(program: Code, slices: Slices, code: FunctionCode, condition: int) -> bool:
    test = code.code[condition]
    if isinstance(test, ir.Binary) and test.op == "&&":
        return _is_off(program, slices, code, test.left) or _is_off(program, slices, code, test.right)
    for id, at in slices.places(code, test.base) if isinstance(test, ir.Deref) else ():
        frame = program.function(id)
        declared = frame.code[at]
        name = p.known_name(frame.callee(at)) if isinstance(declared, ir.Call) else ""
        if isinstance(declared, ir.Call) and len(declared.args) > BOOL_FLAGS.get(name, len(declared.args)):
            default = frame.code[declared.args[BOOL_FLAGS[name]]]
            return isinstance(default, ir.Const) and default.value == "false"
    return False
