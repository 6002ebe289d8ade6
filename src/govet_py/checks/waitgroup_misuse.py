"""A WaitGroup counts something else than the goroutines it waits for.

What it finds: Add on the goroutine that it counts, also through a method or helper that the goroutine runs; Add
behind the start of the goroutine that it counts; a goroutine that ends without Done on some path, or a worker that
goes on to the next item so; a group that nothing counts down; Add(1) on a path that starts nothing; Wait inside the
loop that starts the goroutines, all of which were counted before it; Wait before the close, or the receives, that a
counted goroutine needs to get to its end; Wait beside an Add on a goroutine that nothing orders before it, or that
a mark which is set before Wait keeps back for some callers only; Add to a group that was put into a shared map
before.

Why it matters: Wait returns too early, so that what follows races with goroutines that are still at work, or
it never returns.

Example:

    for _, shard := range shards {
        go func() {
            wg.Add(1)
            defer wg.Done()
            copyShard(shard)
        }()
    }
    wg.Wait()

Instead:

    for _, shard := range shards {
        wg.Add(1)
        go func() {
            defer wg.Done()
            copyShard(shard)
        }()
    }
    wg.Wait()

Limits: `go vet` (waitgroup) finds Add as the first statement of a function literal that is started; methods,
helpers, paths without Done and loops are what this rule adds. A group that is an element of a collection
is not followed.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.effects.closedness import is_counted
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.races.closed_races import counted_race_finding
from govet_py.concurrency.races.story import placed
from govet_py.concurrency.races.turned_away import is_turned_away
from govet_py.model.finding import Finding, Rule, Severity

RULE = Rule("GV501", "waitgroup-misuse", Severity.ERROR, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a call on a group."""
    for misuse in facts.wait_group_misuses.all():
        code = facts.code.function(misuse.function)
        yield Finding(
            RULE,
            misuse.confidence,
            misuse.message,
            code.site(misuse.register),
            misuse.function,
            (misuse.kind, misuse.name),
            misuse.steps,
            misuse.related,
        )


def run_with_effects(facts: Facts) -> Iterator[Finding]:
    """One finding a Wait that may meet an Add."""
    misuses = facts.wait_group_misuses.all()
    told = {facts.code.function(misuse.function).site(misuse.register) for misuse in misuses}
    for race in facts.races:
        if not is_counted(race.write.effect.path) or not told.isdisjoint(race.sites):
            continue
        if not is_turned_away(facts.code, facts.guarded, race):
            told.update(race.sites)
            yield placed(counted_race_finding(RULE, race), facts.code, (race.write.effect.what, "ADD"))
