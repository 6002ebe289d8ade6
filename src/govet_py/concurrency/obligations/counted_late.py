"""Groups that are shared before they count anything.

`v, loaded := m.LoadOrStore(key, &sync.WaitGroup{})`: who finds a group there waits for the one who has put it in. It
counts itself only afterwards, so that the others may come by before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.obligations.wait_groups import GroupCall, Op, WaitGroups
from govet_py.knowledge.concurrency import SYNC_MAP_LOAD_OR_STORE
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot, ResultRoot, Root


class CountedLate(NamedTuple):
    """`function` shares a new group, or what has one, at `shared`, and counts itself at `add`; others are at `wait`."""

    function: str
    shared: int
    add: GroupCall
    wait: GroupCall


class LateCounts:
    """The groups of a program that are shared too early; `locks` has the locksets of functions that take any."""

    def __init__(
        self, code: Code, calls: CallGraph, groups: WaitGroups, locks: Mapping[str, LockSets]
    ) -> None:
        self._code = code
        self._calls = calls
        self._groups = groups
        self._locks = locks

    def find(self) -> Iterator[CountedLate]:
        """One an Add."""
        for id, shared in self._calls.named(SYNC_MAP_LOAD_OR_STORE):
            code = self._code.function(id)
            made = self._made(code, shared)
            if made and id in self._groups.calls and not self._is_locked(code, shared):
                yield from self._late(code, shared, made)

    def _made(self, code: FunctionCode, shared: int) -> set[Root]:
        """What a function has made itself, and puts into the map."""
        call = code.code[shared]
        path = self._groups.path_of(code, call.args[1]) if isinstance(call, ir.Call) and len(call.args) > 1 else None
        if path is None or path.fields or not isinstance(path.root, AllocRoot) or path.root.function != code.id:
            return set()
        return {path.root}

    def _late(self, code: FunctionCode, shared: int, made: set[Root]) -> Iterator[CountedLate]:
        adds = [add for add in self._groups.of(code.id, Op.ADD) if self._is_of(add, code, shared, made)]
        counted = {add.path.fields for add in adds if add.register < shared}
        waits = [wait for wait in self._groups.of(code.id, Op.WAIT) if self._is_of(wait, code, shared, set())]
        for add in adds:
            wait = next((one for one in waits if one.path.fields == add.path.fields), None)
            if wait is not None and add.path.fields not in counted:
                yield CountedLate(code.id, shared, add, wait)
                return

    @staticmethod
    def _is_of(group: GroupCall, code: FunctionCode, shared: int, made: set[Root]) -> bool:
        """Whether a group is, or is part of, what is in the map, or what was made for it."""
        root = group.path.root
        found = isinstance(root, ResultRoot) and (root.function, root.register, root.index) == (code.id, shared, 0)
        return found or root in made

    def _is_locked(self, code: FunctionCode, register: int) -> bool:
        """Whether a lock is held, under which others may have to look."""
        locks = self._locks.get(code.id)
        return locks is not None and bool(locks.at(register))
