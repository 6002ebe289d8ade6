"""A captured variable is written while another goroutine may use it, with no common lock.

What it finds: a variable that function literals share (`err`, a counter, a flag, a slice that is appended
to, a named result, a loop variable before Go 1.22), written by one goroutine while another, or another
copy of the same one, may read or write it without a common lock; elements of a shared slice which all
goroutines come to, because the index is the same for all of them; library objects that are not for several
goroutines, such as a `bytes.Buffer` or a gRPC stream that is sent on. Callbacks that a callee runs on many goroutines
count as such.

Why it matters: results get lost or mixed up, errors vanish, and `append` overwrites what others appended.
Vitess had it: https://github.com/vitessio/vitess/pull/14586

Example:

    var err error
    for _, shard := range shards {
        wg.Add(1)
        go func() {
            defer wg.Done()
            err = update(shard)
        }()
    }
    wg.Wait()

Instead:

    for _, shard := range shards {
        wg.Add(1)
        go func() {
            defer wg.Done()
            if err := update(shard); err != nil {
                recorder.RecordError(err)
            }
        }()
    }
    wg.Wait()

Limits: through an interface with several implementations the confidence is low, but for a callback that one of them
runs on many goroutines, and for one of several functions that are handed over together; a variable that is shared
through a pointer is not followed; a receive from a channel orders everything that its senders did.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govet_py.concurrency.facts import Facts
from govet_py.concurrency.races.races import Race
from govet_py.concurrency.races.story import OWN, race_finding
from govet_py.model.concurrency import GlobalRoot
from govet_py.model.finding import Confidence, Finding, Related, Rule, Severity

RULE = Rule("GV102", "captured-race", Severity.ERROR, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding for all variables that the same goroutines of a function race for."""
    groups: dict[tuple[str, int], list[Race]] = {}
    for race in facts.races:
        path = race.write.effect.path
        if path.fields in OWN and not isinstance(path.root, GlobalRoot):
            groups.setdefault((race.frame.code.id, race.write.anchor), []).append(race)
    for races in groups.values():
        first, *others = sorted(races, key=lambda race: -race.confidence)
        finding = race_finding(RULE, first, OWN[first.write.effect.path.fields])
        more = tuple(Related(r.write.effect.site, f"{r.write.effect.what} is raced for as well") for r in others)
        sure = finding.confidence == Confidence.HIGH or _is_of_one_choice(first)
        confidence = finding.confidence if sure else Confidence.LOW
        yield replace(finding, related=(*more, *finding.related), confidence=confidence)


def _is_of_one_choice(race: Race) -> bool:
    """Whether one implementation of an interface is enough for the race: copies of one goroutine write, or functions
    that were handed over together are run at once. Two accesses could need different ones, which no call has."""
    strand = race.write.effect.strand
    return race.write == race.other or (strand is not None and strand.takes is not None)
