"""Calls that start goroutines and wait for all of them before they return, as helpers do that run one for each item."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.channels.runs import Runs
from govet_py.knowledge.concurrency import SPAWNERS, WAIT
from govet_py.model import ir
from govet_py.model import program as p


def waits_below(runs: Runs, function: FunctionCode, register: int) -> bool:
    """Reports whether all that a call may run wait for a group behind each goroutine that they start."""
    step = function.code[register]
    if not isinstance(step, ir.Call) or step.mode != ir.Mode.CALL or p.is_one_of(function.callee(register), SPAWNERS):
        return False
    targets = runs.callees(function, register)
    return bool(targets) and all(_joins(runs, target) for target in targets)


def _joins(runs: Runs, target: FunctionCode) -> bool:
    """Whether a function starts goroutines, and passes a Wait on all ways from there to its returns."""
    of_groups = [(at, target.callee(at)) for at in target.of_kind(ir.Call)]
    waits = [at for at, callee in of_groups if p.is_one_of(callee, WAIT)]
    starts = [at for at, callee in of_groups if target.mode_of(at) == ir.Mode.GO or p.is_one_of(callee, SPAWNERS)]
    if not waits or not starts:
        return False
    exits = runs.exits(target)
    return any(target.is_deferred(at) for at in waits) or not any(exits.reach(start, waits) for start in starts)
