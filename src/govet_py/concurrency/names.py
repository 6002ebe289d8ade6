"""What callers call the things of a function: which paths leave it, and under which root."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.parameters import parameter_path
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import ir
from govet_py.model.concurrency import (
    CELL,
    NO_GROUPS,
    NO_LOCKS,
    AllocRoot,
    Effect,
    Given,
    GlobalRoot,
    HeldLock,
    LockSet,
    OpaqueRoot,
    ParamRoot,
    Path,
    ResultRoot,
    ReturnRoot,
    Root,
    Strand,
    VarRoot,
)

HOPS = 2

Shared = dict[Any, Any]
"""Each key is its own value."""


class Names:
    """The outer names of one function's paths."""

    def __init__(self, code: FunctionCode, values: ValueAnalysis, shared: Shared | None = None) -> None:
        """`shared` has the paths and sets of other functions: equal ones become one, which saves memory."""
        self._code = code
        self._values = values
        self._shared: Shared = {} if shared is None else shared
        self._named: dict[tuple[Path, bool], Path | None] = {}
        self._locks: dict[tuple[LockSet, bool], LockSet] = {}
        self._groups: dict[Path, Path | None] = {}
        self._sets: dict[frozenset[Path], frozenset[Path]] = {}

    def of(self, effect: Effect, left_behind: bool) -> Path | None:
        """The path of an effect for callers, or the function around a literal; None when they have no name
        for it. What a function makes and returns is theirs to see where a goroutine left behind uses it."""
        key = (effect.path, left_behind)
        if key not in self._named:
            outer = is_visible(self._code, effect)
            left = parameter_path(self._code, effect.path) if outer else None
            path = self._returned(effect.path) if left_behind and not outer else left
            self._named[key] = path if path is None else self._shared.setdefault(path, path)
        return self._named[key]

    def group(self, path: Path) -> Path | None:
        """The path of a WaitGroup or channel, None when callers have no name for it."""
        if path not in self._groups:
            outer = begins_outside(self._code, path)
            self._groups[path] = parameter_path(self._code, path) if outer else self._returned(path)
        return self._groups[path]

    def groups(self, groups: frozenset[Path]) -> frozenset[Path]:
        """Those of the groups that have an outer name, under it."""
        if not groups:
            return NO_GROUPS
        known = self._sets.get(groups)
        if known is None:
            named = (self.group(group) for group in groups)
            outer = frozenset(path for path in named if path is not None)
            known = self._sets[groups] = self._shared.setdefault(outer, outer)
        return known

    def given(self, given: Given) -> Given:
        """What a callback is handed, as far as it has an outer name."""
        named = [[path for one in paths if (path := self.group(one)) is not None] for paths in given]
        return tuple(map(tuple, named)) if any(named) else ()

    def locks(self, locks: LockSet, strand: Strand | None = None) -> LockSet:
        """Locks under their outer names. Those that every activation makes for itself exclude only the
        goroutines that it starts."""
        if not locks:
            return NO_LOCKS
        key = (locks, strand is not None)
        known = self._locks.get(key)
        if known is None:
            named = ((self._lock(lock.path, strand), lock.mode) for lock in locks)
            outer = frozenset(HeldLock(path, mode) for path, mode in named if path is not None)
            known = self._locks[key] = self._shared.setdefault(outer, outer)
        return known

    def _lock(self, path: Path, strand: Strand | None) -> Path | None:
        if is_outer(self._code, path.root):
            return parameter_path(self._code, path)
        returned = self._returned(path)
        return returned or (path if strand is not None or isinstance(path.root, GlobalRoot) else None)

    def _returned(self, path: Path) -> Path | None:
        for made, returned in self._results.get(path.root, ()):
            if path.fields[: len(made)] == made and path.fields != (*made, CELL):
                return returned.extend(path.fields[len(made) :])
        return None

    @cached_property
    def _results(self) -> dict[Root, list[tuple[tuple[str, ...], Path]]]:
        """What the function makes and returns, itself or in a field: by root, the fields and the name."""
        code = self._code
        found: dict[Root, list[tuple[tuple[str, ...], Path]]] = {}
        for at in code.of_kind(ir.Return):
            results: tuple[int, ...] = code.code[at].results  # type: ignore[union-attr]
            for index, register in enumerate(results):
                for path in self._values.paths(code, register):
                    self._add(found, path, Path(ReturnRoot(index)))
        return found

    def _add(self, found: dict[Root, list[tuple[tuple[str, ...], Path]]], path: Path, name: Path) -> None:
        if is_outer(self._code, path.root) or isinstance(path.root, GlobalRoot):
            return
        known = found.setdefault(path.root, [])
        if (path.fields, name) in known or len(name.fields) > HOPS:
            return
        known.append((path.fields, name))
        if isinstance(path.root, AllocRoot | ResultRoot) and not path.fields:
            for field, held in self._values.stored(path.root):
                self._add(found, held, name.extend((field,)))


def is_visible(code: FunctionCode, effect: Effect) -> bool:
    """Reports whether a caller, or the function around a literal, can name what the effect is about."""
    root = effect.path.root
    if isinstance(root, GlobalRoot):
        return True
    if effect.path.fields == (CELL,) and isinstance(root, VarRoot):
        return root.body == code.body_id and code.body.vars[root.var].owner != code.index
    if effect.path.is_cell and isinstance(root, VarRoot) and root.var in code.function.params:
        return not code.is_by_value(root.var)
    return is_outer(code, root)


def begins_outside(code: FunctionCode, path: Path) -> bool:
    """Reports whether a path begins outside one activation of a function: at a package variable, too."""
    return isinstance(path.root, GlobalRoot) or is_outer(code, path.root)


def is_outer(code: FunctionCode, root: Root) -> bool:
    """Reports whether a root means something outside one activation of the function."""
    if isinstance(root, VarRoot):
        if root.body != code.body_id:
            return False
        return root.var in code.function.params or code.body.vars[root.var].owner != code.index
    if isinstance(root, AllocRoot | ResultRoot | OpaqueRoot):
        return root.function != code.id
    return isinstance(root, ParamRoot)
