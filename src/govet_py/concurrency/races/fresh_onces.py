"""A sync.Once that is made anew and kept for others each time somebody comes: everybody does what was to be done once.

The Once that a function runs is surely its own, and it puts that very Once into a sync.Map or a map that others see,
in place of what was there. `LoadOrStore`, or to look first, would give all of them one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import member_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, Path


class FreshOnce(NamedTuple):
    """`function` runs a Once at `run` that it has put at `kept` where others look for it."""

    function: str
    kept: int
    run: int


def fresh_onces(code: Code, calls: CallGraph, values: ValueAnalysis) -> Iterator[FreshOnce]:
    """One finding a run."""
    for id, register in calls.named(knows.ONCE_DO):
        function = code.function(id)
        callee = function.callee(register)
        if not isinstance(callee, p.Static) or callee.receiver == ir.NONE or callee.via:
            continue
        paths = set(values.paths(function, callee.receiver))
        if paths and all(_is_own(function, path) for path in paths):
            for kept, value in _kept(code, function):
                if kept < register and set(values.paths(function, value)) == paths:
                    yield FreshOnce(id, kept, register)
                    break


def _is_own(function: FunctionCode, path: Path) -> bool:
    root = path.root
    return isinstance(root, AllocRoot) and root.function == function.id and not path.fields


def _kept(code: Code, function: FunctionCode) -> Iterator[tuple[int, int]]:
    """Where a function puts something into a container that others see, and what."""
    for register in function.of_kind(ir.Call, ir.SetIndex):
        step = function.code[register]
        if isinstance(step, ir.SetIndex) and member_of(code.program, function, step.base) is not None:
            yield register, step.value
        elif isinstance(step, ir.Call) and len(step.args) == 2:
            callee = function.callee(register)
            if isinstance(callee, p.Static) and callee.function == knows.SYNC_MAP_STORE:
                yield register, step.args[1]
