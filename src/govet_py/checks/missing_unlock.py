"""A path through a function leaves a lock, a slot of a semaphore or a pooled thing held.

What it finds: a return, or another round of a loop, that is reached with a lock held which other paths of the function
release. Deferred unlocks, unlocks in callees, closures and goroutines count, and so do conditions that go together (`if
need { mu.Lock() }` … `if need { mu.Unlock() }`). A function that hands the held lock to its caller is left alone where
some other function releases what it has not taken. So with slots of semaphores, of channels of tokens and of a
program's own limiters (`Get(user) bool`, `Release(user)`; `AcquireLease(ctx) error`, `ReleaseLease(ctx) error`), with
the locks of keys (`Lock(name)`, `Unlock(name)`), with what is received from a channel and sent back, and with what a
function hands out that nearly all of its callers give back (`conn.Recycle()`, `tx.Rollback()`), or the caller itself on
another way on which it fails. What a function takes and leaves to its callers to give back, a slot, the lock of its
result or what a channel keeps for all, is followed to them; who gets the function that gives it back, `unlock :=
keys.Lock(name)`, has to call that. A token that is taken out again in a deferred select is left in when the context has
ended. An Open that fails must close the parts which Close, without the mark that Open sets in the end, passes over.
Also what a variable held that is given something else before a deferred literal releases what it holds then.

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

Limits: a panic is taken for a path only where the program panics itself, below a function that recovers or in a
handler of requests, and with low confidence if it does so in a callee and not for what a caller gives; locks that are
elements of a collection are compared only where one loop, or one variable, takes and releases them.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.obligations.cancels import Cancels
from govet_py.concurrency.obligations.entrusted import EntrustedThings, entrusted_finding
from govet_py.concurrency.obligations.free_lists import pool_leaks
from govet_py.concurrency.obligations.half_open import half_open_findings
from govet_py.concurrency.obligations.leak_story import also, way_steps
from govet_py.concurrency.obligations.lock_leaks import LockLeak
from govet_py.concurrency.obligations.pairs import PairLeak
from govet_py.concurrency.obligations.panics import Panics, panic_finding
from govet_py.concurrency.obligations.perhaps_returned import perhaps_returned
from govet_py.concurrency.obligations.release_functions import ReleaseFunctions, release_findings
from govet_py.concurrency.obligations.semaphores import SlotLeak
from govet_py.concurrency.obligations.stale_defers import stale_defers
from govet_py.model import ir
from govet_py.model.finding import Confidence, Finding, Related, Rule, Severity, Step

RULE = Rule("GV404", "missing-unlock", Severity.ERROR, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a function and lock, semaphore or thing that was taken."""
    told = set[tuple[str, int]]()
    for leak in facts.lock_leaks.all():
        told.add((leak.function, leak.acquire))
        yield _lock_finding(facts, leak)
    entrusted = EntrustedThings(facts.code, facts.values, facts.calls, facts.locks.locks, facts.semaphores)
    found = {facts.code.function(lost.function).site(lost.call): lost for lost in entrusted.leaks()}
    locks = {facts.code.function(function).site(acquire) for function, acquire in told}
    for slot in (*facts.semaphores.leaks(), *pool_leaks(facts.code)):
        if slot.site not in found and slot.site not in locks:
            yield _unchecked_finding(facts, slot) if slot.unchecked else _slot_finding(facts, slot)
    yield from perhaps_returned(RULE, facts.code, facts.semaphores)
    for pair in facts.pairs.leaks():
        found.pop(facts.code.function(pair.taken.function).site(pair.taken.call), None)
        yield _pair_finding(facts, pair)
    for lost in found.values():
        yield entrusted_finding(RULE, facts.code, lost)
    for panic in Panics(facts.code, facts.calls, facts.slices, facts.locks.locks).leaks():
        yield panic_finding(RULE, facts.code, panic)
    yield from half_open_findings(RULE, facts.code)
    yield from stale_defers(RULE, facts.code, cancels=False)
    makers = ReleaseFunctions(facts.code, facts.values, facts.locks.locks, facts.semaphores).makers()
    for kept in Cancels(facts.code, facts.calls, makers).lost():
        if (kept.made.function, kept.made.call) not in told:
            yield from release_findings(RULE, facts.code, kept)


def _lock_finding(facts: Facts, leak: LockLeak) -> Finding:
    code = facts.code.function(leak.function)
    name = leak.name
    first, *rest = leak.held
    others = tuple(exit.register for exit in rest if exit.register != first.register)
    left = f"here again, {name} still held" if first.again else f"{name} is still held here"
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


def _slot_finding(facts: Facts, leak: SlotLeak) -> Finding:
    code = facts.code.function(leak.function)
    taken = Step(leak.site, f"{leak.thing} of {leak.name} is taken")
    steps = way_steps(code, taken, leak.held[0], "it has not been given back")
    when = "takes the next one" if leak.held[0].again else "returns"
    message = f"{leak.thing} of {leak.name} is not given back on a path on which {short_name(code.id)} {when}"
    related = also(code, leak.freed, "other paths give it back here")
    return Finding(RULE, Confidence.MEDIUM, message, steps[-1].site, code.id, (leak.name,), steps, related)


def _unchecked_finding(facts: Facts, leak: SlotLeak) -> Finding:
    code = facts.code.function(leak.function)
    message = f"nobody looks whether {leak.name} was acquired before it is released (in {short_name(code.id)})"
    steps = (
        Step(leak.site, "fails without a slot when the context ends; the error is thrown away"),
        *(Step(code.site(register), "gives back what may not have been taken") for register in leak.freed[:1]),
    )
    return Finding(RULE, Confidence.HIGH, message, steps[0].site, code.id, ("unchecked", leak.name), steps)


def _pair_finding(facts: Facts, leak: PairLeak) -> Finding:
    code = facts.code.function(leak.taken.function)
    call = code.code[leak.taken.call]
    assert isinstance(call, ir.Call)
    name, source = code.body.vars[leak.taken.var].name, expression(code, call.callee)
    taken = Step(code.site(leak.taken.call), f"{source} hands out {name}")
    steps = way_steps(code, taken, leak.held[0], f"{name} has not been given back")
    related = also(code, leak.released, "other paths give it back here")
    unlike = "on other ways on which it fails"
    if leak.example is not None:
        sibling, unlike = facts.code.function(leak.example[0]), f"in {leak.siblings} of {leak.callers} callers"
        given = f"{leak.siblings} of {leak.callers} callers give it back, as here"
        related = (*related, Related(sibling.site(leak.example[1]), given))
    message = (
        f"{name} of {source} is not given back ({leak.verb}) on a path on which {short_name(code.id)} returns, "
        f"unlike {unlike}"
    )
    return Finding(RULE, Confidence.MEDIUM, message, taken.site, code.id, (source, name), steps, related)
