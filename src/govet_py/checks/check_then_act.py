"""A value is tested in one critical section and acted on in a later one, with no second test.

What it finds: a field, map entry or atomic that is read under its lock (or by one atomic step), and written in a
later critical section because of what was read, while the lock was free in between: an object that two
goroutines both find missing and both create, a counter whose increments are lost, a limit that is exceeded, work
that a flag was to keep from being done twice. Getters and setters that lock inside count as such sections.

Why it matters: every access is locked, so that the race detector stays silent; yet the second goroutine's
object replaces the first one, which is leaked, or the work is done twice (`close of closed channel`).

Example:

    func (p *pool) Get(addr string) *conn {
        p.mu.Lock()
        c := p.conns[addr]
        p.mu.Unlock()
        if c == nil {
            c = dial(addr)
            p.mu.Lock()
            p.conns[addr] = c
            p.mu.Unlock()
        }
        return c
    }

Instead:

    func (p *pool) Get(addr string) *conn {
        p.mu.Lock()
        defer p.mu.Unlock()
        c := p.conns[addr]
        if c == nil {
            c = dial(addr)
            p.conns[addr] = c
        }
        return c
    }

or look again after the second Lock; for atomics CompareAndSwap, for sync.Map LoadOrStore.

Limits: keys are compared by how they are computed. Values without state of their own may be made twice: a
cache of what can be computed again is no bug, and told at low confidence only.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.atomicity import Gap, Harm
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.touches import STEP
from govet_py.model.finding import Confidence, Finding, Related, Rule, Severity, Step

RULE = Rule("GV104", "check-then-act", Severity.WARNING, __doc__)
MAX_RELATED = 5

_HARMS = {
    Harm.LOST_UPDATE: "another goroutine's update in between is lost",
    Harm.CREATED_TWICE: "two goroutines may both create one, and the first is lost",
    Harm.LIMIT: "another goroutine may have changed it in between, and both go on",
    Harm.TWICE: "two goroutines may both pass the test and both go on",
    Harm.BACKWARDS: "another goroutine's newer value in between is overwritten",
    Harm.UNCLEAR: "another goroutine may have changed it in between",
}


def run(facts: Facts) -> Iterator[Finding]:
    """One finding an act, told with the test that it relies on."""
    told = set()
    for gap in facts.atomicity.gaps():
        key = (gap.function, gap.act.register)
        if key not in told:
            told.add(key)
            yield _finding(facts, gap)


def _finding(facts: Facts, gap: Gap) -> Finding:
    code = facts.code.function(gap.function)
    test, act = gap.test, gap.act
    site = code.site(act.register)
    atomic = gap.guard.fields[-1:] == (STEP,)
    apart = "in two atomic steps" if atomic else "in two critical sections"
    message = (
        f"{test.what} is tested and {act.what} then set {apart}: {_HARMS[gap.harm]} (in {short_name(gap.function)})"
    )
    steps = [Step(code.site(test.register), f"tests {test.what}", 1)]
    if test.inner is not None:
        steps.append(Step(test.inner[1], f"reads {test.what} (in {short_name(test.inner[0])})", 1, 1))
    steps.append(Step(site, f"sets {act.what} as if it were unchanged", 1))
    if act.inner is not None:
        steps.append(Step(act.inner[1], f"sets {act.what} (in {short_name(act.inner[0])})", 1, 1))
    related = tuple(
        Related(facts.code.function(id).site(register), f"sets {act.what} as well (in {short_name(id)})")
        for id, register in gap.others[:MAX_RELATED]
    )
    confidence = Confidence.LOW if gap.harm == Harm.UNCLEAR else Confidence.MEDIUM
    identity = (str(act.member), gap.harm.value)
    return Finding(RULE, confidence, message, site, gap.function, identity, tuple(steps), related)
