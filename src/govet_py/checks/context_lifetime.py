"""Something outlives its context, or clean-up runs under a context that is already over.

What it finds: a stream, rows, a transaction, the body of a response, an object that keeps the context or has a
goroutine that goes round under it, a function, or a channel that a goroutine feeds under the context, returned, sent
away, stored or left to a goroutine or pool by a function that ends the context with `defer cancel()`; what a cache has
that lives, or is worked for, under the context of the first to ask for it; what is started although nobody else has
the context that is to end it; a goroutine under such a context (or under that of a request) that nobody waits for
before its end, or of which only the first is waited for; calls that wait under a context known to be over, after
`<-ctx.Done()` or `ctx.Err() != nil`, after a call of its cancel function (also one that an object keeps beside it) or
the end of the group that it was made for, and time limits that such a context is given; a cancel function that is both
deferred and returned; deferred calls that run after the deferred `cancel`, and deferred releases (or what a deferred
literal does after a failure) under a time limit of this function, or of a caller, or (at low confidence) just under
the caller's; what is undone after a failure under the context whose end was one of the reasons for it, or by one
function for several steps under that context; a remote stream that is left before its end; and what only the end of
its context gives up, made anew in each round of a loop.

Why it matters: what outlives its context fails at its first use, and clean-up under a context that is over does
nothing: the lock stays taken, the transaction open, the record half changed.

Example:

    defer func() { store.Unlock(ctx, key) }()
    ctx, cancel := context.WithTimeout(ctx, time.Minute)
    defer cancel() // runs first: Unlock gets a cancelled context

Instead:

    defer func() {
        ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
        defer cancel()
        store.Unlock(ctx, key)
    }()

Limits: which results live on their context is known for the standard library and gRPC, and derived for functions that
store the context, or what they get under it, or start a loop under it; what a goroutine waits for besides its context
is not weighed.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.contexts.abandoned_streams import Abandoned
from govet_py.concurrency.contexts.lifetimes import Fault, Lifetime
from govet_py.concurrency.contexts.piling import Piled
from govet_py.concurrency.contexts.strays import Stray
from govet_py.concurrency.describe import called, short_name
from govet_py.concurrency.facts import Facts
from govet_py.model.finding import Confidence, Finding, Rule, Severity, Step
from govet_py.model.source import Site

RULE = Rule("GV204", "context-lifetime", Severity.WARNING, __doc__)

MESSAGES: dict[Fault, str] = {
    Fault.OVER: "{callee} waits under a context that is over here: it gives up at once",
    Fault.CANCELLED: "{callee} runs after the deferred cancel of its context: it gives up at once",
    Fault.EXPIRED: "{callee} releases under a context with a time limit: once that is over nothing is released",
    Fault.FAILED: "{callee} runs after a failure under a context whose time limit may be the reason: then it gives up",
    Fault.IN_VAIN: "{callee} undoes under the context whose end may be why it is needed: then it gives up at once",
    Fault.LEFT: "{callee} is deferred under the context that its function was given: once that is over it gives up",
    Fault.HANDLE: "what {callee} returns is let out, but its context ends with this function",
    Fault.CLOSURE: "{callee} is called later, when its context has ended with the function around it",
    Fault.KEPT: "what {callee} returns keeps a context that ends with this function",
    Fault.HELD: "this object is let out, but keeps a context that ends with this function",
    Fault.FED: "the channel that {callee} returns is let out, but what feeds it ends with the context of this function",
    Fault.SERVED: "a goroutine that {callee} starts serves what is let out, but ends with the context of this function",
    Fault.STARTED: "this goroutine serves what is let out, but ends with the context of this function",
    Fault.CALLBACK: "{callee} may still be called when its caller is gone: nobody waits for the end of this goroutine",
    Fault.UNSHARED: "what {callee} starts is not under the context that this function makes and ends: nobody has that",
    Fault.DERIVED: "{callee} is given a context that is over here: what it makes is over at once",
    Fault.CANCEL: "the cancel function of {callee} is returned, but its context ends with this function",
    Fault.TENDED: "{callee} works for what is kept for others, but under the context of whoever asked for it first",
    Fault.SHARED: "what {callee} returns is kept for others, but lives on the context of whoever asked for it first",
}
ENDS: dict[Fault, str] = {
    **dict.fromkeys((Fault.OVER, Fault.DERIVED), "the context is over on this way"),
    **dict.fromkeys((Fault.EXPIRED, Fault.FAILED), "time may end this context before"),
    Fault.IN_VAIN: "this may have failed because the context ended",
    Fault.LEFT: "the end of the context may cut this short",
}
USES = {Fault.CALLBACK: "{callee} is the caller's", Fault.UNSHARED: "what {callee} starts asks another one for its end"}
USES[Fault.HELD] = "it is put into what is let out"
SURE = dict.fromkeys((Fault.CANCELLED, Fault.HANDLE, Fault.DERIVED, Fault.CANCEL), Confidence.HIGH)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a use."""
    for one in facts.lifetimes.found():
        yield _finding(facts, one)
    yield from (_stray(facts, stray) for stray in facts.strays.found())
    yield from (_abandoned(facts, stream) for stream in facts.abandoned_streams.found())
    yield from (_piled(facts, one) for one in facts.piled)


def _finding(facts: Facts, one: Lifetime) -> Finding:
    code = facts.code.function(one.function)
    callee, site = called(code, one.register), code.site(one.register)
    steps = [Step(one.made, "the context is made")] if one.made is not None and one.made != one.end else []
    steps.append(Step(one.end, ENDS.get(one.fault, "this ends it when the function returns")))
    steps += [Step(through, "which hands it down") for through in one.through]
    use = USES.get(one.fault, "{callee} is given it").format(callee=callee)
    steps += [Step(site, use), *(Step(at, "which waits under it", 0, 1) for at in one.below)]
    message = MESSAGES[one.fault].format(callee=callee)
    confidence = Confidence.LOW if one.fault is Fault.LEFT else SURE.get(one.fault, Confidence.MEDIUM)
    return Finding(RULE, confidence, message, site, code.id, (one.fault.value, callee), tuple(steps))


def _stray(facts: Facts, stray: Stray) -> Finding:
    code, inner = facts.code.function(stray.function), facts.code.function(stray.inner)
    callee, site, end = called(inner, stray.call), inner.site(stray.call), stray.end
    begun = code.site(stray.go)
    where = f"when {short_name(end.function) if (above := end.function != code.id) else 'this function'} returns"
    message = f"nobody waits for this goroutine, and its context ends {where}: {callee} fails then"
    if stray.first:
        message = f"the first of these goroutines lets the function return, which ends the others: {callee} fails then"
    if stray.late:
        message = f"nobody waits for this goroutine once it has said that it is done: {callee} fails {where}"
    steps = (
        Step(end.site, f"this context ends when {short_name(end.function)} returns"),
        *(Step(through, "which hands it down") for through in end.through),
        Step(begun, "a goroutine is started and not waited for"),
        Step(site, f"{callee} waits under that context", 1),
    )
    inner, site = (inner, site) if inner.body_id == code.body_id else (code, begun)
    sure = Confidence.MEDIUM if above or stray.first or stray.late else Confidence.HIGH
    return Finding(RULE, Confidence.LOW if end.made else sure, message, site, inner.id, ("stray", callee), steps)


def _abandoned(facts: Facts, stream: Abandoned) -> Finding:
    code, reader = facts.code.function(stream.maker), facts.code.function(stream.function)
    callee, site = called(code, stream.call), code.site(stream.call)
    message = f"the stream of {callee} is left before its end and nothing cancels its context: it leaks"
    steps = (
        Step(site, "the stream is made under a context of the caller's"),
        Step(reader.site(stream.receive), "it is read here"),
        Step(stream.exit, "here the loop is left while the stream goes on"),
    )
    return Finding(RULE, Confidence.MEDIUM, message, site, code.id, ("stream", callee), steps)


def _piled(facts: Facts, one: Piled) -> Finding:
    code = facts.code.function(one.function)
    callee, site = called(code, one.call), code.site(one.call)
    message = f"what {callee} starts lasts until {one.variable} ends: each round of the loop leaves one behind"
    steps = (
        Step(Site(code.path, code.function.loops[one.loop].span), f"the loop goes round, and {one.variable} lasts"),
        Step(site, "starts another one; the one before is still there"),
    )
    return Finding(RULE, Confidence.MEDIUM, message, site, code.id, ("piled", callee), steps)

