"""Calls that tell of failure by a field of what they return: `data, stop := watch(); if data.Err != nil { return }`."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.control import tests
from govet_py.concurrency.flow.failures import failing
from govet_py.model import ir
from govet_py.model.types import is_error


def told_failures(code: FunctionCode, vars: set[int]) -> Iterator[int]:
    """The blocks that are entered only when something in one of the variables holds an error."""
    for block, test in tests(code) if vars else ():
        for position, tested in failing(code, test.cond):
            part = code.code[tested]
            entered = code.function.blocks[block].succs[position]
            if isinstance(part, ir.Selector) and is_error(code.type_of(tested)):
                if len(code.predecessors[entered]) == 1 and any(code.loads(part.base, var) for var in vars):
                    yield entered
