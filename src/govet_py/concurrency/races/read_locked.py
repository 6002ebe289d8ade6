"""Writes with a lock that is held for reading only: any number of goroutines may hold it so, and write at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, GlobalRoot, HeldLock, LockMode, Path, ResultRoot
from govet_py.model.types import Map


class ReadLocked(NamedTuple):
    """`function` writes `what` at `register` while it holds `lock` for reading; `is_map`: into a map."""

    function: str
    register: int
    what: str
    lock: str
    taken: int
    is_map: bool


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
                    if type(use) in _WRITES:
                        held = locks.at(register)
                        if held and all(one.mode == LockMode.READ for one in held) and self._is_shared(code, register):
                            yield from self._judged(code, register, held, readers)

    def _is_shared(self, code: FunctionCode, register: int) -> bool:
        """Whether no caller holds a lock to write."""
        return all(mode == LockMode.READ for _, mode in self._members.at(code, register))

    def _judged(
        self, code: FunctionCode, register: int, held: frozenset[HeldLock], readers: dict[int, frozenset[HeldLock]]
    ) -> Iterator[ReadLocked]:
        use = code.code[register]
        places: tuple[Path, ...] = ()
        if isinstance(use, ir.SetName):
            places, what = (Path(GlobalRoot(code.package, use.name)),), use.name
        elif isinstance(use, ir.SetField):
            places, what = self._values.paths(code, use.base), f"{expression(code, use.base)}.{use.name}"
        elif isinstance(use, ir.SetIndex) and isinstance(self._code.program.underlying(code.type_of(use.base)), Map):
            places, what = self._values.paths(code, use.base), expression(code, use.base)
        if not places or any(isinstance(place.root, AllocRoot | ResultRoot) for place in places):
            return
        lock = next((one for one in sorted(held) if all(_goes_with(one.path, at) for at in places)), None)
        taken = next((at for at, some in sorted(readers.items()) if lock in some), None)
        if taken is not None:
            yield ReadLocked(code.id, register, what, _name(code, taken), taken, isinstance(use, ir.SetIndex))


_WRITES = frozenset({ir.SetField, ir.SetIndex, ir.SetName})


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
