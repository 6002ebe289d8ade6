"""Scans in a process of their own: their memory is free again when they end, and they can be given up.

For what runs for long and scans again and again: `watch` and the language server.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Event
from typing import Any, Union

from govet_py.cache.store import Store
from govet_py.errors import AnalysisError, GovetError
from govet_py.model.finding import Report
from govet_py.options import Options
from govet_py.scanning import scan

_START: Any = multiprocessing.get_context("spawn")
"""A copy of a process with threads (fork) may wait for a lock that no thread of it will ever release."""
_LOOK = 0.1
Outcome = Union[Report, GovetError]


class ScanApart:
    """A scan that has been started."""

    def __init__(self, options: Options, store: Store | None = None) -> None:
        self._results, sender = _START.Pipe(duplex=False)
        self._process = _START.Process(target=_run, args=(options, store, sender))
        self._process.start()
        sender.close()

    def result(self, stop: Event | None = None) -> Report:
        """Waits for the report. Raises what the scan raised, AnalysisError when it was killed or given up:
        `stop` gives it up."""
        try:
            while stop is not None and not self._results.poll(_LOOK):
                if stop.is_set():
                    self.cancel()
            outcome: Outcome = self._results.recv()
        except (EOFError, OSError) as error:
            raise AnalysisError("the analysis was killed, for its memory perhaps") from error
        finally:
            self._process.join()
            self._results.close()
        if isinstance(outcome, GovetError):
            raise outcome
        return outcome

    def cancel(self) -> None:
        """Ends the scan and the processes it parses with."""
        with suppress(OSError, AttributeError):
            if self._process.pid is not None and self._process.is_alive():
                _end(self._process.pid)


def _end(pid: int) -> None:
    if sys.platform == "win32":
        os.kill(pid, signal.SIGTERM)
    else:
        os.killpg(pid, signal.SIGKILL)


def _run(options: Options, store: Store | None, sender: Connection) -> None:
    """The process: a group of its own, so that an interrupt from the keyboard leaves it to who started it."""
    if sys.platform != "win32":
        os.setpgid(0, 0)
    os.dup2(2, 1)  # standard output may be a protocol's
    gc.disable()
    with suppress(OSError):  # nobody waits any more
        sender.send(_outcome(options, store))
    sender.close()
    os._exit(0)


def _outcome(options: Options, store: Store | None) -> Outcome:
    try:
        return scan(options, store=store)
    except GovetError as error:
        return type(error)(str(error))
    except Exception:  # whoever waits must learn of it
        return AnalysisError(f"the analysis failed, this is a defect of govet-py\n{traceback.format_exc()}")
