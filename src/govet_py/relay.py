"""One message from a process to one that was forked from it, or back, for which the sender never waits."""

from __future__ import annotations

import multiprocessing
import pickle
import tempfile
from typing import Any


class Lost(Exception):
    """The other process ended without a word."""


class Relay:
    """To be made before the fork: the content goes through a file, so that no pipe runs full, and a word
    through a pipe, so that the end of the sender shows."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (it lasts as long as the object)
        self._out, self._in = multiprocessing.Pipe(duplex=False)

    def send(self, value: object) -> None:
        """Sends a value. Raises what pickle raises when it cannot be sent."""
        pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)
        self._file.flush()
        self._in.send_bytes(b"sent")
        self._in.close()

    def give_up(self) -> None:
        """To be called by a sender that has nothing to send, and by the receiver after the fork: whoever waits
        learns of the sender's end when nobody can send any more."""
        self._in.close()

    def wait(self) -> None:
        """Waits until the sender has sent, or has nothing to send."""
        self._out.poll(None)

    def receive(self) -> Any:
        """Waits for the value, which a process of our own has made. Raises Lost."""
        try:
            self._out.recv_bytes()
        except (EOFError, OSError) as error:
            raise Lost from error
        self._file.seek(0)
        return pickle.load(self._file)

    def close(self) -> None:
        """Frees what the message was kept in."""
        for end in (self._file, self._in, self._out):
            end.close()
