"""What is wrong in frames, found as soon as a frame is complete: all frames together would not fit into memory."""

from __future__ import annotations

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.effects.frames import Frame
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.concurrency.races.callers_locks import CallersLocks
from govet_py.concurrency.races.closed_races import SentAfter, sent_after
from govet_py.concurrency.races.kept_objects import KeptObjects, KeptUse
from govet_py.concurrency.races.kin import Kin
from govet_py.concurrency.races.races import Race, nearest, races_in


class Verdicts:
    """The races of all frames that were judged, the sends after a close, and what goroutines do to kept objects."""

    def __init__(
        self, code: Code, values: ValueAnalysis, calls: CallGraph, guarded: GuardedMembers, locks: LockSummaries
    ) -> None:
        self._callers = CallersLocks(code, calls, guarded, locks)
        self._kin = Kin(code, locks)
        self._keeping = KeptObjects(code, values)
        self.races: list[Race] = []
        self.sent_after: list[SentAfter] = []
        self.kept: list[KeptUse] = []

    def judge(self, frame: Frame) -> None:
        """Judges a frame."""
        self.races.extend(races_in(self._callers.held(frame)))
        self.sent_after.extend(sent_after(frame))
        self.kept.extend(self._keeping.uses(frame))

    def told(self) -> list[Race]:
        """The races that are told, one an object. The others are let go."""
        self.races = [self._kin.judged(self._callers.judged(race)) for race in nearest(self.races)]
        return self.races
