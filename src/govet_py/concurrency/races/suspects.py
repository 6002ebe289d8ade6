"""Accesses without the lock that guards the same member elsewhere (checklocks' inferred.go, Eraser).

Accesses are compared over the whole program by member. The lock that most of them hold is taken for the guard;
what shows that it is meant is the number of functions that take it for this member, not how many accesses lie
below them: a lock around a whole handshake is held at everything that a handshake does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.members import Member
from govet_py.concurrency.locks.member_access import Access
from govet_py.knowledge.concurrency import CALLER_LOCKS, SET_UP
from govet_py.model.concurrency import EffectKind, LockMode

DISCIPLINE = 3
"""How many fields a lock must guard for its use to be clear."""


class Suspect(NamedTuple):
    """`access` does not hold `guard`, which `held` of `total` accesses hold; `guarded` is one of those,
    a write where there is one. `more` are accesses in the same function that lack it too. `meant`: the functions
    that take the guard for the member show by themselves what it is for. `lone`: one method alone leaves out the lock
    of its own struct, which several others take. `aware`: a method takes it itself elsewhere."""

    access: Access
    more: tuple[Access, ...]
    guard: Member
    held: int
    total: int
    guarded: Access
    meant: bool
    lone: bool
    aware: bool


def suspects(accesses: Iterable[Access], *, maps: bool = False) -> Iterator[Suspect]:
    """The accesses that lack the guard which most accesses of the same member hold. `maps`: they are of the elements
    of maps, where a reader beside a writer ends the program, so that the lock of all writers is the readers' too."""
    groups: dict[Member, list[Access]] = {}
    for access in accesses:
        if not access.private:
            groups.setdefault(access.member, []).append(access)
    disciplined = _disciplined(groups)
    for member in sorted(groups):
        yield from _suspects_of(groups[member], disciplined, maps)


def _disciplined(groups: dict[Member, list[Access]]) -> frozenset[Member]:
    """The locks of structs that guard each write of their fields, several of them: what they are for is clear
    from few accesses of one field."""
    guarded: dict[Member, set[str]] = {}
    loose: set[tuple[str, str]] = set()
    for member, group in groups.items():
        for write in (access for access in group if access.kind == EffectKind.WRITE):
            own = [g for g, mode in write.guards if mode == LockMode.WRITE and g[:2] == member[:2] and g.owner]
            for guard in own:
                guarded.setdefault(guard, set()).add(member.name)
            if not own and not write.unnamed:
                loose.add(member[:2])
    return frozenset(g for g, names in guarded.items() if len(names) >= DISCIPLINE and g[:2] not in loose)


def _suspects_of(group: list[Access], disciplined: frozenset[Member], maps: bool) -> Iterator[Suspect]:
    votes = Counter(g for access in group for g in {member for member, _ in access.guards} if _holds(access, g))
    if not votes:
        return
    guard, held = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    shared = _held_by_all_writers(group)
    bare = [
        access for access in group
        if not access.unnamed and not _holds(access, guard)
        and not (access.kind == EffectKind.READ and any(lock in shared for lock, _ in access.guards))
    ]
    guarded = [access for access in group if _holds(access, guard)]
    writes = [a for a in guarded if a.kind == EffectKind.WRITE]
    if not writes and any(access.promoted for access in guarded):
        return
    own = bool(guard.owner) and guard[:2] == group[0].member[:2]
    needed = len(bare) if own or (writes and all(a.kind == EffectKind.READ for a in bare)) else 2 * len(bare)
    clear = guard in disciplined and bool(writes) and all(access.kind == EffectKind.READ for access in bare)
    lone = own and bool(writes) and _is_lone(guarded, bare, guard)
    needs = maps and all(_takes(access, guard) for access in group if access.kind == EffectKind.WRITE)
    beside = needs and own and bool(writes) and _are_methods(bare, guard)
    if (not clear and not lone and not beside and (held < 2 or held < needed)) or not bare or not guarded:
        return
    meant = clear or lone or needs or _is_meant(guarded, bare, guard, own=own)
    by_function: dict[str, list[Access]] = {}
    for access in bare:
        if access.kind == EffectKind.WRITE or writes:
            by_function.setdefault(access.function, []).append(access)
    for accesses in by_function.values():
        accesses.sort(key=lambda access: (access.kind != EffectKind.WRITE, access.register))
        surely = meant or (own and _is_reached_into(accesses[0], guard, guarded))
        here = [access for access in guarded if access.function == accesses[0].function]
        aware = any(_takes(access, guard) for access in here) and _are_methods(here, guard)
        shown = (writes or guarded)[0]
        yield Suspect(accesses[0], tuple(accesses[1:]), guard, held, len(group), shown, surely, lone, aware)


def _held_by_all_writers(group: list[Access]) -> frozenset[Member]:
    """The locks beside a member, in its struct, that every writer holds: of several, a reader needs but one."""
    home = group[0].member[:2]
    writes = [access for access in group if access.kind == EffectKind.WRITE]
    locks = [
        frozenset(lock for lock, mode in access.guards if mode == LockMode.WRITE and lock[:2] == home)
        for access in writes
    ]
    return frozenset.intersection(*locks) if locks else frozenset()


def _is_meant(guarded: list[Access], bare: list[Access], guard: Member, *, own: bool) -> bool:
    """Whether no fewer functions take the guard for the member than leave it out. A lock under which the member is
    only read must be its own struct's and taken by several: other locks are often held by chance."""
    takers = _functions(access for access in guarded if _takes(access, guard))
    written = any(access.kind == EffectKind.WRITE for access in guarded)
    return len(takers) >= len(_functions(bare)) and (written or (own and len(takers) > 1))


def _is_lone(guarded: list[Access], bare: list[Access], guard: Member) -> bool:
    """Whether all accesses without a lock are in one method of the struct that has it, and several others take it."""
    takers = _functions(access for access in guarded if _takes(access, guard))
    return len(_functions(bare)) == 1 and len(takers) > 1 and _are_methods(bare, guard)


def _are_methods(bare: list[Access], guard: Member) -> bool:
    """Whether all accesses without a lock are in methods of the struct that has it."""
    home = f"{guard.package}.{guard.owner}."
    return all(access.function.startswith(home) for access in bare)


def _is_reached_into(access: Access, guard: Member, guarded: list[Access]) -> bool:
    """Whether code other than a struct's own methods writes a field that these write under the struct's lock."""
    home = f"{guard.package}.{guard.owner}."
    foreign = access.kind == EffectKind.WRITE and not access.function.startswith(home)
    return foreign and any(_takes(one, guard) and one.kind == EffectKind.WRITE for one in guarded)


def _takes(access: Access, guard: Member) -> bool:
    return any(member == guard for member, _ in access.own)


def _functions(accesses: Iterable[Access]) -> set[str]:
    """The declared functions of accesses; a literal belongs to the one around it."""
    return {access.function.partition("$")[0] for access in accesses}


def _holds(access: Access, guard: Member) -> bool:
    needed = (LockMode.WRITE,) if access.kind == EffectKind.WRITE else (LockMode.READ, LockMode.WRITE)
    return any((guard, mode) in access.guards for mode in needed)


def is_set_up(function: str) -> bool:
    """Reports whether a function is named like those that run before others do, or that leave locks to their
    callers."""
    name = function.rpartition(".")[2].partition("$")[0]
    return name.startswith(SET_UP) or name.endswith(CALLER_LOCKS)
