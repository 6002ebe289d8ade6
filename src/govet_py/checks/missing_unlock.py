"""A path through a function leaves a lock held.

What it finds: a return, or another round of a loop, that is reached with a lock held which other paths of
the function release. Deferred unlocks, unlocks in callees, closures and goroutines count, and so do
conditions that go together (`if need { mu.Lock() }` … `if need { mu.Unlock() }`). A function that hands
the held lock to its caller is left alone where some other function releases what it has not taken.

Why it matters: the next one who wants the lock waits for ever, and with it all who come after.

Example:

    s.mu.Lock()
    if s.closed {
        return errClosed
    }
    s.mu.Unlock()

Instead:

    s.mu.Lock()
    defer s.mu.Unlock()
    if s.closed {
        return errClosed
    }

Limits: a panic is not taken for a path; locks that are elements of a collection are compared only where one
loop takes and releases them.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.describe import short_name
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.leak_story import also, way_steps
from govet_py.concurrency.lock_leaks import LockLeak
from govet_py.model.finding import Confidence, Finding, Rule, Severity, Step

RULE = Rule("GV404", "missing-unlock", Severity.ERROR, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a lock and function."""
    for leak in facts.lock_leaks.all():
        yield _lock_finding(facts, leak)


def _lock_finding(facts: Facts, leak: LockLeak) -> Finding:
    code = facts.code.function(leak.function)
    name = leak.name
    first, *rest = leak.held
    others = tuple(exit.register for exit in rest if exit.register != first.register)
    left = f"{name} is taken again, still held" if first.again else f"{name} is still held here"
    steps = way_steps(code, Step(code.site(leak.acquire), f"{name} is taken"), first, left)
    site = steps[-1].site if leak.freed and not first.again else code.site(leak.acquire)
    related = (
        *also(code, others, "this way out leaves it held as well"),
        *also(code, leak.freed, "other paths release it here"),
    )
    when = "goes round its loop" if first.again else "returns"
    message = f"{name} stays locked on a path on which {short_name(code.id)} {when}"
    confidence = Confidence.HIGH if leak.kept_nowhere else Confidence.MEDIUM
    return Finding(RULE, confidence, message, site, code.id, (name,), steps, related)
