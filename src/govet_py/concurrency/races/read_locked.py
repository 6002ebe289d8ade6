"""Writes with a lock that is held for reading only: any number of goroutines may hold it so, and write at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.parameters import argument_above, parameter_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.races.accesses import written_map
from govet_py.concurrency.races.visitors import Visitors
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, GlobalRoot, HeldLock, LockMode, Path, ResultRoot, VarRoot
from govet_py.model.types import Named, deref

MAX_DEPTH = 2


class ReadLocked(NamedTuple):
    """`function` writes `what` at `register` while `lock` is held for reading; it takes it at `taken`, NONE if its
    callers do. `is_map`: into a map."""

    function: str
    register: int
    what: str
    lock: str
    taken: int
    is_map: bool


def read_locked_writes(
    code: Code, values: ValueAnalysis, visitors: Visitors, locks: dict[str, LockSets], members: GuardedMembers
) -> list[ReadLocked]:
    """The writes of a program under a read lock that belongs to what is written."""
    callers = CallersReadLocks(code, values, visitors, members)
    return [*ReadLockedWrites(code, values, locks, members).find(), *callers.find()]


class ReadLockedWrites:
    """The writes of a program under a read lock that belongs to what is written."""

    def __init__(
        self, code: Code, values: ValueAnalysis, locks: dict[str, LockSets], members: GuardedMembers
    ) -> None:
        self._code = code
        self._values = values
        self._locks = locks
        self._members = members

    def find(self) -> Iterator[ReadLocked]:
        """In the order of functions."""
        for id in sorted(self._locks):
            locks = self._locks[id]
            readers = {at: held for at, held in locks.taken.items() if any(one.mode == LockMode.READ for one in held)}
            if readers:
                code = self._code.function(id)
                for register, use in enumerate(code.code):
                    if type(use) in _WRITES or written_map(self._code, code, register) != ir.NONE:
                        held = locks.at(register)
                        if held and all(one.mode == LockMode.READ for one in held):
                            yield from self._judged(code, register, held, readers)

    def _judged(
        self, code: FunctionCode, register: int, held: frozenset[HeldLock], readers: dict[int, frozenset[HeldLock]]
    ) -> Iterator[ReadLocked]:
        use = code.code[register]
        places: tuple[Path, ...] = ()
        if isinstance(use, ir.SetName):
            places, what = (Path(GlobalRoot(code.package, use.name)),), use.name
        elif isinstance(use, ir.SetField):
            places, what = self._values.paths(code, use.base), f"{expression(code, use.base)}.{use.name}"
        elif (base := written_map(self._code, code, register)) != ir.NONE:
            places, what = self._values.paths(code, base), expression(code, base)
        if not places or any(isinstance(place.root, AllocRoot | ResultRoot) for place in places):
            return
        lock = next((one for one in sorted(held) if all(_goes_with(one.path, at) for at in places)), None)
        taken = next((at for at, some in sorted(readers.items()) if lock in some), None)
        if taken is not None and not self._is_alone(code, register):
            is_map = isinstance(use, ir.SetIndex | ir.Call)
            yield ReadLocked(code.id, register, what, _name(code, taken), taken, is_map)


    def _is_alone(self, code: FunctionCode, register: int) -> bool:
        """Whether callers hold a lock to write that keeps out all who take the one held for reading here: another one
        of the same object. One of what is above, which keeps all of it in order, others need not take."""
        owners = {member[:2] for member, _ in self._members.taken(code, register)}
        outer = [member for member, mode in self._members.at(code, register) if mode == LockMode.WRITE]
        return any(member[:2] in owners for member in outer) or (bool(outer) and not owners)


class CallersReadLocks:
    """The writes of a program under read locks of callers, to what belongs to the lock's owner: it is reached from an
    object of its type, as `c.entries[key]` with `c.mu`. A method that writes to its receiver does so to what its
    callers call it on. One goroutine alone may write under the lock that all others hold for reading other things."""

    def __init__(self, code: Code, values: ValueAnalysis, visitors: Visitors, members: GuardedMembers) -> None:
        self._code = code
        self._values = values
        self._calls = visitors.calls
        self._visitors = visitors
        self._members = members

    def find(self) -> Iterator[ReadLocked]:
        """In the order of functions."""
        for id in self._code.ids():
            guards = self._members.entry.get(id, frozenset())
            lock, mode = next(iter(guards), (None, None)) if len(guards) == 1 else (None, None)
            if lock is not None and mode == LockMode.READ:
                code = self._code.function(id)
                found = list(self._in(code, lock))
                yield from () if found and self._members.only_sets_up(code) else found

    def _in(self, code: FunctionCode, lock: Member) -> Iterator[ReadLocked]:
        for register in code.of_kind(ir.SetField, ir.SetIndex, ir.Call):
            use = code.code[register]
            base = use.base if isinstance(use, ir.SetField) else written_map(self._code, code, register)
            if base == ir.NONE or self._members.taken(code, register):
                continue
            if self._belongs(code, base, lock, MAX_DEPTH):
                what = expression(code, base)
                what = f"{what}.{use.name}" if isinstance(use, ir.SetField) else what
                yield ReadLocked(code.id, register, what, str(lock), ir.NONE, not isinstance(use, ir.SetField))

    def _belongs(self, code: FunctionCode, register: int, lock: Member, depth: int) -> bool:
        """Whether all that a register may be is reached from an object with the lock, here or at some call that holds
        it."""
        paths = self._values.paths(code, register)
        return bool(paths) and all(self._is_part(code, path, lock, depth) for path in paths)

    def _is_part(self, code: FunctionCode, path: Path, lock: Member, depth: int) -> bool:
        root = path.root
        if not isinstance(root, VarRoot) or root.body != code.body_id:
            return False
        owner = deref(code.types.var_type(root.var))
        if isinstance(owner, Named) and (owner.package, owner.name) == (lock.package, lock.owner):
            return True
        position = parameter_of(code, path)
        if position is None or depth == 0 or code.index:
            return False
        given = ((caller, argument_above(code, caller, at, position)) for caller, at in self._calls.sites(code.id))
        return any(
            at != ir.NONE and self._only_reads(caller, at) and self._belongs(caller, at, lock, depth - 1)
            for caller, at in given
        )

    def _only_reads(self, code: FunctionCode, register: int) -> bool:
        """Whether several goroutines may be at an instruction with read locks only."""
        held = self._members.at(code, register)
        return bool(held) and all(mode == LockMode.READ for _, mode in held) and self._visitors.meets_itself(code.id)


_WRITES = frozenset({ir.SetField, ir.SetName})


def _goes_with(lock: Path, place: Path) -> bool:
    """Whether a lock stands beside, or above, what is written: a field of an object that leads there, or a
    variable of the same package."""
    if isinstance(lock.root, GlobalRoot) and isinstance(place.root, GlobalRoot):
        return lock.root.package == place.root.package and not lock.fields
    return lock.root == place.root and lock.fields[:-1] == place.fields[: len(lock.fields) - 1]


def _name(code: FunctionCode, taken: int) -> str:
    """The lock as the call that takes it names it."""
    callee = code.callee(taken)
    fields = (callee.via if isinstance(callee, p.Static) else ())
    return ".".join((expression(code, callee.receiver), *fields)) if isinstance(callee, p.Static) else "a lock"
