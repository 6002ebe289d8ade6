"""How methods are called that give something back: only these are taken for the second half of a pair."""

from __future__ import annotations

from typing import NamedTuple

RELEASE_VERBS: frozenset[str] = frozenset(
    {
        "Unlock",
        "RUnlock",
        "Release",
        "ReleaseString",
        "Recycle",
        "Return",
        "Put",
        "PutBack",
        "Free",
        "Close",
        "Done",
        "Finish",
        "End",
    }
)
"""Which of them belongs to which acquisition is derived from the callers of the acquisition."""


LIBRARY_VERBS: frozenset[str] = frozenset({"Close", "Done", "End", "Finish"})
"""Those of them that types of libraries have: whether to end their files and spans is for other tools to say."""

ROLLBACK = "Rollback"
TRANSACTION_ENDS: frozenset[str] = frozenset({ROLLBACK, "Commit"})
"""How a transaction ends, and gives back the lock or the connection that it has: things that have the first."""

ENDING_VERBS: frozenset[str] = RELEASE_VERBS | TRANSACTION_ENDS

POOL_VERBS: frozenset[str] = (RELEASE_VERBS | {ROLLBACK}) - LIBRARY_VERBS - {"Unlock", "RUnlock"}
"""Those of them that give something back to where others get it from."""


def is_pool_verb(function: str) -> bool:
    """Reports whether a function, exported or not, is named like one that gives something back to a pool."""
    return function[:1].upper() + function[1:] in POOL_VERBS


ONCE: frozenset[str] = frozenset({"sync.OnceFunc"})
"""Calls that return a function which runs their argument, once."""

CLOSE = "Close"
"""The method of a type whose values go on after the call that made them, a client or a connection."""

OPENS: dict[str, str] = {"Open": "Close", "Start": "Stop"}
"""Methods that begin something which lasts, with those that end it."""

ENDS: tuple[str, ...] = ("Close", "Stop", "Shutdown", "Cancel", "Release")
"""How methods are named that end an object: a second such object that nobody holds is leaked."""


PERMIT_VERBS: tuple[str, ...] = ("Acquire", "Admit", "Enter", "Get", "Reserve", "Take", "TryAcquire", "TryEnter")
"""How methods are named that let somebody in, or do not."""
PERMIT_RETURNS: frozenset[str] = frozenset({"Exit", "Free", "GiveBack", "Leave", "Release", "Return"})
"""How methods are named that take note of it that somebody is out again."""
PERMIT_PAIRS: tuple[tuple[str, str], ...] = (
    ("Acquire", "Release"),
    ("acquire", "release"),
    ("Lock", "Unlock"),
    ("lock", "unlock"),
)
"""How they begin where a name goes on to say what is taken: `AcquireReadLock`, `ReleaseReadLock`."""

KEYED_LOCKS: dict[str, str] = {
    "Release": "Acquire",
    "RUnlock": "RLock",
    "Unlock": "Lock",
    "release": "acquire",
    "runlock": "rlock",
    "unlock": "lock",
}
"""How the methods are named that lock by a key, which both are given: by the one that unlocks, the one that locks."""


def permit_verbs(returns: str) -> tuple[str, ...]:
    """The methods that may take what a method with this name gives back; none where it is named otherwise."""
    if returns in PERMIT_RETURNS:
        return PERMIT_VERBS
    return tuple(take + what for take, back in PERMIT_PAIRS if (what := _said_after(back, returns)))


def thing_taken(by: str) -> str:
    """What a method takes that says it in its name, "" for any other."""
    return next((what for take, _ in PERMIT_PAIRS if (what := _said_after(take, by))), "")


def _said_after(verb: str, name: str) -> str:
    rest = name.removeprefix(verb)
    return rest if rest != name and rest[:1].isupper() else ""


class Semaphore(NamedTuple):
    """An acquisition on its receiver: `release` gives back. It can fail when `fallible`: with a bool result
    (`with_bool`) or an error. `wait` is the argument that holds the context to wait with, -1 for none; `keyed`: it is
    the lock of what the arguments name."""

    release: str
    fallible: bool
    with_bool: bool
    wait: int
    keyed: bool = False


SEMAPHORES: dict[str, Semaphore] = {
    "golang.org/x/sync/semaphore.Weighted.Acquire": Semaphore(
        "golang.org/x/sync/semaphore.Weighted.Release", True, False, 0
    ),
    "golang.org/x/sync/semaphore.Weighted.TryAcquire": Semaphore(
        "golang.org/x/sync/semaphore.Weighted.Release", True, True, -1
    ),
    "vitess.io/vitess/go/sync2.Semaphore.Acquire": Semaphore(
        "vitess.io/vitess/go/sync2.Semaphore.Release", True, True, -1
    ),
    "vitess.io/vitess/go/sync2.Semaphore.AcquireContext": Semaphore(
        "vitess.io/vitess/go/sync2.Semaphore.Release", True, True, -1
    ),
    "vitess.io/vitess/go/sync2.Semaphore.TryAcquire": Semaphore(
        "vitess.io/vitess/go/sync2.Semaphore.Release", True, True, -1
    ),
}
"""Counting semaphores by the id of their acquiring method."""

SEMAPHORE_RELEASES: frozenset[str] = frozenset(known.release for known in SEMAPHORES.values())
