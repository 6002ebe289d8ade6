"""A lock is taken again by the goroutine that holds it.

What it finds: Lock on a mutex that is held already, on some way at least, in the same function or along a chain of
calls, or in the next round of a loop that defers its Unlock; Lock where the same RWMutex is held for reading; RLock
inside RLock where some goroutine locks for writing. Also a listener that is run under the lock of whom it was
registered with, and asks it back, what its owner keeps in a map or slice and calls under its lock, a value that is
printed or serialised under the lock which its String or MarshalJSON takes, and a sync.Once that the function which it
runs comes to again.

Why it matters: Go's locks are not recursive. The goroutine waits for itself for ever, and everybody else who
needs the lock waits with it. A second RLock blocks as soon as a writer queues up between the two.

Example:

    func (c *cache) Get(key string) string {
        c.mu.Lock()
        defer c.mu.Unlock()
        if _, ok := c.items[key]; !ok {
            c.load(key)
        }
        return c.items[key]
    }

    func (c *cache) load(key string) {
        c.mu.Lock()
        defer c.mu.Unlock()
        c.items[key] = read(key)
    }

Instead:

    func (c *cache) loadLocked(key string) {
        c.items[key] = read(key)
    }

Limits: two locks are one when they are the same field of the same object as seen along the calls; objects
that come out of maps, slices and channels are not compared, unless a pointer leads back to where they are kept.
What `go vet` tells of copied locks is not repeated.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.deadlocks.back_pointers import BackPointers
from govet_py.concurrency.deadlocks.lock_story import lock_steps
from govet_py.concurrency.deadlocks.once_reentries import OnceReentries, reentry_finding
from govet_py.concurrency.deadlocks.reentries import Reentries
from govet_py.concurrency.deadlocks.relocks import Relock, Way, relocks
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.facts import Facts
from govet_py.model.finding import Confidence, Finding, Rule, Severity
from govet_py.model.source import Site

RULE = Rule("GV401", "double-lock", Severity.ERROR, __doc__)

_HOW = {
    Way.LOCKED: "is locked again while this goroutine holds it",
    Way.UPGRADE: "is locked for writing while this goroutine holds it for reading",
    Way.RECURSIVE_READ: "is locked for reading again while this goroutine holds it: a writer in between blocks both",
}


def run(facts: Facts) -> Iterator[Finding]:
    """One finding an acquisition, told from the function nearest to it that holds the lock."""
    told: set[Site] = set()
    pointers = BackPointers(facts.code, facts.values, facts.calls, facts.slices)
    reentries = Reentries(facts.code, facts.values, facts.calls, facts.callbacks, facts.critical.events)
    found = relocks(pointers, reentries, facts.critical.pairs, facts.critical.is_written)
    for relock in sorted(found, key=lambda relock: len(lock_steps(relock.pair, relock.held))):
        site = relock.pair.event.site
        if site not in told:
            told.add(site)
            yield _finding(facts, relock)
    for again in OnceReentries(facts.code, facts.values, facts.calls).all():
        yield reentry_finding(RULE, facts.code, again)


def _finding(facts: Facts, relock: Relock) -> Finding:
    pair, held = relock.pair, relock.held
    message = f"{held.what} {_HOW[relock.way]} (in {short_name(pair.function)})"
    site = facts.code.function(pair.function).site(pair.anchor)
    identity = (held.what, pair.event.what, relock.way.value)
    return Finding(RULE, _confidence(relock), message, site, pair.function, identity, lock_steps(pair, held))


def _confidence(relock: Relock) -> Confidence:
    if relock.asked:
        return Confidence.MEDIUM
    sure = Confidence.HIGH if relock.way != Way.RECURSIVE_READ and not relock.back else Confidence.MEDIUM
    return Confidence(max(sure - relock.pair.event.doubt, Confidence.LOW))
