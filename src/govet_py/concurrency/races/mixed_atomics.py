"""Plain writes of a field that others access with sync/atomic: in the function that made the object, after it has
handed the object on, or in one that uses sync/atomic itself for a field of the same object, so expects others. Plain
reads before the function's own compare-and-swap of that very field: a lone writer, who may read plainly, has no need of
one; plain reads of what the function has just added to, for it reads what others have added since; and plain reads
beside an atomic load of another field of the object, of what others set atomically."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.flow import comes_before
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.fresh import is_own
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.published import Published
from govet_py.knowledge.atomics import ADDS, ATOMICS, Does
from govet_py.knowledge.concurrency import CALLER_LOCKS, SPAWNERS, TEST_AND_SET, is_uninstrumented
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot
from govet_py.model.program import known_name

Place = tuple[str, int]


class Mixed(NamedTuple):
    """A plain write of `member`, or a read, as (function, register), beside `atomic`. `shown`: the register in the same
    function that shows that others know the object by then. `is_handed_on`: it hands it on there, else uses
    sync/atomic."""

    member: Member
    write: Place
    shown: int
    atomic: Place
    is_handed_on: bool
    is_read: bool = False


class MixedAtomics:
    """The late plain writes of a program to what it also accesses atomically, and reads before a swap."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph, guarded: GuardedMembers) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._guarded = guarded
        self._published = Published(code)

    def find(self) -> Iterator[Mixed]:
        """In the order of the functions."""
        atomics = atomic_places(self._code, self._calls)
        names = {member.name for member in atomics}
        for id in self._code.ids() if atomics else ():
            code = self._code.function(id)
            for register in code.of_kind(ir.SetField):
                use = code.code[register]
                if isinstance(use, ir.SetField) and use.name in names:
                    member = member_at(self._code.program, code, register)
                    if member is not None and member in atomics:
                        yield from self._mixed(member, code, register, use.base, atomics)
        yield from self._read_first(atomics)
        yield from self._read_back(atomics)
        yield from self._read_beside(atomics)

    def _read_first(self, atomics: dict[Member, list[Place]]) -> Iterator[Mixed]:
        """The plain reads of a field before a compare-and-swap of it in the same function, without a lock."""
        swaps = {place for name in TEST_AND_SET for place in self._calls.named(name)}
        for member, places in sorted(atomics.items()):
            for id, swap in sorted(swaps.intersection(places)):
                code = self._code.function(id)
                for register in code.of_kind(ir.Selector) if self._is_judged(code) else ():
                    if comes_before(code, register, swap) and self._is_read_of(member, code, register, swap):
                        yield Mixed(member, (id, register), swap, (id, swap), False, True)

    def _read_back(self, atomics: dict[Member, list[Place]]) -> Iterator[Mixed]:
        """The plain reads of a field behind an addition to it in the same function, which starts no goroutines that it
        could have waited for."""
        adds = {place for name in ADDS for place in self._calls.named(name)}
        for member, places in sorted(atomics.items()):
            for id, add in sorted(adds.intersection(places)):
                code = self._code.function(id)
                alone = self._is_judged(code) and not any(_starts(code, call) for call in code.of_kind(ir.Call))
                for register in code.of_kind(ir.Selector) if alone else ():
                    if comes_before(code, add, register) and self._is_read_of(member, code, register, add):
                        yield Mixed(member, (id, register), add, (id, add), False, True)

    def _read_beside(self, atomics: dict[Member, list[Place]]) -> Iterator[Mixed]:
        """The plain reads of what others set atomically, by who loads another field of the same object."""
        set_ = {
            member: [place for place in places if not self._is_load(place)] for member, places in atomics.items()
        }
        loading = sorted({id for places in atomics.values() for id, at in places if self._is_load((id, at))})
        for code in map(self._code.function, loading):
            for register in code.of_kind(ir.Selector) if self._is_judged(code) else ():
                member = member_at(self._code.program, code, register)
                others = set_.get(member, ()) if member is not None else ()
                if member is None or not others or any(id == code.id for id, _ in atomics[member]):
                    continue
                read = code.code[register]
                shown = self._beside(code, read.base, atomics) if isinstance(read, ir.Selector) else ir.NONE
                if shown != ir.NONE and self._is_load((code.id, shown)) and self._is_free(code, register):
                    yield Mixed(member, (code.id, register), shown, others[0], False, True)

    def _is_load(self, place: Place) -> bool:
        name = known_name(self._code.function(place[0]).callee(place[1]))
        return ATOMICS[name].does is Does.READ

    @staticmethod
    def _is_judged(code: FunctionCode) -> bool:
        return not is_uninstrumented(code.package) and not code.body_id.endswith(CALLER_LOCKS)

    def _is_free(self, code: FunctionCode, register: int) -> bool:
        return not self._guarded.at(code, register) and not self._guarded.holds_unnamed(code, register)

    def _is_read_of(self, member: Member, code: FunctionCode, register: int, atomic: int) -> bool:
        """Whether a plain read is of the field, and of the object, that an atomic call is of."""
        read, field = code.code[register], code.code[_operand(code, atomic)]
        if not isinstance(read, ir.Selector) or read.name != member.name or not isinstance(field, ir.FieldAddr):
            return False
        object_ = self._values.paths(code, read.base)
        if not object_ or self._values.paths(code, field.base) != object_:
            return False
        own = any(is_own(self._code, self._values, code, path) for path in object_)
        same = member_at(self._code.program, code, register) == member
        return self._is_free(code, register) and same and not own

    def _mixed(
        self, member: Member, code: FunctionCode, register: int, base: int, atomics: dict[Member, list[Place]]
    ) -> Iterator[Mixed]:
        places = atomics[member]
        late = self._handed_on(code, register, base)
        if late != ir.NONE:
            yield Mixed(member, (code.id, register), late, places[0], True)
            return
        elsewhere = [place for place in places if place[0] != code.id]
        shown = self._beside(code, base, atomics) if elsewhere else ir.NONE
        if shown != ir.NONE:
            yield Mixed(member, (code.id, register), shown, elsewhere[0], False)

    def _handed_on(self, code: FunctionCode, register: int, base: int) -> int:
        made = [path.root for path in self._values.paths(code, base) if not path.fields]
        if len(made) != 1 or not isinstance(made[0], AllocRoot) or made[0].function != code.id:
            return ir.NONE
        return self._published.where(code, made[0].register, register)

    def _beside(self, code: FunctionCode, base: int, atomics: dict[Member, list[Place]]) -> int:
        """Where the function itself uses sync/atomic for a field of the same object, which others know."""
        object_ = self._values.paths(code, base)
        if not object_ or any(is_own(self._code, self._values, code, path) for path in object_):
            return ir.NONE
        used = sorted(register for places in atomics.values() for id, register in places if id == code.id)
        for register in used:
            field = code.code[_operand(code, register)]
            if isinstance(field, ir.FieldAddr) and self._values.paths(code, field.base) == object_:
                return register
        return ir.NONE


def _starts(code: FunctionCode, call: int) -> bool:
    return code.mode_of(call) == ir.Mode.GO or known_name(code.callee(call)) in SPAWNERS


def atomic_places(code: Code, calls: CallGraph) -> dict[Member, list[Place]]:
    """The fields whose addresses are given to a function of sync/atomic, with the calls."""
    found: dict[Member, list[Place]] = {}
    for name in sorted(name for name, atomic in ATOMICS.items() if atomic.place == 0):
        for id, register in calls.named(name):
            function = code.function(id)
            operand = _operand(function, register)
            member = member_of(code.program, function, operand) if operand != ir.NONE else None
            if member is not None:
                found.setdefault(member, []).append((id, register))
    return found


def _operand(code: FunctionCode, register: int) -> int:
    """The register of the field address that a call is given first, or NONE."""
    call = code.code[register]
    operand = call.args[0] if isinstance(call, ir.Call) and call.args else ir.NONE
    return operand if operand != ir.NONE and isinstance(code.code[operand], ir.FieldAddr) else ir.NONE
