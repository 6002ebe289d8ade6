"""A struct field is accessed with inconsistent locks by code that runs concurrently.

What it finds: a field that a goroutine writes while another may read or write it on the same object, and a field or
package variable that is accessed without the lock which most of its accesses hold (of functions named `...Locked` by
each of their callers), without the sync/atomic that other code uses for it, or written while its lock is held for
reading only; a package variable under a lock that each object has for itself; fields of objects that are kept in a
collection while a goroutine works on them; fields of objects that a method looks up under its lock and hands out,
alone or in a list, or that are sent to a worker when they are put under the lock, while others use them in place
under that lock; a flag that ends a loop, asked for without the lock under which another method sets it; what the
requests of a server write without a lock, in the server's own objects or in package variables; likewise library
objects in fields and package variables that are not for several goroutines, such as a `rand.Rand`. `*p = value`,
`copy := *p` and what prints or serialises `p` access all fields at once. Those, and four or more fields of one object
that one function sets on one way, are one finding.

Why it matters: a field without its lock is read half written, or an update is lost; the race detector sees
it only when both happen to run.
Vitess had it: https://github.com/vitessio/vitess/pull/16683

Example:

    func (c *cache) Add(n int) {
        c.mu.Lock()
        defer c.mu.Unlock()
        c.total += n
    }

    func (c *cache) Total() int { return c.total }

Instead:

    func (c *cache) Total() int {
        c.mu.Lock()
        defer c.mu.Unlock()
        return c.total
    }

Limits: the guard of a field is inferred from how it is used; fields that are set before the object is
shared are exempt when every caller is seen to have just made it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govet_py.concurrency.effects.closedness import is_closed, is_counted
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.races.bare_ways import bare_way
from govet_py.concurrency.races.gathered import gathered
from govet_py.concurrency.races.object_locks import object_locked
from govet_py.concurrency.races.plain_reads import plain_reads
from govet_py.concurrency.races.polled_flags import polled_flags
from govet_py.concurrency.races.races import Race
from govet_py.concurrency.races.story import (
    OWN,
    encounter_finding,
    identity_of,
    mixed_finding,
    object_locked_finding,
    placed,
    plain_read_finding,
    race_finding,
    read_locked_finding,
    requested_finding,
    unguarded_finding,
    unshared_finding,
)
from govet_py.concurrency.races.unshared_variables import unshared_variables
from govet_py.model.concurrency import GlobalRoot, Path
from govet_py.model.finding import Confidence, Finding, Rule, Severity
from govet_py.model.source import Site

RULE = Rule("GV103", "field-race", Severity.WARNING, __doc__)


def _sureness(race: Race) -> Confidence:
    """Whether an object is still its maker's is known less well for fields and variables than for maps: only
    what surely meets is told by default, and never with high confidence."""
    return Confidence.MEDIUM if race.confidence == Confidence.HIGH else Confidence.LOW


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a racing write, and one a function that leaves a field's lock out."""
    told: set[Site] = set()
    yield from gathered(_raced(facts, told))
    for suspect in facts.field_suspects:
        way = bare_way(facts.code, facts.calls, facts.guarded, suspect)
        finding = unguarded_finding(RULE, facts.code, suspect, "field", majority=3, way=way)
        if finding.site not in told:
            told.update((finding.site,) if finding.confidence > Confidence.LOW else ())
            yield finding
    for finding in _by_place(facts):
        if finding.site not in told:
            told.update((finding.site,) if finding.confidence > Confidence.LOW else ())
            yield finding
    for written in facts.requested:
        if not written.is_map and written.site not in told:
            yield requested_finding(RULE, written, "field" if written.member.owner else "variable")
    for encounter in facts.selves.encounters:
        if encounter.is_cell and told.isdisjoint(encounter.sites):
            yield encounter_finding(RULE, encounter, "field")


def _raced(facts: Facts, told: set[Site]) -> Iterator[tuple[Path, Finding]]:
    """The races of fields and variables, with the places that are written; `told` gets their sites."""
    for race in facts.races:
        path = race.write.effect.path
        if is_closed(path) or is_counted(path):
            continue
        is_variable = isinstance(path.root, GlobalRoot)
        if path.is_cell and (path.fields not in OWN or is_variable):
            noun = OWN.get(path.fields[-2:], "field")
            finding = placed(race_finding(RULE, race, noun), facts.code, identity_of(race, facts.code))
            confidence = _sureness(race)
            told.update(race.sites if confidence > Confidence.LOW else ())
            yield path, replace(finding, confidence=confidence)


def _by_place(facts: Facts) -> Iterator[Finding]:
    """What is wrong with an access as it stands, whoever meets it."""
    for mixed in facts.mixed_atomics:
        yield mixed_finding(RULE, facts.code, mixed)
    for read in plain_reads(facts.code, facts.calls, facts.guarded):
        yield plain_read_finding(RULE, facts.code, read)
    for polled in polled_flags(facts.code, facts.calls, facts.guarded):
        yield unguarded_finding(RULE, facts.code, polled, "field", majority=3)
    for write in facts.read_locked:
        if not write.is_map:
            yield read_locked_finding(RULE, facts.code, write, "field")
    for locked in object_locked(facts.code, facts.guarded, facts.visitors):
        yield object_locked_finding(RULE, facts.code, locked)
    for used in unshared_variables(facts.code, facts.values, facts.calls, facts.guarded, facts.visitors):
        yield unshared_finding(RULE, facts.code, used)
