"""How races are told: both goroutines, step by step, from where they start to the access."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govet_py.callgraph.code import Code
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.effects.atomic_cells import ATOMIC
from govet_py.concurrency.effects.gates import GATE
from govet_py.concurrency.effects.settled import FrameEffect
from govet_py.concurrency.effects.slots import ROOM
from govet_py.concurrency.effects.states import STATES
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.races.encounters import Encounter
from govet_py.concurrency.races.mixed_atomics import Mixed
from govet_py.concurrency.races.object_locks import ObjectLocked
from govet_py.concurrency.races.plain_reads import PlainRead
from govet_py.concurrency.races.races import Race
from govet_py.concurrency.races.read_locked import ReadLocked
from govet_py.concurrency.races.requested import Requested
from govet_py.concurrency.races.suspects import Suspect, is_set_up
from govet_py.concurrency.races.unshared_variables import UnsharedVariable
from govet_py.knowledge.concurrency import CONFIGURES
from govet_py.model import ir
from govet_py.model.concurrency import CELL, EVERY, EffectKind, GlobalRoot
from govet_py.model.finding import Confidence, Finding, Related, Rule, Step

_VERBS = {EffectKind.READ: "reads", EffectKind.WRITE: "writes", EffectKind.INVOKE: "runs"}
MAX_RELATED = 10
MAX_BARE = 5
"""So many accesses may lack the lock that all others hold, for it to be plain that each should not."""


OWN = {(CELL,): "variable", (EVERY, CELL): "slice", (ROOM, CELL): "slice"} | {(part, CELL): "object" for part in STATES}
"""What is raced for, by the end of its path; all of the path where it is a variable's own."""


def starts_of(entry: FrameEffect, goroutine: int) -> tuple[Step, ...]:
    """The calls and starts from the frame's function down to the function of an access."""
    steps: list[Step] = []
    trace = entry.effect.trace
    while trace is not None:
        steps.append(Step(trace.site, trace.message, goroutine, len(steps)))
        trace = trace.inner
    return tuple(steps)


def steps_of(entry: FrameEffect, goroutine: int) -> tuple[Step, ...]:
    """The calls and starts from the frame's function down to the access, then the access."""
    effect, steps = entry.effect, starts_of(entry, goroutine)
    locks = "" if _is_locked(entry) else " without a lock"
    if any(lock.path.fields[-1:] == (ATOMIC,) for lock in effect.locks):
        locks = " with sync/atomic"
    return (*steps, Step(effect.site, f"{_VERBS[effect.kind]} {effect.what}{locks}", goroutine, len(steps)))


def _is_locked(entry: FrameEffect) -> bool:
    return any(not lock.path.fields or not lock.path.fields[-1].startswith("<") for lock in entry.effect.locks)


def race_finding(rule: Rule, race: Race, noun: str) -> Finding:
    """A race inside one activation; `noun` is what kind of thing is raced for. It is told where the lock is
    missing: at the write, or at the other access when only the write has a lock."""
    mended, met = _sides(race)
    itself = race.write == race.other
    done = "written" if mended.effect.kind == EffectKind.WRITE else "read"
    beside = "by several goroutines at once" if itself else f"while another goroutine may {_verb(met)} it"
    steps = steps_of(mended, 1) + (() if itself else steps_of(met, 2))
    related = (
        *(Related(e.effect.site, f"{_verb(e)}s {e.effect.what} as well") for e in race.others[:MAX_RELATED]),
        *(Related(site, "goroutines that start here come to it as well") for site in race.starts[:MAX_RELATED]),
    )
    function = race.frame.code.id
    what = race.write.effect.what if "(" in mended.effect.what else mended.effect.what
    message = f"{noun} {what} is {done} {beside}, with no common lock (in {short_name(function)})"
    identity = (race.write.effect.what, race.other.effect.what, _verb(race.other))
    return Finding(rule, race.confidence, message, mended.effect.site, function, identity, steps, related)


def placed(finding: Finding, program: Code, identity: tuple[str, ...]) -> Finding:
    """The finding, known by the function that it is told in: which frame speaks for a race depends on callers that
    have nothing to do with it."""
    told = program.enclosing(finding.site)
    return replace(finding, function=told.body_id if told else finding.function, identity=identity)


def identity_of(race: Race, program: Code) -> tuple[str, ...]:
    """What is raced for and, for a map, the function that starts the goroutines which share it."""
    mended, _ = _sides(race)
    root, what = mended.effect.path.root, mended.effect.what
    words = (f"{root.package}.{root.name}" if isinstance(root, GlobalRoot) else what, _verb(mended))
    strand = race.write.effect.strand or race.other.effect.strand
    if strand is None or race.write.effect.path.is_cell:
        return words
    start = program.enclosing(strand.site)
    return (*words, start.body_id if start else "")


def _sides(race: Race) -> tuple[FrameEffect, FrameEffect]:
    """The access to mend and the one that it meets."""
    write, other = race.write, race.other
    return (other, write) if _is_locked(write) and not _is_locked(other) else (write, other)


def encounter_finding(rule: Rule, encounter: Encounter, noun: str) -> Finding:
    """A method of an object beside the goroutine that the object runs. Set-up code may come before it."""
    write, front, back = encounter.write.effect, encounter.foreground, encounter.background
    other = back if encounter.write is front else front
    owner = f"{encounter.owner.package.rpartition('/')[2]}.{encounter.owner.name}"
    message = (
        f"{noun} {write.what} is written while another goroutine may {_VERBS[other.effect.kind][:-1]} it, with no "
        f"common lock ({short_name(back.function)} leaves a goroutine behind that shares its {owner})"
    )
    place = encounter.write.function
    steps = (*steps_of(FrameEffect(0, back.effect), 1), *steps_of(FrameEffect(0, front.effect), 2))
    related = tuple(Related(use.effect.site, f"{_VERBS[use.effect.kind]} it as well") for use in encounter.others)
    once = any(lock.path.fields[-1:] == (GATE,) for lock in front.effect.locks)
    early = once or encounter.early or is_set_up(front.function) or front.function == back.function
    confidence = Confidence.LOW if early or encounter.lent else Confidence.MEDIUM
    identity = (owner, ".".join(encounter.fields), "left behind")
    return Finding(rule, confidence, message, write.site, place, identity, steps, related[:MAX_RELATED])


def unguarded_finding(
    rule: Rule, program: Code, suspect: Suspect, noun: str, majority: int, way: tuple[Step, ...] = ()
) -> Finding:
    """An access without the lock that guards the same member elsewhere. `majority`: how many accesses with
    the lock stand against each without it, for the guard to be taken as meant. `way`: the calls that lead to it."""
    access, guarded = suspect.access, suspect.guarded
    code, other = program.function(access.function), program.function(guarded.function)
    verb = "let out" if access.let_out else "written" if access.kind == EffectKind.WRITE else "read"
    message = (
        f"{noun} {access.member} is {verb} {_way(access)} {suspect.guard}, which is held at {suspect.held} of "
        f"{suspect.total} accesses (in {short_name(access.function)})"
    )
    site = code.site(access.register)
    steps = (
        *way,
        *_origin(program, access, str(suspect.guard)),
        Step(site, f"{verb} {_way(access)} {suspect.guard}", 1, len(way)),
        Step(other.site(guarded.register), f"accessed with {suspect.guard} held (in {short_name(other.id)})", 2),
    )
    related = tuple(Related(code.site(more.register), "here too") for more in suspect.more[:MAX_RELATED])
    identity = (str(access.member), verb)
    return Finding(rule, _sureness(suspect, majority), message, site, access.function, identity, steps, related)


def _origin(program: Code, access: Access, guard: str) -> Iterator[Step]:
    """Where it was read before it was handed out."""
    if access.origin is not None and access.origin[0] != access.function:
        getter = program.function(access.origin[0])
        yield Step(getter.site(access.origin[1]), f"handed out by {short_name(getter.id)}, which gives {guard} back", 1)


def _way(access: Access) -> str:
    return "of" if access.let_out else "without"


def mixed_finding(rule: Rule, program: Code, mixed: Mixed) -> Finding:
    """A plain write of what other code accesses atomically, or a read."""
    code, atomic = program.function(mixed.write[0]), program.function(mixed.atomic[0])
    site, late = code.site(mixed.write[1]), mixed.is_handed_on
    reason = "after the object has been handed on" if late else "beside a use of sync/atomic"
    verb = "read" if mixed.is_read else "written"
    message = (
        f"field {mixed.member} is {verb} without sync/atomic, which {short_name(atomic.id)} uses for it, {reason} "
        f"(in {short_name(code.id)})"
    )
    steps = (
        Step(code.site(mixed.shown), "hands the object on" if late else "uses sync/atomic for the same object", 1),
        Step(site, f"{'reads' if mixed.is_read else 'writes'} the field without sync/atomic", 1),
        Step(atomic.site(mixed.atomic[1]), f"accesses it with sync/atomic (in {short_name(atomic.id)})", 2),
    )
    return Finding(rule, Confidence.MEDIUM, message, site, code.id, (str(mixed.member), "atomic"), steps)


def plain_read_finding(rule: Rule, program: Code, read: PlainRead) -> Finding:
    """A plain read of what is written atomically under a lock that the reader does not hold."""
    code, writer = program.function(read.function), program.function(read.write[0])
    site, *more = (code.site(register) for register in read.registers)
    message = (
        f"field {read.member} is read with neither sync/atomic, which others use to read it, nor {read.lock}, under "
        f"which it is written (in {short_name(code.id)})"
    )
    steps = (
        Step(site, "reads the field without sync/atomic", 1),
        Step(writer.site(read.write[1]), f"writes it with {read.lock} held (in {short_name(writer.id)})", 2),
    )
    related = tuple(Related(at, "here too") for at in more[:MAX_RELATED])
    return Finding(rule, Confidence.MEDIUM, message, site, code.id, (str(read.member), "plain"), steps, related)


def read_locked_finding(rule: Rule, program: Code, write: ReadLocked, noun: str) -> Finding:
    """A write beside other readers."""
    code = program.function(write.function)
    site = code.site(write.register)
    message = (
        f"{noun} {write.what} is written while {write.lock} is held for reading only: whoever else reads does so at "
        f"the same time (in {short_name(code.id)})"
    )
    steps = [Step(site, f"writes {write.what}, as another goroutine with the read lock may do too", 1)]
    if write.taken != ir.NONE:
        steps.insert(0, Step(code.site(write.taken), f"takes {write.lock} for reading", 1))
    return Finding(rule, Confidence.MEDIUM, message, site, code.id, (write.what, "read lock"), tuple(steps))


def object_locked_finding(rule: Rule, program: Code, locked: ObjectLocked) -> Finding:
    """A package variable under a lock that each object has for itself."""
    sites = [(program.function(function).site(at), function) for function, at in locked.writes]
    (site, function), *others = sorted(sites)
    owner = f"{locked.lock.package.rpartition('/')[2]}.{locked.lock.owner}"
    message = f"variable {locked.variable} is written under {locked.lock}, which each {owner} has for itself"
    steps = (
        Step(site, f"written with the {locked.lock.name} of one {owner}", 1),
        Step(site, "another goroutine comes here with that of another one", 2),
    )
    related = tuple(Related(at, "here too") for at, _ in others[:MAX_RELATED])
    return Finding(rule, Confidence.MEDIUM, message, site, function, (str(locked.variable), "object"), steps, related)


def unshared_finding(rule: Rule, program: Code, used: UnsharedVariable) -> Finding:
    """A library object in a package variable."""
    site = program.function(used.function).site(used.register)
    kind = used.type.rpartition("/")[2]
    message = (
        f"variable {used.variable} is a {kind}, which is not for several goroutines, and many run "
        f"{short_name(used.function)}, which uses it without a lock"
    )
    steps = (Step(site, f"uses the {kind}, as another goroutine may do at the same time", 1),)
    identity = (str(used.variable), "library object")
    return Finding(rule, Confidence.MEDIUM, message, site, used.function, identity, steps)


def requested_finding(rule: Rule, written: Requested, noun: str) -> Finding:
    """A write that two requests do at once. What is set up by a request may be so by the first one alone."""
    message = (
        f"{noun} {written.what} is written by requests that a server runs beside each other, with no lock "
        f"(in {short_name(written.function)})"
    )
    steps = (*written.path, Step(written.site, f"writes {written.what}, as another request may do too", 1))
    related = tuple(Related(site, "here too") for site in written.more[:MAX_RELATED])
    once = is_set_up(written.function) or short_name(written.function).rpartition(".")[2].startswith(CONFIGURES)
    confidence = Confidence.LOW if once else Confidence.MEDIUM
    identity = (str(written.member), "requests")
    return Finding(rule, confidence, message, written.site, written.function, identity, steps, related)


def _sureness(suspect: Suspect, majority: int) -> Confidence:
    """A guard that nearly all accesses hold is meant; set-up code may do without it before others run, unless it takes
    it as well. What many leave out is rather a way of theirs that is not known here."""
    bare = suspect.total - suspect.held
    if not suspect.meant or (bare > MAX_BARE and not suspect.lone):
        return Confidence.LOW
    if is_set_up(suspect.access.function) and not suspect.aware:
        return Confidence.LOW
    return (
        Confidence.MEDIUM
        if suspect.lone or suspect.held >= majority * bare or suspect.access.kind == EffectKind.WRITE
        else Confidence.LOW
    )


def _verb(entry: FrameEffect) -> str:
    return "write" if entry.effect.kind == EffectKind.WRITE else "read"
