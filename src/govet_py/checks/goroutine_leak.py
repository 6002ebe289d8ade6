"""A goroutine, ticker or timer is left over, or a condition is waited for that nobody signals.

What it finds: a goroutine that ranges over a ticker which is stopped (that does not close its channel); one without any
way out, or with none but that what it tries again and again succeeds, whose owner has a Close or Stop, that has a
context and never asks for its end, or that looks at a variable of the function which started it and has returned; one
that ends by the Close of its object, where some way out of the function that made the object leaves Close out, or a
caller of its constructor throws the object away; one that goes on while its owner closes a channel that nobody receives
from; one that ranges over a channel of an object with a Close, or made in each round of a loop, which nobody closes;
one that looks between two values at a flag which its senders look at first; one that ranges over a channel whose close
is not deferred, behind functions of others that may panic, below a recover; `Wait` on a sync.Cond without a `Signal` or
`Broadcast`; a timer, which goes off once, that a loop waits for in each round; a ticker that a loop stops and then
waits for again, or that a goroutine without a loop waits for once; and, in modules before Go 1.23, tickers that are not
stopped and `time.After` in a loop.

Why it matters: each of them stays until the process ends, with all that it refers to.

Example:

    s.ticker.Stop()
    s.ticker = time.NewTicker(interval)
    go func() {
        for range s.ticker.C {                      // the goroutine before still waits for the old ticker
            s.refresh()
        }
    }()

Instead:

    s.ticker.Reset(interval)                        // one goroutine, which also waits for a done channel

Limits: a goroutine that is meant to run as long as the process is told from others only by its owner having
no Close or Stop; goroutines that wait for a context which nobody cancels are not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.channels.one_shots import one_shots, single_ticks, stopped_waits
from govet_py.concurrency.channels.way_out_story import leak_finding, tick_finding, timer_finding
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.obligations.lost_handles import LostHandles
from govet_py.model.finding import Finding, Rule, Severity

RULE = Rule("GV502", "goroutine-leak", Severity.WARNING, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a goroutine, wait or timer."""
    lost = LostHandles(facts.code, facts.calls, facts.runs).found()
    for leak in (*facts.leaks, *lost):
        yield leak_finding(RULE, facts.code, leak)
    operands = facts.channel_flow.operands
    once = one_shots(facts.code, facts.calls, facts.runs, operands)
    for timer in (*facts.timer_leaks, *once, *stopped_waits(facts.code, facts.calls, facts.runs)):
        yield timer_finding(RULE, facts.code, timer)
    for tick in single_ticks(facts.code, facts.calls, facts.runs, operands):
        yield tick_finding(RULE, facts.code, tick)
