"""How lock findings are told: where the first lock is taken, and the calls down to the second."""

from __future__ import annotations

from govet_py.concurrency.deadlocks.critical_events import Held, Pair
from govet_py.model.concurrency import LockMode
from govet_py.model.finding import Step


def lock_steps(pair: Pair, held: Held, goroutine: int = 0) -> tuple[Step, ...]:
    """The steps of one critical pair: `held` is taken, calls lead on, the other lock is taken."""
    steps = [Step(held.site, f"takes {held.what}{_mode(held.mode)}", goroutine)]
    trace = pair.event.trace
    while trace is not None:
        steps.append(Step(trace.site, trace.message, goroutine, len(steps) - 1))
        trace = trace.inner
    event = pair.event
    steps.append(Step(event.site, f"takes {event.what}{_mode(event.mode)}", goroutine, len(steps) - 1))
    return tuple(steps)


def _mode(mode: LockMode) -> str:
    return " for reading" if mode == LockMode.READ else ""
