"""A channel may be closed twice, or closed while somebody may still send on it.

What it finds: a close that control may come to again, or after a deferred close of the same channel, with no test, new
channel or sync.Once in between; a close behind the test of a mark that nothing ever sets; a close by an object's
goroutine and one by its owner, or by a sync.Once; a close behind a look whether the channel is closed, `select { case
<-done: default:`, that several goroutines come to with no lock; a close by each of several goroutines that are started
for one channel; a close that each request to a handler runs; a close of what is found in a map, or of all that is in a
map or list, and stays there to be closed again; a function that closes a channel although it has a way out on which it
does not wait for the goroutine that sends; a close beside a send on another goroutine, or before a send on its own,
however many calls lie between; a close under the lock of a registry of channels, and a send on one of them without it;
a send behind the test of a mark that whoever closes the channel may have set since; a receiver that closes the channel
others send on; a receive in a loop that follows the nil which a closed channel yields, or that never learns that a
library has closed the channel.

Why it matters: all of them panic, and a panic of a goroutine ends the process; but for the last, which spins.

Example:

    done := make(chan error)
    defer close(done)
    go func() { done <- rename() }()
    if err := wait(time.Second); err != nil {
        return err                                  // rename's goroutine will panic
    }
    return <-done

Instead:

    done := make(chan error, 1)                     // nobody has to close it
    go func() { done <- rename() }()

Limits: other closes in different functions are compared only where one defers or calls a literal of the other;
a sender that recovers may meet a closed channel; a Close method that callers must not call twice is not
reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.channels.channel_model import Closed
from govet_py.concurrency.channels.channel_story import closing_finding, spin_finding
from govet_py.concurrency.channels.sent_behind_marks import sent_behind_marks
from govet_py.concurrency.channels.unlocked_sends import UnlockedSends
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.races.closed_races import (
    closed_race_finding,
    looked_encounter_finding,
    looked_race_finding,
    meets,
    meets_by_look,
    repeats,
    sent_after_finding,
)
from govet_py.concurrency.races.encounters import Encounter
from govet_py.concurrency.races.looked_closes import is_looked_for
from govet_py.concurrency.races.story import placed
from govet_py.model.finding import Finding, Rule, Severity
from govet_py.model.source import Site

RULE = Rule("GV303", "double-close", Severity.ERROR, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a close."""
    sends = UnlockedSends(
        facts.code, facts.calls, facts.runs, facts.slices, facts.guarded, facts.visitors.meet
    )
    channels = facts.channel_flow.channels
    unlocked = list(sends.find(channels))
    for found in (*facts.closings, *unlocked):
        yield closing_finding(RULE, facts.code, found)
    told = {found.close for found in unlocked}
    for since in sent_behind_marks(facts.code, sends, facts.visitors.meet, channels):
        if since.close not in told:
            yield closing_finding(RULE, facts.code, since)
    for spin in facts.spins:
        yield spin_finding(RULE, facts.code, spin)


def run_with_effects(facts: Facts) -> Iterator[Finding]:
    """One finding a close that meets a send somewhere below a function; those of `run` are in one."""
    told = {facts.code.site(*one.close[1:3]) for one in facts.closings if one.why == Closed.COPIES}
    for race in facts.races:
        looked = not meets(race) and meets_by_look(facts.code, race)
        if told.isdisjoint(race.sites) and (looked or meets(race) or repeats(facts.code, facts.calls, race)):
            told.update(race.sites)
            words = race.write.effect.what, race.other.effect.kind.name
            found = looked_race_finding(RULE, race) if looked else closed_race_finding(RULE, race)
            yield placed(found, facts.code, words)
    for encounter in _encounters(facts, told):
        told.add(encounter.foreground.effect.site)
        yield looked_encounter_finding(RULE, encounter)
    for after in facts.sent_after:
        if after.close.effect.site not in told:
            yield sent_after_finding(RULE, after)


def _encounters(facts: Facts, told: set[Site]) -> Iterator[Encounter]:
    """Closes behind a look that goroutines of an object and others come to, where no function sees both."""
    looked: dict[Site, str] = {}
    for op in facts.channel_flow.closes:
        code = facts.code.function(op.function)
        site, locked = code.site(op.register), facts.guarded.at(code, op.register)
        if not locked and site not in told and is_looked_for(facts.code, code, op.register):
            looked[site] = code.id
    return facts.selves.closes(looked.keys(), looked.values())
