"""A value is tested in one critical section and acted on in a later one, with no second test.

What it finds: a field, map entry or atomic that is read under its lock (or by one atomic step), and written in a
later critical section because of what was read, while the lock was free in between: an object that two
goroutines both find missing and both create, a counter whose increments are lost, a limit that is exceeded, work
that a flag was to keep from being done twice, an entry that is removed from two maps, or a map and a list, and comes
back in one of them.
Also what is not nil in one section and used in a later one, while other code sets it to nil, and an entry of a map
that other code deletes.
Also what was tested before `Wait` of a sync.Cond, and is acted on behind it without another test: no loop.
Also work behind the test of a state that is not counted in a WaitGroup, as it is elsewhere, for who changes the state.
Getters and setters that lock inside count as such sections.

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

from govet_py.concurrency.describe import short_name
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.obligations.uncounted import UncountedWork, uncounted_finding
from govet_py.concurrency.races.atomicity import Gap, Harm
from govet_py.concurrency.races.fresh_onces import FreshOnce
from govet_py.concurrency.races.touch import STEP, Touch
from govet_py.model.finding import Confidence, Finding, Related, Rule, Severity, Step
from govet_py.model.source import Site

RULE = Rule("GV104", "check-then-act", Severity.WARNING, __doc__)
MAX_RELATED = 5

_HARMS = {
    Harm.LOST_UPDATE: "another goroutine's update in between is lost",
    Harm.CREATED_TWICE: "two goroutines may both create one, and the first is lost",
    Harm.LIMIT: "another goroutine may have changed it in between, and both go on",
    Harm.TWICE: "two goroutines may both pass the test and both go on",
    Harm.OVERWRITTEN: "two goroutines may both find it missing, and the second overwrites the first",
    Harm.BACKWARDS: "another goroutine's newer value in between is overwritten",
    Harm.TORN: "the lock is given back and taken again at once, and another goroutine may come in between",
    Harm.REVIVED: "another goroutine may have removed it in between, and it comes back in one of two tables",
    Harm.GONE: "another goroutine may have set it to nil in between",
    Harm.REMOVED: "another goroutine may have removed it in between",
    Harm.WOKEN: "a goroutine that was woken too may have been first; the test belongs in a loop",
    Harm.UNCLEAR: "another goroutine may have changed it in between",
}


def run(facts: Facts) -> Iterator[Finding]:
    """One finding an act, told with the test that it relies on."""
    told: set[tuple[str, Site]] = set()
    for gap in facts.atomicity.gaps():
        at = gap.act.inner.site if gap.act.inner else facts.code.function(gap.function).site(gap.act.register)
        if (gap.function, at) not in told:
            told.add((gap.function, at))
            yield _finding(facts, gap)
    for fresh in facts.atomicity.fresh_onces():
        yield _fresh_once(facts, fresh)
    for work in UncountedWork(facts.code, facts.calls, facts.wait_groups, facts.locks.locks).find():
        yield uncounted_finding(RULE, facts.code, work)


def _fresh_once(facts: Facts, found: FreshOnce) -> Finding:
    code = facts.code.function(found.function)
    message = (
        f"{short_name(code.id)} runs a sync.Once that it has just made and put in place of what was there: whoever "
        "comes does again what was to be done once"
    )
    steps = (
        Step(code.site(found.kept), "a new sync.Once takes the place of the one that others may have run"),
        Step(code.site(found.run), "it is run: it has never been before"),
    )
    return Finding(RULE, Confidence.MEDIUM, message, code.site(found.run), code.id, ("once",), steps)


def _finding(facts: Facts, gap: Gap) -> Finding:
    code = facts.code.function(gap.function)
    test, act = gap.test, gap.act
    site = code.site(act.register)
    name = "it" if act.what == test.what else act.what
    is_use = gap.harm in (Harm.GONE, Harm.REMOVED)
    deed = f"then {'uses' if is_use else 'sets'} {name}"
    deed = f"then calls {act.what}" if act.inner and not is_use else deed
    message = f"{short_name(gap.function)} tests {test.what} and {deed} {_apart(gap)}: {_HARMS[gap.harm]}"
    steps = (
        *_steps(code.site(test.register), test, f"tests {test.what}", "reads"),
        *_steps(site, act, f"{deed}, as if nothing had changed", "uses" if is_use else "sets"),
    )
    related = tuple(
        Related(facts.code.function(id).site(other.register), f"{other.what} is set as well (in {short_name(id)})")
        for id, other in gap.others[:MAX_RELATED]
    )
    confidence = Confidence.LOW if gap.harm == Harm.UNCLEAR else Confidence.MEDIUM
    identity = (str(act.member), gap.harm.value)
    return Finding(RULE, confidence, message, site, gap.function, identity, steps, related)


def _apart(gap: Gap) -> str:
    if gap.guard is None:
        locked = any(other.guards for _, other in gap.others)
        return "without the lock that others hold for it" if locked else "without a lock"
    if gap.harm == Harm.WOKEN:
        return "behind a Wait, which gives the lock back"
    if not gap.test.guards:
        return "with the lock for the second only"
    return "in two atomic steps" if gap.guard.fields[-1:] == (STEP,) else "in two critical sections"


def _steps(site: Site, touch: Touch, message: str, verb: str) -> Iterator[Step]:
    yield Step(site, message, 1)
    if touch.inner is not None:
        yield Step(touch.inner.site, f"{verb} {touch.inner.what} (in {short_name(touch.inner.function)})", 1, 1)
