"""Locks that a function takes and gives back if a parameter says so: `if !locked { c.mu.Lock() }`.

Where the parameter says otherwise, and both ways go on together, the caller holds the lock: it counts as held
from there on, and what is given back under the same condition is the function's own. That callers keep to it is
believed where each of them says what it does, by a constant or a parameter of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.flag_tests import flag_tests, given_flag
from govet_py.concurrency.locks.try_locks import Edge, Tried
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import NO_LOCKS, LockSet, Path


class Deeds(NamedTuple):
    """The locks that a block takes and those that it, or a function that it defers, gives back."""

    acquires: LockSet
    releases: frozenset[Path]


class _Branch(NamedTuple):
    """The way on which variable `flag` is `value`, and the other one."""

    flag: int
    value: bool
    block: int
    other: Edge


class FlaggedLocks:
    """The ways through functions on which their callers hold what they take on others."""

    def __init__(self, code: Code, calls: CallGraph, deeds: Callable[[FunctionCode], dict[int, Deeds]]) -> None:
        """`deeds` gives those of a function, by block."""
        self._code = code
        self._calls = calls
        self._deeds = deeds
        self._kept: dict[tuple[str, int, bool], bool] = {}

    def of(self, code: FunctionCode) -> Tried:
        """The locks that count as held on the way from a block to its successor."""
        found: Tried = {}
        branches = list(_branches(code))
        deeds = self._deeds(code) if branches else {}
        for one in branches:
            taken = deeds[one.block].acquires if one.block in deeds else NO_LOCKS
            if taken and _meet(code, one) and self._is_kept(code, one):
                given_back = self._given_back(code, one)
                held = frozenset(lock for lock in taken if lock.path in given_back)
                found[one.other] = found.get(one.other, NO_LOCKS) | held
        return found

    def _given_back(self, code: FunctionCode, branch: _Branch) -> set[Path]:
        """What the function, or a literal beside it, gives back where the flag is the same."""
        found: set[Path] = set()
        for index in range(len(code.body.functions)):
            function = self._code.sibling(code, index)
            alike = [one for one in _branches(function) if one[:2] == branch[:2]]
            deeds = self._deeds(function) if alike else {}
            for one in alike:
                if one.block in deeds:
                    found |= deeds[one.block].releases
        return found

    # -- callers -----------------------------------------------------------------------------------

    def _is_kept(self, code: FunctionCode, branch: _Branch) -> bool:
        """Whether callers keep to it that they hold the lock where the flag is not the branch's."""
        key = code.body_id, branch.flag, branch.value
        if key not in self._kept:
            owner = self._code.sibling(code, code.body.vars[branch.flag].owner)
            sites = list(self._calls.sites(owner.id))
            self._kept[key] = bool(sites) and all(self._keeps(*site, owner, branch) for site in sites)
        return self._kept[key]

    def _keeps(self, caller: FunctionCode, register: int, callee: FunctionCode, branch: _Branch) -> bool:
        resolved = caller.callee(register) if isinstance(caller.code[register], ir.Call) else None
        method = isinstance(resolved, p.Static | p.Interface) and resolved.receiver != ir.NONE
        given = given_flag(caller, register, callee.function.params.index(branch.flag) - method)
        if isinstance(given, bool):
            return given == branch.value or self._may_hold_locks(caller)
        return given is not None

    def _may_hold_locks(self, caller: FunctionCode) -> bool:
        """Whether a function takes locks, or is called by somebody who may have taken one."""
        if any(_name(caller, at) in knows.ACQUIRE for at in caller.of_kind(ir.Call)):
            return True
        if caller.function.parent == ir.NONE:
            return any(edge.mode == ir.Mode.CALL for _, edge in self._calls.callers.get(caller.id, ()))
        maker = self._code.sibling(caller, caller.function.parent)
        return not _starts(maker, caller.index) and self._may_hold_locks(maker)


def _branches(code: FunctionCode) -> Iterator[_Branch]:
    for block, flag, met, failed in flag_tests(code):
        yield _Branch(flag, True, met, (block, failed))
        yield _Branch(flag, False, failed, (block, met))


def _starts(code: FunctionCode, literal: int) -> bool:
    """Whether a function starts a goroutine that runs a literal of its own."""
    made = {at for at in code.of_kind(ir.MakeClosure) if code.code[at].function == literal}  # type: ignore[union-attr]
    for register in code.of_kind(ir.Call):
        call = code.code[register]
        if isinstance(call, ir.Call) and (call.mode == ir.Mode.GO or _name(code, register) in knows.SPAWNERS):
            if made & {call.callee, *call.args}:
                return True
    return False


def _name(code: FunctionCode, call: int) -> str:
    callee = code.callee(call)
    return callee.function if isinstance(callee, p.Static) else ""


def _meet(code: FunctionCode, branch: _Branch) -> bool:
    """Whether both ways of a branch go on together right after it."""
    blocks = code.function.blocks
    return blocks[branch.block].succs == blocks[branch.other[1]].succs != ()
