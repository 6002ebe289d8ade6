"""Locks that are held on some ways to a call only: `if single { mu.Lock(); defer mu.Unlock() }`, and on they go.

Where the ways meet, what must be held knows nothing of the lock any more; whoever came through the branch has it all
the same. A way that two tests of one condition rule out is none, and what one round of a loop took is not said to be
held in the next, which may be about another object, unless it is the same: `for … { mu.Lock(); defer mu.Unlock() }`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.obligations import Duty, Exit, Obligations, Success
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model.concurrency import GlobalRoot, HeldLock, LockSet, Path, VarRoot
from govet_py.model.program import known_name


class Unsure(NamedTuple):
    """The `locks` that a function has taken on some ways to a call, but not on every one. `told`: what the call's
    arguments, by position, must be on these ways, where they are tested bools."""

    locks: LockSet
    told: Mapping[int, bool]


Perhaps = Mapping[int, Unsure]
"""By call, what the function holds on some ways to it."""
_Taken = dict[int, Success | None]


def perhaps_held(program: Code, code: FunctionCode, locks: LockSets) -> Perhaps:
    """The locks that a function itself may hold at its calls, and need not."""
    found: dict[int, Unsure] = {}
    for lock, acquires in _taken(code, locks).items():
        freeing = frozenset(at for at, event in locks.events.items() if _frees(code, at, lock, event.releases))
        rounds = _rounds(code, acquires)
        again = frozenset(acquires) if rounds and _is_kept_in_all_rounds(code, locks, lock.path) else frozenset()
        unsure = again | frozenset(_unsure(code, locks, lock, acquires, freeing))
        if unsure:
            ends = frozenset() if again else rounds
            duty = Duty(acquires, freeing, ends_at_blocks=ends, checks=unsure, guards=True)
            search = Obligations(program, code, duty)
            for exit in search.exits():
                if exit.again and exit.register in unsure:
                    one = Unsure(frozenset({lock}), _told(code, search, exit))
                    found[exit.register] = _both(found.get(exit.register, one), one)
    return found


def _told(code: FunctionCode, search: Obligations, exit: Exit) -> dict[int, bool]:
    """What the tests on the way to a call say of its arguments."""
    call, assume = code.code[exit.register], search.conditions.assume
    arguments = list(enumerate(call.args)) if isinstance(call, ir.Call) else []
    yes = {at: True for at, value in arguments if assume(value, False, exit.facts) is None}
    return yes | {at: False for at, value in arguments if assume(value, True, exit.facts) is None}


def _both(one: Unsure, other: Unsure) -> Unsure:
    told = {at: value for at, value in one.told.items() if other.told.get(at) == value}
    return Unsure(one.locks | other.locks, told)


def _taken(code: FunctionCode, locks: LockSets) -> dict[HeldLock, _Taken]:
    """The calls of Lock methods by what they take: TryLock if it says so."""
    found: dict[HeldLock, _Taken] = {}
    for call, taken in locks.taken.items():
        name = known_name(code.callee(call))
        tries = name in knows.TRY_ACQUIRE
        if (tries or name in knows.ACQUIRE) and code.mode_of(call) == ir.Mode.CALL:
            for lock in taken:
                found.setdefault(lock, {})[call] = Success(0, False) if tries else None
    return found


def _frees(code: FunctionCode, call: int, lock: HeldLock, releases: frozenset[object]) -> bool:
    return lock.path in releases and code.mode_of(call) == ir.Mode.CALL


def _unsure(
    code: FunctionCode, locks: LockSets, lock: HeldLock, acquires: _Taken, freeing: frozenset[int]
) -> Iterator[int]:
    """The calls that some way comes to with the lock held, though it need not be."""
    work = list(acquires)
    seen: set[int] = set()
    for start in work:
        block = code.function.blocks[code.block_of(start)]
        for at in range(start, block.end):
            if at in freeing:
                break
            if at not in acquires and code.mode_of(at) == ir.Mode.CALL:
                if lock not in locks.taken_at(at):
                    yield at
        else:
            entries = {code.function.blocks[successor].start for successor in block.succs} - seen
            seen |= entries
            work.extend(sorted(entries))


def _is_kept_in_all_rounds(code: FunctionCode, locks: LockSets, path: Path) -> bool:
    """Whether a lock is given back when the function returns, and is a variable, or a field of one, that is not set
    where it is taken."""
    if len(path.fields) > 1 or (isinstance(path.root, VarRoot) and path.root.var in code.stores):
        return False
    deferred = any(path in event.releases and code.is_deferred(at) for at, event in locks.events.items())
    return deferred and isinstance(path.root, VarRoot | GlobalRoot)


def _rounds(code: FunctionCode, acquires: _Taken) -> frozenset[int]:
    """The headers of the loops around acquisitions."""
    found: set[int] = set()
    for call in acquires:
        loop = code.loop_of(call)
        while loop != ir.NONE:
            found.add(code.function.loops[loop].header)
            loop = code.function.loops[loop].parent
    return frozenset(found)
