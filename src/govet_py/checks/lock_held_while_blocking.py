"""A lock is held while its holder waits for somebody who needs that very lock first.

What it finds: a channel operation, a select without a way out, a WaitGroup or a condition that is waited for
while a mutex is held, where everybody who could end the wait may have to take the mutex before. Also methods
that wait for a goroutine which runs a callback, such as the Stop of a timer, when the callback takes the lock;
closing a pool while a borrower needs the lock; and a lock held across a call over the network that the event
loop of another goroutine needs for every value it receives, or that somebody comes to with a wider lock in hand.

Why it matters: both wait for each other for ever, and so does everybody else who comes to the lock.
Vitess had it: https://github.com/vitessio/vitess/pull/18276

Example:

    func (w *Watcher) Close() {
        w.mu.Lock()
        defer w.mu.Unlock()
        w.cancel()
        w.wg.Wait()                     // waits for loop
    }

    func (w *Watcher) loop() {
        defer w.wg.Done()
        for range w.ticker.C {
            w.mu.Lock()                 // held by Close
            w.refresh()
            w.mu.Unlock()
        }
    }

Instead:

    func (w *Watcher) Close() {
        w.mu.Lock()
        w.cancel()
        w.mu.Unlock()
        w.wg.Wait()
    }

Limits: locks and channels are compared by type and field, not by object. A party that takes the lock once
before it serves the wait, and may have done so already, is told at low confidence; so are sends on channels
with a buffer of more than one, unless they take the slots of a semaphore, or one goroutine alone receives and
takes the lock of the sending function between two values.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.deadlocks.cycle_story import (
    holder_steps,
    holders,
    needed_text,
    others,
    party_name,
    party_steps,
    served_text,
    wait_text,
)
from govet_py.concurrency.deadlocks.network_story import network_holders, network_message, network_steps
from govet_py.concurrency.deadlocks.network_waits import NetworkWait
from govet_py.concurrency.deadlocks.parties import Party
from govet_py.concurrency.deadlocks.wait_cycles import WaitCycle
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.locks.lock_names import lock_text
from govet_py.model.finding import Confidence, Finding, Rule, Severity

RULE = Rule("GV403", "lock-held-while-blocking", Severity.ERROR, __doc__)
FEW = 3
"""The implementations of an interface method up to which one of them is likely to be meant."""


MANY = 2
"""The other functions that take a lock, from which on it matters how long it is held."""

SMALL = 1
"""The values in a buffer up to which a few in a row are enough to fill it."""

FAR = 7
"""The calls from a party down to the lock beyond which some condition on the way is likely to stand against it."""


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a lock and wait, told by the nearest holder; for a WaitGroup one a goroutine that is stuck."""
    groups: dict[object, list[tuple[WaitCycle, tuple[Party, ...]]]] = {}
    for cycle in facts.wait_cycles:
        for parties in cycle.separate():
            serving = frozenset(party.release.function for party in parties)
            key = (cycle.holding.lock, cycle.wait.function, cycle.wait.alternatives[0].kind, serving)
            groups.setdefault(key, []).append((cycle, parties))
    for group in groups.values():
        group.sort(key=lambda one: len(one[0].holding.way))
        yield _finding(facts, group)
    yield from _network(facts)


def _network(facts: Facts) -> Iterator[Finding]:
    """A lock that is held while another machine is waited for and that others need: one finding a lock where an
    event loop or a wider lock is held up by it, otherwise one a lock and function."""
    groups: dict[object, list[NetworkWait]] = {}
    for wait in facts.network_waits:
        if len(wait.users) >= MANY:
            spreads = wait.near or wait.queue
            groups.setdefault(wait.lock if spreads else (wait.lock, wait.way[0].function), []).append(wait)
    for group in groups.values():
        wait, code = group[0], facts.code
        holder = wait.way[0]
        site = code.function(holder.function).site(holder.register)
        party = wait.near.receive.function if wait.near else wait.queue.function if wait.queue else ""
        identity = (str(wait.lock), "Network", party)
        sureness = Confidence.MEDIUM if wait.near or wait.queue else Confidence.LOW
        message, steps = network_message(code, wait), tuple(network_steps(code, wait))
        also = network_holders(code, group[1:])
        yield Finding(RULE, sureness, message, site, holder.function, identity, steps, also)


def _finding(facts: Facts, group: list[tuple[WaitCycle, tuple[Party, ...]]]) -> Finding:
    code, (cycle, parties) = facts.code, group[0]
    holder, first = cycle.holding.way[0], parties[0]
    lock, what = lock_text(code, cycle.holding.lock), wait_text(code, cycle)
    whose = "its goroutine" if first.callback else "it"
    when = f"{'when it no longer' if first.gone else f'before {whose}'} {served_text(code, first)}"
    message = (
        f"{lock} is held while {short_name(holder.function)} waits for {what}, "
        f"but {party_name(first)} needs {needed_text(code, cycle, first)} {when}"
    )
    steps = (*holder_steps(code, cycle), *party_steps(code, cycle, first, 2))
    related = (*others(code, parties), *holders(code, [cycle for cycle, _ in group[1:]]))
    site = code.function(holder.function).site(holder.register)
    identity = (lock, what, short_name(first.release.function))
    confidence = max(_sureness(facts, one, which) for one, which in group)
    return Finding(RULE, confidence, message, site, holder.function, identity, steps, related)


def _sureness(facts: Facts, cycle: WaitCycle, parties: tuple[Party, ...]) -> Confidence:
    spread = max(cycle.holding.spread, *(party.spread for party in parties))
    far = any(party.length > FAR for party in parties)
    gone = any(party.gone for party in parties)
    waits = (cycle.wait, *(party.behind for party in parties if party.behind is not None))
    room = 0 if gone else max(facts.operations.room(wait) for wait in waits)
    direct = spread == 1 and all(party.is_direct for party in parties)
    fills = room <= SMALL or (direct and len(parties) == len(cycle.holding.way) == 1)
    if spread > FEW or far or not fills or not all(party.sure for party in parties):
        return Confidence.LOW
    plain = direct and not (gone or room or cycle.wait.bounded)
    return Confidence.HIGH if plain else Confidence.MEDIUM
