"""A loop goes on although its context is over, or a wait that the context ended is taken for a success.

What it finds: a `case <-ctx.Done()` in `for { select {` from which control always comes back to the loop (an
empty branch, `continue`, a `break` that leaves only the select); a loop without bound that sleeps between its
attempts and never looks at the context at hand, the errors of calls under that context included; one that logs
and skips the failures of a call which fails at once when the context is over; a loop that nothing ends in a function
that does nothing with the context that it is given; a semaphore or limiter whose `Acquire(ctx)` or `Wait(ctx)` is not
asked for its error; `Done` of a context that never ends; a receive that is told that its channel is closed, and comes
back to receive again.

Why it matters: `Done` stays ready for ever, so such a branch spins on a processor; a loop that does not look
keeps its goroutine, connections and locks after everyone has gone; whoever did not get a slot releases one
that others hold.

Example:

    for {
        select {
        case event := <-events:
            handle(event)
        case <-ctx.Done():
            break // leaves the select only
        }
    }

Instead:

        case <-ctx.Done():
            return ctx.Err()

Limits: a loop that a counter, a clock or a range ends is left alone; a context made anew in the loop ends
an attempt, not the loop. A context that an object keeps counts where one that can end is put into it.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.contexts.closed_loops import Rereads, closed_loops
from govet_py.concurrency.contexts.deaf_loops import deaf_loops
from govet_py.concurrency.contexts.heedless_loops import Sleeps, Stays
from govet_py.concurrency.contexts.spinning_loops import Spins
from govet_py.concurrency.contexts.unheard import Unheard
from govet_py.concurrency.describe import expression
from govet_py.concurrency.facts import Facts
from govet_py.model.finding import Confidence, Finding, Rule, Severity, Step
from govet_py.model.ir import Call, Select
from govet_py.model.source import Site

RULE = Rule("GV205", "context-ignored", Severity.WARNING, __doc__)
MAX_RETRIES = 3
AGAIN = "fails at once when the context is over, and is tried again"


def run(facts: Facts) -> Iterator[Finding]:
    """Everything that goes on when it should not."""
    loops = facts.heedless_loops
    yield from (_stays(facts, one) for one in loops.stays)
    told = {one.function for one in loops.sleeps}
    yield from (_sleeps(facts, one) for one in loops.sleeps)
    yield from (_spins(facts, one) for one in loops.spins)
    yield from (_sleeps(facts, one) for one in deaf_loops(facts.code) if one.function not in told)
    yield from (_unheard(facts, one) for one in facts.unheard_ends.found)
    yield from (_rereads(facts, one) for one in closed_loops(facts.code))


def _stays(facts: Facts, one: Stays) -> Finding:
    code = facts.code.function(one.function)
    select = code.code[one.select]
    assert isinstance(select, Select)
    name = expression(code, one.context)
    site = Site(code.path, select.cases[one.case].span)
    loop = code.function.loops[code.loop_of(one.select)]
    message = f"when {name} is done this branch goes back to the loop, which then spins"
    why = f"{name}.Done() stays ready for ever; nothing here leaves the loop"
    if one.breaks:
        message = f"when {name} is done this branch breaks out of the select only: the loop goes on"
        why = "its break does what comes without it, too, and does not leave the loop"
    steps = (Step(Site(code.path, loop.span), "the loop begins"), Step(site, why))
    confidence = Confidence.HIGH if one.idle and not one.breaks else Confidence.MEDIUM
    return Finding(RULE, confidence, message, site, code.id, ("done", name), steps)


def _sleeps(facts: Facts, one: Sleeps) -> Finding:
    code = facts.code.function(one.function)
    site = code.site(one.sleep)
    calls = [r for r in one.retries if isinstance(code.code[r], Call)]
    message = f"the loop waits here and never learns that {one.variable} is over"
    if calls:
        message = f"the loop tries again for ever: it waits here and does not ask whether {one.variable} is over"
    steps = (
        Step(Site(code.path, code.function.loops[one.loop].span), "the loop begins; no counter or clock ends it"),
        *(Step(code.site(r), AGAIN) for r in calls[:MAX_RETRIES]),
        Step(site, "waits, whatever has become of the context"),
    )
    return Finding(RULE, Confidence.MEDIUM, message, site, code.id, ("loop", one.variable), steps)


def _spins(facts: Facts, one: Spins) -> Finding:
    code = facts.code.function(one.function)
    site, call = code.site(one.call), code.code[one.call]
    assert isinstance(call, Call)
    callee = expression(code, call.callee)
    message = f"{callee} fails at once when {one.variable} is over, and the loop calls it again: it spins"
    steps = (
        Step(Site(code.path, code.function.loops[one.loop].span), "the loop begins; no counter or clock ends it"),
        Step(site, AGAIN),
    )
    return Finding(RULE, Confidence.MEDIUM, message, site, code.id, ("spins", callee), steps)


def _unheard(facts: Facts, one: Unheard) -> Finding:
    code = facts.code.function(one.function)
    site, call = code.site(one.register), code.code[one.register]
    assert isinstance(call, Call)
    name = expression(code, call.callee)
    if one.endless:
        message = f"{name}() never becomes ready: this context has no end"
        return Finding(RULE, Confidence.MEDIUM, message, site, code.id, ("endless", name))
    message = f"the error of {name} is thrown away: it goes on without what it waited for when the context ends"
    steps = (Step(site, "returns with an error, and nothing acquired, when the context is over"),)
    return Finding(RULE, Confidence.HIGH, message, site, code.id, ("unheard", name), steps)


def _rereads(facts: Facts, one: Rereads) -> Finding:
    code = facts.code.function(one.function)
    step, name = code.code[one.receive], expression(code, one.channel)
    site = Site(code.path, step.cases[one.case].span) if isinstance(step, Select) else code.site(one.receive)
    loop = code.function.loops[code.loop_of(one.receive)]
    message = f"when {name} is closed the loop comes back to receive from it again: it spins"
    steps = (
        Step(Site(code.path, loop.span), "the loop begins"),
        Step(site, f"a closed {name} stays ready for ever"),
        Step(code.site(one.test), "told that it is closed, and nothing from here on leaves the loop"),
    )
    return Finding(RULE, Confidence.MEDIUM, message, site, code.id, ("closed", name), steps)
