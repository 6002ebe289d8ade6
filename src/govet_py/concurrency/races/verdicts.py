"""What is wrong in frames, found as soon as a frame is complete: all frames together would not fit into memory."""

from __future__ import annotations

from govet_py.concurrency.effects.frames import Frame
from govet_py.concurrency.races.callers_locks import CallersLocks
from govet_py.concurrency.races.closed_races import SentAfter, sent_after
from govet_py.concurrency.races.races import Race, races_in


class Verdicts:
    """The races of all frames that were judged, and the sends after a close."""

    def __init__(self, callers: CallersLocks) -> None:
        self._callers = callers
        self.races: list[Race] = []
        self.sent_after: list[SentAfter] = []

    def judge(self, frame: Frame) -> None:
        """Judges a frame."""
        self.races.extend(races_in(self._callers.held(frame)))
        self.sent_after.extend(sent_after(frame))
