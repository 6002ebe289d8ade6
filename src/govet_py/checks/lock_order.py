"""Two locks are taken in opposite orders by code that may run at the same time.

What it finds: a function that takes lock B while it holds lock A, directly, along calls or through a callback
that was registered before, while another takes A under B; cycles of three and more locks; locks of many
objects that are taken in the order of a map and kept; the locks of two objects of one kind, taken in the order in
which a call names them.

Why it matters: each side gets its first lock and waits for the other's. Neither ever goes on, and whoever needs
one of the locks afterwards waits as well. It takes an unlucky moment, so that tests pass.

Example:

    func (s *store) Close() {
        s.mu.Lock()
        defer s.mu.Unlock()
        s.engine.Unregister(s)
    }

    func (e *engine) Unregister(s *store) {
        e.mu.Lock()
        defer e.mu.Unlock()
        delete(e.stores, s)
    }

    func (e *engine) broadcast() {
        e.mu.Lock()
        defer e.mu.Unlock()
        for s := range e.stores {
            s.refresh()
        }
    }

    func (s *store) refresh() {
        s.mu.Lock()
        defer s.mu.Unlock()
    }

Instead:

    func (s *store) Close() {
        s.engine.Unregister(s)
        s.mu.Lock()
        defer s.mu.Unlock()
    }

Limits: locks are compared by type and field: that both sides meet on the same two objects is assumed. Two locks
of one field are told where they are drawn from one container, or come from one function, for two keys that nobody
compares. A third lock that both sides hold makes the order safe.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.deadlocks.argument_orders import ArgumentOrders, NamedOrder
from govet_py.concurrency.deadlocks.lock_cycles import Cycle
from govet_py.concurrency.deadlocks.lock_loops import LockLoop
from govet_py.concurrency.deadlocks.lock_story import lock_steps
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.facts import Facts
from govet_py.model import ir
from govet_py.model.finding import Confidence, Finding, Rule, Severity, Step

RULE = Rule("GV402", "lock-order", Severity.ERROR, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a function that takes locks against the order of another."""
    for cycle in facts.lock_order.cycles():
        yield _finding(facts, cycle)
    for loop in facts.lock_loops.all():
        yield _in_map_order(facts, loop)
    orders = ArgumentOrders(facts.code, facts.values, facts.calls, facts.guarded.entry)
    for order in orders.all(facts.critical.pairs):
        yield _as_named(facts, order)


def _finding(facts: Facts, cycle: Cycle) -> Finding:
    first = cycle.ways[0]
    pair = first.pair
    others = ", ".join(
        f"{short_name(way.pair.function)} takes {way.pair.event.what} while it holds {way.held.what}"
        for way in cycle.ways[1:]
    )
    message = f"{pair.event.what} is taken while {first.held.what} is held (in {short_name(pair.function)}); {others}"
    steps = tuple(
        step for party, way in enumerate(cycle.ways, 1) for step in lock_steps(way.pair, way.held, goroutine=party)
    )
    site = facts.code.function(pair.function).site(pair.anchor)
    identity = tuple(word for way in cycle.ways for word in (way.held.what, way.pair.event.what))
    return Finding(RULE, _confidence(cycle), message, site, pair.function, identity, steps)


def _in_map_order(facts: Facts, loop: LockLoop) -> Finding:
    code = facts.code.function(loop.function)
    call = code.code[loop.call]
    callee = code.code[call.callee] if isinstance(call, ir.Call) else None
    what = expression(code, callee.base) if isinstance(callee, ir.Selector) else "a lock"
    message = (
        f"{what} is taken and kept for one object after another in the order of a map: two goroutines at once may "
        f"wait for each other (in {short_name(loop.function)})"
    )
    steps = (Step(loop.order, "ranges over a map, in any order"), Step(code.site(loop.call), f"takes {what}"))
    identity = (what, "map order")
    return Finding(RULE, Confidence.MEDIUM, message, code.site(loop.call), loop.function, identity, steps)


def _as_named(facts: Facts, order: NamedOrder) -> Finding:
    pair, held = order.pair, order.held
    message = (
        f"{pair.event.what} is taken while {held.what} of another object is held, as the call has them: two calls that "
        f"name the two the other way round may wait for each other (in {short_name(pair.function)})"
    )
    steps = (Step(order.chosen, "names the two objects, in any order"), *lock_steps(pair, held))
    identity = (held.what, pair.event.what, "as named")
    site = facts.code.function(pair.function).site(pair.anchor)
    return Finding(RULE, Confidence.MEDIUM, message, site, pair.function, identity, steps)


def _confidence(cycle: Cycle) -> Confidence:
    doubt = sum(way.pair.event.doubt for way in cycle.ways) + (len(cycle.ways) > 2)
    return Confidence(max(Confidence.HIGH - doubt, Confidence.LOW))
