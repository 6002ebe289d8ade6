"""The locks that all callers of a function hold, in the paths of its frame: only the frame's own goroutine has them.

LIMIT: callers' locks are known by member; the lock of a type is taken for that of the parameter of the type, or of
what a field of a parameter refers to.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.parameters import parameter_path
from govet_py.concurrency.effects.frames import Frame
from govet_py.concurrency.effects.settled import FrameEffect
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.lent_locks import NO_GUARDS
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.concurrency.races.lenders import lent_by_some
from govet_py.concurrency.races.races import Race
from govet_py.model.concurrency import CELL, GlobalRoot, HeldLock, LockSet, Path, VarRoot
from govet_py.model.finding import Confidence
from govet_py.model.types import Named, Struct, Type, deref


class CallersLocks:
    """Puts the locks of callers into frames."""

    def __init__(self, code: Code, calls: CallGraph, guarded: GuardedMembers, locks: LockSummaries) -> None:
        self._code = code
        self._program = code.program
        self._calls = calls
        self._guarded = guarded
        self._locks = locks

    def judged(self, race: Race) -> Race:
        """The race, unsure where only some callers hold for a function what the goroutine that it starts locks: all of
        them may, or those that do not have the object for themselves."""
        for own, other in ((race.write, race.other), (race.other, race.write)):
            root = own.effect.path.root
            local = isinstance(root, VarRoot) and root.var not in race.frame.code.function.params
            local = local or own.effect.path.fields == (CELL,)
            if own.effect.strand is None and other.effect.strand is not None and not local:
                if self._lends(race.frame.code, {lock.path for lock in other.effect.locks}):
                    return race._replace(confidence=Confidence.LOW)
        return race

    def _lends(self, code: FunctionCode, wanted: set[Path]) -> bool:
        """Whether somebody who calls a function, or leads to its call, holds one of these locks of its frame."""
        lent = lent_by_some(self._code, self._calls, self._guarded, code.id) if wanted else set()
        return any(path in wanted for member in lent for path in self._paths(code, member))

    def held(self, frame: Frame) -> Frame:
        """The frame, with what its own goroutine holds all the time."""
        locks = self._of(frame.code)
        if not locks:
            return frame
        return Frame(frame.code, frame.locks, [_with(entry, locks) for entry in frame.effects])

    def _of(self, code: FunctionCode) -> LockSet:
        """The locks of callers but for those that the function gives back."""
        guards = self._guarded.entry.get(code.id, NO_GUARDS)
        given_back = self._locks.of(code.id).releases if guards else frozenset()
        return frozenset(
            HeldLock(path, mode)
            for member, mode in guards
            for path in self._paths(code, member)
            if parameter_path(code, path) not in given_back
        )

    def _paths(self, code: FunctionCode, member: Member) -> Iterator[Path]:
        if not member.owner:
            yield Path(GlobalRoot(member.package, member.name))
        for var in code.function.params:
            root, type_ = VarRoot(code.body_id, var), code.types.var_type(var)
            if _is_owner(type_, member):
                yield Path(root, (member.name,))
            shape = self._program.underlying(deref(type_))
            for field in shape.fields if isinstance(shape, Struct) else ():
                if _is_owner(field.type, member):
                    yield Path(root, (field.name, member.name))


def _is_owner(type_: Type, member: Member) -> bool:
    named = deref(type_)
    return isinstance(named, Named) and (named.package, named.name) == (member.package, member.owner)


def _with(entry: FrameEffect, locks: LockSet) -> FrameEffect:
    effect = entry.effect
    return entry if effect.strand is not None else entry._replace(effect=effect._replace(locks=effect.locks | locks))
