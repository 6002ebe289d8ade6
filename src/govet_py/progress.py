"""One line on standard error that says how far a long scan is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TextIO

_CLEAR = "\r\x1b[K"
_PATIENCE = 1.0
_PAUSE = 0.1
_WIDTH = 30


class ProgressLine:
    """Shown only to people: on a terminal, outside CI, and when the scan takes more than a second."""

    def __init__(self, stream: TextIO, environment: Mapping[str, str]) -> None:
        self._stream = stream
        self._wanted = stream.isatty() and not environment.get("CI") and environment.get("TERM") != "dumb"
        self._next = time.monotonic() + _PATIENCE
        self._shown = False

    def show(self, stage: str, done: int, total: int) -> None:
        """Tells that `done` of `total` parts of a stage are done."""
        now = time.monotonic()
        if not self._wanted or now < self._next:
            return
        self._next = now + _PAUSE
        self._shown = True
        filled = _WIDTH * done // max(total, 1)
        self._stream.write(f"{_CLEAR}{stage:9} [{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total}")
        self._stream.flush()

    def clear(self) -> None:
        """Takes the line away before anything else is written."""
        if self._shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._shown = False
