"""What the code at two accesses tells of their objects, where paths take two for one: an interface or a field may stand
for objects of several types, and a lock may be known by another path than the object that it guards.

Races that only the paths speak for are of low confidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.concurrency.effects.settled import FrameEffect
from govet_py.concurrency.effects.traces import steps
from govet_py.concurrency.locks.lock_names import lock_name
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.concurrency.races.races import Race
from govet_py.model import ir
from govet_py.model.finding import Confidence
from govet_py.model.source import Site


class Kin:
    """Judges the accesses of races by their code."""

    def __init__(self, code: Code, locks: LockSummaries) -> None:
        self._code = code
        self._locks = locks

    def judged(self, race: Race) -> Race:
        """The race, unsure where the accesses are of fields of different types, or where both hold the lock of some
        object of the type whose field they access."""
        if race.write == race.other:
            return race
        owners = [self._accessed(entry.effect.site) for entry in (race.write, race.other)]
        known = {(owner.package, owner.owner) for owner in owners if owner is not None and owner.owner}
        if len(known) > 1 and None not in owners:
            return race._replace(confidence=Confidence.LOW)
        common = set(self._held(race.write)).intersection(self._held(race.other)) if known else set()
        if any((lock.package, lock.owner) in known for lock in common):
            return race._replace(confidence=Confidence.LOW)
        return race

    def _accessed(self, site: Site) -> Member | None:
        """The field that is accessed at a place, or that holds the map or slice which is."""
        code = self._code.enclosing(site)
        for register in _at(code, site) if code is not None else ():
            assert code is not None
            member = member_at(self._code.program, code, register)
            base = _base(code.code[register])
            if member is None and base != ir.NONE:
                member = member_of(self._code.program, code, base)
            if member is not None:
                return member
        return None

    def _held(self, entry: FrameEffect) -> Iterator[Member]:
        """The locks that the goroutine of an access takes on its way to it."""
        way = [*steps(entry.effect.trace)]
        starts = [number for number, step in enumerate(way) if step.goroutine]
        for site in (*(step.site for step in way[starts[-1] + 1 if starts else 0 :]), entry.effect.site):
            code = self._code.enclosing(site)
            locks = self._locks.locks.get(code.id) if code is not None else None
            if code is not None and locks is not None:
                held = (lock.path for register in _at(code, site) for lock in locks.at(register))
                names = (lock_name(self._code, code, path) for path in held)
                yield from (name for name in names if isinstance(name, Member))


def _at(code: FunctionCode, site: Site) -> Iterator[int]:
    """The instructions at a place."""
    return (register for register in range(len(code.code)) if code.site(register) == site)


def _base(step: ir.Instruction) -> int:
    """The map, slice or array that an instruction accesses an element of."""
    match step:
        case ir.Index() | ir.IndexAddr() | ir.SetIndex():
            return step.base
        case ir.Range():
            return step.base
        case ir.Call() if step.args:
            return step.args[0]
    return ir.NONE
