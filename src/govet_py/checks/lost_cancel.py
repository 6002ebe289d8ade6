"""The cancel function of a context is lost.

What it finds: a cancel function that is thrown away, that some path does not call, that the next round of a
loop replaces without a call, that is deferred in a loop, that is kept in a field which nothing in the
program ever reads, in an object that is dropped on a path, or in the place of an older one that nobody has called,
that another one takes the place of before a deferred literal calls what the variable holds then,
that only the goroutine calls which waits for the context to end, that literals call after a failure and nobody when
all goes well, or that a deferred function calls on a condition (`err != nil`) which does not hold when another error
is returned. Functions of the program that return a cancel function, or a closure that calls one, count like
`context.WithCancel` itself. To return it, to pass it on or to capture it for more than failures is no loss.

Why it matters: the context stays registered with its parent, with its timer and what waits for it, until the
parent ends or the time is up; in a server that is a leak for every request.

Example:

    for event := range events {
        ctx, cancel := context.WithTimeout(parent, time.Second)
        if err := handle(ctx, event); err != nil {
            continue
        }
        cancel()
    }

Instead:

    for event := range events {
        ctx, cancel := context.WithTimeout(parent, time.Second)
        err := handle(ctx, event)
        cancel()
        ...
    }

Limits: `go vet` (lostcancel) finds a cancel function that is discarded or unused on a path of one function;
wrappers, loops, tests that go together and fields are what this rule adds. Whether a function that is
handed a cancel function calls it is not followed.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.obligations.cancels import Loss, LostCancel
from govet_py.concurrency.obligations.leak_story import also, way_steps
from govet_py.concurrency.obligations.stale_defers import stale_defers
from govet_py.model import ir
from govet_py.model.finding import Confidence, Finding, Related, Rule, Severity, Step

RULE = Rule("GV203", "lost-cancel", Severity.WARNING, __doc__)

_MESSAGES = {
    Loss.DISCARDED: "the cancel function of {maker} is thrown away (in {function})",
    Loss.PATH: "{name} is not called on a path on which {function} returns",
    Loss.ROUND: "{name} is replaced in the next round of a loop without having been called (in {function})",
    Loss.PILED_UP: "{name} is deferred in a loop: no call runs before {function} returns",
    Loss.WATCHDOG: "only the goroutine that waits for its context calls {name}: it stays when {function} returns",
    Loss.FIELD: "{name} keeps a cancel function that nothing in the program calls",
    Loss.DROPPED: "{name} is not called on a path on which {function} drops the object that keeps it",
    Loss.GUARDED: "{name} is deferred on a condition that does not hold on a path on which {function} fails",
    Loss.REPLACED: "{name} is replaced without having been called, where the object has one already (in {function})",
}

_PLACES = {
    Loss.PILED_UP: "deferred in the loop",
    Loss.FIELD: "kept in {name}",
    Loss.REPLACED: "takes the place of the one that {name} may have kept",
    Loss.WATCHDOG: "waits for the context, and alone may end it",
}


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a cancel function."""
    for loss in facts.cancels.lost():
        yield _finding(facts, loss)
    yield from stale_defers(RULE, facts.code, cancels=True)


def _finding(facts: Facts, lost: LostCancel) -> Finding:
    code = facts.code.function(lost.made.function)
    call = code.code[lost.made.call]
    assert isinstance(call, ir.Call)
    maker = expression(code, call.callee)
    made = Step(code.site(lost.made.call), f"{maker} makes the cancel function")
    steps: tuple[Step, ...] = (made,)
    if lost.exits:
        left = f"{lost.name} has not been called"
        steps = way_steps(code, made, lost.exits[0], left)
    elif lost.at != ir.NONE:
        steps = (made, Step(code.site(lost.at), _PLACES.get(lost.loss, "").format(name=lost.name)))
    related: tuple[Related, ...] = also(code, tuple(exit.register for exit in lost.exits[1:]), "nor is it here")
    message = _MESSAGES[lost.loss].format(name=lost.name, maker=maker, function=short_name(code.id))
    identity = (lost.loss.value, lost.name or maker)
    return Finding(RULE, _confidence(lost), message, made.site, code.id, identity, steps, related)


def _confidence(lost: LostCancel) -> Confidence:
    if lost.loss == Loss.PILED_UP:
        return Confidence.MEDIUM if lost.endless else Confidence.LOW
    if lost.of_root:
        return Confidence.LOW
    if lost.reported or lost.loss in (Loss.FIELD, Loss.WATCHDOG, Loss.DROPPED, Loss.REPLACED):
        return Confidence.MEDIUM
    return Confidence.HIGH if lost.made.direct else Confidence.MEDIUM
