"""How calls lead to an effect: traces as linked lists, outermost call first."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.model.concurrency import Trace, make


def chain(steps: tuple[Trace, ...], tail: Trace | None) -> Trace | None:
    """A trace that goes through the steps to what the tail leads to."""
    for step in reversed(steps):
        tail = make(Trace, (step.site, step.message, step.goroutine, tail))
    return tail


def steps_of(trace: Trace | None) -> Iterator[Trace]:
    """The steps of a trace, outermost first; each still knows what comes after it."""
    while trace is not None:
        yield trace
        trace = trace.inner
