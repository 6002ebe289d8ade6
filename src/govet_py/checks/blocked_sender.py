"""A goroutine may wait for ever on a channel, because the other side leaves or was never there.

What it finds: a send without an alternative whose receiver has a way out before it receives (a return, a time-out,
`ctx.Done()`), throws the channel or the object with it away, receives less often than is sent, waits for the sender's
end first, comes only after it on the same goroutine, or does not exist; and the mirror image, a receive whose sender
may return without sending or closing, or that counts what it has received only when something has come, or that ranges
over a channel which nobody closes although somebody waits for the end of the loop, or takes the channel from where its
senders find it, or that reads a field which another goroutine sets to nil; a channel that a goroutine closes on one way
out, and not on another, in a field too; a watch over some work that one way out does not call off, so that its timer
goes off; and `if !t.Stop() { <-t.C }` where another receive may have taken the timer's value.

Why it matters: the goroutine stays until the process ends, with everything it refers to: memory grows with
each request that takes the other way out, and whoever waits for the goroutine waits for ever too.

Example:

    result := make(chan *Row)
    go func() { result <- load() }()
    select {
    case row := <-result:
        return row, nil
    case <-ctx.Done():
        return nil, ctx.Err()                      // load's goroutine is stuck
    }

Instead:

    result := make(chan *Row, 1)                   // room for the result nobody waits for any more

Limits: a channel that code outside the scanned files may use is left out; a select with another case or a
default is taken for a way out, whether or not that case can happen. A capacity that is not constant is
taken to be large enough, unless a loop takes it all up; one of ten or more is reported with low confidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.channels.channel_model import Op
from govet_py.concurrency.channels.channel_story import blocked_finding, deserted_finding, drain_finding, missed_finding
from govet_py.concurrency.channels.owned_channels import left_behind
from govet_py.concurrency.facts import Facts
from govet_py.model.finding import Finding, Rule, Severity

RULE = Rule("GV302", "blocked-sender", Severity.ERROR, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a channel and reason."""
    told: set[Op] = set()
    for found in (*facts.blocked, *left_behind(facts.code, facts.runs, facts.channel_flow.channels)):
        if found.op in told:
            continue
        told.update((found.op, *found.alike))
        yield blocked_finding(RULE, facts.code, found)
    for one in facts.deserted:
        if one.send not in told:
            yield deserted_finding(RULE, facts.code, one)
    for missed in facts.missed:
        yield missed_finding(RULE, facts.code, missed)
    for drain in facts.timer_drains:
        yield drain_finding(RULE, facts.code, drain)
