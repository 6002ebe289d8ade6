"""The words for operations on channels that may wait for ever."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from govet_py.concurrency.channels.channel_model import Channel, Op


class Why(Enum):
    """NOBODY: there is no other side. LEAVES: the receiver has a way out before it receives. EARLY: it stops
    receiving while more may come. FEWER: it receives less often than is sent. SKIPPED: the sender has a way
    out on which it neither sends nor closes. UNFED: so has the function that started the receiver. JOINED: the
    receiver waits for the sender to end before it receives. GONE: the goroutine that should receive may have
    ended. UNCLOSED: the loop ends by a close only, and nobody closes. TAKEN_OUT: nor does who makes its senders
    forget the channel. COUNTED: the loop asks whether it has received enough only after a receive. THROWN: a
    caller throws the channel away that it is given to receive from. BEFORE: the sender itself receives only
    later, or starts who does. UNTOLD: as UNFED, but a timer ends the wait. HALF_CLOSED: `op` is a close, which
    is left out on another way out of its goroutine."""

    NOBODY = "nobody"
    LEAVES = "leaves"
    EARLY = "early"
    FEWER = "fewer"
    SKIPPED = "skipped"
    UNFED = "unfed"
    JOINED = "joined"
    GONE = "gone"
    UNCLOSED = "unclosed"
    TAKEN_OUT = "taken out"
    COUNTED = "counted"
    THROWN = "thrown"
    BEFORE = "before"
    UNTOLD = "untold"
    HALF_CLOSED = "half closed"


class Blocked(NamedTuple):
    """`op` may wait for ever. `at` are (function, register) that show it: the returns on which the other side
    leaves; `starts` are the go statements, or calls that lead there, in the function of the channel. `alike`
    are operations on the same channel, in the same function, that wait for the same reason."""

    channel: Channel
    op: Op
    why: Why
    starts: tuple[tuple[str, int], ...]
    at: tuple[tuple[str, int], ...]
    alike: tuple[Op, ...] = ()
