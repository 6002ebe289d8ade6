"""Call chains, as linked steps that effects share."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.model.concurrency import Trace, make


def step(code: FunctionCode, register: int, message: str, goroutine: bool) -> Trace:
    """A chain of one step."""
    return make(Trace, (code.site(register), message, goroutine, None))


def chain(first: tuple[Trace, ...], tail: Trace | None) -> Trace | None:
    """The steps, then the tail."""
    for one in reversed(first):
        tail = one if tail is one.inner else make(Trace, (one.site, one.message, one.goroutine, tail))
    return tail


def steps(trace: Trace | None) -> Iterator[Trace]:
    """The steps of a chain, from the outside in."""
    while trace is not None:
        yield trace
        trace = trace.inner
