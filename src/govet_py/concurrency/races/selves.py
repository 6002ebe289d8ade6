"""Objects that share themselves: a method, or a constructor, leaves a goroutine behind that uses the object.

From then on whoever calls another method of the object runs beside that goroutine (RacerD takes any two
methods of such a class to run in parallel). What the goroutine does is the *background* of the type, told
by the summary of the function that starts it; what other code does to objects of the type, on its own
goroutine, is the *foreground*. Both are compared by the fields walked from the object. So are objects that others
start goroutines for and keep in a collection; these may be guarded by locks of their keeper, known by member.

LIMIT: which of several objects of a type is meant is not known; set-up code that runs before the goroutine
is known by its name only, or by an access that comes before all calls which start one: that the function runs
again while goroutines of the run before are left is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cached_property, reduce

from govet_py.callgraph.callgraph import CallGraph, Node, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.concurrency.effects.closedness import CLOSED, COUNTED, is_close
from govet_py.concurrency.effects.summaries import Summaries
from govet_py.concurrency.flow.control import after
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.lent_locks import NO_GUARDS, common
from govet_py.concurrency.locks.lock_names import lock_name
from govet_py.concurrency.races.encounters import (
    Encounter,
    Fields,
    Locks,
    Use,
    Uses,
    equips,
    is_protected,
    length_of,
    meeting,
)
from govet_py.concurrency.races.kept_objects import KeptUse
from govet_py.concurrency.races.lenders import lent_by_some
from govet_py.knowledge.concurrency import WAIT_GROUP
from govet_py.model import ir
from govet_py.model.concurrency import (
    ELEMENT,
    EVERY,
    Effect,
    EffectKind,
    ParamRoot,
    Path,
    ReturnRoot,
    Strand,
)
from govet_py.model.source import Site
from govet_py.model.types import UNKNOWN, Named, Type, deref

KEY = "[key]"
NO_PLACES = frozenset({ELEMENT, EVERY, KEY, CLOSED, COUNTED})
class Selves:
    """The types whose objects run goroutines of their own, and who meets them."""

    def __init__(
        self, code: Code, calls: CallGraph, summaries: Summaries, guarded: GuardedMembers, kept: Sequence[KeptUse]
    ) -> None:
        self._code = code
        self._calls = calls
        self._summaries = summaries
        self._kept = kept
        self._guarded = guarded
        self._beneath: tuple[frozenset[Node], set[Node]] = (frozenset(), set())
        """The last answer of `_below`: the fields of one type ask one after the other, and an answer is large."""

    @cached_property
    def encounters(self) -> list[Encounter]:
        """One for each field (or map in a field) of a type, in the order of types and fields."""
        ids = self._code.ids()
        background, kept = self._background(ids, _is_access), self._kept_background()
        foreground = self._foreground(ids, {*background, *kept}, _is_access)
        found, told = list[Encounter](), set[Site]()
        met = [*self._meetings(background, foreground), *self._meetings(kept, foreground, kept=True)]
        for encounter in sorted(met, key=_nearness):
            if encounter.write.effect.site not in told:
                told.update((encounter.background.effect.site, encounter.foreground.effect.site))
                found.append(encounter)
        return found

    def closes(self, looked: Set[Site], closers: Iterable[str]) -> Iterator[Encounter]:
        """The channels of objects that a goroutine of the object may close, and whoever else has it: `looked` are the
        closes that only a look at the channel keeps from a second one, `closers` the functions that lead to them."""
        ids = sorted({id for closer in closers for id in self._above(closer)})
        background = self._background(ids, is_close)
        foreground = self._foreground(ids, set(background), is_close)
        told: set[Site] = set()
        for (owner, fields), uses in background.items():
            below, channel = self._below(uses), fields[:-2]
            for use in foreground.get((owner, fields), ()):
                if use.effect.site in looked - told and self._comes_from_outside(use.function, below):
                    unjoined = (one for one in uses if not (one.signals & use.signals) - {channel})
                    beside = [one for one in unjoined if not is_protected(one.locks, use.locks)]
                    told.update(use.effect.site for _ in beside)
                    yield from (Encounter(owner, fields, one, use, ()) for one in beside[:1])

    def _above(self, closer: str) -> set[str]:
        """A function and those that call it, its callers' callers included."""
        seen: set[Node] = {closer}
        work: list[Node] = [closer]
        while work:
            fresh = {caller for caller, _ in self._calls.callers.get(work.pop(), ())} - seen
            seen |= fresh
            work.extend(fresh)
        return {node for node in seen if isinstance(node, str)}

    def _meetings(self, background: Uses, foreground: Uses, *, kept: bool = False) -> Iterator[Encounter]:
        for (owner, fields), uses in background.items():
            others = foreground.get((owner, fields), [])
            if others and meeting(uses, others) is not None:
                below = self._below(uses)
                outside = [use for use in others if self._comes_from_outside(use.function, below)]
                if kept:
                    outside = [use._replace(locks=use.locks | self._keepers(use, below)) for use in outside]
                pair = meeting(uses, [use for use in outside if not self._sets_up(use, uses, below)])
                if pair is not None:
                    early = equips(self._code, pair[1], uses)
                    yield Encounter(owner, fields, *pair, early, self._is_lent(owner, *pair[:2]))

    def _below(self, uses: list[Use]) -> set[Node]:
        """The functions that leave the goroutines behind, and all that the goroutines run."""
        starters: frozenset[Node] = frozenset(use.function for use in uses)
        if starters != self._beneath[0]:
            self._beneath = (starters, self._find_below(starters))
        return self._beneath[1]

    def _find_below(self, starters: frozenset[Node]) -> set[Node]:
        starting = self._started.keys() & self._calls.reachable(starters)
        return self._calls.reachable(target for starter in starting for target in self._started[starter]) | starters

    @cached_property
    def _started(self) -> dict[Node, list[Node]]:
        """What functions start as goroutines or hand over to be run, by function."""
        found: dict[Node, list[Node]] = {}
        for node, edges in self._calls.edges.items():
            for edge in edges:
                if edge.mode == ir.Mode.GO or edge.reason == Reason.VALUE:
                    found.setdefault(node, []).append(edge.target)
        return found

    def _comes_from_outside(self, function: str, below: set[Node]) -> bool:
        if function not in below:
            return True
        callers = self._calls.callers.get(function, ())
        return any(caller not in below for caller, _ in callers)

    def _sets_up(self, use: Use, background: list[Use], below: set[Node]) -> bool:
        """Whether a function accesses the object itself, and all goroutines begin with calls that come after that."""
        if "$" in use.function:
            return self._is_option(use, background)
        if use.effect.trace is not None:
            return False
        starts: set[int] = set()
        for starter in {one.function for one in background}:
            for caller, edge in self._calls.callers.get(starter, ()):
                if caller == use.function:
                    starts.add(edge.site)
                elif caller not in below:
                    return False
        code = self._code.function(use.function)
        places = {at for at in range(len(code.code)) if code.site(at) == use.effect.site}
        return bool(starts) and all(places.isdisjoint(after(code, start)) for start in starts)

    def _is_lent(self, owner: Named, background: Use, foreground: Use) -> bool:
        """Whether some calls of the function that meets a goroutine hold a lock of the object which that holds."""
        code = self._code.enclosing(foreground.effect.site)
        names = {fields[0] for fields, _ in background.locks if len(fields) == 1}
        if code is None or not names:
            return False
        lent = lent_by_some(self._code, self._calls, self._guarded, code.id)
        return any((one.package, one.owner) == (owner.package, owner.name) and one.name in names for one in lent)

    def _is_option(self, use: Use, background: list[Use]) -> bool:
        """Whether a literal that is given the object (`func(s *Server) { s.port = port }`) is nowhere called behind
        the start of the goroutines: a constructor runs its options before."""
        maker = self._code.program.signature(use.function.partition("$")[0])
        option = maker.results[0] if maker is not None and len(maker.results) == 1 else UNKNOWN
        starters = {one.function for one in background}
        for id, register in self._calls.open_calls:
            if id in starters:
                code = self._code.function(id)
                call = code.code[register]
                assert isinstance(call, ir.Call)
                starts = code.go_statements()
                if code.type_of(call.callee) == option and any(register in after(code, start) for start in starts):
                    return False
        return isinstance(option, Named)

    def _background(self, ids: Iterable[str], counts: Callable[[Effect], bool]) -> Uses:
        found: Uses = {}
        for id in ids:
            for effect in self._summaries.of(id).effects:
                if effect.strand is None or effect.strand.joined:
                    continue
                if effect.certain and counts(effect):
                    code = self._code.function(id)
                    owner = self._owner(code, effect.path)
                    if owner is not None and not self._gives_end(code, effect.strand):
                        use = Use(id, effect, _relative(effect, 0), _below(effect.path, 0, effect.strand.groups))
                        found.setdefault((owner, effect.path.fields), []).append(use)
        return found

    def _gives_end(self, code: FunctionCode, strand: Strand) -> bool:
        """Whether a function returns the group of a goroutine that it starts: its caller waits for that."""
        signature = self._code.program.signature(code.id) if code.index == 0 else None
        given = [path.root.index for path in strand.groups if isinstance(path.root, ReturnRoot) and not path.fields]
        results = signature.results if signature is not None else ()
        return any(at < len(results) and deref(results[at]) == WAIT_GROUP for at in given)

    def _kept_background(self) -> Uses:
        """What goroutines do to objects that were kept, with the locks of keepers."""
        found: Uses = {}
        for owner, function, effect in self._kept:
            if _is_access(effect):
                root = Path(effect.path.root)
                locks = _relative(effect, 0) | self._members(function, effect)
                use = Use(function, effect, locks, _below(root, 0, effect.strand.groups if effect.strand else ()))
                found.setdefault((owner, effect.path.fields), []).append(use)
        return found

    def _members(self, function: str, effect: Effect) -> Locks:
        """The locks of an effect by the names that they have everywhere."""
        code = self._code.function(function)
        named = ((lock_name(self._code, code, path), mode) for path, mode in effect.locks)
        return frozenset(((str(name),), mode) for name, mode in named if isinstance(name, Member))

    def _keepers(self, use: Use, below: set[Node]) -> Locks:
        """The locks, by name, of what a function does to its object, and of all that call it from elsewhere."""
        calls = [
            self._guarded.at(self._code.function(caller), edge.site)
            for caller, edge in self._calls.callers.get(use.function, ())
            if isinstance(caller, str) and caller not in below
        ]
        held = reduce(common, calls) if calls else self._guarded.entry.get(use.function, NO_GUARDS)
        return self._members(use.function, use.effect) | {((str(member),), mode) for member, mode in held}

    def _owner(self, code: FunctionCode, path: Path) -> Named | None:
        """The type whose method or constructor a function is, if the path is of its object."""
        type_: Type = UNKNOWN
        signature = self._code.program.signature(code.id) if code.index == 0 else None
        if isinstance(path.root, ReturnRoot) and signature is not None and path.root.index < len(signature.results):
            type_ = deref(signature.results[path.root.index])
        elif path.root == ParamRoot(0) and code.is_method:
            type_ = deref(code.types.var_type(code.function.params[0]))
        return type_ if isinstance(type_, Named) else None

    def _foreground(
        self, ids: Iterable[str], wanted: set[tuple[Named, Fields]], counts: Callable[[Effect], bool]
    ) -> Uses:
        found: Uses = {}
        tails = {fields for _, fields in wanted}
        for id in ids:
            code = self._code.function(id)
            for effect in self._summaries.of(id).effects:
                own = effect.strand is None and isinstance(effect.path.root, ParamRoot)
                if own and effect.certain and counts(effect) and not self._guarded.only_sets_up(code):
                    for at, owner in self._prefixes(id, effect.path, tails):
                        key = (owner, effect.path.fields[at:])
                        if key in wanted:
                            locks = _relative(effect, at) | self._held_by_callers(id, owner)
                            signals = _below(effect.path, at, effect.after)
                            use = Use(id, effect, locks, signals, _only_tells(code))
                            found.setdefault(key, []).append(use)
        return found

    def _prefixes(self, id: str, path: Path, tails: set[Fields]) -> Iterator[tuple[int, Named]]:
        """The objects on the way of a path of a parameter: how many fields lead to each, and its type."""
        starts = [at for at in range(len(path.fields)) if path.fields[at:] in tails]
        if not starts:
            return
        code = self._code.function(id)
        assert isinstance(path.root, ParamRoot)
        if path.root.position >= len(code.function.params):
            return
        type_: Type = code.types.var_type(code.function.params[path.root.position])
        for at in range(starts[-1] + 1):
            named = deref(type_)
            if at in starts and isinstance(named, Named):
                yield at, named
            step = self._code.program.field(type_, path.fields[at])
            if step is None:
                return
            type_ = step[0]

    def _held_by_callers(self, id: str, owner: Named) -> Locks:
        guards = self._guarded.entry.get(id, frozenset())
        return frozenset(((g.name,), mode) for g, mode in guards if (g.package, g.owner) == (owner.package, owner.name))


def _nearness(encounter: Encounter) -> tuple[int, str]:
    return length_of(encounter.background) + length_of(encounter.foreground), str(encounter[:2])


def _is_access(effect: Effect) -> bool:
    access = effect.kind in (EffectKind.READ, EffectKind.WRITE)
    return access and NO_PLACES.isdisjoint(effect.path.fields)


def _relative(effect: Effect, at: int) -> Locks:
    """The locks of an effect that lie below the object, by their way from it."""
    return frozenset((way, mode) for path, mode in effect.locks for way in _below(effect.path, at, (path,)))


def _below(object_: Path, at: int, paths: Iterable[Path]) -> frozenset[Fields]:
    """The ways from an object, `at` fields down a path, to those of the paths that lie below it."""
    prefix = object_.fields[:at]
    return frozenset(p.fields[at:] for p in paths if p.root == object_.root and p.fields[:at] == prefix)


def _only_tells(code: FunctionCode) -> bool:
    """Whether a function is like `Err()` of a cursor, which callers ask when the goroutine has told that it ended."""
    return all(isinstance(step, ir.Load | ir.Selector | ir.Return) for step in code.code)
