"""An access of a member, with the locks that are held there."""

from __future__ import annotations

from typing import NamedTuple

from govet_py.callgraph.members import Member
from govet_py.concurrency.locks.lent_locks import Guards
from govet_py.model.concurrency import EffectKind


class Access(NamedTuple):
    """`function` reads or writes `member` at `register`, holding `guards`, of which it has taken `own` itself.
    `private`: the object has not been published yet. `unnamed`: it also holds a lock that is no member, such as a
    parameter. `let_out`: the function gives it away in something new, for others to use without the lock. `origin`:
    the function, and the register there, that has read it under a lock and handed it out."""

    member: Member
    kind: EffectKind
    function: str
    register: int
    guards: Guards
    own: Guards
    private: bool
    unnamed: bool
    promoted: bool = False
    let_out: bool = False
    origin: tuple[str, int] | None = None
