"""Goroutines without any way out that have the means to hear of their end, and do not listen.

The means: a context that the goroutine hands to what it calls or starts, or that its object keeps, together with the
function that cancels it and that some method calls. What runs under a context without end, or in a function that only
main calls, is meant to run as long as the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.concurrency.channels.leak_model import Leak, Place, Why
from govet_py.concurrency.channels.leaks import handles_signals
from govet_py.concurrency.channels.processes import ends_with_process
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.knowledge.contexts import CANCEL_FUNCTIONS, CONTEXT
from govet_py.model import ir
from govet_py.model.types import Named, Struct, deref


def deaf_goroutines(
    code: Code, runs: Runs, cancellation: Cancellation, told: Callable[[Place], bool]
) -> Iterator[Leak]:
    """One finding a go statement, but those that are told already."""
    cancelled = _cancelled(code)
    for id in code.ids():
        function = code.function(id)
        starts = [use for use in runs.uses(id) if use.how == How.STARTED] if function.function.loops else []
        places = [(use.caller, use.register) for use in starts if use.caller]
        if not places or any(told(place) for place in places):
            continue
        if runs.exits(function).reach(ir.NONE, ()) or handles_signals(code, function):
            continue
        if _waits_for_end(cancellation, function):
            continue
        name = _context(cancellation, function) or _kept(code, function, cancelled)
        if name and not all(ends_with_process(code, runs, code.function(place[0])) for place in places):
            yield Leak(Why.DEAF, places[0], name, (places[0],), ())


def _waits_for_end(cancellation: Cancellation, function: FunctionCode) -> bool:
    return bool(cancellation.dones(function) or cancellation.errs(function))


def _context(cancellation: Cancellation, function: FunctionCode) -> str:
    """The name of a context parameter, of the goroutine or of the function around it, that is used in its loop."""
    for register, step in enumerate(function.code):
        if not isinstance(step, ir.Load) or function.loop_of(register) == ir.NONE:
            continue
        declared = function.body.vars[step.var]
        if declared.kind == ir.VarKind.PARAM and function.type_of(register) == CONTEXT:
            contexts = cancellation.contexts.of(function, register)
            if not contexts or any(context.fresh is None for context in contexts):
                return declared.name
    return ""


def _cancelled(code: Code) -> frozenset[tuple[str, str]]:
    """The types with a field that cancels a context, and is called."""
    found = set()
    for id in code.ids():
        function = code.function(id)
        for step in function.code:
            if isinstance(step, ir.Call) and not step.args and isinstance(function.code[step.callee], ir.Selector):
                if function.type_of(step.callee) in CANCEL_FUNCTIONS:
                    member = member_of(code.program, function, step.callee)
                    if isinstance(member, Member) and member.owner:
                        found.add((member.package, member.owner))
    return frozenset(found)


def _kept(code: Code, function: FunctionCode, cancelled: frozenset[tuple[str, str]]) -> str:
    """The context that the receiver of a goroutine's method keeps along with its cancel function."""
    declared, method = code.program.functions[function.body_id], code.function(function.body_id)
    if declared.receiver is None or not method.function.params:
        return ""
    owner = deref(method.types.var_type(method.function.params[0]))
    if not isinstance(owner, Named) or (owner.package, owner.name) not in cancelled:
        return ""
    struct = code.program.underlying(owner)
    fields = struct.fields if isinstance(struct, Struct) else ()
    return next((f"{owner.name}.{one.name}" for one in fields if one.type == CONTEXT), "")
