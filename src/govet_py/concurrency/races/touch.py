"""A touch: a read or write of a shared place, with the critical section it is one step in."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from govet_py.callgraph.members import Member
from govet_py.concurrency.locks.lock_events import ONCE
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.races.keys import Key
from govet_py.knowledge.atomics import Does
from govet_py.knowledge.harmless import is_unseen
from govet_py.model import program as p
from govet_py.model.concurrency import NO_LOCKS, HeldLock, LockMode, LockSet, Path
from govet_py.model.source import Site
from govet_py.model.types import Type

STEP = "<step>"
"""The lock that an atomic operation stands for: it is held for the operation alone."""


class Sets(IntEnum):
    """What a write sets: some VALUE, a CONSTANT, NOTHING any more (delete), or the old value a STEP on."""

    VALUE = 0
    CONSTANT = 1
    NOTHING = 2
    STEP = 3


class Inner(NamedTuple):
    """Where a callee does it, and how the code there names the place."""

    function: str
    site: Site
    what: str


class Touch(NamedTuple):
    """`does` happens to `place` (element `key` of it) at `register` under `guards`. `value` is what is written,
    NOTHING when unknown. `what` names the place as the code does. `alone`: the section ends with the instruction.
    `made` are the types of what a VALUE may be, before it is given to a variable. `direction` tells a STEP up (1)
    from one down (-1), 0 for what is neither. `holder` is the field that holds the object of a getter or setter."""

    register: int
    does: Does
    place: Path
    member: Member | None
    key: Key
    guards: LockSet
    value: int
    what: str
    inner: Inner | None
    alone: bool
    sets: Sets = Sets.NOTHING
    made: tuple[Type, ...] = ()
    direction: int = 0
    holder: Member | None = None


def sections(locks: LockSets | None, register: int) -> LockSet:
    """The locks whose critical sections an instruction stands in: a sync.Once that has been run is no section, since
    whoever comes back from it keeps it for ever."""
    held = locks.at(register) if locks is not None else NO_LOCKS
    if not any(_is_past(lock) for lock in held):
        return held
    return frozenset(lock for lock in held if not _is_past(lock))


def _is_past(lock: HeldLock) -> bool:
    return lock.mode == LockMode.READ and lock.path.fields[-1:] == (ONCE,)


def is_beside_its_lock(touch: Touch) -> bool:
    """Reports whether a touch writes a field with a lock held that is a field of the same object."""
    writes = touch.does == Does.WRITE and touch.inner is None
    return writes and any(is_beside(touch, lock.path) for lock in touch.guards)


def is_beside(touch: Touch, lock: Path) -> bool:
    """Reports whether a lock is a field of the object that a touch's place is a field of."""
    return lock.root == touch.place.root and lock.fields[:-1] == touch.place.fields[:-1]


def is_harmless(callee: p.Callee) -> bool:
    """Reports whether a call does nothing that another goroutine sees."""
    return isinstance(callee, p.Static) and is_unseen(callee.function)
