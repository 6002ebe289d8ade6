"""That a channel is closed, or a WaitGroup waited for, as a place that goroutines race for.

The race detector of Go looks at them the same way: close writes the channel and a send reads it (runtime/chan.go),
Wait writes the group and Add reads it (sync/waitgroup.go). Their order is that of all other accesses. Two Waits
do not mind each other, as if they held a lock of the group's.
"""

from __future__ import annotations

from govet_py.model.concurrency import CELL, Effect, EffectKind, HeldLock, LockMode, LockSet, Path

CLOSED = "<closed>"
COUNTED = "<counted>"


def closing(close: Effect, locks: LockSet) -> Effect:
    """What closing a channel writes."""
    return close._replace(kind=EffectKind.WRITE, path=close.path.extend((CLOSED, CELL)), locks=locks)


def sending(send: Effect, locks: LockSet) -> Effect:
    """What sending on a channel reads."""
    return send._replace(kind=EffectKind.READ, path=send.path.extend((CLOSED, CELL)), locks=locks)


def counting(add: Effect, locks: LockSet) -> Effect:
    """What adding to a WaitGroup reads."""
    return add._replace(kind=EffectKind.READ, path=add.path.extend((COUNTED, CELL)), locks=locks)


def waiting(wait: Effect, locks: LockSet) -> Effect:
    """What waiting for a WaitGroup writes."""
    path = wait.path.extend((COUNTED, CELL))
    return wait._replace(kind=EffectKind.WRITE, path=path, locks=locks | {HeldLock(path, LockMode.WRITE)})


def is_closed(path: Path) -> bool:
    """Reports whether a path means that a channel is closed."""
    return path.fields[-2:] == (CLOSED, CELL)


def is_close(effect: Effect) -> bool:
    """Reports whether an effect closes a channel."""
    return effect.kind == EffectKind.WRITE and is_closed(effect.path)


def is_counted(path: Path) -> bool:
    """Reports whether a path means the counter of a WaitGroup."""
    return path.fields[-2:] == (COUNTED, CELL)


def channel_closed_by_both(one: Effect, other: Effect) -> Path | None:
    """The channel that two effects close; None where they do not. What it signals orders all but its own closes."""
    both = one.path == other.path and is_close(one) and is_close(other)
    return one.path._replace(fields=one.path.fields[:-2]) if both else None


def channel_cell(path: Path) -> Path:
    """The variable or field that holds the channel which a path says is closed."""
    return path._replace(fields=(*path.fields[:-2], CELL))
