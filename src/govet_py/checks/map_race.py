"""A map is written while another goroutine may use it, with no common lock.

What it finds: an assignment, delete, clear or mutating callee on a map that another goroutine may write,
read or range over at the same time. Goroutines are found through calls, interfaces and callbacks: a
callback that its callee runs on many goroutines races with itself.

Why it matters: the Go runtime ends the whole process with `fatal error: concurrent map writes`.

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
left out; two activations of a function that share a map through something else than the code in view
are compared only where a lock guards the map elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.describe import short_name
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.frames import FrameEffect
from govet_py.concurrency.guards import Suspect
from govet_py.concurrency.races import Race
from govet_py.concurrency.story import steps_of
from govet_py.model.concurrency import EffectKind
from govet_py.model.finding import Confidence, Finding, Related, Rule, Severity, Step

RULE = Rule("GV101", "map-race", Severity.ERROR, __doc__)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a racing write, and one an access that lacks the map's lock."""
    told = set()
    for race in facts.map_races:
        told.add(race.write.effect.site)
        yield _finding(race)
    for suspect in facts.map_suspects:
        finding = _unguarded(facts, suspect)
        if finding.site not in told:
            yield finding


def _finding(race: Race) -> Finding:
    write, other = race.write.effect, race.other.effect
    itself = race.write == race.other
    beside = "by several goroutines at once" if itself else f"while another goroutine may {_verb(race.other)} it"
    steps = steps_of(race.write, 1) + (() if itself else steps_of(race.other, 2))
    related = tuple(Related(e.effect.site, f"{_verb(e)}s {e.effect.what} as well") for e in race.others[:10])
    function = short_name(race.frame.code.id)
    message = f"map {write.what} is written {beside}, with no common lock (in {function})"
    return Finding(
        RULE,
        race.confidence,
        message,
        write.site,
        race.frame.code.id,
        (write.what, other.what, _verb(race.other)),
        steps,
        related,
    )


def _unguarded(facts: Facts, suspect: Suspect) -> Finding:
    access, guarded = suspect.access, suspect.guarded
    code = facts.code.function(access.function)
    other = facts.code.function(guarded.function)
    verb = "written" if access.kind == EffectKind.WRITE else "read"
    message = (
        f"map {access.member} is {verb} without {suspect.guard}, which is held at {suspect.held} of "
        f"{suspect.total} accesses (in {short_name(access.function)})"
    )
    steps = (
        Step(code.site(access.register), f"{verb} without {suspect.guard}", 1),
        Step(other.site(guarded.register), f"accessed with {suspect.guard} held (in {short_name(other.id)})", 2),
    )
    site = code.site(access.register)
    related = tuple(Related(code.site(more.register), "here too") for more in suspect.more[:10])
    identity = (str(access.member), verb)
    return Finding(RULE, Confidence.MEDIUM, message, site, access.function, identity, steps, related)


def _verb(entry: FrameEffect) -> str:
    return "write" if entry.effect.kind == EffectKind.WRITE else "read"
