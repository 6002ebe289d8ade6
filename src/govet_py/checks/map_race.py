"""A map is written while another goroutine may use it, with no common lock.

What it finds: an assignment, delete, clear or mutating callee on a map that another goroutine may write,
read or range over at the same time. Goroutines are found through calls, interfaces and callbacks: a
callback that its callee runs on many goroutines races with itself, and so do the requests of a server. A map that a
method returns from under its lock counts where the caller reads it without, through interfaces and out of a map of
maps too; one that it puts into something new which it gives away, such as a shallow copy of a map of maps, counts
where it is put there.

Why it matters: the Go runtime ends the whole process with `fatal error: concurrent map writes`.
Vitess had it: https://github.com/vitessio/vitess/pull/17417

Example:

    seen := make(map[string]bool)
    for _, key := range keys {
        go func() { seen[key] = true }()
    }

Instead:

    seen := make(map[string]bool)
    var mu sync.Mutex
    for _, key := range keys {
        go func() {
            mu.Lock()
            defer mu.Unlock()
            seen[key] = true
        }()
    }

Limits: a map that is an element of another map or of a slice is not told apart from its neighbours and
left out, but where a lock guards such maps elsewhere; two activations of a function that share a map
through something else than the code in view are compared only where a lock guards the map elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.facts import Facts
from govet_py.concurrency.races.bare_ways import bare_way
from govet_py.concurrency.races.story import (
    encounter_finding,
    identity_of,
    placed,
    race_finding,
    read_locked_finding,
    requested_finding,
    unguarded_finding,
)
from govet_py.model.finding import Finding, Rule, Severity
from govet_py.model.source import Site

RULE = Rule("GV101", "map-race", Severity.ERROR, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a racing write, and one an access that lacks the map's lock."""
    told: set[Site] = set()
    for race in facts.races:
        if race.write.effect.path.is_cell:
            continue
        told.update(race.sites)
        yield placed(race_finding(RULE, race, "map"), facts.code, identity_of(race, facts.code))
    for write in facts.read_locked:
        finding = read_locked_finding(RULE, facts.code, write, "map")
        if write.is_map and finding.site not in told:
            told.add(finding.site)
            yield finding
    for written in facts.requested:
        if written.is_map and written.site not in told:
            told.add(written.site)
            yield requested_finding(RULE, written, "map")
    for suspect in facts.map_suspects:
        way = bare_way(facts.code, facts.calls, facts.guarded, suspect)
        finding = unguarded_finding(RULE, facts.code, suspect, "map", majority=1, way=way)
        if finding.site not in told:
            told.add(finding.site)
            yield finding
    for encounter in facts.selves.encounters:
        if not encounter.is_cell and told.isdisjoint(encounter.sites):
            yield encounter_finding(RULE, encounter, "map")
