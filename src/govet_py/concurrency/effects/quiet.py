"""Places that cannot race, whatever runs when: nobody writes them any more, or everybody holds the same lock.

Such accesses are most of all, and to carry them from callee to caller up to `main` costs more than all others. They
are left out of frames from the start (Eraser's lockset discipline, checked for the whole program at once). A *place*
is a field of a type or a package variable, itself or the map in it. A lock guards a place that lies beside it in the
same object, or is a package variable. What runs before anybody else can know of the object is exempt: initialisers,
unless they call what starts goroutines (what they only hand over runs later), and what a constructor does to what it
makes, before it starts a goroutine or registers what is served; of package variables, all that no function which starts
goroutines runs. A map counts by its place only if it never leaves it for a variable, parameter or result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import NamedTuple, Union

from govet_py.callgraph.callgraph import CallGraph, Edge, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at
from govet_py.concurrency.effects.leaves import NOTHING, Leaves
from govet_py.concurrency.effects.stay import Staying
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.knowledge.concurrency import SERIALISED_CALLBACK, SPAWNERS
from govet_py.model import ir
from govet_py.model.concurrency import NO_LOCKS, AllocRoot, Effect, EffectKind, GlobalRoot, LockMode, LockSet, Path
from govet_py.model.types import Chan

Guard = Union[Path, tuple[str, ...]]
"""A lock that is a package variable, or the way to it from the object that the place belongs to."""


class Place(NamedTuple):
    """A member itself, or the map in it."""

    member: Member
    is_map: bool


@dataclass(slots=True)
class Record:
    """What all accesses of a place, at `at`, have in common: locks that each of them holds, and each write."""

    at: list[tuple[str, int]] = field(default_factory=list)
    held: frozenset[Guard] | None = None
    writing: frozenset[Guard] | None = None
    written: bool = False

    def add(self, effect: Effect, guards: dict[Guard, LockMode]) -> None:
        if not self.held and self.held is not None and self.written:
            return
        self.held = frozenset(guards) if self.held is None else self.held.intersection(guards)
        if effect.kind == EffectKind.WRITE:
            self.written = True
            exclusive = frozenset(guard for guard, mode in guards.items() if mode == LockMode.WRITE)
            self.writing = exclusive if self.writing is None else self.writing & exclusive

    def join(self, other: Record) -> None:
        """Adds the accesses of another record of the same place."""
        self.at += other.at
        self.held = _both(self.held, other.held)
        self.writing = _both(self.writing, other.writing)
        self.written = self.written or other.written

    @property
    def is_quiet(self) -> bool:
        """Reports whether the place cannot race."""
        return not self.written or bool(self.held and self.writing and self.held & self.writing)


def _both(one: frozenset[Guard] | None, other: frozenset[Guard] | None) -> frozenset[Guard] | None:
    """What both have, where None stands for everything."""
    return other if one is None else one if other is None else one & other


Records = dict[Place, Record]


class Quiet:
    """The instructions, by function, whose own accesses are of quiet places only."""

    def __init__(self, code: Code, leaves: Leaves, records: Records) -> None:
        self._skipped: dict[str, set[int]] = {}
        quiet = {place: record for place, record in records.items() if record.is_quiet}
        staying = Staying(code, leaves, {place.member for place in quiet if place.is_map})
        for place, record in quiet.items():
            if not place.is_map or place.member in staying.members:
                for function, register in record.at:
                    self._skipped.setdefault(function, set()).add(register)

    def of(self, function: str) -> Set[int]:
        """The instructions of a function whose own accesses do not matter; inverted (`~`) those that hold a map
        whose use does not."""
        return self._skipped.get(function, NOTHING)


class Recorder:
    """Looks at the accesses of functions."""

    def __init__(self, code: Code, graph: CallGraph, locks: LockSummaries, leaves: Leaves) -> None:
        self._code = code
        self._locks = locks
        self._leaves = leaves
        direct, later = _direct_starters(code, graph)
        now = set[Node](direct)
        self._graph = graph
        self._direct = direct
        self._starters = _callers_of(now, graph, lambda caller, edge: True)
        self._started_below = graph.reachable(_callers_of(now | later, graph, lambda caller, edge: True))
        self._in_turn = dict(_in_turn(code, graph, locks))
        self._at_once = _callers_of(now, graph, lambda caller, edge: _is_called(code, caller, edge))

    def records(self, ids: Iterable[str]) -> Records:
        """What the accesses of some functions have in common, by place."""
        records: Records = {}
        for id in ids:
            self._record(self._code.function(id), records)
        return records

    def _record(self, code: FunctionCode, records: Records) -> None:
        starts, apart = code.id in self._starters, code.id not in self._started_below
        held = self._in_turn.get(code.id, NO_LOCKS)
        for register in self._leaves.candidates(code):
            exempt = code.is_initialiser and not (code.id in self._at_once and self._comes_late(code, register))
            for place, at, effects in self._accesses(code, register):
                record = records.get(place)
                if record is None:
                    record = records[place] = Record()
                if at is not None:
                    record.at.append((code.id, at))
                if exempt or (apart and not place.member.owner):
                    continue
                for effect in effects:
                    if not _is_made_in(effect.path, code.id) or (starts and self._comes_late(code, register)):
                        record.add(effect, _guards(place, effect, held))

    def _comes_late(self, code: FunctionCode, register: int) -> bool:
        """Whether a function may have started something before an instruction."""
        below = (edge.site for edge in self._graph.edges.get(code.id, ()) if edge.target in self._starters)
        return any(_may_follow(code, register, site) for site in (*self._direct.get(code.id, ()), *below))

    def _accesses(self, code: FunctionCode, register: int) -> Iterator[tuple[Place, int | None, Iterator[Effect]]]:
        """The accesses of an instruction by place, with the register to skip if that is quiet: none where several
        places are accessed at once."""
        instruction, cells = code.code[register], self._leaves.cells
        locks, program = self._locks.sets(code.id), self._code.program
        wholes = list(cells.of_whole(code, locks, register))
        for part, effects in wholes:
            yield Place(part, False), None, effects
        member = member_at(program, code, register)
        if member is not None and self._is_plain(code, register, member):
            own = cells.accesses(code, locks, register, instruction)
            yield Place(member, False), None if wholes else register, own
        for use in self._leaves.map_uses(code, register):
            member = member_at(program, code, use.base)
            if member is not None and self._leaves.is_map(code, use.base):
                yield Place(member, True), ~use.base, self._leaves.map_access(code, locks, register, use)

    def _is_plain(self, code: FunctionCode, register: int, member: Member) -> bool:
        """Reports whether a place is neither used by atomic operations nor a channel, which are judged together."""
        atomic = self._leaves.cells.atomic
        if member.name in atomic.fields or member.name in atomic.holders:
            return False
        instruction = code.code[register]
        held = instruction.value if isinstance(instruction, ir.SetField | ir.SetName) else register
        return not isinstance(self._code.program.underlying(code.type_of(held)), Chan)


def joined(one: Records, other: Records) -> Records:
    """The records of two sets of functions."""
    whole = dict(one)
    for place, record in other.items():
        known = whole.get(place)
        if known is None:
            whole[place] = record
        else:
            known.join(record)
    return whole


def _is_made_in(path: Path, function: str) -> bool:
    return isinstance(path.root, AllocRoot) and path.root.function == function


def _guards(place: Place, effect: Effect, in_turn: LockSet) -> dict[Guard, LockMode]:
    """The locks of an access that may guard its place, those included of a Once that runs the function."""
    path = effect.path
    way = path.fields if place.is_map else path.fields[:-1]
    found: dict[Guard, LockMode] = {}
    for lock in effect.locks | in_turn:
        if isinstance(lock.path.root, GlobalRoot):
            found[lock.path] = lock.mode
        if way and way[-1] == place.member.name and lock.path.root == path.root:
            object_ = way[:-1]
            if lock.path.fields[: len(object_)] == object_:
                found[lock.path.fields[len(object_):]] = lock.mode
    return found


def _in_turn(code: Code, graph: CallGraph, locks: LockSummaries) -> Iterator[tuple[str, LockSet]]:
    """The literals that calls like once.Do run, with the Once: a lock to write for them, to read for all behind."""
    for name in sorted(SERIALISED_CALLBACK):
        for caller, call in graph.named(name):
            function, event = code.function(caller), locks.sets(caller).events.get(call)
            if event is None:
                continue
            held = frozenset(lock._replace(mode=LockMode.WRITE) for lock in event.acquires)
            for argument in function.code[call].args:  # type: ignore[union-attr]
                made = function.code[argument]
                if isinstance(made, ir.MakeClosure):
                    yield code.sibling(function, made.function).id, held


def _may_follow(code: FunctionCode, register: int, site: int) -> bool:
    block = code.block_of(register)
    return (site < register and code.block_of(site) == block) or code.reaches(site, block)


def _direct_starters(code: Code, graph: CallGraph) -> tuple[dict[str, list[int]], set[Node]]:
    """The functions that start goroutines themselves, with where, and those that register what runs once a server
    does."""
    now = {id: list(at) for id in code.ids() if (at := code.function(id).go_statements())}
    later: set[Node] = set()
    for name, spawner in SPAWNERS.items():
        for caller, call in graph.named(name):
            if spawner.later:
                later.add(caller)
            else:
                now.setdefault(caller, []).append(call)
    return now, later


def _callers_of(nodes: set[Node], graph: CallGraph, counts: Callable[[Node, Edge], bool]) -> set[Node]:
    """The nodes and all that run them, as far as edges count."""
    found = set(nodes)
    work = list(found)
    while work:
        for caller, edge in graph.callers.get(work.pop(), ()):
            if caller not in found and counts(caller, edge):
                found.add(caller)
                work.append(caller)
    return found


def _is_called(code: Code, caller: Node, edge: Edge) -> bool:
    """Reports whether a caller runs a function, and does not only make it for somebody to run later."""
    return not isinstance(caller, str) or isinstance(code.function(caller).code[edge.site], ir.Call)
