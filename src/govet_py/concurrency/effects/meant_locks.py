"""Locks of what a variable holds, where that is one of several things: `for _, b := range all { b.mu.Lock(); b.n++ }`
with `all` made of two lists.

Such a lock is named by the variable, and what is done to the thing by each name it may have. Whatever the thing is, the
lock is its own: so each access has the lock by the name that it is told by.
"""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.effects.settled import FrameEffect
from govet_py.concurrency.locks.lock_events import LockEvents
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.model.concurrency import ELEMENT, EVERY, Effect, HeldLock, Path
from govet_py.model.program import known_name

Meant = dict[Path, tuple[Path, ...]]


def with_meant_locks(
    code: FunctionCode, events: LockEvents, locks: LockSets, effects: list[FrameEffect]
) -> list[FrameEffect]:
    """The effects of a function with such locks by the names of what they lie in as well."""
    meant = _meant(code, events, locks)
    return [entry._replace(effect=_named(entry.effect, meant)) for entry in effects] if meant else effects


def _meant(code: FunctionCode, events: LockEvents, locks: LockSets) -> Meant:
    """By lock that is named by a variable, the things that it may lie in."""
    found: Meant = {}
    for register, event in locks.events.items():
        written = [lock.path for lock in event.acquires]
        if len(written) == 1 and known_name(code.callee(register)):
            receivers = events.receivers(code, code.callee(register))
            depth = len(written[0].fields)
            if len(receivers) > 1 and all(path.fields[-depth:] == written[0].fields for path in receivers):
                found[written[0]] = tuple(path._replace(fields=path.fields[:-depth]) for path in receivers)
    return found


def _named(effect: Effect, meant: Meant) -> Effect:
    more = {
        HeldLock(Path(thing.root, (*effect.path.fields[: len(thing.fields)], *lock.path.fields)), lock.mode)
        for lock in effect.locks
        for thing in meant.get(lock.path, ())
        if thing.is_prefix_of(_of_one(effect.path))
    }
    return effect._replace(locks=effect.locks | more) if more else effect


def _of_one(path: Path) -> Path:
    """A path with each element that it leads through as any."""
    return path._replace(fields=tuple(ELEMENT if field == EVERY else field for field in path.fields))
