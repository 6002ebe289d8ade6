"""A limit of time for a whole scan, in wall-clock seconds."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from govet_py.errors import AnalysisError, UsageError


class _OutOfTime(BaseException):
    """No Exception: what survives the failure of a rule or a worker must not survive this."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Ends what runs inside after `seconds`, and the processes that it started; None is no limit. Raises
    AnalysisError when the time is over, UsageError where the system has no timers."""
    if seconds is None:
        yield
        return
    if not hasattr(signal, "setitimer"):
        raise UsageError("--timeout needs a system with interval timers")
    before = signal.signal(signal.SIGALRM, _end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _OutOfTime:
        raise AnalysisError(f"not done after {seconds:g} s, the limit of --timeout; no finding is told") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _end(_: int, __: FrameType | None) -> None:
    for process in multiprocessing.active_children():
        process.kill()
    raise _OutOfTime
