"""Functions that release a lock which they have not taken themselves: whoever returns with it held may mean them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of, receiver_member
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, Path
from govet_py.model.program import known_name

_RELEASES = frozenset(name.rpartition(".")[2] for name in knows.RELEASE)


class Releasers:
    """By lock, the functions that release it for others."""

    def __init__(self, code: Code, locks: dict[str, LockSets]) -> None:
        self._code = code
        self._locks = locks

    def others(self, member: Member, code: FunctionCode) -> bool:
        """Whether another declared function than this one releases a lock for somebody."""
        return bool(self._all.get(member, frozenset()) - {code.body_id})

    def member(self, code: FunctionCode, register: int) -> Member | None:
        """The lock that a call takes or releases by its own method."""
        name = known_name(code.callee(register))
        own = name in knows.ACQUIRE or name in knows.RELEASE
        return receiver_member(self._code.program, code, register) if own else None

    @cached_property
    def _all(self) -> dict[Member, frozenset[str]]:
        found: dict[Member, set[str]] = {}
        for id, locks in self._locks.items():
            code = self._code.function(id)
            released = self._for_others(code, locks)
            for register, event in locks.events.items() if released else ():
                member = self.member(code, register) if event.releases & released else None
                if member is not None:
                    found.setdefault(member, set()).add(code.body_id)
        for code, member in self._as_values():
            found.setdefault(member, set()).add(code.body_id)
        return {member: frozenset(bodies) for member, bodies in found.items()}

    def _as_values(self) -> Iterator[tuple[FunctionCode, Member]]:
        """The functions that make a value of a lock's method which releases it: whoever gets it may do so."""
        for id in self._code.ids():
            code = self._code.function(id)
            called = {step.callee for at in code.of_kind(ir.Call) if isinstance(step := code.code[at], ir.Call)}
            for at in code.of_kind(ir.Selector):
                what = code.denotes(at) if at not in called and code.code[at].name in _RELEASES else None  # type: ignore[union-attr]
                if isinstance(what, p.FunctionRef) and what.id in knows.RELEASE and what.receiver != ir.NONE:
                    member = member_of(self._code.program, code, what.receiver, what.via)
                    if member is not None:
                        yield code, member

    def _for_others(self, code: FunctionCode, locks: LockSets) -> set[Path]:
        """The locks that a function releases without having taken them, or that came held from what it calls. Elements
        have one name together: who takes any of them releases what it has taken."""
        own: set[Path] = set()
        got: set[Path] = set()
        for register, event in locks.events.items():
            taken = own if known_name(code.callee(register)) in knows.ACQUIRE else got
            taken.update(lock.path for lock in event.acquires)
        return {path for path in locks.released if ELEMENT not in path.fields or path not in own} | got
