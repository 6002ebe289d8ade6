"""Locks that are taken again by whoever holds them: critical pairs whose two locks are one object's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from govet_py.callgraph.values import KEY
from govet_py.concurrency.deadlocks.back_pointers import BackPointers
from govet_py.concurrency.deadlocks.critical_events import STATIC, Event, EventKind, Held, LockName, Pair, lock_name
from govet_py.concurrency.deadlocks.reentries import Reentries
from govet_py.model.concurrency import ELEMENT, LockMode, Path

_MANY_OBJECTS = frozenset((ELEMENT, KEY))


class Way(Enum):
    """How the second acquisition meets the first."""

    LOCKED = "locked"
    UPGRADE = "upgrade"
    RECURSIVE_READ = "recursive read"


class Relock(NamedTuple):
    """`pair.event` takes the lock that is `held` already; `back`: if a back pointer leads to where it came from, or
    (`asked`) a callback asks back whom it was registered with."""

    pair: Pair
    held: Held
    way: Way
    back: bool
    asked: bool = False


def relocks(
    pointers: BackPointers,
    reentries: Reentries,
    pairs: Iterable[Pair],
    is_written: Callable[[LockName | None], bool],
) -> Iterator[Relock]:
    """Every acquisition of a lock that the same goroutine holds. Two reads count where somebody writes."""
    for pair in pairs:
        if pair.event.kind == EventKind.ACQUIRE:
            found = [
                Relock(pair, held, _way(held.mode, pair.event.mode), held.path != pair.event.path)
                for held in pair.outer
                if (_same(held, pair) and not _wraps_its_kind(held, pair)) or _comes_back(pointers, held, pair)
            ]
            if not found:
                again = (held for held in pair.outer if reentries.asks_back(held, pair))
                found = [Relock(pair, held, _way(held.mode, pair.event.mode), True, True) for held in again]
            yield from (one for one in found if one.way != Way.RECURSIVE_READ or is_written(lock_name(pair.event)))


def _same(held: Held, pair: Pair) -> bool:
    event = pair.event
    if held.path is None or event.path is None or not _is_one(held.path):
        return False
    if held.path != event.path and not (_is_promoted(held, event) or _is_promoted(event, held)):
        return False
    return held.member is None or event.member is None or held.member == event.member


def _wraps_its_kind(held: Held, pair: Pair) -> bool:
    """Whether a method comes to itself by an interface that others implement as well: a decorator that decorates one of
    its own kind, which hardly anybody makes."""
    event = pair.event
    return held.site == event.site and event.trace is not None and event.doubt > STATIC


def _is_promoted(inner: Held | Event, outer: Held | Event) -> bool:
    """Whether the lock of an embedded struct is told with that struct, `p.limits.mu`, and without it, as behind an
    interface that the embedded struct implements for its owner: `p.mu`. An embedded field is named like its type."""
    one, other, member = inner.path, outer.path, inner.member
    if one is None or other is None or member is None or member != outer.member or one.root != other.root:
        return False
    around, last = other.fields[:-1], other.fields[-1:]
    between = one.fields[len(around) : -1]
    return between[-1:] == (member.owner,) and one.fields == (*around, *between, *last)


def _comes_back(pointers: BackPointers, held: Held, pair: Pair) -> bool:
    """Whether the lock is taken through a field of its owner and a pointer back, `s.store.index.mu` is `s.mu`, or
    through another field that holds its owner as well."""
    one, other, member = held.path, pair.event.path, pair.event.member
    if one is None or other is None or member is None or held.member != member or one.root != other.root:
        return False
    if _is_one(one) and _is_one(other) and pointers.are_twins(pair.function, one, other):
        return True
    own = member.name.count(".") + 1
    around, end = len(one.fields) - own, len(other.fields) - own
    way, rest = other.fields[around:end], other.fields[:around] + other.fields[end:]
    if rest != one.fields or not (_is_one(one) and other.is_exact) or _MANY_OBJECTS & set(rest):
        return False
    there, back = (way[0], way[-1]) if len(way) in (2, 3) else ("", "")
    if len(way) == 3 and way[1] in _MANY_OBJECTS:
        return pointers.all_lead_back(member, there, back)
    return len(way) == 2 and not _MANY_OBJECTS & set(way) and pointers.leads_back(member, there, back)


def _is_one(path: Path) -> bool:
    return path.is_exact and not _MANY_OBJECTS & set(path.fields)


def _way(held: LockMode, taken: LockMode) -> Way:
    if held == LockMode.WRITE:
        return Way.LOCKED
    return Way.UPGRADE if taken == LockMode.WRITE else Way.RECURSIVE_READ
