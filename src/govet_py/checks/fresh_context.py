"""Work that waits is begun under a fresh context although one was at hand, so cancellation is lost.

What it finds: `context.Background()` or `context.TODO()`, with or without a time limit of its own, handed to a call
that waits under its context (a remote call, a query, a lock, whatever comes to `ctx.Done()`), in a function that has
a context: a parameter, that of its `*http.Request`, of its stream (a parameter, or a field of the receiver), or of
the function around a literal that is run at once; and a parameter that a fresh context with a time limit takes the
place of. Also handlers of requests that wait under a context of the function which registered them, functions without
a context all of whose callers have one, results that on some way are not derived from the context that was given,
methods that leave out the context of their object under which its other methods make the same call, calls of
`Get(key)` where `GetContext(ctx, key)` is there for those who have a context, in the program or in a library
(`db.Exec`, `exec.Command` and then `Run`), contexts made with a limit or for a group that are never used, and calls
that wait under the old context just behind such a limit.

Why it matters: when the client goes away or the deadline passes, the work goes on; it holds connections
and locks that others wait for, and shutdown waits for it.

Example:

    func (s *Store) Copy(ctx context.Context, key string) error {
        value, err := s.from.Get(ctx, key)
        ...
        return s.to.Put(context.Background(), key, value)
    }

Instead:

    return s.to.Put(ctx, key, value)

or, where the work must be finished although the request is over, say so and bound it:

    ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
    defer cancel()

Limits: detachment counts as meant, and stays silent, after a failure, after the end of the context, in
deferred calls, in goroutines that the function does not wait for, with `context.WithoutCancel`, where something
of the context is copied over, and where the new context or what is made with it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.contexts.fresh_contexts import FreshUse
from govet_py.concurrency.contexts.late_limits import LateLimit, late_limits
from govet_py.concurrency.contexts.outer_contexts import OuterUse, outer_contexts
from govet_py.concurrency.contexts.unused_contexts import UnusedContext
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.facts import Facts
from govet_py.model.finding import Confidence, Finding, Related, Rule, Severity, Step
from govet_py.model.ir import Call
from govet_py.model.source import Site

RULE = Rule("GV202", "fresh-context", Severity.WARNING, __doc__)
MAX_CALLERS = 10


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a fresh context that loses the one at hand."""
    for use in facts.fresh_contexts.uses:
        yield _finding(facts, use)
    for unused in facts.unused_contexts.found():
        yield _unused(facts, unused)
    for late in late_limits(facts.code, facts.calls, facts.cancellation):
        yield _late(facts, late)
    for outer in outer_contexts(facts.code, facts.cancellation):
        yield _outer(facts, outer)


def _outer(facts: Facts, outer: OuterUse) -> Finding:
    code = facts.code.function(outer.function)
    call, site, names = code.code[outer.call], code.site(outer.call), code.body.vars
    assert isinstance(call, Call)
    spans = code.body.var_spans
    callee, around, own = expression(code, call.callee), names[outer.outer], names[outer.own]
    message = f"{callee} waits under {around.name} of the function around it: the end of {own.name} is not heard of"
    steps = (
        Step(Site(code.path, spans[outer.own]), f"{own.name} brings a context of its own"),
        Step(Site(code.path, spans[outer.outer]), f"{around.name} is made for all that come here"),
        Step(site, f"{callee} waits under it"),
    )
    more = (facts.code.function(function).site(at) for function, at in outer.more[:MAX_CALLERS])
    related = tuple(Related(at, "another handler does") for at in more)
    return Finding(RULE, Confidence.MEDIUM, message, site, code.id, ("outer", callee), steps, related)


def _finding(facts: Facts, use: FreshUse) -> Finding:
    code = facts.code.function(use.function)
    call = code.code[use.call]
    assert isinstance(call, Call)
    callee, site = expression(code, call.callee), code.site(use.call)
    if use.hand is not None:
        message = f"{callee} waits under a fresh context: the end of {use.hand.name} is not heard of"
        steps = [Step(_declared(facts, use), f"{use.hand.name} is at hand (in {short_name(use.hand.function)})")]
    else:
        first = use.callers[0]
        message = f"{callee} waits under a fresh context, although all callers of {short_name(code.id)} have one"
        steps = [Step(first.site, f"{first.hand.name} is at hand here (in {short_name(first.function)})")]
    steps += [Step(use.fresh, "a fresh context is made"), Step(site, f"{callee} waits under it")]
    others = use.callers[use.hand is None : MAX_CALLERS]
    related = tuple(Related(c.site, f"{c.hand.name} is at hand here too") for c in others)
    return Finding(RULE, _sureness(use), message, site, code.id, (callee,), tuple(steps), related)


def _unused(facts: Facts, unused: UnusedContext) -> Finding:
    code = facts.code.function(unused.function)
    call, site = code.code[unused.made], code.site(unused.made)
    assert isinstance(call, Call)
    maker = expression(code, call.callee)
    lost = "its time limit reaches nobody" if unused.limited else "its end reaches nobody"
    message = f"the context of {maker} is never used: {lost}"
    steps = [Step(site, "the context is made")]
    if unused.over is not None:
        steps.append(Step(code.site(unused.over), "another context takes its place before it is used"))
    return Finding(RULE, Confidence.MEDIUM, message, site, code.id, ("unused", maker), tuple(steps))


def _late(facts: Facts, late: LateLimit) -> Finding:
    code = facts.code.function(late.function)
    call, site, names = code.code[late.call], code.site(late.call), code.body.vars
    assert isinstance(call, Call)
    callee, limited, parent = expression(code, call.callee), names[late.limited].name, names[late.parent].name
    message = f"{callee} waits under {parent}, while the time of {limited} goes by that was made just before"
    steps = (
        Step(code.site(late.made), f"{limited} is made, with a time limit"),
        Step(site, f"{callee} waits under {parent} instead"),
        Step(code.site(late.use), f"{limited} is used only here"),
    )
    confidence = Confidence.MEDIUM if late.fallback else Confidence.LOW
    return Finding(RULE, confidence, message, site, code.id, ("late limit", callee), steps)


def _declared(facts: Facts, use: FreshUse) -> Site:
    assert use.hand is not None
    code = facts.code.function(use.hand.function)
    return Site(code.path, code.body.var_spans[use.hand.var])


def _sureness(use: FreshUse) -> Confidence:
    """One call among others that slipped, or a context that nobody asks, is a mistake; several detached steps
    in a row, endings, and contexts that a function is there to make are rather meant."""
    if use.undoes or (use.named and not use.unused):
        return Confidence.LOW
    if use.hand is None:
        return Confidence.LOW if use.limited and use.at_start else Confidence.MEDIUM
    if (use.unused and not use.named) or (use.admitted and not use.hand.of_field):
        return Confidence.HIGH
    return Confidence.MEDIUM if use.alone else Confidence.LOW
