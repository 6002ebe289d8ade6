"""The channels that time sends on: those of package time's calls, timers and tickers."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.knowledge import clocks
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import deref


def clock_of(code: FunctionCode, channel: int) -> int:
    """What a channel that time sends on is got from: `time.After(d)`, `time.Tick(d)`, or what holds the timer or
    ticker t of `t.C`, back through variables with one store. NONE for other channels."""
    made = code.source(channel)
    step = code.code[made]
    if isinstance(step, ir.Selector) and step.name == clocks.CHANNEL:
        return code.source(step.base) if deref(code.type_of(step.base)) in clocks.CLOCKS else ir.NONE
    return made if isinstance(step, ir.Call) and p.known_name(code.callee(made)) in clocks.TICKS else ir.NONE


def made_by(code: FunctionCode, clock: int) -> str:
    """The function of package time that has made a clock, or its channel; empty where the code at hand has not."""
    return p.known_name(code.callee(clock)) if clock != ir.NONE and isinstance(code.code[clock], ir.Call) else ""


def is_of_time(code: FunctionCode, channel: int) -> bool:
    """Whether time sends on a channel, to go by its name: programs whose tests turn the clock have clocks of their
    own, which are used like package time."""
    made = code.source(channel)
    step = code.code[made]
    name = step.name if isinstance(step, ir.Selector) else code.called_name(made)
    return name in clocks.TICK_NAMES
