"""A fresh context reaches a callee that fails without a value which the context at hand carries.

What it finds: a context made by `context.Background()` or `context.TODO()`, also through helpers that keep
only the deadline or the span, or kept in a field since the object was made, that is handed to a call whose callees
look a key up with `ctx.Value` and return an error when it is absent, where this function or a caller had a context
with that key. Functions that are given to a helper have the contexts that the helper calls them with; an HTTP request
stands for the context that it carries.

Why it matters: the call fails every time. Clean-up that was meant to survive a cancelled request does
nothing at all, because the lock information that travels in the context was left behind.
Vitess had it: https://github.com/vitessio/vitess/pull/17616

Example:

    ctx, unlock, err := locks.Lock(ctx, "ks")
    ...
    clean, cancel := context.WithTimeout(context.Background(), time.Minute)
    defer cancel()
    return update(clean) // update -> locks.Check(ctx): "not locked"

Instead:

    clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
    defer cancel()
    return update(clean)

Limits: a requirement under a condition counts like one without; contexts that are stored in structs, those
of groups of work included, are not followed, but for those that are fresh wherever the field is set.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.contexts.contexts import DroppedValue, Requirement
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.facts import Facts
from govet_py.model.finding import Confidence, Finding, Rule, Severity, Step
from govet_py.model.ir import Call

RULE = Rule("GV201", "context-value-dropped", Severity.ERROR, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a call that is given a context without the value its callees need."""
    for dropped in facts.contexts.dropped:
        yield _finding(facts, dropped)


def _finding(facts: Facts, dropped: DroppedValue) -> Finding:
    code = facts.code.function(dropped.function)
    call = code.code[dropped.call]
    assert isinstance(call, Call)
    callee, key = expression(code, call.callee), dropped.key.rpartition("/")[2]
    message = f"{callee} fails without the context value {key}, which this fresh context does not have"
    there = "is looked up and found in a context" if dropped.provided.found else "is put into the context"
    steps = (
        Step(dropped.provided.site, f"{key} {there} here (in {short_name(dropped.provided.function)})"),
        *(Step(site, "that context is passed on") for site in dropped.provided.through),
        *(Step(site, "this call does not hand it on") for site in dropped.provided.without),
        Step(dropped.fresh, "a fresh context, without the value, is made"),
        Step(code.site(dropped.call), f"it is given to {callee}"),
        *_missed(dropped.requirement, key),
    )
    confidence = Confidence.HIGH if dropped.requirement.certain else Confidence.MEDIUM
    return Finding(RULE, confidence, message, code.site(dropped.call), code.id, (callee, key), steps)


def _missed(requirement: Requirement | None, key: str) -> Iterator[Step]:
    depth = 1
    while requirement is not None:
        if requirement.site is not None:
            last = requirement.inner is None
            yield Step(requirement.site, f"{key} is looked up and missed" if last else "which hands it on", 0, depth)
            depth += 1
        requirement = requirement.inner
