"""Loops that try something again and again, with a pause in between, until it does not fail."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.channels.runs import Runs
from govet_py.concurrency.flow.control import loop_blocks, reaches
from govet_py.concurrency.flow.failures import success_edges
from govet_py.concurrency.flow.loop_bounds import is_endless
from govet_py.knowledge import clocks
from govet_py.model import ir
from govet_py.model import program as p

PAUSES = clocks.SLEEPS | clocks.TICKS


def pauses_between_tries(runs: Runs, function: FunctionCode) -> Iterator[int]:
    """The pauses of loops that nothing ends but a success: no counter, no clock, and nobody who asks them to."""
    for call in function.of_kind(ir.Call):
        loop = function.loop_of(call)
        if loop != ir.NONE and p.known_name(function.callee(call)) in PAUSES and _ends_by_success(runs, function, loop):
            yield call


def _ends_by_success(runs: Runs, function: FunctionCode, loop: int) -> bool:
    inside, header = loop_blocks(function, loop), function.function.loops[loop].header
    if not is_endless(function, loop, inside):
        return False
    ways = [(at, function.function.blocks[at].succs[way]) for at, way in success_edges(function) if at in inside]
    ends = [(at, to) for at, to in ways if not reaches(function, to, header, inside)]
    return bool(ends) and not runs.exits(function).reach_from(header, (), ends)
