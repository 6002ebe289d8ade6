"""Start-up code watches a record that nobody may have built yet.

What it finds: a component's start-up code, called by a program, that comes to a watch of a derived record
which only another component's events create, without building the record first when it is absent, and
without having looked whether it is there: a read whose error is handed up as it is does not help. And a
listener that returns false for each error, such as that the record is not there yet, to somebody who keeps
only those that return true.

Why it matters: in a new cell, or for a new keyspace, the component comes up and can do nothing until an
operator builds the record by hand.
Vitess had it: https://github.com/vitessio/vitess/pull/17915

Example:

    func Init(ctx context.Context, ts *topo.Server, cell string) {
        ts.WatchSrvVSchema(ctx, cell, onChange)
    }

Instead:

    func Init(ctx context.Context, ts *topo.Server, cell string) error {
        if _, err := ts.GetSrvVSchema(ctx, cell); topo.IsErrType(err, topo.NoNode) {
            if err := ts.RebuildSrvVSchema(ctx, []string{cell}); err != nil {
                return err
            }
        }
        ts.WatchSrvVSchema(ctx, cell, onChange)
        ...

Limits: the records known are those of Vitess, those of stores that declare `WatchX`, `GetX` and `CreateX` or the
like (the latter two may fail), keys that stores watch and write, `Watch(ctx, rulesKey)`, in helpers too, and those
under `[[records]]` in `.govet-py.toml`; calls are taken in source order, but for those that a flag asks for or that a
goroutine makes at an event; a watch in a loop that goes on after errors is taken to wait for the record; what is read
at start only is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.protocols.given_up_watches import GivenUp, given_up_watches
from govet_py.concurrency.protocols.startup import EarlyWatch
from govet_py.model import ir
from govet_py.model.finding import Confidence, Finding, Rule, Severity, Step

RULE = Rule("GV602", "watch-before-ensure", Severity.WARNING, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a start-up function and record."""
    for early in facts.start_up.early_watches():
        yield _finding(facts, early)
    for given_up in given_up_watches(facts.code, facts.slices, facts.callbacks.invokers):
        yield _given_up(facts, given_up)


def _given_up(facts: Facts, one: GivenUp) -> Finding:
    code, keeper = facts.code.function(one.listener), facts.code.function(one.keeper)
    name = short_name(one.listener)
    message = f"{name} refuses to hear more at any error, and for good: {short_name(one.keeper)} drops it"
    site = code.site(one.leaves)
    steps = (Step(site, f"{name} returns false for an error"), Step(keeper.site(one.call), "it is kept only for true"))
    return Finding(RULE, Confidence.MEDIUM, message, site, code.id, ("given up", one.keeper), steps)


def _finding(facts: Facts, early: EarlyWatch) -> Finding:
    code = facts.code.function(early.entry)
    call = code.code[early.call]
    assert isinstance(call, ir.Call)
    callee, record = expression(code, call.callee), early.record.name
    message = (
        f"{short_name(early.entry)} comes to a watch of {record} through {callee}, but nothing before builds "
        f"{record} when it is absent"
    )
    builders = ", ".join(sorted(early.record.ensures))
    steps = (
        Step(early.started, f"the program starts {short_name(early.entry)}"),
        *(Step(site, "which calls", 0, depth) for depth, site in enumerate(early.path[:-1], 1)),
        Step(early.path[-1], f"{record} is watched; {builders} would build it", 0, len(early.path)),
    )
    return Finding(RULE, Confidence.MEDIUM, message, code.site(early.call), early.entry, (callee, record), steps)
