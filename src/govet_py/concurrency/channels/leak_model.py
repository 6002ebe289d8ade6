"""Left-over goroutines and waits: what is told of them."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

Place = tuple[str, int]
"""A function and a register of it."""


class Why(Enum):
    """TICKER: it waits for a ticker that is stopped. OWNER: its owner has a method that ends things, and the
    goroutine never ends. UNRELEASED: the call that ends it is missing on some way out. UNSIGNALLED: a condition
    that nobody signals. UNWOKEN: what a wait asks for is set, and nobody is woken to see it. UNHEARD: a channel is
    closed from which nobody receives. DEAF: it has a context and never asks for its end. UNTOLD: it ends by a
    channel which nobody closes. PANIC: it ends by one that is not closed after a panic, which is recovered.
    DROPPED: only the object that was thrown away could end it. TRIES: as OWNER, but that it ends when what it tries
    does not fail. FLAG: it ends by a flag, and waits for a value that does not come before it looks. ONLOOKER: it
    never ends, and looks at a variable of the function that started it and has returned."""

    TICKER = "ticker"
    OWNER = "owner"
    TRIES = "tries"
    UNRELEASED = "unreleased"
    UNSIGNALLED = "unsignalled"
    UNWOKEN = "unwoken"
    UNHEARD = "unheard"
    DEAF = "deaf"
    UNTOLD = "untold"
    PANIC = "panic"
    DROPPED = "dropped"
    ONLOOKER = "onlooker"
    FLAG = "flag"


class Leak(NamedTuple):
    """`at` is what is reported: the wait, or the go statement. `related` shows why: the Stop, the return."""

    why: Why
    at: Place
    name: str
    starts: tuple[Place, ...]
    related: tuple[Place, ...]
